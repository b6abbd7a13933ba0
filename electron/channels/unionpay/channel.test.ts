import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../../till/money.ts'
import type { OrderReference } from '../channel.ts'
import { createUnionpayChannel } from './channel.ts'
import type { UnionpaySettings } from './settings.ts'
import {
  certificateOf,
  context,
  type Fields,
  foreignIssuer,
  gatewayKeys,
  merchantCertificate,
  merchantKeys,
  order,
  payAnswer,
  payRequest,
  payStartedWallMs,
  queryAnswer,
  response,
  reversalAnswer,
  settings,
  signed,
  signedBody,
  testName,
  told,
  unionpayName,
} from './unionpay.fixture.ts'

const channel = createUnionpayChannel(settings)
const calls = { pay: payAnswer, query: queryAnswer, revoke: reversalAnswer } as const
const callNames = ['pay', 'query', 'revoke'] as const
const unknownKind = { pay: 'unknown', query: 'unknown', revoke: 'try-again' } as const

test('a pay answer 00 is accepted, not paid; the contract’s setting may believe it', () => {
  assert.equal(told(channel.pay.decode(order, signed(payAnswer))), 'awaiting-payer')
  const trusting = createUnionpayChannel({ ...settings, trustPay00: true })
  const { evidence: _, ...paid } = trusting.pay.decode(order, signed(payAnswer))
  assert.deepEqual(paid, { kind: 'paid', transactionId: '202603181015301234568', amountFen: 1250 })
  const heard = (fields: Fields): string => told(trusting.pay.decode(order, signed({ ...payAnswer, ...fields })))
  assert.equal(heard({ queryId: '' }), 'unknown unverifiable-answer')
  assert.equal(heard({ txnAmt: '' }), 'unknown unverifiable-answer')
  assert.equal(heard({ txnAmt: '1251' }), 'unknown mismatched-answer')
  assert.equal(told(trusting.pay.decode(order, signed(queryAnswer))), 'unknown mismatched-answer', 'a query’s answer')
})

test('a query tells of the payment, with UnionPay’s number', () => {
  const { evidence: _, ...paid } = channel.query.decode(order, signed(queryAnswer))
  assert.deepEqual(paid, { kind: 'paid', transactionId: '202603181015301234568', amountFen: 1250 })
})

test('a paid answer must have amount and number; an answer without origRespCode says nothing', () => {
  const asked = (fields: Fields): string => told(channel.query.decode(order, signed({ ...queryAnswer, ...fields })))
  assert.equal(asked({ txnAmt: '' }), 'unknown unverifiable-answer')
  assert.equal(asked({ queryId: '' }), 'unknown unverifiable-answer')
  assert.equal(asked({ origRespCode: '' }), 'unknown unverifiable-answer')
  assert.equal(asked({ txnAmt: '1251' }), 'unknown mismatched-answer')
  assert.equal(asked({ txnAmt: '1250.0' }), 'unknown mismatched-answer')
  assert.equal(asked({ currencyCode: '840' }), 'unknown mismatched-answer')
})

test('an answer to another request is not this one’s: kind of trade, number, time, merchant', () => {
  for (const call of callNames) {
    const heard = (fields: Fields): string => told(channel[call].decode(order, signed({ ...calls[call], ...fields })))
    const kind = unknownKind[call]
    for (const name of ['orderId', 'txnTime', 'merId', 'txnType', 'txnSubType', 'bizType', 'accessType']) {
      assert.equal(heard({ [name]: '20260318101531' }), `${kind} mismatched-answer`, `${call} ${name}`)
    }
    for (const name of ['orderId', 'txnTime', 'merId', 'txnType', 'txnSubType', 'respCode', 'signMethod']) {
      assert.equal(heard({ [name]: '' }), `${kind} unverifiable-answer`, `${call} without ${name}`)
    }
    for (const other of callNames.filter((one) => one !== call)) {
      assert.equal(heard(calls[other]), `${kind} mismatched-answer`, `${other}'s answer to ${call}`)
    }
  }
})

test('a failure that does not name the order is asked about; one of another order is nothing', () => {
  const heard = (fields: Fields): string =>
    told(channel.pay.decode(order, signed({ ...payAnswer, respCode: '11', ...fields })))
  assert.equal(heard({}), 'failed configuration')
  assert.equal(heard({ orderId: '', txnTime: '' }), 'failed-unless-query-differs configuration')
  assert.equal(heard({ orderId: 'other' }), 'unknown mismatched-answer')
  const unsigned = Object.entries({ ...payAnswer, respCode: '11' }).map(([name, value]) => `${name}=${value}`)
  assert.equal(told(channel.pay.decode(order, response(unsigned.join('&')))), 'unknown unverifiable-answer')
})

/** What each call makes of an answer with this certificate, by these settings. */
function judged(certificate: string, changes: Partial<UnionpaySettings> = {}, key = gatewayKeys.privateKey): string {
  const changed = createUnionpayChannel({ ...settings, ...changes })
  return told(changed.query.decode(order, signed({ ...queryAnswer, signPubKeyCert: certificate }, key)))
}
const production = { baseUrl: 'https://gateway.95516.com' }
const refused = 'unknown unverifiable-answer'

test('a certificate is not trusted because it came with the answer', () => {
  const { publicKey } = gatewayKeys
  const own = certificateOf(unionpayName, publicKey)
  assert.equal(judged(own), 'paid')
  assert.equal(judged(own.replaceAll('\n', '\r\n')), 'paid', 'CR LF as in real answers')
  assert.equal(judged(certificateOf(unionpayName, publicKey, { issuer: foreignIssuer })), refused, 'another authority')
  assert.equal(judged(own, {}, merchantKeys.privateKey), refused, 'another key')
  assert.equal(judged(''), refused)
  assert.equal(judged('nothing'), refused)
  assert.equal(judged(own.slice(0, 300)), refused)
  assert.equal(judged(certificateOf(unionpayName, publicKey, { endMs: payStartedWallMs - 1_000 })), refused, 'expired')
})

test('the third part of the common name is UnionPay’s; in production its test name is not enough', () => {
  const { publicKey } = gatewayKeys
  const named = (name: string): string => certificateOf(name, publicKey)
  assert.equal(judged(named(unionpayName), production), 'paid')
  assert.equal(judged(named('041@TEST@00040000:SIGN@00000001')), 'paid')
  assert.equal(judged(named('041@TEST@00040000:SIGN@00000001'), production), refused)
  for (const name of [
    '中国银联股份有限公司',
    '041@中国银联股份有限公司@x@1',
    '041@1@中国银联股份有限公司（假）@1',
    '041@1',
  ]) {
    assert.equal(judged(named(name)), refused, name)
  }
})

test('the merchant’s own certificate proves nothing, though the same authority issued it', () => {
  assert.equal(judged(merchantCertificate, {}, merchantKeys.privateKey), refused)
  assert.equal(judged(certificateOf(testName, gatewayKeys.publicKey)), 'paid', 'it is the key that is refused')
})

test('what cannot be read says nothing', () => {
  const whole = signedBody(queryAnswer)
  const bodies: Readonly<Record<string, [string | Uint8Array, string]>> = {
    empty: ['', 'unreadable-answer'],
    html: ['<html><body>a=1&respCode=00</body></html>', 'unreadable-answer'],
    doctype: [`<!DOCTYPE a [<!ENTITY b "c">]>${whole}`, 'unreadable-answer'],
    json: ['{"respCode":"00","origRespCode":"00"}', 'unreadable-answer'],
    'a field twice': [`${whole}&respCode=00`, 'unreadable-answer'],
    'a field more': [`${whole}&another=1`, 'unverifiable-answer'],
    'wrong charset': [Buffer.concat([Buffer.from(whole), Buffer.from([0xca, 0xd5])]), 'unreadable-answer'],
    'utf-16': [Buffer.from(whole, 'utf16le'), 'unreadable-answer'],
    half: [whole.slice(0, whole.length / 2), 'unverifiable-answer'],
    'a huge number': [whole.replace('txnAmt=1250', `txnAmt=${'9'.repeat(400)}`), 'unverifiable-answer'],
  }
  for (const [name, [body, reason]] of Object.entries(bodies)) {
    for (const call of callNames) {
      const outcome = channel[call].decode(order, response(body))
      assert.equal(told(outcome), `${unknownKind[call]} ${reason}`, `${call}: ${name}`)
    }
  }
  for (const status of [201, 204, 302, 400, 404, 500, 502, 0]) {
    assert.equal(told(channel.query.decode(order, response(whole, status))), 'unknown http-status')
  }
})

test('an answer in braces, and one that was URL-encoded after all, are the same answer', () => {
  const whole = signedBody(queryAnswer)
  assert.equal(told(channel.query.decode(order, response(`{${whole}}`))), 'paid')
  const encoded = whole.split(/&(?=\w+=)/).map((pair) => {
    const cut = pair.indexOf('=')
    return `${pair.slice(0, cut)}=${encodeURIComponent(pair.slice(cut + 1)).replaceAll('%20', '+')}`
  })
  assert.equal(told(channel.query.decode(order, response(encoded.join('&')))), 'paid')
  assert.equal(told(channel.query.decode(order, response(`${whole}\r\n`))), 'paid', 'a line break after the signature')
})

test('the scanned code stands in the pay request alone, and in no address', () => {
  const { url, body } = channel.pay.encode(payRequest, context)
  assert.ok(!url.includes('6223456789012345678'))
  assert.equal(body.split('6223456789012345678').length, 2)
  assert.ok(!channel.query.encode(order, context).body.includes('6223'))
  assert.ok(!channel.revoke.encode(order, context).body.includes('6223'))
})

test('amounts to the last fen that a till can have', () => {
  const large: OrderReference = { ...order, amountFen: fen(999_999_999_999) }
  const fields = { ...queryAnswer, txnAmt: '999999999999' }
  assert.equal(told(channel.query.decode(large, signed(fields))), 'paid')
  assert.equal(told(channel.query.decode(large, signed({ ...fields, txnAmt: '1e12' }))), 'unknown mismatched-answer')
})
