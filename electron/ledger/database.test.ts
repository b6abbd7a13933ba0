import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openWriterDatabase } from './database.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { awaitingAnswer, countIn, newOrder, noonWallMs } from './fixtures/test-orders.ts'
import { openTestWriter, tableRows } from './fixtures/test-writer.ts'
import { randomSource } from './random.ts'
import { makeWriter } from './writer.ts'

test('the connection that writes is durable, strict and forgets what it deletes', (context) => {
  const { db } = openTestWriter(context, dataFolder(context))
  const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'recursive_triggers']
  assert.deepEqual(
    settings.map((name) => db.prepare(`PRAGMA ${name}`).get()?.[name]),
    ['wal', 2, 1, 1, 1],
  )
  const tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'").all()
  assert.ok(tables.length >= 7)
  assert.deepEqual(
    tables.filter((table) => table.strict !== 1).map((table) => table.name),
    [],
  )
})

test('room that was reserved is overwritten, so that commits make no file longer', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder, { reservedBytes: 1024 * 1024 })
  const sizes = (): readonly number[] =>
    ['ledger.sqlite', 'ledger.sqlite-wal'].map((name) => statSync(join(folder, name)).size)
  const before = sizes()
  assert.ok(before.every((size) => size > 1024 * 1024))
  const order = writer.create(newOrder())
  writer.append(order, awaitingAnswer())
  assert.deepEqual(sizes(), before)
  assert.deepEqual(tableRows(writer.db, 'probe'), [])
})

test('when the commit itself fails, nothing was done, every write says so, and the next one works', (context) => {
  const random = randomSource(null)
  const dataDirectory = dataFolder(context)
  const opened = openWriterDatabase({ dataDirectory, random, wallMs: noonWallMs, reservedBytes: 0 })
  assert.ok(opened.ok)
  const { db, path } = opened.value
  context.after(() => db.close())
  let isBroken = false
  const prepare = db.prepare.bind(db)
  db.prepare = (sql, ...options) => {
    const statement = prepare(sql, ...options)
    if (sql !== 'COMMIT') return statement
    const run = statement.run.bind(statement)
    statement.run = () => {
      if (isBroken) throw Object.assign(new Error('disk I/O error'), { errcode: 1034 })
      return run()
    }
    return statement
  }
  const writer = makeWriter(opened.value, random)
  const first = newOrder()
  const before = ['journal', 'orders', 'sales', 'ledger_state', 'fingerprints', 'fingerprint_keys'].map((table) =>
    tableRows(db, table),
  )
  isBroken = true
  const problem = { kind: 'disk-error', path, detail: 'SQLite 1034: disk I/O error' }
  assert.deepEqual(
    writer.perform([{ method: 'createOrder', order: first }, { method: 'openOrders' }, { method: 'probe' }]),
    [
      { kind: 'problem', problem },
      { kind: 'done', value: [] },
      { kind: 'problem', problem },
    ],
  )
  const after = ['journal', 'orders', 'sales', 'ledger_state', 'fingerprints', 'fingerprint_keys'].map((table) =>
    tableRows(db, table),
  )
  assert.deepEqual(after, before)
  isBroken = false
  const [outcome] = writer.perform([{ method: 'createOrder', order: first }])
  assert.equal(outcome?.kind, 'done')
  assert.equal(countIn(String(tableRows(db, 'orders')[0]?.order_number)), 1)
})
