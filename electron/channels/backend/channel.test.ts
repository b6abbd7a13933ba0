import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse } from '../channel.ts'
import {
  type Body,
  context,
  key,
  order,
  otherKey,
  paid,
  payRequest,
  refund,
  settings,
  signed,
} from './backend.fixture.ts'
import { createBackendChannel } from './channel.ts'
import {
  type BackendErrorCode,
  backendCodes,
  backendFailureReasons,
  backendPersonReasons,
  backendRefundReasons,
  unsignedBackendCodes,
} from './codes.ts'
import { backendHeaders, backendRequestText, backendSignatureMatches } from './sign.ts'

const channel = createBackendChannel(settings)
type Outcome = PayOutcome | QueryOutcome | RevokeOutcome | RefundOutcome | RefundQueryOutcome
const said = (outcome: Outcome): string => {
  if ('reason' in outcome) return `${outcome.kind} ${outcome.reason}`
  if ('effect' in outcome) return `${outcome.kind} ${outcome.effect}`
  return 'wasPaid' in outcome ? `${outcome.kind} ${outcome.wasPaid}` : outcome.kind
}
const pay = (response: HttpResponse): string => said(channel.pay.decode(order, response))
const query = (response: HttpResponse): string => said(channel.query.decode(order, response))
const revoke = (response: HttpResponse): string => said(channel.revoke.decode(order, response))
const refunded = (response: HttpResponse): string => said(channel.refund.decode(refund, response))
const askedRefund = (response: HttpResponse): string => said(channel.queryRefund.decode(refund, response))

const about: Body = { version: '1.0', code: 'ok', orderNumber: order.orderNumber, amountFen: 3580 }
const aboutRefund: Body = { ...about, refundNumber: refund.refundNumber, amountFen: 100 }
const without = (name: string, body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([each]) => each !== name))

test('each request has the documented members, a path without numbers, and its signature', () => {
  const { orderNumber } = order
  const requests = [
    [
      channel.pay.encode(payRequest, context),
      '/v1/pay',
      {
        orderNumber,
        amountFen: 3580,
        currency: 'CNY',
        paymentCode: payRequest.paymentCode,
        subject: '收银台订单000101',
        storeId: 'NJ_S_001',
        tillId: 'T01',
      },
    ],
    [channel.query.encode(order, context), '/v1/query', { orderNumber }],
    [channel.revoke.encode(order, context), '/v1/revoke', { orderNumber }],
    [
      channel.refund.encode(refund, context),
      '/v1/refund',
      { orderNumber, refundNumber: refund.refundNumber, amountFen: 100, reason: '退货' },
    ],
    [
      channel.queryRefund.encode(refund, context),
      '/v1/refund-query',
      { orderNumber, refundNumber: refund.refundNumber },
    ],
  ] as const
  for (const [{ url, method, headers, body, clientCertificate }, path, content] of requests) {
    assert.equal(url, `${settings.baseUrl}${path}`)
    assert.equal(clientCertificate, false)
    assert.deepEqual(JSON.parse(body), { version: '1.0', ...content })
    assert.equal(headers[backendHeaders.nonce], context.nonce)
    assert.equal(headers[backendHeaders.timestamp], '1773796323000')
    const { keyId } = settings
    const text = backendRequestText({ keyId, timestamp: '1773796323000', nonce: context.nonce, method, path, body })
    assert.ok(backendSignatureMatches(text, headers[backendHeaders.signature] ?? '', key))
    assert.ok(!JSON.stringify(headers).includes(payRequest.paymentCode))
  }
})

test('each state of a payment is its outcome', () => {
  assert.equal(pay(signed('pay', paid)), 'paid')
  const outcome = channel.pay.decode(order, signed('pay', paid))
  assert.equal(outcome.kind === 'paid' && outcome.transactionId, paid['transactionId'])
  assert.equal(pay(signed('pay', { ...about, state: 'awaiting-payer' })), 'awaiting-payer')
  assert.equal(pay(signed('pay', { ...about, state: 'unknown' })), 'unknown system-error')
  for (const state of ['failed', 'failed-unless-query-differs', 'revoke-needed']) {
    for (const reason of backendFailureReasons) {
      assert.equal(pay(signed('pay', { ...about, state, reason })), `${state} ${reason}`)
    }
    for (const reason of ['never-sent', 'else', undefined, null]) {
      assert.equal(pay(signed('pay', { ...about, state, reason })), 'unknown unlisted-code')
    }
  }
  for (const state of ['closed', 'PAID', 'toString', null]) {
    assert.equal(pay(signed('pay', { ...about, state })), 'unknown unlisted-code')
  }
})

test('each state of an order is its outcome; a failed question is no failed payment', () => {
  assert.equal(query(signed('query', paid)), 'paid')
  for (const state of ['awaiting-payer', 'unpaid']) assert.equal(query(signed('query', { ...about, state })), state)
  assert.equal(query(signed('query', { ...without('amountFen', about), state: 'not-found' })), 'not-found')
  assert.equal(query(signed('query', { ...without('amountFen', about), state: 'unknown' })), 'unknown system-error')
  for (const wasPaid of ['yes', 'no', 'unstated']) {
    assert.equal(query(signed('query', { ...about, state: 'closed', wasPaid })), `closed ${wasPaid}`)
  }
  assert.equal(query(signed('query', { ...about, state: 'closed' })), 'unknown unlisted-code')
  assert.equal(
    query(signed('query', { ...about, state: 'revoke-needed', reason: 'balance-low' })),
    'revoke-needed balance-low',
  )
  assert.equal(query(signed('query', { ...about, state: 'failed', reason: 'balance-low' })), 'unknown unlisted-code')
})

test('each state of a revoke, a refund and a refund query is its outcome', () => {
  for (const effect of ['closed', 'refunded', 'unstated']) {
    assert.equal(revoke(signed('revoke', { ...about, state: 'accepted', effect })), `accepted ${effect}`)
  }
  assert.equal(revoke(signed('revoke', { ...about, state: 'accepted' })), 'try-again unverifiable-answer')
  assert.equal(revoke(signed('revoke', { ...about, state: 'try-again' })), 'try-again system-error')
  for (const state of ['payer-confirming', 'not-revocable', 'person-needed']) {
    assert.equal(revoke(signed('revoke', { ...about, state })), state)
  }
  assert.equal(revoke(signed('revoke', { ...about, state: 'else' })), 'try-again unlisted-code')
  for (const state of ['done', 'accepted']) assert.equal(refunded(signed('refund', { ...aboutRefund, state })), state)
  assert.equal(refunded(signed('refund', { ...aboutRefund, state: 'unknown' })), 'unknown system-error')
  for (const [state, reasons] of [
    ['refused', backendRefundReasons],
    ['person-needed', backendPersonReasons],
  ] as const) {
    for (const reason of reasons) {
      assert.equal(refunded(signed('refund', { ...aboutRefund, state, reason })), `${state} ${reason}`)
    }
    assert.equal(refunded(signed('refund', { ...aboutRefund, state, reason: 'else' })), 'unknown unlisted-code')
  }
  for (const state of ['done', 'processing', 'closed', 'abnormal']) {
    assert.equal(askedRefund(signed('refund-query', { ...aboutRefund, state })), state)
  }
  const nameless = without('amountFen', aboutRefund)
  assert.equal(askedRefund(signed('refund-query', { ...nameless, state: 'not-found' })), 'not-found')
  assert.equal(askedRefund(signed('refund-query', { ...nameless, state: 'done' })), 'unknown unverifiable-answer')
})

/** What each signed code means to pay, query, revoke, refund and refund query; written out a second time on purpose. */
const codeRows = {
  'unknown-key': 'unknown unlisted-code|unknown unlisted-code|try-again unlisted-code|unknown unlisted-code',
  'bad-signature': 'unknown unlisted-code|unknown unlisted-code|try-again unlisted-code|unknown unlisted-code',
  'clock-off': 'failed configuration|unknown refused-request|person-needed|refused configuration',
  'nonce-used': 'unknown refused-request|unknown refused-request|try-again refused-request|unknown refused-request',
  'unsupported-version': 'failed configuration|unknown refused-request|person-needed|refused configuration',
  'bad-request': 'failed configuration|unknown refused-request|person-needed|refused configuration',
  'not-permitted': 'failed configuration|unknown refused-request|person-needed|refused configuration',
  'no-such-call': 'failed configuration|unknown refused-request|person-needed|refused configuration',
  'order-number-reused':
    'failed-unless-query-differs order-number-used|unknown refused-request|try-again refused-request|unknown refused-request',
  'refund-number-reused':
    'unknown refused-request|unknown refused-request|try-again refused-request|unknown refused-request',
  busy: 'unknown rate-limited|unknown rate-limited|try-again rate-limited|unknown rate-limited',
  'internal-error': 'unknown system-error|unknown system-error|try-again system-error|unknown system-error',
} as const satisfies Record<BackendErrorCode, string>

test('each error code has its meaning for each call', () => {
  for (const [code, row] of Object.entries(codeRows)) {
    const status = backendCodes[code as BackendErrorCode] // the keys of the literal
    const body = { ...aboutRefund, code }
    const answers = [
      pay(signed('pay', body, { status })),
      query(signed('query', body, { status })),
      revoke(signed('revoke', body, { status })),
      refunded(signed('refund', body, { status })),
    ]
    assert.equal(answers.join('|'), row, code)
    assert.equal(askedRefund(signed('refund-query', body, { status })), answers[1])
    assert.equal(pay(signed('pay', body, { status: status === 400 ? 401 : 400 })), 'unknown unlisted-code')
  }
  assert.equal(pay(signed('pay', { ...about, code: 'else' }, { status: 400 })), 'unknown unlisted-code')
})

test('a refusal that names no order needs a query; one of another order says nothing', () => {
  const refusal = { version: '1.0', code: 'bad-request' }
  assert.equal(pay(signed('pay', refusal, { status: 400 })), 'failed-unless-query-differs configuration')
  const other = { ...refusal, orderNumber: 'other', refundNumber: 'other' }
  assert.equal(pay(signed('pay', other, { status: 400 })), 'unknown mismatched-answer')
  assert.equal(revoke(signed('revoke', other, { status: 400 })), 'try-again mismatched-answer')
  assert.equal(refunded(signed('refund', other, { status: 400 })), 'unknown mismatched-answer')
})

test('a member to be checked that is missing is unverifiable, one of another value is mismatched', () => {
  for (const name of ['orderNumber', 'amountFen', 'transactionId', 'version', 'code']) {
    assert.equal(pay(signed('pay', without(name, paid))), 'unknown unverifiable-answer', name)
    assert.equal(query(signed('query', { ...paid, [name]: null })), 'unknown unverifiable-answer', name)
  }
  for (const [name, value] of [
    ['orderNumber', 'POS0120260318000102'],
    ['amountFen', 3581],
  ] as const) {
    assert.equal(pay(signed('pay', { ...paid, [name]: value })), 'unknown mismatched-answer')
    assert.equal(query(signed('query', { ...paid, [name]: value })), 'unknown mismatched-answer')
  }
  for (const amountFen of ['3580', 35.8, -3580, 1e300, [3580]]) {
    assert.notEqual(pay(signed('pay', { ...paid, amountFen })), 'paid')
  }
  const renamed = signed('refund', { ...aboutRefund, state: 'done', refundNumber: 'R2' })
  assert.equal(refunded(renamed), 'unknown mismatched-answer')
  assert.equal(pay(signed('pay', paid, { keyId: 'store-2' })), 'unknown mismatched-answer')
})

test('only the key that both sides hold makes an answer count, and only for its own call and status', () => {
  const whole = signed('pay', paid)
  const changed = (headers: Readonly<Record<string, string>>) => ({
    ...whole,
    headers: { ...whole.headers, ...headers },
  })
  assert.equal(pay(signed('pay', paid, { key: otherKey })), 'unknown unverifiable-answer')
  assert.equal(query(signed('pay', paid)), 'unknown unverifiable-answer')
  assert.equal(pay({ ...whole, status: 400 }), 'unknown unverifiable-answer')
  assert.equal(pay({ ...whole, status: 201 }), 'unknown http-status')
  for (const name of Object.values(backendHeaders)) {
    assert.equal(pay(changed({ [name]: '' })), 'unknown unverifiable-answer', name)
    assert.equal(pay(changed({ [name]: `${whole.headers[name]}0` })), 'unknown unverifiable-answer', name)
  }
  const unsigned = (body: Body, status: number): HttpResponse => ({ ...signed('pay', body, { status }), headers: {} })
  for (const code of unsignedBackendCodes) {
    assert.equal(pay(unsigned({ code }, 401)), 'failed-unless-query-differs configuration')
    assert.equal(query(unsigned({ code }, 401)), 'unknown refused-request')
    assert.equal(revoke(unsigned({ code }, 401)), 'person-needed')
  }
  assert.equal(pay(unsigned({ code: 'clock-off' }, 401)), 'unknown unverifiable-answer')
  assert.equal(pay(unsigned(paid, 200)), 'unknown unverifiable-answer')
})

test('what cannot be read once and only once is unknown', () => {
  const text = JSON.stringify(paid)
  const read = (body: string): string => pay(signed('pay', body))
  assert.equal(read(` ${text}\n`), 'paid')
  for (const body of [
    '',
    'null',
    '[]',
    '<html></html>',
    `<!DOCTYPE xml>${text}`,
    `\uFEFF${text}`,
    `${text}${text}`,
    text.replace('{', '{"state":"failed",'),
    text.replace('{', '{"st\\u0061te":"failed",'),
    text.replace('}', ',"more":[{"a":1,"a":1}]}'),
  ]) {
    assert.equal(read(body), 'unknown unreadable-answer', body)
  }
  assert.equal(read(text.replace('3580', '3580e400')), 'unknown unverifiable-answer')
  const page = { status: 502, headers: {}, body: new TextEncoder().encode('<html>') }
  assert.equal(pay(page), 'unknown http-status')
})

test('long digits in the back end’s words are struck out', () => {
  const body = { ...about, state: 'unknown', message: `code ${payRequest.paymentCode}` }
  assert.equal(channel.pay.decode(order, signed('pay', body)).evidence.message, 'code ***')
})
