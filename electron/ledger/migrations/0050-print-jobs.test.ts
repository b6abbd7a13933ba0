import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { moment, newOrder, paidAnswer } from '../fixtures/test-orders.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { verified } from '../fixtures/verified.ts'
import { migrate } from './migrate.ts'

test('0050 takes every row of an older file over, and takes print jobs, one original of each', (context) => {
  const source = openTestWriter(context, dataFolder(context))
  const order = source.create(newOrder())
  source.append(order, paidAnswer(order))

  const folder = dataFolder(context)
  const old = new DatabaseSync(join(folder, 'ledger.sqlite'))
  migrate(old, 40)
  const tables = ['journal', 'ledger_state', 'sales', 'orders', 'refunds']
  for (const table of tables) {
    for (const row of tableRows(source.db, table)) {
      const names = Object.keys(row)
      const values = names.map((name) => `:${name}`)
      old.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${values.join()})`).run(row as Record<string, string>)
    }
  }
  assert.throws(() => tableRows(old, 'print_jobs'), /no such table/)
  old.close()

  const upgraded = openTestWriter(context, folder)
  for (const table of tables) assert.deepEqual(tableRows(upgraded.db, table), tableRows(source.db, table), table)
  const { orderNumber } = order
  const asked = {
    kind: 'sale',
    subjectId: orderNumber,
    orderNumber,
    by: 'cashier',
    wantedPrinter: null,
    at: moment(2_000),
  } as const
  assert.equal(upgraded.ask({ method: 'createPrintJob', job: asked }).kind, 'created')
  const again =
    'INSERT INTO print_jobs SELECT sequence + 1, job_id || 1, kind, subject_id, copy, order_number, status, version, state FROM print_jobs'
  assert.throws(() => upgraded.db.exec(again), /UNIQUE/)
  assert.deepEqual(verified(upgraded.db).broken, [])
})
