import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { SaleId } from '../till/ids.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, failedAnswer, newOrder, noonWallMs, paidAnswer } from './fixtures/test-orders.ts'
import { openTestWriter, tableRows } from './fixtures/test-writer.ts'
import { verified } from './fixtures/verified.ts'
import { takeDataFolder } from './lock.ts'
import { rebuildProjections } from './rebuild.ts'
import { repairProjections } from './repair.ts'
import { inTransaction } from './transaction.ts'

test('projections that were spoilt are made anew as they were', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const first = writer.append(writer.create(newOrder()), failedAnswer())
  writer.append(writer.create(newOrder()), awaitingAnswer())
  const paid = writer.create(newOrder({ saleId: 'sale-2' as SaleId }))
  writer.append(paid, paidAnswer(paid))
  const before = ['journal', 'orders', 'sales'].map((table) => tableRows(writer.db, table))
  writer.db.exec(`
    DELETE FROM orders WHERE order_number = '${first.orderNumber}';
    UPDATE orders SET status = 'failed', state = '{}' WHERE order_number = '${paid.orderNumber}';
    UPDATE sales SET status = 'not-paid';
    INSERT INTO sales VALUES ('sale-9', 1, 1, 'open')`)
  const broken = verified(writer.db).broken.map((breach) => (breach.kind === 'projection' ? breach.subjectId : breach))
  assert.deepEqual(broken, [first.orderNumber, paid.orderNumber, 'sale-1', 'sale-9'])
  writer.close()

  const rebuilt = {
    ok: true,
    value: { sales: 2, orders: 3, refunds: 0, printJobs: 0, unreadable: [], dropped: ['sale-9'] },
  }
  assert.deepEqual(repairProjections(folder, noonWallMs), rebuilt)
  const repaired = openTestWriter(context, folder)
  assert.deepEqual(
    ['journal', 'orders', 'sales'].map((table) => tableRows(repaired.db, table)),
    before,
  )
  assert.deepEqual(verified(repaired.db).broken, [])
  assert.equal(repaired.create(newOrder()).status, 'paying')
})

test('an order whose entries cannot be read keeps the row that it has', (context) => {
  const writer = openTestWriter(context, dataFolder(context))
  const order = writer.append(writer.create(newOrder()), awaitingAnswer())
  const other = writer.create(newOrder({ saleId: 'sale-2' as SaleId }))
  writer.db.exec('DROP TRIGGER journal_is_never_updated')
  writer.db.exec(`UPDATE journal SET payload = '{' WHERE subject_id = '${order.orderNumber}' AND type = 'pay-answered'`)
  writer.db.exec(`UPDATE journal SET payload = '{' WHERE subject = 'sale' AND subject_id = 'sale-2'`)
  const before = tableRows(writer.db, 'orders')
  const { unreadable, dropped } = inTransaction(writer.db, () => rebuildProjections(writer.db))
  assert.deepEqual(unreadable, [order.orderNumber, other.orderNumber])
  assert.deepEqual(dropped, [])
  assert.deepEqual(tableRows(writer.db, 'orders'), before)
})

test('a repair that cannot end changes nothing, and none is made beside a till', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  writer.create(newOrder())
  const before = tableRows(writer.db, 'orders')
  writer.db.exec("CREATE TEMP TRIGGER refuse BEFORE INSERT ON sales BEGIN SELECT RAISE(ABORT, 'refused'); END")
  assert.throws(() => inTransaction(writer.db, () => rebuildProjections(writer.db)), /refused/)
  assert.deepEqual(tableRows(writer.db, 'orders'), before)
  writer.close()
  const till = takeDataFolder(folder)
  assert.ok(till.ok)
  assert.deepEqual(repairProjections(folder, noonWallMs), { ok: false, problem: { kind: 'in-use', path: folder } })
  till.value.release()
})

test('a journal whose end was cut off, or torn, is not opened for payments', (context) => {
  const cuts: readonly string[] = [
    'DROP TRIGGER journal_is_never_deleted; DELETE FROM journal WHERE sequence = 4',
    "DROP TRIGGER journal_is_never_updated; UPDATE journal SET payload = '{}' WHERE sequence = 4",
    "DROP TRIGGER journal_is_never_updated; UPDATE journal SET payload = '{}' WHERE sequence = 1",
    'DROP TRIGGER journal_is_never_deleted; DELETE FROM journal',
    'DELETE FROM ledger_state',
  ]
  for (const sql of cuts) {
    const folder = dataFolder(context)
    const writer = openTestWriter(context, folder)
    writer.create(newOrder())
    writer.close()
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
    db.exec(sql)
    db.close()
    const repaired = repairProjections(folder, noonWallMs)
    assert.equal(repaired.ok ? 'opened' : repaired.problem.kind, 'damaged', sql)
  }
})
