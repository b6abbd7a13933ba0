import assert from 'node:assert/strict'
import { createSign, createVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import type { Channel } from '../../channels/channel.ts'
import { icbcDefinition } from '../../channels/icbc/definition.ts'
import type { ChannelId } from '../../till/ids.ts'
import { shanghaiCompact, shanghaiDateTime } from '../../till/time.ts'
import { readBooks, readBreaches } from '../books-reading.ts'
import type { PracticeWallet, Story } from '../practice-code.ts'
import { type Clock, dataFolder, type Fields, freshCode, send } from '../raw-client.fixture.ts'
import { type StartedServer, startTrainingServers } from '../start-training-servers.ts'
import { icbcTrainingServer } from './server.ts'

/** For tests only: the training bank on a fresh data folder, with a clock that stands still until it is moved. */
export async function startBank(context: TestContext) {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 }
  const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [icbcTrainingServer])
  context.after(() => started.close())
  const [server] = started.servers
  assert.ok(server)
  return { started, server, clock, data }
}

/** The till's own channel, opened by its definition from what the server says of its configuration. */
export function channelTo(server: StartedServer, certificateAuthority: string): Channel {
  const { kind, ...given } = server.configuration
  assert.equal(kind, icbcDefinition.kind)
  const defaults = Object.entries(icbcDefinition.fields).flatMap(([name, field]) =>
    'default' in field && field.default !== undefined ? [[name, field.default] as const] : [],
  )
  const resolved = Object.entries(given).map(([name, value]) => {
    assert.ok(name in icbcDefinition.fields, name)
    const isFile = typeof value === 'object' && value !== null && 'file' in value
    return [name, isFile ? readFileSync(String(value.file), 'utf8') : String(value)] as const
  })
  const texts = Object.fromEntries([...defaults, ...resolved])
  // The authority is of the machine's time, not of the story's.
  const context = { id: 'icbc' as ChannelId, certificateAuthority, wallMs: Date.now() }
  const opening = icbcDefinition.open({ texts, lists: {} }, context)
  assert.ok(opening.ok)
  return opening.channel
}

export type Content = Readonly<Record<string, unknown>>

const paths = {
  pay: '/api/qrcode/V2/pay',
  query: '/api/qrcode/query/V5',
  reverse: '/api/qrcode/V2/reverse',
  reject: '/api/qrcode/V2/reject',
  rejectQuery: '/api/qrcode/reject/query/V3',
} as const
export type Call = keyof typeof paths

let serial = 0

/** A till in the raw: it signs and verifies by itself, so that a mistake in the channel's signing cannot hide here. */
export async function rawTill(context: TestContext) {
  const { started, server, clock, data } = await startBank(context)
  const { keys, origin } = server
  const key = (name: string): string => keys[name] ?? ''
  const { appId, merchantId } = server.configuration as unknown as Fields // the test bank's own texts
  assert.ok(appId && merchantId)

  const sign = (path: string, fields: Fields, digest = 'RSA-SHA256'): string => {
    const names = Object.keys(fields).filter((name) => name !== 'sign' && fields[name] !== '')
    const text = names.sort().map((name) => `${name}=${fields[name]}`)
    return createSign(digest)
      .update(`${path}?${text.join('&')}`)
      .sign(key('merchant-private.pem'), 'base64')
  }
  const envelope = (content: Content | string): Fields => {
    serial += 1
    return {
      app_id: appId,
      msg_id: `m${serial}`,
      format: 'json',
      charset: 'UTF-8',
      sign_type: 'RSA2',
      timestamp: shanghaiDateTime(clock.wallMs),
      biz_content: typeof content === 'string' ? content : JSON.stringify(content),
    }
  }
  const signed = (call: Call, fields: Fields): Fields => ({ ...fields, sign: sign(paths[call], fields) })
  const form = (fields: Fields): string =>
    Object.entries(fields)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&')
  const raw = (target: string, body: string, change: { readonly method?: string; readonly type?: string } = {}) => {
    const { method = 'POST', type = 'application/x-www-form-urlencoded; charset=UTF-8' } = change
    const headers = { 'Content-Type': type }
    return send({ url: `${origin}${target}`, method, headers, body, ca: started.certificateAuthority })
  }
  /** Sends fields as they are; the answer's content, which must carry the gateway's SHA-1 signature. */
  const post = async (call: Call, fields: Fields): Promise<Content> => {
    const answer = await raw(paths[call], form(fields))
    assert.ok(answer !== 'cut')
    return contentOf(answer.body)
  }
  const contentOf = (body: string): Content => {
    const text = body.slice('{"response_biz_content":'.length, body.lastIndexOf(',"sign":"'))
    const parsed = JSON.parse(body) as { readonly response_biz_content: Content; readonly sign: string }
    const verify = createVerify('RSA-SHA1').update(text)
    assert.ok(verify.verify(key('gateway-public.pem'), parsed.sign, 'base64'), 'signed by the gateway with SHA-1')
    return parsed.response_biz_content
  }
  const call = (name: Call, content: Content): Promise<Content> => post(name, signed(name, envelope(content)))
  const payContent = (orderNumber: string, code: string, changes: Content = {}): Content => ({
    qr_code: code,
    mer_id: merchantId,
    out_trade_no: orderNumber,
    order_amt: '1234',
    trade_date: shanghaiCompact(clock.wallMs).slice(0, 8),
    trade_time: shanghaiCompact(clock.wallMs).slice(8),
    ...changes,
  })
  const reach = (orderNumber: string, more: Content = {}): Content => ({
    mer_id: merchantId,
    out_trade_no: orderNumber,
    ...more,
  })
  return {
    started,
    server,
    clock,
    merchantId,
    paths,
    sign,
    envelope,
    signed,
    form,
    raw,
    post,
    call,
    payContent,
    pay: (orderNumber: string, story: Story, wallet: PracticeWallet = 'unionpay') =>
      call('pay', payContent(orderNumber, freshCode(wallet, story))),
    query: (orderNumber: string) => call('query', reach(orderNumber)),
    reverse: (orderNumber: string) => call('reverse', reach(orderNumber)),
    reject: (orderNumber: string, refundNumber: string, amount: string) =>
      call('reject', reach(orderNumber, { reject_no: refundNumber, reject_amt: amount })),
    rejectQuery: (orderNumber: string, refundNumber: string) =>
      call('rejectQuery', reach(orderNumber, { reject_no: refundNumber })),
    reach,
    books: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
    breaches: () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`),
  }
}
