import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, failedAnswer, moment, newOrder, paidAnswer } from './fixtures/test-orders.ts'
import { openTestWriter } from './fixtures/test-writer.ts'
import type { LedgerResult, OrderFilter } from './ledger.ts'
import { openReader, type Reader } from './reader.ts'

function unwrap<Value>(result: LedgerResult<Value>): Value {
  assert.ok(result.ok)
  return result.value
}

const verifiedBy = (reader: Reader) => {
  const steps = reader.verification()
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

test('without a ledger, lists are empty and nothing is made; once there is one, it is read', (context) => {
  const folder = dataFolder(context)
  const missing = join(folder, 'not-there')
  for (const directory of [folder, missing]) {
    const reader = unwrap(openReader(directory))
    assert.deepEqual(reader.orders({}), { ok: true, value: [] })
    assert.deepEqual(reader.order('S0' as OrderNumber), { ok: true, value: null })
    assert.deepEqual(reader.journalOf('S0' as OrderNumber), { ok: true, value: [] })
    assert.deepEqual(verifiedBy(reader), { ok: true, value: { events: 0, broken: [] } })
    reader.close()
  }
  assert.deepEqual(readdirSync(folder), [])
  assert.equal(existsSync(missing), false)
  const reader = unwrap(openReader(folder))
  assert.deepEqual(unwrap(reader.orders({})), [])
  const order = openTestWriter(context, folder).create(newOrder())
  assert.deepEqual(unwrap(reader.orders({})), [order])
  reader.close()
})

test('each filter finds what it should, newest first', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const one = writer.append(writer.create(newOrder({ amountFen: fen(100) })), failedAnswer())
  const two = writer.create(newOrder({ amountFen: fen(100_050), saleId: 'Sale-Two' as SaleId, at: moment(60_000) }))
  const paid = writer.append(two, paidAnswer(two))
  // The clock ran back: newest is what was made last, and times are as they were.
  const three = writer.append(writer.create(newOrder({ at: moment(30_000) })), awaitingAnswer())
  const reader = unwrap(openReader(folder))
  context.after(() => reader.close())
  const numbers = { [one.orderNumber]: 1, [paid.orderNumber]: 2, [three.orderNumber]: 3 }
  const found = (filter: OrderFilter) => unwrap(reader.orders(filter)).map((order) => numbers[order.orderNumber])
  assert.deepEqual(found({}), [3, 2, 1])
  assert.deepEqual(found({ limit: 2 }), [3, 2])
  assert.deepEqual(found({ limit: 0 }), [])
  assert.deepEqual(found({ before: paid.orderNumber }), [1], 'the page after this order')
  assert.deepEqual(found({ before: one.orderNumber }), [])
  assert.deepEqual(found({ status: 'paid' }), [2])
  assert.deepEqual(found({ status: 'awaiting-payer' }), [3])
  assert.deepEqual(found({ status: 'revoked' }), [])
  const { wallMs } = moment()
  assert.deepEqual(found({ fromWallMs: wallMs + 30_000 }), [3, 2])
  assert.deepEqual(found({ toWallMs: wallMs + 60_000 }), [3, 1])
  assert.deepEqual(found({ fromWallMs: wallMs, toWallMs: wallMs + 1, status: 'failed' }), [1])
  assert.deepEqual(found({ text: one.orderNumber.slice(-8) }), [1])
  assert.deepEqual(found({ text: ` ${paid.orderNumber.toLowerCase()} ` }), [2])
  assert.deepEqual(found({ text: paid.transactionId ?? 'none' }), [2])
  assert.deepEqual(found({ transactionId: paid.transactionId as NonNullable<typeof paid.transactionId> }), [2])
  assert.deepEqual(found({ text: 'sale-two' }), [2])
  assert.deepEqual(found({ text: 'sale-' }), [3, 2, 1])
  for (const text of ['1000.50', '¥1,000.5', '￥1000.50']) assert.deepEqual(found({ text }), [2], text)
  assert.deepEqual(found({ text: '1.00' }), [1])
  assert.deepEqual(found({ text: "%' OR 1 = 1 --" }), [])
  assert.deepEqual(found({ text: '_' }), [])
})

test('one order, its journal, and a verification beside an open writer', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const order = writer.append(writer.create(newOrder()), awaitingAnswer())
  writer.create(newOrder())
  const reader = unwrap(openReader(folder))
  context.after(() => reader.close())
  assert.deepEqual(unwrap(reader.order(order.orderNumber)), order)
  const entries = unwrap(reader.journalOf(order.orderNumber))
  assert.deepEqual(
    entries.map((entry) => entry.type),
    ['created', 'pay-requested', 'pay-answered'],
  )
  const { type, ...data } = awaitingAnswer()
  assert.equal(entries[2]?.type, type)
  assert.deepEqual(JSON.parse(entries[2]?.payload ?? ''), data)
  assert.ok(entries.every((entry) => Object.getPrototypeOf(entry) === Object.prototype))
  assert.deepEqual(verifiedBy(reader), { ok: true, value: { events: 7, broken: [] } })
})

test('a reader reads what stands in the log only, and goes on when the writer ends', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const order = writer.create(newOrder())
  assert.ok(existsSync(join(folder, 'ledger.sqlite-wal')))
  const reader = unwrap(openReader(folder))
  context.after(() => reader.close())
  assert.deepEqual(unwrap(reader.orders({ status: 'paying' })), [order])
  writer.close()
  assert.deepEqual(unwrap(reader.orders({ status: 'paying' })), [order])
})

test('a file of an older form is not guessed at', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  writer.db.exec('PRAGMA user_version = 20')
  const opened = openReader(folder)
  assert.equal(opened.ok ? 'opened' : opened.problem.kind, 'damaged')
})
