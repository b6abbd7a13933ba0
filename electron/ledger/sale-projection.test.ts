import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { orderStatuses } from '../till/order/order.ts'
import { saleStatus } from './sale-projection.ts'

test('a sale is paid by one paid order, open while one is not at its end, and otherwise not paid', () => {
  assert.equal(saleStatus([]), 'open')
  assert.equal(saleStatus(['paying']), 'open')
  assert.equal(saleStatus(['failed', 'attention']), 'open')
  assert.equal(saleStatus(['failed', 'revoked']), 'not-paid')
  assert.equal(saleStatus(['failed', 'paid']), 'paid')
  assert.equal(saleStatus(['unknown', 'paid']), 'paid')
})

test('the order of the orders does not matter', () => {
  const statuses = fc.array(fc.constantFrom(...orderStatuses), { maxLength: 5 })
  fc.assert(
    fc.property(statuses, (orders) => {
      assert.equal(saleStatus(orders), saleStatus(orders.toReversed()))
      assert.equal(saleStatus([...orders, 'paid']), 'paid')
      assert.equal(saleStatus([...orders, 'unknown']) === 'not-paid', false)
    }),
  )
})
