import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { newOrder } from '../fixtures/test-orders.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { migrate } from './migrate.ts'

test('0035 lets a ledger of the former form go on under its own mark, and marks it open', (context) => {
  const source = openTestWriter(context, dataFolder(context))
  const first = source.create(newOrder())
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
  old.close()
  const upgraded = openTestWriter(context, folder)
  for (const table of tables) assert.deepEqual(tableRows(upgraded.db, table), tableRows(source.db, table), table)
  const [state] = tableRows(upgraded.db, 'ledger_run')
  assert.deepEqual(state, { id: 1, is_open: 1, ledger_mark: first.orderNumber.slice(-10, -6) })
  assert.equal(upgraded.create(newOrder()).orderNumber.slice(-10, -6), first.orderNumber.slice(-10, -6))
})
