import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFinal, orderStatuses } from '../order/order.ts'
import { printStatuses } from '../print/job.ts'
import { isRefundFinal, refundStatuses } from '../refund/refund.ts'
import { shiftStatuses } from '../shift/shift.ts'
import { hindrancesOf, updateHindrances, type WorkUnderWay } from './update-gate.ts'

const rest: WorkUnderWay = { orders: [], refunds: [], prints: [], shift: null, isLedgerInTrouble: false }

test('a till at rest may be updated, with a shift that is counted and closed too', () => {
  assert.deepEqual(hindrancesOf(rest), [])
  assert.deepEqual(hindrancesOf({ ...rest, shift: 'closed' }), [])
})

test('every order and refund that is not at its end holds an update, and none that is', () => {
  for (const status of orderStatuses) {
    assert.equal(hindrancesOf({ ...rest, orders: ['paid', status] }).length, isFinal(status) ? 0 : 1, status)
  }
  for (const status of refundStatuses) {
    assert.equal(hindrancesOf({ ...rest, refunds: [status] }).length, isRefundFinal(status) ? 0 : 1, status)
  }
  assert.deepEqual(hindrancesOf({ ...rest, orders: ['revoking'] }), ['revoke-open'])
  assert.deepEqual(hindrancesOf({ ...rest, orders: ['attention'] }), ['case-open'])
})

test('a paper on its way to the printer holds it, one in line does not; a shift until it is closed', () => {
  const held = (prints: WorkUnderWay['prints']) => hindrancesOf({ ...rest, prints })
  assert.deepEqual(
    printStatuses.filter((status) => held([status]).length > 0),
    ['sending'],
  )
  assert.deepEqual(
    shiftStatuses.filter((shift) => hindrancesOf({ ...rest, shift }).length > 0),
    ['open', 'counting'],
  )
})

test('nobody knows: no update; every reason is named once and in order', () => {
  assert.deepEqual(hindrancesOf({ ...rest, shift: 'unknown' }), ['ledger-trouble'])
  assert.deepEqual(
    hindrancesOf({
      orders: ['attention', 'paying', 'unknown', 'revoking'],
      refunds: ['processing', 'unknown'],
      prints: ['sending', 'sending'],
      shift: 'open',
      isLedgerInTrouble: true,
    }),
    updateHindrances,
  )
})
