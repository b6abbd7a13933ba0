import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { moment, newOrder, paidAnswer } from '../fixtures/test-orders.ts'
import { newRefund } from '../fixtures/test-refunds.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { verified } from '../fixtures/verified.ts'
import { migrate } from './migrate.ts'

test('0040 takes every row of an older file over, keeps the journal append-only, and takes refunds', (context) => {
  const source = openTestWriter(context, dataFolder(context))
  const order = source.create(newOrder())
  source.append(order, paidAnswer(order))

  const folder = dataFolder(context)
  const old = new DatabaseSync(join(folder, 'ledger.sqlite'))
  migrate(old, 30)
  const tables = ['journal', 'ledger_state', 'sales', 'orders']
  for (const table of tables) {
    for (const row of tableRows(source.db, table)) {
      const names = Object.keys(row)
      const values = names.map((name) => `:${name}`)
      old.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${values.join()})`).run(row as Record<string, string>)
    }
  }
  assert.throws(() => tableRows(old, 'refunds'), /no such table/)
  old.close()

  const upgraded = openTestWriter(context, folder)
  for (const table of tables) assert.deepEqual(tableRows(upgraded.db, table), tableRows(source.db, table), table)
  assert.throws(() => upgraded.db.exec("UPDATE journal SET payload = '{}' WHERE sequence = 1"), /append-only/)
  assert.throws(() => upgraded.db.exec('DELETE FROM journal WHERE sequence = 1'), /append-only/)
  const created = upgraded.ask({ method: 'createRefund', refund: newRefund(order, { at: moment(2_000) }) })
  assert.equal(created.kind, 'created')
  assert.equal(tableRows(upgraded.db, 'refunds').length, 1)
  assert.deepEqual(verified(upgraded.db).broken, [])
})
