import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createQraChannel } from './channel.ts'
import { qraCodeIn, qraPayCodes, qraQueryCodes, qraReverseCodes, qraTradeStates } from './codes.ts'
import { qraPayOutcomes, qraQueryOutcomes, qraReverseOutcomes } from './outcomes.ts'
import { failure, head, order, paymentFields, settings, signed, told } from './qra.fixture.ts'

const channel = createQraChannel(settings)

test('with need_query N each listed code of a payment means what its row says', () => {
  for (const code of qraPayCodes) {
    const outcome = channel.pay.decode(order, failure(code, { need_query: 'N' }))
    const { evidence, ...meaning } = outcome
    assert.deepEqual(meaning, qraPayOutcomes[code], code)
    assert.equal(evidence.code, code)
  }
  assert.equal(told(channel.pay.decode(order, failure('AUTHCODEEXPIRE', { need_query: 'N' }))), 'failed code-expired')
})

test('with need_query Y, another value or without it no code is final: ask', () => {
  for (const more of [{ need_query: 'Y' }, { need_query: 'n' }, { need_query: '' }, {}]) {
    for (const code of qraPayCodes) {
      const expected = code === 'USERPAYING' ? 'awaiting-payer' : 'unknown system-error'
      assert.equal(told(channel.pay.decode(order, failure(code, more))), expected, code)
    }
    for (const code of ['NEW_CODE', '', '1']) {
      assert.equal(told(channel.pay.decode(order, failure(code, more))), 'unknown unlisted-code', code)
    }
  }
})

test('need_query N with a code in no list is believed only if a query agrees', () => {
  for (const code of ['NEW_CODE', '']) {
    const outcome = channel.pay.decode(order, failure(code, { need_query: 'N' }))
    assert.equal(told(outcome), 'failed-unless-query-differs payment-failed')
  }
  const other = failure('AUTHCODEEXPIRE', { need_query: 'N', out_trade_no: 'other' })
  assert.equal(told(channel.pay.decode(order, other)), 'unknown mismatched-answer')
})

test('each listed code of a query means what its row says, never a failed payment; others are unknown', () => {
  for (const code of qraQueryCodes) {
    const { evidence, ...meaning } = channel.query.decode(order, failure(code))
    assert.deepEqual(meaning, qraQueryOutcomes[code], code)
    assert.equal(evidence.code, code)
  }
  assert.equal(told(channel.query.decode(order, failure('NEW_CODE'))), 'unknown unlisted-code')
  assert.equal(
    told(channel.query.decode(order, failure('', { err_msg: 'Order not exists' }))),
    'unknown unlisted-code',
    'texts decide nothing',
  )
})

test('each trade state of a query', () => {
  const expected = {
    SUCCESS: 'paid',
    USERPAYING: 'awaiting-payer',
    NOTPAY: 'unpaid',
    REFUND: 'unknown unlisted-code',
    REVOKED: 'closed',
    REVERSE: 'closed',
    CLOSED: 'closed',
    PAYERROR: 'revoke-needed payment-failed',
  } as const satisfies Readonly<Record<(typeof qraTradeStates)[number], string>>
  for (const state of qraTradeStates) {
    const outcome = channel.query.decode(order, signed({ ...paymentFields, trade_state: state }))
    assert.equal(told(outcome), expected[state], state)
  }
  const decoded = (fields: Readonly<Record<string, string>>) => told(channel.query.decode(order, signed(fields)))
  assert.equal(decoded({ ...paymentFields, trade_state: 'NEW_STATE' }), 'unknown unlisted-code')
  assert.equal(decoded(paymentFields), 'unknown unverifiable-answer')
  assert.equal(decoded({ ...paymentFields, trade_state: '' }), 'unknown unverifiable-answer')
  assert.equal(decoded({ ...head, trade_state: 'NOTPAY' }), 'unpaid')
})

test('each listed code of a reversal means what its row says; others are tried again', () => {
  for (const code of qraReverseCodes) {
    const { evidence, ...meaning } = channel.revoke.decode(order, failure(code))
    const row = qraReverseOutcomes[code]
    assert.deepEqual(meaning, row.kind === 'accepted' ? { ...row, effect: 'unstated' } : row, code)
    assert.equal(evidence.code, code)
  }
  assert.equal(told(channel.revoke.decode(order, failure('NEW_CODE'))), 'try-again unlisted-code')
})

test('codes are compared without case and underlines', () => {
  assert.equal(qraCodeIn(qraPayCodes, ' auth_code_expire '), 'AUTHCODEEXPIRE')
  assert.equal(qraCodeIn(qraPayCodes, 'NOT_ENOUGH'), 'NOTENOUGH')
  assert.equal(qraCodeIn(qraPayCodes, undefined), undefined)
  assert.equal(qraCodeIn(qraPayCodes, ''), undefined)
})
