import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fen, fen } from '../money.ts'
import type { Order } from '../order/order.ts'
import { inStatus as orderIn } from '../order/stories.fixture.ts'
import { refundsForThreeMonths, refundsForYear } from '../policy.fixture.ts'
import { leftToRefundFen, refundedFen, refundProblem, tookMoney } from './left.ts'
import { refundPolicyWith } from './policy.ts'
import { keepableReason } from './reason.ts'
import { refundStatuses } from './refund.ts'
import { makeRefundNumber } from './refund-number.ts'

const paid: Order = { ...orderIn('paid'), amountFen: fen(1_000), inFlight: 'none', queryPurpose: null }
const policy = refundsForThreeMonths
const startedMs = paid.payStarted.wallMs

const problem = (
  change: Partial<Order> = {},
  amountFen: Fen = fen(100),
  refunds: Parameters<typeof refundProblem>[1] = [],
  wallMs = startedMs,
) => refundProblem({ ...paid, ...change }, refunds, { amountFen, policy, wallMs })

test('a refund counts as spent from its intent until it has failed', () => {
  for (const status of refundStatuses) {
    const refunds = [{ status, amountFen: fen(300) }]
    assert.equal(leftToRefundFen(paid, refunds), status === 'failed' ? 1_000 : 700, status)
    assert.equal(refundedFen(refunds), status === 'done' ? 300 : 0, status)
  }
  assert.equal(problem({}, fen(1_000)), null)
  assert.equal(problem({}, fen(1_001)), 'more-than-left')
  assert.equal(problem({}, fen(701), [{ status: 'unknown', amountFen: fen(300) }]), 'more-than-left')
  assert.equal(problem({}, fen(0)), 'zero')
})

test('only orders that took money are refunded: paid ones, and attention cases with proof of it', () => {
  assert.ok(tookMoney({ status: 'paid', moneyWasTaken: true }))
  assert.ok(tookMoney({ status: 'attention', moneyWasTaken: true }))
  assert.ok(!tookMoney({ status: 'attention', moneyWasTaken: false }))
  for (const status of ['created', 'paying', 'awaiting-payer', 'unknown', 'revoking', 'failed', 'revoked'] as const) {
    assert.equal(problem({ status, moneyWasTaken: true }), 'not-paid', status)
  }
  assert.equal(problem({ status: 'attention', moneyWasTaken: true, inFlight: 'revoke' }), 'revoke-under-way')
  assert.equal(problem({ status: 'attention', moneyWasTaken: true, queryPurpose: 'last' }), 'revoke-under-way')
})

test('the window counts in wall time from the pay request: WeChat a year, Alipay three months, or as set', () => {
  const dayMs = 86_400_000
  assert.equal(problem({}, fen(100), [], startedMs + 90 * dayMs), null)
  assert.equal(problem({}, fen(100), [], startedMs + 90 * dayMs + 1), 'window-over')
  assert.equal(refundsForYear.refundWindowMs, 365 * dayMs)
  const agreed = refundPolicyWith(policy, { refundWindowMs: 365 * dayMs, refundAskMs: undefined })
  assert.deepEqual(agreed, { ...policy, refundWindowMs: 365 * dayMs })
})

test('WeChat takes 50 refunds of an order; those that failed do not count', () => {
  const asked = { amountFen: fen(1), policy: refundsForYear, wallMs: startedMs }
  const refunds = Array.from({ length: 50 }, () => ({ status: 'done', amountFen: fen(1) }) as const)
  assert.equal(refundProblem(paid, refunds.slice(1), asked), null)
  assert.equal(refundProblem(paid, refunds, asked), 'too-many-refunds')
  assert.equal(refundProblem(paid, [...refunds.slice(1), { status: 'failed', amountFen: fen(1) }], asked), null)
})

test('refund numbers are made of the order’s, at most 32 letters and digits, different for each place', () => {
  const short = 'S0010120261123K7QX000042' as Order['orderNumber']
  assert.equal(makeRefundNumber(short, 1), `${short}R01`)
  const long = `${'S'.repeat(8)}T00120261123K7QX00000042` as Order['orderNumber']
  assert.equal(long.length, 32)
  const numbers = Array.from({ length: 99 }, (_, place) => makeRefundNumber(long, place + 1))
  assert.equal(new Set(numbers).size, 99)
  for (const number of numbers) assert.match(number, /^[0-9A-Za-z]{32}$/)
  assert.throws(() => makeRefundNumber(short, 0), RangeError)
  assert.throws(() => makeRefundNumber(short, 100), RangeError)
})

test('a reason is one short line without anything that could be a payment code', () => {
  assert.equal(keepableReason('  wrong\nsize '), 'wrong size')
  assert.equal(keepableReason('134500000000000017 twice'), '*** twice')
  assert.equal(keepableReason('1345 0000 0000 0000 17'), '***')
  assert.equal(keepableReason(' \t '), '')
  assert.equal(Array.from(keepableReason('退'.repeat(200))).length, 80)
})
