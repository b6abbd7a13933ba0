import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OrderNumber, PaymentCode } from '../till/ids.ts'
import { fingerprintLifeMs } from './fingerprints.ts'
import { dataFolder, filesHolding } from './fixtures/data-folder.ts'
import { awaitingAnswer, drawPaymentCode, moment, newOrder, noonWallMs } from './fixtures/test-orders.ts'
import { openTestWriter, type TestWriter, tableRows } from './fixtures/test-writer.ts'

const hourMs = 3_600_000

const scan = (writer: TestWriter, paymentCode: PaymentCode, afterMs = 0) =>
  writer.ask({ method: 'createOrder', order: newOrder({ paymentCode, at: moment(afterMs) }) })

test('the same code again, within a day, is the same attempt, also on the next business date', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const code = drawPaymentCode()
  const first = scan(writer, code)
  assert.equal(first.kind, 'created')
  const later = writer.append(first.order, awaitingAnswer())
  for (const afterMs of [1, 13 * hourMs, fingerprintLifeMs - 1]) {
    assert.deepEqual(scan(writer, code, afterMs), { kind: 'scanned-before', order: later })
  }
  assert.equal(tableRows(writer.db, 'orders').length, 1)
  assert.equal(scan(writer, code, fingerprintLifeMs).kind, 'created')
})

test('a code scanned twice in one commit makes one order', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = newOrder()
  const outcomes = writer.perform([
    { method: 'createOrder', order },
    { method: 'createOrder', order },
  ])
  const kinds = outcomes.map((outcome) => (outcome.kind === 'done' ? (outcome.value as { kind: string }).kind : ''))
  assert.deepEqual(kinds, ['created', 'scanned-before'])
})

test('scannedBefore tells the order and does not outlive the fingerprint', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const { order } = scan(writer, drawPaymentCode())
  const paymentCode = drawPaymentCode()
  const held = scan(writer, paymentCode, hourMs).order
  const ask = (code: PaymentCode, afterMs: number) =>
    writer.ask({ method: 'scannedBefore', paymentCode: code, wallMs: noonWallMs + afterMs })?.orderNumber ?? null
  assert.notEqual(held.orderNumber, order.orderNumber)
  assert.equal(ask(paymentCode, hourMs), held.orderNumber)
  assert.equal(ask(drawPaymentCode(), hourMs), null)
  assert.equal(ask(paymentCode, hourMs + fingerprintLifeMs), null)
})

test('fingerprints and keys go after a day: with a new order, with the hourly call, and at opening', (context) => {
  const folder = dataFolder(context)
  const count = (writer: TestWriter): readonly number[] =>
    ['fingerprints', 'fingerprint_keys'].map((table) => tableRows(writer.db, table).length)
  const first = openTestWriter(context, folder)
  scan(first, drawPaymentCode())
  scan(first, drawPaymentCode(), hourMs)
  assert.deepEqual(count(first), [2, 1])
  scan(first, drawPaymentCode(), fingerprintLifeMs)
  assert.deepEqual(count(first), [2, 2])
  assert.equal(first.mustTruncate(), false)
  first.ask({ method: 'forgetOldFingerprints', wallMs: noonWallMs + fingerprintLifeMs + hourMs })
  assert.deepEqual(count(first), [1, 1])
  assert.equal(first.mustTruncate(), true)
  first.checkpoint('truncate')
  assert.equal(first.mustTruncate(), false)
  first.close()
  const second = openTestWriter(context, folder, { wallMs: noonWallMs + 3 * fingerprintLifeMs })
  assert.deepEqual(count(second), [0, 0])
})

test('a clock that ran back does not keep fingerprints for ever', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  scan(writer, drawPaymentCode(), 400 * 24 * hourMs)
  scan(writer, drawPaymentCode())
  assert.equal(tableRows(writer.db, 'fingerprints').length, 1)
  assert.equal(tableRows(writer.db, 'fingerprint_keys').length, 1)
})

test('a key that was rolled back with its order is not used afterwards', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const paymentCode = drawPaymentCode()
  writer.db.exec(`CREATE TEMP TRIGGER refuse BEFORE UPDATE ON ledger_state BEGIN SELECT RAISE(ABORT, 'refused'); END`)
  assert.throws(() => scan(writer, paymentCode), /refused/)
  assert.deepEqual(tableRows(writer.db, 'fingerprint_keys'), [])
  writer.db.exec('DROP TRIGGER refuse')
  const { kind, order } = scan(writer, paymentCode)
  assert.equal(kind, 'created')
  assert.deepEqual(scan(writer, paymentCode), { kind: 'scanned-before', order })
  assert.equal(tableRows(writer.db, 'fingerprint_keys').length, 1)
})

test('a deleted fingerprint and its key are in no file any more', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  scan(writer, drawPaymentCode())
  const key = tableRows(writer.db, 'fingerprint_keys')[0]?.key
  const fingerprint = tableRows(writer.db, 'fingerprints')[0]?.fingerprint
  assert.ok(key instanceof Uint8Array && fingerprint instanceof Uint8Array)
  assert.deepEqual(filesHolding(folder, key), ['ledger.sqlite-wal'])
  writer.checkpoint('passive')
  assert.equal(filesHolding(folder, key).length, 2)
  writer.ask({ method: 'forgetOldFingerprints', wallMs: noonWallMs + 2 * fingerprintLifeMs })
  writer.checkpoint('truncate')
  assert.deepEqual(filesHolding(folder, key), [])
  assert.deepEqual(filesHolding(folder, fingerprint), [])
})

test('what a killed till left of old fingerprints in its log goes at the next opening', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, join(folder, 'running'))
  scan(writer, drawPaymentCode())
  const key = tableRows(writer.db, 'fingerprint_keys')[0]?.key
  assert.ok(key instanceof Uint8Array)
  // The files as they are at a kill: the log was never moved into the file.
  const killed = join(folder, 'killed')
  cpSync(join(folder, 'running'), killed, { recursive: true })
  assert.deepEqual(filesHolding(killed, key), ['ledger.sqlite-wal'])
  const next = openTestWriter(context, killed, { wallMs: noonWallMs + 2 * fingerprintLifeMs })
  assert.equal(tableRows(next.db, 'orders').length, 1)
  assert.deepEqual(filesHolding(killed, key), [])
})

test('no payment code is in any file: not in the log, not in the file, not after closing (I11)', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const codes = Array.from({ length: 5 }, () => drawPaymentCode())
  const orders: OrderNumber[] = []
  for (const code of codes) {
    const { order } = scan(writer, code)
    orders.push(writer.append(order, awaitingAnswer()).orderNumber)
    scan(writer, code)
  }
  const [order] = orders
  assert.ok(order)
  assert.ok(filesHolding(folder, order).includes('ledger.sqlite-wal'), 'the search finds what is there')
  for (const code of codes) assert.deepEqual(filesHolding(folder, code), [])
  writer.checkpoint('passive')
  for (const code of codes) assert.deepEqual(filesHolding(folder, code), [])
  writer.close()
  assert.ok(filesHolding(folder, order).includes('ledger.sqlite'))
  for (const code of codes) assert.deepEqual(filesHolding(folder, code), [])
})
