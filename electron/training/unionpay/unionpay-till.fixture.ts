import assert from 'node:assert/strict'
import { createHash, createSign, createVerify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import type { Channel } from '../../channels/channel.ts'
import { unionpayDefinition } from '../../channels/unionpay/definition.ts'
import type { ChannelId } from '../../till/ids.ts'
import { shanghaiCompact } from '../../till/time.ts'
import { readBooks, readBreaches } from '../books-reading.ts'
import type { Story } from '../practice-code.ts'
import { type Clock, dataFolder, type Fields, freshCode, send } from '../raw-client.fixture.ts'
import { type StartedServer, startTrainingServers } from '../start-training-servers.ts'
import { unionpayTrainingServer } from './server.ts'

/** For tests only: the training UnionPay on a fresh data folder, with a clock that stands still until it is moved. */
export async function startUnionpay(context: TestContext) {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 } // 2026-03-01 09:00:15 in Shanghai
  const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [unionpayTrainingServer])
  context.after(() => started.close())
  const [server] = started.servers
  assert.ok(server)
  return { started, server, clock, data }
}

/** The till's own channel, opened by its definition from what the server says of its configuration. */
export function channelTo(server: StartedServer, certificateAuthority: string, changes: Fields = {}): Channel {
  const { kind, ...given } = server.configuration
  assert.equal(kind, unionpayDefinition.kind)
  const defaults = Object.entries(unionpayDefinition.fields).flatMap(([name, field]) =>
    'default' in field && field.default !== undefined ? [[name, field.default] as const] : [],
  )
  const resolved = Object.entries(given).map(([name, value]) => {
    assert.ok(name in unionpayDefinition.fields, name)
    const isFile = typeof value === 'object' && value !== null && 'file' in value
    return [name, isFile ? readFileSync(String(value.file), 'utf8') : String(value)] as const
  })
  const texts = { ...Object.fromEntries([...defaults, ...resolved]), ...changes }
  // The connection's authority is of the machine's time, not of the story's.
  const context = { id: 'unionpay' as ChannelId, certificateAuthority, wallMs: Date.now() }
  const opening = unionpayDefinition.open({ texts, lists: {} }, context)
  assert.ok(opening.ok, JSON.stringify(opening))
  return opening.channel
}

const trades = {
  pay: ['01', '06', 'backTransReq.do'],
  query: ['00', '00', 'queryTrans.do'],
  reversal: ['99', '01', 'backTransReq.do'],
  undo: ['31', '00', 'backTransReq.do'],
  refund: ['04', '00', 'backTransReq.do'],
} as const
export type Call = keyof typeof trades

const stringToSign = (fields: Fields): string =>
  Object.keys(fields)
    .filter((name) => name !== 'signature')
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
const digestOf = (fields: Fields): string => createHash('sha256').update(stringToSign(fields)).digest('hex')

/** A till in the raw: it signs and verifies by itself, so that a mistake in the channel's signing cannot hide here. */
export async function rawTill(context: TestContext) {
  const { started, server, clock, data } = await startUnionpay(context)
  const { keys, origin } = server
  const { merchantId, certId } = server.configuration as unknown as Fields // the server's own texts
  assert.ok(merchantId && certId)
  const merchantPrivate = keys['merchant-private.pem'] ?? ''

  const signed = (fields: Fields): Fields => ({
    ...fields,
    signature: createSign('RSA-SHA256').update(digestOf(fields)).sign(merchantPrivate, 'base64'),
  })
  const common = (call: Call): Fields => ({
    version: '5.1.0',
    encoding: 'UTF-8',
    certId,
    signMethod: '01',
    bizType: '000000',
    accessType: '0',
    merId: merchantId,
    txnType: trades[call][0],
    txnSubType: trades[call][1],
  })
  const form = (fields: Fields): string =>
    Object.entries(fields)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&')
  const raw = (path: string, body: string, method = 'POST', type = 'application/x-www-form-urlencoded') => {
    const headers = { 'Content-Type': type }
    return send({ url: `${origin}${path}`, method, headers, body, ca: started.certificateAuthority })
  }
  /** The fields of an answer, which must carry the gateway's signature. */
  const read = (body: string): Fields => {
    const bare = body.startsWith('{') ? body.slice(1, -1) : body
    const isEncoded = bare.includes('BEGIN%20CERTIFICATE')
    const pairs = bare.split(/&(?=\w+=)/).map((pair) => {
      const value = pair.slice(pair.indexOf('=') + 1)
      return [pair.slice(0, pair.indexOf('=')), isEncoded ? decodeURIComponent(value) : value] as const
    })
    const fields: Fields = Object.fromEntries(pairs)
    assert.equal(Object.keys(fields).length, pairs.length)
    const { publicKey } = new X509Certificate(fields['signPubKeyCert'] ?? '')
    const verify = createVerify('RSA-SHA256').update(digestOf(fields))
    assert.ok(verify.verify(publicKey, fields['signature'] ?? '', 'base64'), 'signed by the gateway')
    return fields
  }
  const post = async (call: Call, fields: Fields, path: string = trades[call][2]): Promise<Fields> => {
    const answer = await raw(`/gateway/api/${path}`, form(fields))
    return answer === 'cut' ? { respCode: 'cut' } : read(answer.body)
  }
  const call = (name: Call, fields: Fields): Promise<Fields> => post(name, signed({ ...common(name), ...fields }))
  const times = new Map<string, string>()
  const key = (orderId: string): Fields => ({ orderId, txnTime: times.get(orderId) ?? shanghaiCompact(clock.wallMs) })
  const money: Fields = { channelType: '08', backUrl: 'http://www.specialUrl.com', currencyCode: '156' }
  const payFields = (orderId: string, code: string): Fields => {
    times.set(orderId, shanghaiCompact(clock.wallMs))
    return { ...key(orderId), ...money, txnAmt: '1234', qrNo: code, termId: '01080209' }
  }
  return {
    started,
    server,
    clock,
    common,
    signed,
    form,
    raw,
    read,
    post,
    call,
    key,
    payFields,
    pay: (orderId: string, story: Story) => call('pay', payFields(orderId, freshCode('unionpay', story))),
    query: (orderId: string) => call('query', key(orderId)),
    reversal: (orderId: string) => call('reversal', { ...key(orderId), channelType: '08' }),
    refund: (orderId: string, origQryId: string, txnAmt: string, name: 'refund' | 'undo' = 'refund') => {
      times.set(orderId, times.get(orderId) ?? shanghaiCompact(clock.wallMs))
      return call(name, { ...key(orderId), ...money, txnAmt, origQryId })
    },
    books: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
    breaches: () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`),
  }
}

/** The codes of an answer, in a word. */
export const words = ({ respCode, origRespCode }: Fields): string =>
  origRespCode === undefined ? (respCode ?? '') : `${respCode} ${origRespCode}`
