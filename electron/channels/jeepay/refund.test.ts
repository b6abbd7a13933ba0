import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJeepayChannel } from './channel.ts'
import { jeepayErrorCodes, jeepayRefundStates } from './codes.ts'
import { refundData, refundReference, refused, response, settings, signed, told } from './jeepay.fixture.ts'

const { refund, queryRefund } = createJeepayChannel(settings)
const heard = (answer: Parameters<typeof refund.decode>[1]): string => told(refund.decode(refundReference, answer))
const asked = (answer: Parameters<typeof refund.decode>[1]): string => told(queryRefund.decode(refundReference, answer))

/** jeepay.md §7 F1–F4, copied by hand: state, request, query. */
const stateRows: Readonly<Record<string, readonly [requested: string, asked: string]>> = {
  '0': ['accepted', 'processing'],
  '1': ['accepted', 'processing'],
  '2': ['done', 'done'],
  '3': ['person-needed channel-needs-person', 'abnormal'],
  '4': ['person-needed channel-needs-person', 'abnormal'],
  '5': ['unknown unlisted-code', 'unknown unlisted-code'],
}

test('every documented state has its row', () => {
  for (const [state, [requested, query]] of Object.entries(stateRows)) {
    assert.equal(heard(signed(refundData(Number(state)))), requested, state)
    assert.equal(asked(signed(refundData(Number(state)))), query, state)
  }
  for (const state of jeepayRefundStates) assert.ok(state in stateRows, state)
})

/** jeepay.md §2, §7 F5 and F6: code, text, request, query. */
const errorRows: readonly (readonly [code: number, text: string, requested: string, asked: string])[] = [
  [9999, '商户退款订单号[20260318101530T01A0001R1]已存在', 'unproven', 'unknown refused-request'],
  [9999, '支付订单具有在途退款申请，请稍后再试', 'unknown rate-limited', 'unknown refused-request'],
  [9999, '订单不存在', 'refused order-not-found', 'not-found'],
  [9999, '退款订单不存在', 'refused refused', 'not-found'],
  [9999, '验签失败', 'refused configuration', 'unknown refused-request'],
  [9999, '申请金额超出订单可退款余额，请检查退款金额', 'refused not-enough-left', 'unknown refused-request'],
  [9999, '订单状态不正确， 无法完成退款', 'refused not-refundable', 'unknown refused-request'],
  [9999, '系统异常', 'refused refused', 'unknown refused-request'],
  [10, '系统异常', 'unknown system-error', 'unknown system-error'],
  [11, '参数有误[refundAmount]', 'refused configuration', 'unknown refused-request'],
  [12, '', 'unknown system-error', 'unknown system-error'],
  ...[5000, 5001, 5002, 5003, 5004].map(
    (code) => [code, '', 'unknown refused-request', 'unknown refused-request'] as const,
  ),
  [2000, '', 'unknown unlisted-code', 'unknown unlisted-code'],
]

test('every documented code has its row, by its text', () => {
  for (const [code, text, requested, query] of errorRows) {
    assert.equal(heard(refused(code, text)), requested, `${code} ${text}`)
    assert.equal(asked(refused(code, text)), query, `${code} ${text}`)
  }
  const rows = new Set(errorRows.map(([code]) => String(code)))
  for (const code of jeepayErrorCodes) assert.ok(rows.has(code), code)
})

test('an answer counts only for this refund number and both amounts, signed', () => {
  for (const [name, value] of Object.entries({
    mchRefundNo: 'other',
    refundAmount: 251,
    payAmount: 1251,
    mchOrderNo: 'other',
    mchNo: 'M2',
    appId: 'other',
    currency: 'usd',
  })) {
    const answer = signed(refundData(2, { [name]: value }))
    assert.deepEqual([heard(answer), asked(answer)], Array(2).fill('unknown mismatched-answer'), name)
  }
  for (const name of ['mchRefundNo', 'refundAmount', 'payAmount', 'state']) {
    const answer = signed(refundData(2, { [name]: null }))
    assert.deepEqual([heard(answer), asked(answer)], Array(2).fill('unknown unverifiable-answer'), name)
  }
  const foreign = signed(refundData(2), 'anotherSecret0123456789')
  assert.deepEqual([heard(foreign), asked(foreign)], Array(2).fill('unknown unverifiable-answer'))
  assert.equal(heard(response('<html></html>', 502)), 'unknown http-status')
})
