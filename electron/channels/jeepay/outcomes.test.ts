import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJeepayChannel } from './channel.ts'
import { jeepayErrorCodes, jeepayOrderStates } from './codes.ts'
import { order, payData, queryData, refused, settings, signed, told } from './jeepay.fixture.ts'

const { pay, query } = createJeepayChannel(settings)

/** jeepay.md §7 P4–P6 and Q7, copied by hand from there: code, text, pay, query. */
const errorRows: readonly (readonly [code: number, text: string, paying: string, asking: string])[] = [
  [
    9999,
    '商户订单[20260318101530T01A0001]已存在',
    'failed-unless-query-differs order-number-used',
    'unknown refused-request',
  ],
  [9999, '不支持的条码', 'failed-unless-query-differs code-invalid', 'unknown refused-request'],
  [9999, '验签失败', 'failed configuration', 'unknown refused-request'],
  [9999, '商户应用不支持该支付方式', 'failed-unless-query-differs configuration', 'unknown refused-request'],
  [9999, '参数有误', 'failed-unless-query-differs configuration', 'unknown refused-request'],
  [9999, '系统异常', 'failed-unless-query-differs payment-failed', 'unknown refused-request'],
  [9999, '订单不存在', 'failed-unless-query-differs payment-failed', 'not-found'],
  [9999, '', 'failed-unless-query-differs payment-failed', 'unknown refused-request'],
  [10, '系统异常', 'unknown system-error', 'unknown system-error'],
  [10, '验签失败', 'unknown system-error', 'unknown system-error'],
  [11, '参数有误[amount]', 'failed-unless-query-differs configuration', 'unknown refused-request'],
  [12, '数据库服务异常', 'unknown system-error', 'unknown system-error'],
  ...[5000, 5001, 5002, 5003, 5004].map(
    (code) => [code, '', 'unknown refused-request', 'unknown refused-request'] as const,
  ),
  // Codes of forks, and what merely begins alike.
  [2000, '', 'unknown unlisted-code', 'unknown unlisted-code'],
  [99990, '订单不存在', 'unknown unlisted-code', 'unknown unlisted-code'],
  [-1, '订单不存在', 'unknown unlisted-code', 'unknown unlisted-code'],
]

test('every documented code has its row, by its text', () => {
  for (const [code, text, paying, asking] of errorRows) {
    assert.equal(told(pay.decode(order, refused(code, text))), paying, `${code} ${text}`)
    assert.equal(told(query.decode(order, refused(code, text))), asking, `${code} ${text}`)
  }
  const rows = new Set(errorRows.map(([code]) => String(code)))
  for (const code of jeepayErrorCodes) assert.ok(rows.has(code), code)
})

/** jeepay.md §3 and §7, copied by hand: state, pay, query. "Failed", "revoked" and "closed" prove nothing. */
const stateRows: Readonly<Record<string, readonly [paying: string, asking: string]>> = {
  '0': ['unknown ends-unproven', 'unknown ends-unproven'],
  '1': ['awaiting-payer', 'awaiting-payer'],
  '2': ['unknown unverifiable-answer', 'paid'],
  '3': ['unknown ends-unproven', 'unknown ends-unproven'],
  '4': ['unknown ends-unproven', 'unknown ends-unproven'],
  '5': ['unknown unlisted-code', 'closed yes'],
  '6': ['unknown ends-unproven', 'unknown ends-unproven'],
  '7': ['unknown unlisted-code', 'unknown unlisted-code'],
}

test('every documented state has its row', () => {
  for (const [state, [paying, asking]] of Object.entries(stateRows)) {
    assert.equal(told(pay.decode(order, signed(payData(Number(state))))), paying, state)
    assert.equal(told(query.decode(order, signed(queryData(Number(state))))), asking, state)
  }
  for (const state of jeepayOrderStates) assert.ok(state in stateRows, state)
})

test('whatever the wallet’s code beside it, a failed order is unknown, and the code is kept for the desk', () => {
  for (const errCode of ['', 'NOTENOUGH', 'AUTHCODEEXPIRE', 'ACQ.SYSTEM_ERROR', 'SYSTEMERROR', '20000']) {
    for (const outcome of [
      pay.decode(order, signed(payData(3, { errCode, errMsg: '余额不足' }))),
      query.decode(order, signed(queryData(3, { errCode, errMsg: '余额不足' }))),
    ]) {
      assert.equal(told(outcome), 'unknown ends-unproven', errCode)
      assert.equal(outcome.evidence.code ?? '', errCode)
      assert.equal(outcome.evidence.message, '余额不足')
    }
  }
})

test('refunded in full is an end only for this order, amount and merchant', () => {
  assert.equal(told(query.decode(order, signed(queryData(5, { amount: 1251 })))), 'unknown mismatched-answer')
  assert.equal(told(query.decode(order, signed(queryData(5, { mchNo: null })))), 'unknown unverifiable-answer')
})
