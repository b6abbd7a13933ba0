import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import type { HandDecision } from '../till/order/event.ts'
import {
  paid,
  refundAccepted,
  refundProcessing,
  type Script,
  scanOf,
  tryAgain,
  unclear,
  virtualTill,
} from './virtual-till.fixture.ts'

const proof = { kind: 'pin', name: 'Wang Fang', pinId: 'a1b2c3d4e5f6' } as const

/** A till with one open case, of which nobody knows more unless the script says so. */
async function caseTill(script: Partial<Script> = {}) {
  const till = virtualTill({ pay: [unclear], query: [unclear], revoke: [tryAgain], ...script })
  const scanned = await till.take(scanOf(1))
  assert.ok(scanned.kind === 'started')
  const { orderNumber } = scanned.order
  await till.time.pass(600_000)
  const stands = () => till.ledger.order(orderNumber)
  assert.deepEqual([stands().status, stands().inFlight], ['attention', 'none'])
  till.log()
  const settle = (decision: HandDecision) => till.runner().settle(orderNumber, { decision, reason: 'seen', proof })
  return { till, orderNumber, stands, settle }
}

test('a case is taken on and settled, each durable before it is shown; a second decision changes nothing', async () => {
  const { till, orderNumber, stands, settle } = await caseTill()
  assert.equal((await till.runner().takeOn(orderNumber, 'Li Lei')).kind, 'done')
  assert.equal(stands().caseOwner, 'Li Lei')
  assert.equal((await settle('not-charged')).kind, 'done')
  assert.deepEqual(till.log(), ['commit case-taken', 'show attention', 'commit settled-by-hand', 'show failed'])
  assert.equal(stands().failureReason, 'settled-by-hand')
  assert.equal((await settle('money-returned')).kind, 'not-now')
  assert.equal((await till.runner().takeOn(orderNumber, 'Han Mei')).kind, 'not-now')
  assert.deepEqual(till.log(), [])
})

test('a decision waits for the question on its way, and falls when the answer settles the case', async () => {
  const { till, orderNumber, stands, settle } = await caseTill()
  till.script = {
    ...till.script,
    query: [{ outcome: { kind: 'closed', wasPaid: 'no', evidence: {} }, afterMs: 2_000 }],
  }
  void till.runner().act(orderNumber, 'query', 'staff')
  await till.time.pass(10)
  assert.equal(stands().inFlight, 'query')
  const settled = settle('money-returned')
  await till.time.pass(5_000)
  assert.equal((await settled).kind, 'not-now')
  assert.deepEqual([stands().status, stands().revokeEffect, stands().settlement], ['revoked', 'closed', null])
})

test('money that a verified answer saw taken is not settled as never taken', async () => {
  const { settle, stands } = await caseTill({ query: [...Array.from({ length: 6 }, () => unclear), paid] })
  assert.equal(stands().moneyWasTaken, true)
  assert.equal((await settle('not-charged')).kind, 'not-now')
  assert.equal(stands().status, 'attention')
  assert.equal((await settle('money-kept')).kind, 'done')
  assert.equal(stands().status, 'paid')
})

test('nothing is settled by hand beside a refund that is under way: the money could go back twice (I8)', async () => {
  const { till, orderNumber, settle, stands } = await caseTill({
    query: [...Array.from({ length: 6 }, () => unclear), paid],
    refund: [refundAccepted],
    queryRefund: [refundProcessing],
  })
  const asked = { orderNumber, amountFen: fen(234), reason: 'doubtful', by: 'staff' } as const
  assert.equal((await till.runner().refund(asked)).kind, 'started')
  await till.time.pass(1_000)
  assert.equal((await settle('money-returned')).kind, 'refund-under-way')
  assert.equal(stands().status, 'attention')
})

test('a ledger that cannot write settles nothing and says so', async () => {
  const { till, stands, settle } = await caseTill()
  till.ledger.fail({ kind: 'disk-full', path: 'test' })
  const settled = settle('not-charged')
  await till.time.pass(100)
  assert.equal((await settled).kind, 'ledger-trouble')
  assert.equal(stands().status, 'attention')
})
