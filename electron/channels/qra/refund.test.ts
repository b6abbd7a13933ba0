import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createQraChannel } from './channel.ts'
import { qraRefundCodes, qraRefundQueryCodes, qraRefundStates } from './codes.ts'
import {
  doorRefusal,
  type Fields,
  failure,
  head,
  order,
  refundEntry,
  refundFields,
  refundReference,
  response,
  settings,
  signed,
  signedXml,
  told,
  without,
} from './qra.fixture.ts'
import { qraRefundOutcomes, qraRefundQueryOutcomes, qraRefundStateOutcomes } from './refund-outcomes.ts'

const { refund, queryRefund } = createQraChannel(settings)
const refunded = (fields: Fields): string => told(refund.decode(refundReference, signed(fields)))
const asked = (fields: Fields): string => told(queryRefund.decode(refundReference, signed(fields)))

test('two zeros about this refund mean that it was taken in, no more', () => {
  assert.equal(refunded(refundFields), 'accepted')
  assert.equal(refunded({ ...refundFields, total_fee: '1250' }), 'accepted')
  for (const name of ['out_trade_no', 'out_refund_no', 'refund_fee', 'mch_id', 'result_code']) {
    assert.equal(refunded(without(name, refundFields)), 'unknown unverifiable-answer', name)
  }
  for (const name of ['out_trade_no', 'out_refund_no', 'refund_fee', 'total_fee', 'mch_id']) {
    assert.equal(refunded({ ...refundFields, [name]: '9' }), 'unknown mismatched-answer', name)
  }
})

test('each listed code of a refund means what its row says; others are unknown', () => {
  for (const code of qraRefundCodes) {
    const { evidence, ...meaning } = refund.decode(refundReference, failure(code))
    assert.deepEqual(meaning, qraRefundOutcomes[code], code)
    assert.equal(evidence.code, code)
  }
  assert.equal(told(refund.decode(refundReference, failure('NEW_CODE'))), 'unknown unlisted-code')
  const other = failure('TRADE_OVERDUE', { out_refund_no: 'other' })
  assert.equal(told(refund.decode(refundReference, other)), 'unknown mismatched-answer')
})

test('at the door only what is about keys or merchant refuses a refund', () => {
  assert.equal(told(refund.decode(refundReference, doorRefusal('签名错误'))), 'refused configuration')
  assert.equal(told(refund.decode(refundReference, doorRefusal('系统繁忙'))), 'unknown system-error')
  assert.equal(told(queryRefund.decode(refundReference, doorRefusal('签名错误'))), 'unknown refused-request')
  assert.equal(told(queryRefund.decode(refundReference, doorRefusal('系统繁忙'))), 'unknown system-error')
})

test('each state of a refund', () => {
  for (const state of qraRefundStates) {
    const { evidence, ...meaning } = queryRefund.decode(refundReference, signed(refundEntry(state)))
    assert.deepEqual(meaning, qraRefundStateOutcomes[state], state)
    assert.equal(evidence.tradeState, state)
  }
  assert.equal(asked(refundEntry('NOTSURE')), 'unknown system-error', 'neither done nor absent')
  assert.equal(asked(refundEntry('CHANGE')), 'abnormal')
  assert.equal(asked(refundEntry('NEW_STATE')), 'unknown unlisted-code')
  assert.equal(asked(refundEntry('')), 'unknown unverifiable-answer')
})

test('the entry with our number counts, wherever it stands, and only whole', () => {
  const before = { out_refund_no_0: 'other', refund_fee_0: '1', refund_status_0: 'FAIL' }
  const second = {
    out_refund_no_1: refundReference.refundNumber,
    refund_fee_1: '250',
    refund_status_1: 'SUCCESS',
  }
  const named = { ...head, out_trade_no: order.orderNumber, refund_count: '2' }
  assert.equal(asked({ ...named, ...before, ...second }), 'done')
  assert.equal(asked({ ...named, ...before }), 'unknown mismatched-answer')
  assert.equal(asked(named), 'unknown unverifiable-answer')
  assert.equal(asked(without('out_trade_no', refundEntry('SUCCESS'))), 'unknown unverifiable-answer')
  assert.equal(asked(without('refund_fee_0', refundEntry('SUCCESS'))), 'unknown unverifiable-answer')
  assert.equal(asked(refundEntry('SUCCESS', { refund_fee_0: '251' })), 'unknown mismatched-answer')
  assert.equal(asked(refundEntry('SUCCESS', { out_trade_no: 'other' })), 'unknown mismatched-answer')
  assert.equal(asked(refundEntry('SUCCESS', { total_fee: '1251' })), 'unknown mismatched-answer')
})

test('a refund query’s failure is never a refund’s failure', () => {
  for (const code of qraRefundQueryCodes) {
    const { evidence, ...meaning } = queryRefund.decode(refundReference, failure(code))
    assert.deepEqual(meaning, qraRefundQueryOutcomes[code], code)
    assert.equal(evidence.code, code)
  }
  assert.equal(told(queryRefund.decode(refundReference, failure('NEW_CODE'))), 'unknown unlisted-code')
})

test('what is not signed or not readable is unknown', () => {
  const foreign = response(signedXml(refundFields, { signType: 'MD5', apiKey: 'x'.repeat(32) }))
  for (const answer of [foreign, response('<html></html>'), response(signedXml(refundFields), 502)]) {
    assert.match(told(refund.decode(refundReference, answer)), /^unknown (unverifiable|unreadable|http)/)
    assert.match(told(queryRefund.decode(refundReference, answer)), /^unknown (unverifiable|unreadable|http)/)
  }
})
