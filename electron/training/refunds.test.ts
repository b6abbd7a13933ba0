import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { fen } from '../till/money.ts'
import { booksFile, openBooks } from './books.ts'
import { readBooks } from './books-reading.ts'
import { dataFolder } from './raw-client.fixture.ts'
import { type RefundArrival, refundOrder, refundState, refundTriggers, triggerOf } from './refunds.ts'
import { openOrder, revoke, type TrainingOrder } from './stories.ts'

const dayMs = 86_400_000
const paid = (wallet: 'wechat' | 'alipay' = 'wechat'): TrainingOrder =>
  openOrder(
    { wallet, orderNumber: 'N1', sequence: 1, amountFen: fen(1_000), story: 'pays-at-once', expiresAtMs: 60_000 },
    0,
  ).order
const arrival = (amountFen: number, reason = 'returned', refundNumber = 'N1R01'): RefundArrival => ({
  refundNumber,
  amountFen: fen(amountFen),
  reason,
})

test('a refund moves money once, however often it is asked for under its number', () => {
  const first = refundOrder(paid(), undefined, arrival(400), 10)
  assert.deepEqual([first.answer, first.order.refundedFen, first.order.condition], ['accepted', 400, 'paid'])
  const again = refundOrder(first.order, first.refund, arrival(400), 20)
  assert.deepEqual([again.answer, again.order.refundedFen], ['repeated', 400])
  assert.equal(refundOrder(first.order, first.refund, arrival(401), 20).answer, 'discordant')
  const tooMuch = refundOrder(first.order, undefined, arrival(601, 'x', 'N1R02'), 20)
  assert.deepEqual([tooMuch.answer, tooMuch.order.refundedFen], ['not-enough-left', 400])
  const rest = refundOrder(first.order, undefined, arrival(600, 'x', 'N1R02'), 20)
  assert.deepEqual([rest.answer, rest.order.refundedFen, rest.order.condition], ['accepted', 1_000, 'refunded'])
  assert.equal(refundOrder(rest.order, undefined, arrival(1, 'x', 'N1R03'), 30).answer, 'not-enough-left')
  assert.deepEqual(revoke(first.order, 30).answer, 'has-refunds')
})

test('an order that took no money is not refunded, and the windows close', () => {
  const { order } = openOrder({ ...paid(), story: 'password-never' }, 0)
  assert.equal(refundOrder(order, undefined, arrival(1), 10).answer, 'not-paid')
  assert.equal(refundOrder(paid(), undefined, arrival(1), 365 * dayMs).answer, 'accepted')
  assert.equal(refundOrder(paid(), undefined, arrival(1), 365 * dayMs + 1).answer, 'too-late')
  assert.equal(refundOrder(paid('alipay'), undefined, arrival(1), 90 * dayMs + 1).answer, 'too-late')
})

test('a reason can ask for trouble by name, and for nothing else', () => {
  for (const trigger of refundTriggers) assert.equal(triggerOf(`practice: ${trigger}`), trigger)
  assert.equal(triggerOf('practice: nothing'), 'none')
  assert.equal(triggerOf('a practice: slow'), 'none')
  const low = refundOrder(paid(), undefined, arrival(400, 'practice: balance-low'), 10)
  assert.deepEqual([low.answer, refundState(low.refund, 10)], ['balance-low', undefined])
  assert.equal(refundOrder(low.order, low.refund, arrival(400, 'practice: balance-low'), 20).answer, 'accepted')
  const closed = refundOrder(paid(), undefined, arrival(400, 'practice: closed'), 10)
  assert.deepEqual([closed.answer, closed.order.refundedFen], ['accepted', 0])
  assert.deepEqual(
    [10, 10_000].map((wallMs) => refundState(closed.refund, wallMs)),
    ['processing', 'closed'],
  )
  const slow = refundOrder(paid(), undefined, arrival(400, 'practice: slow'), 0)
  assert.deepEqual(
    [30_000, 60_000].map((wallMs) => refundState(slow.refund, wallMs)),
    ['processing', 'done'],
  )
})

test('books of the former version are read as they are, and take refunds once they are opened', (context) => {
  const data = dataFolder(context)
  const books = openBooks(data)
  books.transaction(() => books.insert(paid(), { request: 'r', code: 'c', echo: {} }))
  books.close()
  const old = new DatabaseSync(booksFile(data))
  old.exec('DROP TABLE refunds; ALTER TABLE orders DROP COLUMN refunds; PRAGMA user_version = 1')
  old.close()
  assert.equal(readBooks(data, 0)[0]?.refundedFen, 0)
  const upgraded = openBooks(data)
  context.after(() => upgraded.close())
  const { order, refund } = refundOrder(paid(), undefined, arrival(400), 10)
  upgraded.transaction(() => {
    upgraded.update(order)
    upgraded.saveRefund(refund)
  })
  assert.deepEqual(upgraded.findRefund('wechat', 1, 'N1R01'), refund)
  assert.deepEqual(upgraded.findRefundByNumber('wechat', 'N1R01'), refund)
  assert.equal(readBooks(data, 0)[0]?.refundedFen, 400)
})
