import assert from 'node:assert/strict'
import { createPublicKey, randomUUID, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import type { Channel } from '../../channels/channel.ts'
import { wechatV3Definition } from '../../channels/wechat-v3/definition.ts'
import type { ChannelId } from '../../till/ids.ts'
import { readBooks, readBreaches } from '../books-reading.ts'
import type { Story } from '../practice-code.ts'
import { type Clock, dataFolder, freshCode, type RawAnswer, send } from '../raw-client.fixture.ts'
import { type StartedServer, startTrainingServers } from '../start-training-servers.ts'
import { wechatV3TrainingServer } from './server.ts'

/** For tests only: the training WeChat v3 on a fresh data folder, with a clock that stands still until it is moved. */
export async function startWechatV3(context: TestContext) {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 }
  const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [wechatV3TrainingServer])
  context.after(() => started.close())
  const [server] = started.servers
  assert.ok(server)
  return { started, server, clock, data }
}

/** The till's own channel, opened by its definition from what the server says of its configuration. */
export function channelTo(server: StartedServer, certificateAuthority: string): Channel {
  const { kind, api, ...given } = server.configuration
  assert.equal(kind, wechatV3Definition.kind)
  assert.equal(api, wechatV3Definition.api?.version)
  const texts = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      assert.ok(name in wechatV3Definition.fields, name)
      const isFile = typeof value === 'object' && value !== null && 'file' in value
      return [name, isFile ? readFileSync(String(value.file), 'utf8') : String(value)] as const
    }),
  )
  // The authority is of the machine's time, not of the story's.
  const context = { id: 'wechat' as ChannelId, certificateAuthority, wallMs: Date.now() }
  const opening = wechatV3Definition.open({ texts, lists: {} }, context)
  assert.ok(opening.ok)
  return opening.channel
}

export type Body = Readonly<Record<string, unknown>>
export type Told = { readonly status: number; readonly body: Body; readonly isSigned: boolean }

/** What a raw request may do otherwise than it should. */
export type Changes = {
  readonly headers?: Readonly<Record<string, string>>
  readonly without?: string
  readonly timestamp?: string
  readonly mchid?: string
  readonly serial?: string
  /** Signed in place of what is sent. */
  readonly signedBody?: string
}

/** A till in the raw: it signs and verifies by itself, so that a mistake in the channel's signing cannot hide here. */
export async function rawTill(context: TestContext) {
  const { started, server, clock, data } = await startWechatV3(context)
  const { keys, origin, configuration } = server
  const key = (name: string): string => keys[name] ?? ''
  const { appId, merchantId, merchantSerial, wechatpayPublicKeyId } = configuration
  const who = { appid: appId, mchid: merchantId }

  const raw = (method: string, target: string, body: string, changes: Changes = {}): Promise<RawAnswer> => {
    const {
      timestamp = String(Math.floor(clock.wallMs / 1_000)),
      mchid = merchantId,
      serial = merchantSerial,
    } = changes
    const nonce = randomUUID().replaceAll('-', '')
    const text = `${method}\n${target}\n${timestamp}\n${nonce}\n${changes.signedBody ?? body}\n`
    const signature = sign('sha256', Buffer.from(text), key('merchant-private.pem')).toString('base64')
    const items = { mchid, serial_no: serial, nonce_str: nonce, timestamp, signature }
    const list = Object.entries(items).map(([name, value]) => `${name}="${String(value)}"`)
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'User-Agent': 'till',
      Authorization: `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`,
      'Wechatpay-Serial': String(wechatpayPublicKeyId),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
      ...changes.headers,
    }
    if (changes.without !== undefined) delete headers[changes.without]
    return send({ url: `${origin}${target}`, method, headers, body, ca: started.certificateAuthority })
  }
  const told = (answer: RawAnswer): Told => {
    assert.ok(answer !== 'cut')
    const { status, headers, body } = answer
    const {
      'wechatpay-timestamp': time = '',
      'wechatpay-nonce': nonce = '',
      'wechatpay-signature': signature,
    } = headers
    const isSigned =
      signature !== undefined &&
      headers['wechatpay-serial'] === wechatpayPublicKeyId &&
      verify(
        'sha256',
        Buffer.from(`${time}\n${nonce}\n${body}\n`),
        createPublicKey(key('wechatpay-public.pem')),
        Buffer.from(signature, 'base64'),
      )
    return { status, body: JSON.parse(body) as Body, isSigned }
  }
  const post = async (target: string, body: Body | string, changes?: Changes): Promise<Told> =>
    told(await raw('POST', target, typeof body === 'string' ? body : JSON.stringify(body), changes))
  const get = async (target: string, changes?: Changes): Promise<Told> => told(await raw('GET', target, '', changes))
  const transactions = '/v3/pay/transactions'
  const payBody = (orderNumber: string, code: string, changes: Body = {}): Body => ({
    ...who,
    description: '示例便利店',
    out_trade_no: orderNumber,
    payer: { auth_code: code },
    amount: { total: 1234, currency: 'CNY' },
    scene_info: { device_ip: '127.0.0.1', store_info: { out_id: 'S001' } },
    ...changes,
  })
  const refundBody = (orderNumber: string, refundNumber: string, refund: number, changes: Body = {}): Body => ({
    out_trade_no: orderNumber,
    out_refund_no: refundNumber,
    amount: { refund, total: 1234, currency: 'CNY' },
    ...changes,
  })
  const queryTarget = (orderNumber: string): string =>
    `${transactions}/out-trade-no/${orderNumber}?mchid=${String(merchantId)}`
  return {
    started,
    server,
    clock,
    who,
    raw,
    post,
    get,
    payBody,
    refundBody,
    queryTarget,
    codepay: `${transactions}/codepay`,
    refunds: '/v3/refund/domestic/refunds',
    pay: (orderNumber: string, story: Story) =>
      post(`${transactions}/codepay`, payBody(orderNumber, freshCode('wechat', story))),
    query: (orderNumber: string) => get(queryTarget(orderNumber)),
    reverse: (orderNumber: string) => post(`${transactions}/out-trade-no/${orderNumber}/reverse`, who),
    books: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
    breaches: () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`),
  }
}
