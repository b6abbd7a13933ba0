import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, countIn, failedAnswer, moment, newOrder, paidAnswer } from './fixtures/test-orders.ts'
import { commitsInLog, openTestWriter, tableRows } from './fixtures/test-writer.ts'
import type { CallOutcome, LedgerCall } from './protocol.ts'

test('a new order is paying, and its number goes on where the ledger stopped', (context) => {
  const folder = dataFolder(context)
  const first = openTestWriter(context, folder)
  const one = first.create(newOrder())
  assert.equal(one.status, 'paying')
  assert.equal(one.version, 2)
  assert.match(one.orderNumber, /^S0010120260318[0-9A-Z]{4}000001$/)
  first.close()
  const second = openTestWriter(context, folder)
  const two = second.create(newOrder())
  assert.equal(two.orderNumber, one.orderNumber.replace('000001', '000002'))
  assert.deepEqual(second.order(one.orderNumber), one)
  assert.deepEqual(second.ask({ method: 'openOrders' }), [one, two])
})

test('another ledger never makes the same numbers', (context) => {
  const marks = Array.from({ length: 8 }, () =>
    openTestWriter(context, dataFolder(context)).create(newOrder()).orderNumber.slice(-10, -6),
  )
  assert.ok(new Set(marks).size > 1)
})

test('a sale follows its orders', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const sale = (): unknown => tableRows(writer.db, 'sales').map((row) => row.status)
  const one = writer.create(newOrder())
  assert.deepEqual(sale(), ['open'])
  writer.append(one, failedAnswer())
  assert.deepEqual(sale(), ['not-paid'])
  const two = writer.create(newOrder())
  assert.deepEqual(sale(), ['open'])
  writer.append(two, awaitingAnswer(), { type: 'parked', at: moment(2_000) })
  assert.deepEqual(sale(), ['open'])
  const three = writer.create(newOrder({ saleId: 'sale-2' as SaleId }))
  writer.append(three, paidAnswer(three))
  assert.deepEqual(sale(), ['open', 'paid'])
  const ofSale = writer.ask({ method: 'ordersOfSale', saleId: 'sale-1' as SaleId })
  assert.deepEqual(
    ofSale.map((order) => [order.orderNumber, order.status, order.parked]),
    [
      [one.orderNumber, 'failed', false],
      [two.orderNumber, 'awaiting-payer', true],
    ],
  )
  assert.deepEqual(
    writer.ask({ method: 'openOrders' }).map((order) => order.orderNumber),
    [two.orderNumber],
  )
})

test('many calls are one commit, and a bug among them is undone alone', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = writer.create(newOrder())
  const journalBefore = tableRows(writer.db, 'journal').length
  const { orderNumber, version } = order
  const calls: readonly LedgerCall[] = [
    { method: 'createOrder', order: newOrder({ storeId: 'not a store id' }) },
    { method: 'append', orderNumber, expectedVersion: version, events: [awaitingAnswer()] },
    { method: 'append', orderNumber, expectedVersion: version, events: [paidAnswer(order)] },
    { method: 'append', orderNumber: 'S9' as OrderNumber, expectedVersion: 1, events: [] },
    { method: 'createOrder', order: newOrder() },
    { method: 'order', orderNumber },
  ]
  let outcomes: readonly CallOutcome[] = []
  const commits = commitsInLog(writer.db, () => {
    outcomes = writer.perform(calls)
  })
  assert.equal(commits, 1)
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    ['bug', 'done', 'bug', 'bug', 'done', 'done'],
  )
  assert.equal(writer.order(orderNumber)?.status, 'awaiting-payer')
  // One event and one order of a known sale; nothing of the bugs, and no number used up by them.
  assert.equal(tableRows(writer.db, 'journal').length, journalBefore + 3)
  const counts = tableRows(writer.db, 'orders').map((row) => countIn(String(row.order_number)))
  assert.deepEqual(counts, [1, 2])
})

test('events with a wrong version, of no order or of no kind are bugs', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = writer.create(newOrder())
  writer.append(order, awaitingAnswer())
  assert.throws(() => writer.append(order, awaitingAnswer()), /is at version 3, not 2/)
  const current = writer.order(order.orderNumber)
  assert.ok(current)
  const impossible = { ...awaitingAnswer(), type: 'no-such-event' } as unknown as ReturnType<typeof awaitingAnswer>
  assert.throws(() => writer.append(current, awaitingAnswer(2_000), impossible))
  assert.deepEqual(writer.order(order.orderNumber), current)
})

test('a full disk refuses the order whole, says so in every answer, and takes it when there is room again', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const open = writer.create(newOrder())
  const pages = (): number => Number(writer.db.prepare('PRAGMA page_count').get()?.page_count)
  // Nothing free inside the file, and no page more outside.
  writer.db.exec('PRAGMA incremental_vacuum; VACUUM')
  writer.db.exec(`PRAGMA max_page_count = ${pages()}`)
  const full = Array.from({ length: 40 }, () => ({ method: 'createOrder', order: newOrder() }) as const)
  const together = writer.perform([...full, { method: 'order', orderNumber: open.orderNumber }])
  const refused = together.filter((outcome) => outcome.kind === 'problem')
  assert.ok(refused.length > 0)
  assert.deepEqual(new Set(refused.map((outcome) => outcome.problem.kind)), new Set(['disk-full']))
  assert.deepEqual(together.at(-1), { kind: 'done', value: open })
  assert.equal(writer.refused({ method: 'probe' }).kind, 'disk-full')
  const created = tableRows(writer.db, 'orders').length - 1
  assert.equal(created, full.length - refused.length)
  writer.db.exec('PRAGMA max_page_count = 1000000')
  assert.equal(writer.ask({ method: 'probe' }), null)
  const next = writer.create(newOrder())
  assert.equal(countIn(next.orderNumber), created + 2)
  assert.deepEqual(
    tableRows(writer.db, 'journal').map((row) => row.sequence),
    Array.from({ length: tableRows(writer.db, 'journal').length }, (_, index) => index + 1),
  )
})

test('a file that may not be written refuses writes and still answers reads', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = writer.create(newOrder())
  writer.db.exec('PRAGMA query_only = ON')
  assert.equal(writer.refused({ method: 'createOrder', order: newOrder() }).kind, 'read-only')
  assert.equal(writer.refused({ method: 'probe' }).kind, 'read-only')
  assert.deepEqual(writer.order(order.orderNumber), order)
  writer.db.exec('PRAGMA query_only = OFF')
  assert.equal(writer.append(order, awaitingAnswer()).status, 'awaiting-payer')
})

test('a state that cannot be read is told as damage, and other orders go on', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const torn = writer.create(newOrder())
  const whole = writer.create(newOrder())
  writer.db.exec(`UPDATE orders SET state = '{' WHERE order_number = '${torn.orderNumber}'`)
  const append = { method: 'append', events: [awaitingAnswer()], expectedVersion: 2 } as const
  const outcomes = writer.perform([
    { ...append, orderNumber: torn.orderNumber },
    { ...append, orderNumber: whole.orderNumber },
  ])
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    ['problem', 'done'],
  )
  assert.equal(writer.refused({ method: 'order', orderNumber: torn.orderNumber }).kind, 'damaged')
})
