import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createIcbcChannel } from './channel.ts'
import { icbcRefundStates, icbcReturnCodeOf, icbcReturnCodes, icbcReturnFamilies } from './codes.ts'
import {
  type Content,
  listedContent,
  merchantKeys,
  order,
  refundReference,
  refusedContent,
  rejectedContent,
  response,
  settings,
  signed,
  signedBody,
  told,
} from './icbc.fixture.ts'

const { refund, queryRefund } = createIcbcChannel(settings)
const heard = (content: Content) => told(refund.decode(refundReference, signed(content)))
const asked = (content: Content) => told(queryRefund.decode(refundReference, signed(content)))

const entry: Content = {
  reject_no: refundReference.refundNumber,
  icbc_reject_sq: '1',
  reject_status: '1',
  reject_amt: '250',
  real_reject_amt: '250',
}

test('return code 0 is done or running: accepted, if order, refund and amount are ours', () => {
  assert.equal(heard(rejectedContent), 'accepted')
  assert.equal(heard({ ...rejectedContent, return_code: 0 }), 'accepted')
  for (const name of ['out_trade_no', 'reject_no', 'reject_amt']) {
    assert.equal(heard({ ...rejectedContent, [name]: undefined }), 'unknown unverifiable-answer', name)
    assert.equal(heard({ ...rejectedContent, [name]: '251' }), 'unknown mismatched-answer', name)
  }
  assert.equal(heard({ ...rejectedContent, reject_amt: '2.50' }), 'unknown mismatched-answer')
})

/** Copied by hand from icbc.md §5 F2 and §6: refund, its query. */
const rows: readonly (readonly [code: string, refund: string, query: string])[] = [
  ['5940021', 'refused order-not-found', 'not-found'],
  ['5940022', 'refused order-not-found', 'not-found'],
  ['93008595', 'refused not-enough-left', 'unknown system-error'],
  ['5920006', 'refused not-enough-left', 'unknown system-error'],
  ['400026', 'unknown refused-request', 'unknown refused-request'],
  ['-1', 'unknown system-error', 'unknown system-error'],
  ['400017', 'unknown refused-request', 'unknown refused-request'],
  ['500031', 'unknown system-error', 'unknown refused-request'],
  ['93009999', 'unknown unlisted-code', 'unknown unlisted-code'],
]

test('every known return code has its row, and one of another order says nothing', () => {
  for (const [code, refunding, asking] of rows) {
    assert.equal(heard(refusedContent(code)), refunding, code)
    assert.equal(asked(refusedContent(Number(code))), asking, code)
    assert.equal(heard({ ...refusedContent(code), out_trade_no: 'other' }), 'unknown mismatched-answer', code)
    assert.equal(asked({ ...refusedContent(code), out_trade_no: 'other' }), 'unknown mismatched-answer', code)
  }
  const known = new Set(rows.map(([code]) => icbcReturnCodeOf(code)))
  for (const code of [...icbcReturnCodes, ...icbcReturnFamilies]) assert.ok(known.has(code), code)
})

test('the query finds our entry among the others, refunds and reversals alike', () => {
  const states: Readonly<Record<string, string>> = {
    '0': 'unknown system-error',
    '1': 'done',
    '2': 'closed',
    '3': 'unknown unlisted-code',
    '': 'unknown unverifiable-answer',
  }
  const other: Content = { ...entry, reject_no: 'other', reject_status: '2', reject_amt: '1' }
  for (const [state, expected] of Object.entries(states)) {
    assert.equal(asked(listedContent([other, { ...entry, reject_status: state }, other])), expected, state)
  }
  for (const state of icbcRefundStates) assert.ok(state in states)
  assert.equal(asked(listedContent([{ ...entry, reject_status: 1, reject_amt: 250 }])), 'done')
  assert.equal(asked(listedContent([other])), 'not-found')
  assert.equal(asked(listedContent([])), 'not-found')
  const { evidence } = queryRefund.decode(refundReference, signed(listedContent([{ ...entry, reject_status: '0' }])))
  assert.equal(evidence.tradeState, '0')
})

test('a list that is missing, unreadable, doubtful or of another amount or order is unknown, never "not found"', () => {
  const text = JSON.stringify(entry)
  const lists: readonly (readonly [list: unknown, outcome: string])[] = [
    ['', 'unknown unverifiable-answer'],
    ['{}', 'unknown unreadable-answer'],
    ['null', 'unknown unreadable-answer'],
    ['[', 'unknown unreadable-answer'],
    ['[1]', 'unknown unreadable-answer'],
    [`[${text}`, 'unknown unreadable-answer'],
    [`[${text}] `, 'done'],
    [`[${text},${text}]`, 'unknown unreadable-answer'],
    [`[${text.replace('}', ',"reject_status":"2"}')}]`, 'unknown unreadable-answer'],
    [[{ ...entry, reject_no: undefined }], 'unknown unverifiable-answer'],
    [[{ ...entry, reject_amt: undefined }], 'unknown unverifiable-answer'],
    [[{ ...entry, reject_amt: '251' }], 'unknown mismatched-answer'],
    [[{ ...entry, reject_amt: 'much' }], 'unknown mismatched-answer'],
  ]
  for (const [list, outcome] of lists) assert.equal(asked(listedContent(list)), outcome, JSON.stringify(list))
  assert.equal(asked({ ...listedContent([]), refund_json_list: undefined }), 'unknown unverifiable-answer')
  assert.equal(asked({ ...listedContent([]), refund_json_list: [entry] }), 'unknown unverifiable-answer')
  assert.equal(asked({ ...listedContent([entry]), out_trade_no: undefined }), 'unknown unverifiable-answer')
  assert.equal(asked({ ...listedContent([entry]), out_trade_no: 'other' }), 'unknown mismatched-answer')
})

test('an answer by another key, or with another status, says nothing', () => {
  const foreign = response(signedBody(rejectedContent, merchantKeys.privateKey))
  assert.equal(told(refund.decode(refundReference, foreign)), 'unknown unverifiable-answer')
  const listed = signedBody(listedContent([entry]))
  assert.equal(told(queryRefund.decode(refundReference, response(listed, 502))), 'unknown http-status')
  assert.equal(told(queryRefund.decode(refundReference, response(listed))), 'done')
  assert.equal(order.orderNumber, refundReference.orderNumber)
})

test('whatever bytes come, nothing is thrown, and nothing unsigned is done', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string(), fc.json()), fc.constantFrom(200, 500), (body, status) => {
      assert.equal(refund.decode(refundReference, response(body, status)).kind, 'unknown')
      assert.equal(queryRefund.decode(refundReference, response(body, status)).kind, 'unknown')
    }),
  )
})
