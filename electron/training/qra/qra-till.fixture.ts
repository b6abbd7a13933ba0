import assert from 'node:assert/strict'
import { createHash, createSign, createVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import type { Channel } from '../../channels/channel.ts'
import { qraDefinition } from '../../channels/qra/definition.ts'
import type { ChannelId } from '../../till/ids.ts'
import { readBooks, readBreaches } from '../books-reading.ts'
import type { PracticeWallet, Story } from '../practice-code.ts'
import { type Clock, dataFolder, type Fields, freshCode, fromXml, send, toXml } from '../raw-client.fixture.ts'
import { type StartedServer, startTrainingServers } from '../start-training-servers.ts'
import { qraTrainingServer } from './server.ts'

/** For tests only: the training gateway on a fresh data folder, with a clock that stands still until it is moved. */
export async function startGateway(context: TestContext) {
  const data = dataFolder(context)
  const clock: Clock = { wallMs: 1_772_326_815_000 }
  const started = await startTrainingServers({ dataDirectory: data, now: () => clock.wallMs }, [qraTrainingServer])
  context.after(() => started.close())
  const [server] = started.servers
  assert.ok(server)
  return { started, server, clock, data }
}

/** The till's own channel, opened by its definition from what the server says of its configuration. */
export function channelTo(
  { configuration, keys }: StartedServer,
  certificateAuthority: string,
  signType: 'MD5' | 'RSA_1_256' | 'RSA_1_1' = 'MD5',
): Channel {
  const { kind, ...given } = configuration
  assert.equal(kind, qraDefinition.kind)
  const defaults = Object.entries(qraDefinition.fields).flatMap(([name, field]) =>
    'default' in field && field.default !== undefined ? [[name, field.default] as const] : [],
  )
  const resolved = Object.entries(given).map(([name, value]) => {
    assert.ok(name in qraDefinition.fields, name)
    const isFile = typeof value === 'object' && value !== null && 'file' in value
    return [name, isFile ? readFileSync(String(value.file), 'utf8') : String(value)] as const
  })
  const rsa = {
    signType,
    merchantPrivateKey: keys['merchant-private.pem'] ?? '',
    platformPublicKey: keys['platform-public.pem'] ?? '',
  }
  const texts = Object.fromEntries([...defaults, ...resolved, ...(signType === 'MD5' ? [] : Object.entries(rsa))])
  // The authority is of the machine's time, not of the story's.
  const context = { id: 'qra' as ChannelId, certificateAuthority, wallMs: Date.now() }
  const opening = qraDefinition.open({ texts, lists: {} }, context)
  assert.ok(opening.ok)
  return opening.channel
}

let serial = 0

/** A till in the raw: it signs and verifies by itself, so that a mistake in the channel's signing cannot hide here. */
export async function rawTill(context: TestContext) {
  const { started, server, clock, data } = await startGateway(context)
  const { keys } = server
  const { gateway = '', merchantId = '' } = server.configuration as unknown as Fields // the test gateway's own texts
  const key = (name: string): string => keys[name] ?? ''

  const textOf = (fields: Fields): string =>
    Object.keys(fields)
      .filter((name) => name !== 'sign' && fields[name] !== '')
      .sort()
      .map((name) => `${name}=${fields[name]}`)
      .join('&')
  const md5 = (fields: Fields): string =>
    createHash('md5')
      .update(`${textOf(fields)}&key=${key('api-key.txt')}`)
      .digest('hex')
      .toUpperCase()
  const digest = (signType: string | undefined): string => (signType === 'RSA_1_1' ? 'RSA-SHA1' : 'RSA-SHA256')
  const sign = (fields: Fields): string =>
    fields['sign_type']?.startsWith('RSA')
      ? createSign(digest(fields['sign_type'])).update(textOf(fields)).sign(key('merchant-private.pem'), 'base64')
      : md5(fields)
  const verifies = (fields: Fields): boolean =>
    fields['sign_type']?.startsWith('RSA')
      ? createVerify(digest(fields['sign_type']))
          .update(textOf(fields))
          .verify(key('platform-public.pem'), fields['sign'] ?? '', 'base64')
      : md5(fields) === fields['sign']

  const whole = (service: string, own: Fields): Fields => {
    serial += 1
    return {
      service,
      version: '2.0',
      charset: 'UTF-8',
      sign_type: 'MD5',
      mch_id: merchantId,
      nonce_str: `n${serial}`,
      ...own,
    }
  }
  const signed = (fields: Fields): Fields => ({ ...fields, sign: sign(fields) })
  const raw = (body: string, change: { readonly method?: string; readonly url?: string } = {}) =>
    send({ url: gateway, body, ca: started.certificateAuthority, ...change })
  /** Sends fields as they are; the answer's, which must be signed where its status is 0. */
  const post = async (fields: Fields): Promise<Fields> => {
    const answer = await raw(toXml(fields))
    if (answer === 'cut') return { cut: 'cut' }
    const told = fromXml(answer.body)
    assert.equal(told['status'] === '0' ? verifies(told) : !('sign' in told), true, 'signed, or refused unsigned')
    return told
  }
  const call = (service: string, own: Fields): Promise<Fields> => post(signed(whole(service, own)))
  const payFields = (orderNumber: string, code: string, changes: Fields = {}): Fields => ({
    out_trade_no: orderNumber,
    body: '示例便利店-日用百货',
    total_fee: '1234',
    mch_create_ip: '127.0.0.1',
    auth_code: code,
    ...changes,
  })
  return {
    clock,
    gateway,
    merchantId,
    whole,
    signed,
    raw,
    post,
    call,
    payFields,
    payWith: (orderNumber: string, code: string, changes: Fields = {}) =>
      call('unified.trade.micropay', payFields(orderNumber, code, changes)),
    pay: (orderNumber: string, story: Story, wallet: PracticeWallet = 'wechat', changes: Fields = {}) =>
      call('unified.trade.micropay', payFields(orderNumber, freshCode(wallet, story), changes)),
    query: (orderNumber: string) => call('unified.trade.query', { out_trade_no: orderNumber }),
    reverse: (orderNumber: string) => call('unified.micropay.reverse', { out_trade_no: orderNumber }),
    refund: (orderNumber: string, refundNumber: string, amount: string, changes: Fields = {}) =>
      call('unified.trade.refund', {
        out_trade_no: orderNumber,
        out_refund_no: refundNumber,
        total_fee: '1234',
        refund_fee: amount,
        op_user_id: merchantId,
        ...changes,
      }),
    refundQuery: (refundNumber: string) => call('unified.trade.refundquery', { out_refund_no: refundNumber }),
    books: () =>
      readBooks(data, clock.wallMs).map(({ chargedFen, refundedFen, state }) => [chargedFen, refundedFen, state]),
    breaches: () => readBreaches(data).map(({ breach, subject }) => `${breach} ${subject}`),
  }
}
