import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { SaleId } from '../../till/ids.ts'
import { dataFolder } from '../fixtures/data-folder.ts'
import { awaitingAnswer, failedAnswer, newOrder, paidAnswer } from '../fixtures/test-orders.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { migrate } from './migrate.ts'

test('0020 makes orders and sales from the journal of a file that has none, and changes nothing of the journal', (context) => {
  const source = openTestWriter(context, dataFolder(context))
  source.append(source.create(newOrder()), failedAnswer())
  source.append(source.create(newOrder()), awaitingAnswer())
  const paid = source.create(newOrder({ saleId: 'sale-2' as SaleId }))
  source.append(paid, paidAnswer(paid))

  const folder = dataFolder(context)
  const old = new DatabaseSync(join(folder, 'ledger.sqlite'))
  migrate(old, 10)
  for (const table of ['journal', 'ledger_state']) {
    for (const row of tableRows(source.db, table)) {
      const names = Object.keys(row)
      const values = names.map((name) => `:${name}`)
      old.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${values.join()})`).run(row as Record<string, string>)
    }
  }
  old.close()

  const upgraded = openTestWriter(context, folder)
  for (const table of ['journal', 'ledger_state', 'orders', 'sales']) {
    assert.deepEqual(tableRows(upgraded.db, table), tableRows(source.db, table), table)
  }
  assert.equal(tableRows(upgraded.db, 'orders').length, 3)
})
