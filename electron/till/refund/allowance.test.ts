import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fen } from '../money.ts'
import type { ManagerProof } from '../order/event.ts'
import type { Limits } from '../staff/rights.ts'
import { needForRefund, refundableAloneFen } from './allowance.ts'
import type { RefundStatus } from './refund.ts'

const limits: Limits = { 'refund-order': fen(1_000), 'return-cash': fen(0), 'accept-difference': fen(0) }
const proof: ManagerProof = { kind: 'pin', name: '王芳', pinId: 'pin-1' }
const given = (amountFen: number, status: RefundStatus = 'done') => ({ amountFen: fen(amountFen), status })

test('the limit counts for the order: many small refunds do not get around it', () => {
  assert.deepEqual(needForRefund('cashier', [], fen(1_000), limits), { kind: 'nothing' })
  const asked = { kind: 'manager-pin', because: 'amount' } as const
  assert.deepEqual(needForRefund('cashier', [], fen(1_001), limits), asked)
  assert.deepEqual(needForRefund('cashier', [given(600)], fen(400), limits), { kind: 'nothing' })
  assert.deepEqual(needForRefund('cashier', [given(600, 'unknown')], fen(401), limits), asked)
})

test('what failed, and what a manager allowed, is not counted', () => {
  const refunds = [given(900, 'failed'), { ...given(5_000), proof }, given(300)]
  assert.deepEqual(needForRefund('cashier', refunds, fen(700), limits), { kind: 'nothing' })
  assert.equal(refundableAloneFen('cashier', refunds, limits), 700)
})

test('a manager always gives the own PIN, and a till without a limit allows a cashier nothing alone', () => {
  assert.deepEqual(needForRefund('manager', [], fen(1), limits), { kind: 'own-pin' })
  assert.equal(refundableAloneFen('manager', [], limits), 0)
  assert.equal(refundableAloneFen('cashier', [], { ...limits, 'refund-order': fen(0) }), 0)
  assert.equal(refundableAloneFen('cashier', [given(1_200)], limits), 0)
})
