import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import type { Channel } from '../../channels/channel.ts'
import { jeepayDefinition } from '../../channels/jeepay/definition.ts'
import type { ChannelId } from '../../till/ids.ts'
import { readBooks, readBreaches } from '../books-reading.ts'
import type { PracticeWallet, Story } from '../practice-code.ts'
import { type Clock, dataFolder, freshCode, send } from '../raw-client.fixture.ts'
import { type StartedServer, startTrainingServers } from '../start-training-servers.ts'
import { jeepayTrainingServer } from './server.ts'

/** For tests only: the training Jeepay on a fresh data folder, with a clock that stands still until it is moved. */
export async function startJeepay(context: TestContext) {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 }
  const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [jeepayTrainingServer])
  context.after(() => started.close())
  const [server] = started.servers
  assert.ok(server)
  return { started, server, clock, data }
}

/** The till's own channel, opened by its definition from what the server says of its configuration. */
export function channelTo(server: StartedServer, certificateAuthority: string): Channel {
  const { kind, ...given } = server.configuration
  assert.equal(kind, jeepayDefinition.kind)
  const texts = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      assert.ok(name in jeepayDefinition.fields, name)
      const isFile = typeof value === 'object' && value !== null && 'file' in value
      return [name, isFile ? readFileSync(String(value.file), 'utf8') : String(value)] as const
    }),
  )
  // The authority is of the machine's time, not of the story's.
  const context = { id: 'jeepay' as ChannelId, certificateAuthority, wallMs: Date.now() }
  const opening = jeepayDefinition.open({ texts, lists: {} }, context)
  assert.ok(opening.ok)
  return opening.channel
}

export type Members = Readonly<Record<string, string | number | null>>
export type JeepayReply = {
  readonly code: number
  readonly msg: string
  readonly data?: Members
  readonly sign?: string
}

const paths = {
  pay: '/api/pay/unifiedOrder',
  query: '/api/pay/query',
  refund: '/api/refund/refundOrder',
  refundQuery: '/api/refund/query',
} as const
export type Call = keyof typeof paths

/** A till in the raw: it signs and verifies by itself, so that a mistake in the channel's signing cannot hide here. */
export async function rawTill(context: TestContext) {
  const { started, server, clock, data } = await startJeepay(context)
  const secret = Object.values(server.keys)[0] ?? ''
  const { mchNo, appId } = server.configuration as unknown as Record<'mchNo' | 'appId', string> // its own texts
  const signOf = (members: Members): string => {
    const pieces = Object.entries(members)
      .filter(([name, value]) => name !== 'sign' && value !== null && value !== '')
      .map(([name, value]) => `${name}=${value}&`)
      .sort((left, right) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1))
    return createHash('md5')
      .update(`${pieces.join('')}key=${secret}`)
      .digest('hex')
      .toUpperCase()
  }
  const signed = (members: Members): Members => {
    const all = { mchNo, appId, version: '1.0', signType: 'MD5', reqTime: String(clock.wallMs), ...members }
    return { ...all, sign: signOf(all) }
  }
  const raw = (target: string, body: string, change: { readonly method?: string; readonly type?: string } = {}) => {
    const { method = 'POST', type = 'application/json' } = change
    const headers = { 'Content-Type': type }
    return send({ url: `${server.origin}${target}`, method, headers, body, ca: started.certificateAuthority })
  }
  /** Sends members as they are. Data that comes back must be signed, and an error must not. */
  const post = async (call: Call, members: Members | string): Promise<JeepayReply> => {
    const answer = await raw(paths[call], typeof members === 'string' ? members : JSON.stringify(members))
    assert.ok(answer !== 'cut')
    assert.equal(answer.status, 200)
    const reply = JSON.parse(answer.body) as JeepayReply
    if (reply.code === 0) assert.equal(reply.sign, signOf(reply.data ?? {}))
    else assert.deepEqual(Object.keys(reply), ['code', 'msg'])
    return reply
  }
  const call = (name: Call, members: Members): Promise<JeepayReply> => post(name, signed(members))
  const payMembers = (mchOrderNo: string, authCode: string, changes: Members = {}): Members => ({
    mchOrderNo,
    wayCode: 'AUTO_BAR',
    amount: 1234,
    currency: 'cny',
    subject: '示例便利店',
    body: '示例便利店',
    channelExtra: JSON.stringify({ authCode }),
    ...changes,
  })
  return {
    started,
    clock,
    data,
    signed,
    raw,
    post,
    call,
    payMembers,
    payWith: (mchOrderNo: string, code: string, changes: Members = {}) =>
      call('pay', payMembers(mchOrderNo, code, changes)),
    pay: (mchOrderNo: string, wallet: PracticeWallet, story: Story, changes: Members = {}) =>
      call('pay', payMembers(mchOrderNo, freshCode(wallet, story), changes)),
    query: (mchOrderNo: string) => call('query', { mchOrderNo }),
    refund: (mchOrderNo: string, mchRefundNo: string, refundAmount: number, refundReason = '退货') =>
      call('refund', { mchOrderNo, mchRefundNo, refundAmount, currency: 'cny', refundReason }),
    refundQuery: (mchRefundNo: string) => call('refundQuery', { mchRefundNo }),
    book: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
    breaches: () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`),
  }
}

/** The reply in a few words: its code, its state, the wallet's code, or the refusal's words. */
export function told({ code, msg, data }: JeepayReply): string {
  if (code !== 0) return `${code} ${msg}`
  return [data?.orderState ?? data?.state, data?.errCode]
    .filter((part) => part !== undefined && part !== null)
    .join(' ')
}
