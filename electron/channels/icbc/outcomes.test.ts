import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIcbcChannel } from './channel.ts'
import { icbcPayStates, icbcQueryStates, icbcReturnCodeOf, icbcReturnCodes, icbcReturnFamilies } from './codes.ts'
import { order, paidContent, refusedContent, settings, signed, stateContent, told } from './icbc.fixture.ts'

const { pay, query, revoke } = createIcbcChannel(settings)

/** Refused calls by code and call, copied by hand from icbc.md §5 and §6: pay, query, reversal. */
const codeRows: readonly (readonly [code: string, pay: string, query: string, reversal: string])[] = [
  ['5940021', 'unknown order-not-found', 'not-found', 'accepted'],
  ['5940022', 'unknown order-not-found', 'not-found', 'accepted'],
  ['93008595', 'unknown system-error', 'unknown system-error', 'try-again system-error'],
  ['5920006', 'unknown system-error', 'unknown system-error', 'try-again system-error'],
  ['400026', 'failed-unless-query-differs configuration', 'unknown refused-request', 'try-again refused-request'],
  ['-1', 'unknown system-error', 'unknown system-error', 'try-again system-error'],
  ['400017', 'failed-unless-query-differs configuration', 'unknown refused-request', 'try-again refused-request'],
  ['500031', 'unknown system-error', 'unknown refused-request', 'try-again system-error'],
  ['93009999', 'unknown unlisted-code', 'unknown unlisted-code', 'try-again unlisted-code'],
  ['4000171', 'unknown unlisted-code', 'unknown unlisted-code', 'try-again unlisted-code'],
  ['00', 'unknown unlisted-code', 'unknown unlisted-code', 'try-again unlisted-code'],
]

test('every known return code has its row, as a string and as a number', () => {
  for (const [code, paying, asking, reversing] of codeRows) {
    for (const sent of code === '00' ? [code] : [code, Number(code)]) {
      const answer = signed(refusedContent(sent))
      assert.equal(told(pay.decode(order, answer)), paying, code)
      assert.equal(told(query.decode(order, answer)), asking, code)
      assert.equal(told(revoke.decode(order, answer)), reversing, code)
    }
  }
  const rows = new Set(codeRows.map(([code]) => icbcReturnCodeOf(code)))
  for (const code of [...icbcReturnCodes, ...icbcReturnFamilies]) assert.ok(rows.has(code), code)
})

test('a code that the bank confirmed as a refusal is one that a query confirms; a known code keeps its own row', () => {
  const own = createIcbcChannel({ ...settings, refusalCodes: ['93009999', '5940021'] })
  const refused = (code: string) => told(own.pay.decode(order, signed(refusedContent(code))))
  assert.equal(refused('93009999'), 'failed-unless-query-differs payment-failed')
  assert.equal(refused('5940021'), 'unknown order-not-found')
  assert.equal(told(own.query.decode(order, signed(refusedContent('93009999')))), 'unknown unlisted-code')
})

/** `pay_status` of pay and query V5, copied by hand from icbc.md §3 and §5. */
const payRows: Readonly<Record<string, string>> = {
  '-1': 'failed-unless-query-differs payment-failed',
  '0': 'awaiting-payer',
  '1': 'paid',
  '2': 'failed payment-failed',
  '3': 'unknown unlisted-code',
  '01': 'unknown unlisted-code',
  '': 'unknown unverifiable-answer',
}
const queryRows: Readonly<Record<string, string>> = {
  '-1': 'unknown unlisted-code',
  '0': 'awaiting-payer',
  '1': 'paid',
  '2': 'closed no',
  '3': 'closed yes',
  '4': 'unknown system-error',
  '5': 'closed yes',
  '6': 'unknown unlisted-code',
  '7': 'unknown system-error',
  '8': 'unknown unlisted-code',
  '': 'unknown unverifiable-answer',
}

test('every state of pay and query has its row', () => {
  for (const [state, expected] of Object.entries(payRows)) {
    assert.equal(told(pay.decode(order, signed({ ...paidContent, pay_status: state }))), expected, state)
  }
  for (const [state, expected] of Object.entries(queryRows)) {
    const outcome = query.decode(order, signed({ ...paidContent, pay_status: state }))
    assert.equal(outcome.kind === 'closed' ? `closed ${outcome.wasPaid}` : told(outcome), expected, state)
  }
  for (const state of icbcPayStates) assert.ok(state in payRows, state)
  for (const state of icbcQueryStates) assert.ok(state in queryRows, state)
})

test('a reversed order tells whether it was paid only by what the customer really paid', () => {
  const closed = (more: object): string => {
    const outcome = query.decode(order, signed({ ...stateContent('3'), ...more }))
    return outcome.kind === 'closed' ? outcome.wasPaid : outcome.kind
  }
  assert.equal(closed({}), 'unstated')
  assert.equal(closed({ total_amt: '1250', payment_amt: '0' }), 'unstated')
  assert.equal(closed({ payment_amt: '1250' }), 'yes')
  assert.equal(closed({ payment_amt: 'much' }), 'unstated')
})
