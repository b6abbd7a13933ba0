import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { failedAnswer, moment, newOrder, paidAnswer } from '../fixtures/test-orders.ts'
import { doneAnswer, newRefund } from '../fixtures/test-refunds.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { verified } from '../fixtures/verified.ts'
import { migrate } from './migrate.ts'

test('0080 makes the entries of an older file anew, with what lists look for, and changes no row of the others', (context) => {
  const source = openTestWriter(context, dataFolder(context))
  const order = source.create(newOrder())
  const paid = source.append(order, paidAnswer(order))
  source.append(source.create(newOrder({ at: moment(3_600_000) })), failedAnswer(3_601_000))
  const created = source.ask({ method: 'createRefund', refund: newRefund(paid) })
  assert.ok(created.kind === 'created')
  const { refundNumber, version } = created.refund
  source.ask({ method: 'appendRefund', refundNumber, expectedVersion: version, events: [doneAnswer] })

  const folder = dataFolder(context)
  const old = new DatabaseSync(join(folder, 'ledger.sqlite'))
  migrate(old, 70)
  const tables = ['journal', 'ledger_state', 'sales', 'orders', 'refunds']
  for (const table of tables) {
    for (const row of tableRows(source.db, table)) {
      const names = Object.keys(row)
      const values = names.map((name) => `:${name}`)
      old.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${values.join()})`).run(row as Record<string, string>)
    }
  }
  old.close()

  const upgraded = openTestWriter(context, folder)
  for (const table of [...tables, 'shift_entries']) {
    assert.deepEqual(tableRows(upgraded.db, table), tableRows(source.db, table), table)
  }
  const digits = paid.maskedCode.slice(-4)
  assert.deepEqual(
    tableRows(upgraded.db, 'shift_entries').map((row) => [row.kind, row.order_number, row.wall_ms, row.status]),
    [
      ['order', paid.orderNumber, moment().wallMs, 'paid'],
      ['order', tableRows(source.db, 'orders')[1]?.order_number, moment(3_600_000).wallMs, 'failed'],
      ['refund', paid.orderNumber, moment(5_000).wallMs, 'done'],
    ],
  )
  assert.equal(tableRows(upgraded.db, 'shift_entries')[0]?.last_digits, digits)
  assert.deepEqual(verified(upgraded.db).broken, [])
})
