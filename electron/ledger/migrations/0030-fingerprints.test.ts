import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { newOrder } from '../fixtures/test-orders.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { migrate } from './migrate.ts'

test('0030 adds fingerprints to a file that has none, and keeps every row of the others', (context) => {
  const source = openTestWriter(context, dataFolder(context))
  source.create(newOrder())
  const folder = dataFolder(context)
  const old = new DatabaseSync(join(folder, 'ledger.sqlite'))
  migrate(old, 20)
  const tables = ['journal', 'ledger_state', 'sales', 'orders']
  for (const table of tables) {
    for (const row of tableRows(source.db, table)) {
      const names = Object.keys(row)
      const values = names.map((name) => `:${name}`)
      old.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${values.join()})`).run(row as Record<string, string>)
    }
  }
  assert.throws(() => tableRows(old, 'fingerprints'), /no such table/)
  old.close()

  const upgraded = openTestWriter(context, folder)
  for (const table of tables) assert.deepEqual(tableRows(upgraded.db, table), tableRows(source.db, table), table)
  assert.deepEqual(tableRows(upgraded.db, 'fingerprints'), [])
  upgraded.create(newOrder())
  assert.equal(tableRows(upgraded.db, 'fingerprints').length, 1)
})
