import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RefundReference } from '../channel.ts'
import { createUnionpayChannel } from './channel.ts'
import { unionpayCodes } from './codes.ts'
import { unionpayDayEndMs } from './day.ts'
import { unionpayRefundOutcomes, unionpayRefundStates } from './refund-outcomes.ts'
import {
  context,
  type Fields,
  order,
  payStartedWallMs,
  reference,
  refundAnswer,
  refundQueryAnswer,
  response,
  settings,
  signed,
  told,
} from './unionpay.fixture.ts'

const { refund, queryRefund, query } = createUnionpayChannel(settings)
const heard = (changes: Fields): string => told(refund.decode(reference, signed({ ...refundAnswer, ...changes })))
const asked = (changes: Fields): string =>
  told(queryRefund.decode(reference, signed({ ...refundQueryAnswer, ...changes })))

test('every code of a refund and of its query is answered as its table says', () => {
  for (const code of unionpayCodes) {
    assert.equal(heard({ respCode: code }), told(unionpayRefundOutcomes[code]), `refund ${code}`)
    assert.equal(asked({ origRespCode: code }), told(unionpayRefundStates[code]), `orig ${code}`)
  }
  assert.equal(heard({ respCode: '43' }), 'unknown unlisted-code')
  assert.equal(asked({ origRespCode: '43' }), 'unknown unlisted-code')
  assert.equal(asked({ respCode: '43' }), 'unknown unlisted-code')
})

test('00 is taken in; done is what the query says, and no failed query ends a refund', () => {
  assert.equal(heard({}), 'accepted')
  assert.equal(asked({}), 'done')
  assert.equal(asked({ origRespCode: '05' }), 'processing')
  assert.equal(asked({ respCode: '34' }), 'not-found')
  for (const code of unionpayCodes) {
    if (code !== '00' && code !== '34') assert.match(asked({ respCode: code }), /^unknown /, code)
  }
  for (const code of ['03', '04', '05', '12', '99'])
    assert.equal(heard({ respCode: code }), 'unknown system-error', code)
  assert.equal(heard({ respCode: '33' }), 'refused not-enough-left')
  assert.equal(heard({ respCode: '35' }), 'refused not-refundable')
  assert.equal(heard({ respCode: '36' }), 'refused not-enough-left')
})

test('an answer of another refund, amount or call is not this one’s', () => {
  for (const name of ['orderId', 'txnTime', 'txnAmt', 'txnType']) {
    assert.equal(heard({ [name]: '1251' }), 'unknown mismatched-answer', name)
    assert.equal(asked({ [name]: '1251' }), 'unknown mismatched-answer', name)
  }
  for (const name of ['orderId', 'txnTime', 'txnType']) {
    assert.equal(heard({ [name]: '' }), 'unknown unverifiable-answer', name)
    assert.equal(asked({ [name]: '' }), 'unknown unverifiable-answer', name)
  }
  assert.equal(asked({ txnAmt: '' }), 'unknown unverifiable-answer', 'done without an amount')
  assert.equal(asked({ origRespCode: '' }), 'unknown unverifiable-answer')
  assert.equal(told(refund.decode(reference, response('<html></html>'))), 'unknown unreadable-answer')
  assert.equal(told(queryRefund.decode(reference, response('', 502))), 'unknown http-status')
})

test('without UnionPay’s number nothing that moves money is sent, and the refund is refused', () => {
  const nameless: RefundReference = { ...reference, transactionId: null }
  assert.deepEqual(refund.encode(nameless, context), query.encode(order, context))
  for (const answer of [signed(refundAnswer), response(''), response('', 500)]) {
    const outcome = refund.decode(nameless, answer)
    assert.equal(told(outcome), 'refused not-refundable')
    assert.match(outcome.evidence.message ?? '', /no queryId/)
  }
  assert.equal(told(queryRefund.decode(nameless, signed({ ...refundQueryAnswer, respCode: '34' }))), 'not-found')
})

test('every try of a refund is the same request', () => {
  const later = { ...context, wallMs: context.wallMs + 86_400_000 }
  assert.deepEqual(refund.encode(reference, context), refund.encode(reference, later))
})

test('an undo returns a whole payment on its own UnionPay day, where the settings want it', () => {
  const undoing = createUnionpayChannel({ ...settings, sameDayFullRefund: 'undo' })
  const typeOf = (changes: Partial<RefundReference>, of = undoing): string | null =>
    new URLSearchParams(of.refund.encode({ ...reference, ...changes }, context).body).get('txnType')
  const whole = { amountFen: reference.orderAmountFen }
  const cutMs = Date.UTC(2026, 2, 18, 15) // 23:00 in Shanghai
  assert.equal(typeOf({ ...whole, refundStartedWallMs: payStartedWallMs + 1_000 }), '31')
  assert.equal(typeOf({ ...whole, refundStartedWallMs: cutMs - 11 * 60_000 }), '31')
  assert.equal(typeOf({ ...whole, refundStartedWallMs: cutMs - 9 * 60_000 }), '04', 'too near to the cut')
  assert.equal(typeOf({ ...whole, refundStartedWallMs: cutMs + 1 }), '04')
  assert.equal(typeOf({ refundStartedWallMs: payStartedWallMs + 1_000 }), '04', 'a part')
  assert.equal(
    typeOf({ ...whole, refundStartedWallMs: payStartedWallMs + 1_000 }, createUnionpayChannel(settings)),
    '04',
  )
  const evening = { payStartedWallMs: cutMs, refundStartedWallMs: cutMs + 20 * 3_600_000 }
  assert.equal(typeOf({ ...whole, ...evening }), '31', 'after 23:00 the next UnionPay day has begun')

  const begun = { ...reference, ...whole, refundStartedWallMs: payStartedWallMs + 1_000 }
  const answer = { ...refundAnswer, txnAmt: '1250', txnTime: '20260318101531' }
  assert.equal(told(undoing.refund.decode(begun, signed({ ...answer, txnType: '31' }))), 'accepted')
  assert.equal(told(undoing.refund.decode(begun, signed(answer))), 'unknown mismatched-answer')
})

test('the UnionPay day ends at 23:00 in Shanghai', () => {
  const endOf = (...at: readonly [number, number, number, number?]): string =>
    new Date(unionpayDayEndMs(Date.UTC(2026, ...at))).toISOString()
  assert.equal(endOf(2, 18, 14, 59), '2026-03-18T15:00:00.000Z')
  assert.equal(endOf(2, 18, 15), '2026-03-19T15:00:00.000Z')
  assert.equal(endOf(2, 18, 16), '2026-03-19T15:00:00.000Z')
  assert.equal(endOf(11, 31, 15, 1), '2027-01-01T15:00:00.000Z')
})
