import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { newOrder } from '../fixtures/test-orders.ts'
import { openTestWriter } from '../fixtures/test-writer.ts'
import { openLedger, openLedgerReader } from '../open-ledger.ts'
import { applicationId, migrate, migrations, programVersion, readVersion } from './migrate.ts'

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

test('every migration stands in a file of its number and name, ascending, with its own test', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^\d/.test(file))
  const expected = migrations.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}`)
  assert.deepEqual(
    files.filter((file) => !file.endsWith('.test.ts')).toSorted(),
    expected.map((file) => `${file}.ts`),
  )
  assert.deepEqual(
    files.filter((file) => file.endsWith('.test.ts')).toSorted(),
    expected.map((file) => `${file}.test.ts`),
  )
  const versions = migrations.map((migration) => migration.version)
  assert.deepEqual(
    versions,
    versions.toSorted((left, right) => left - right),
  )
  assert.equal(new Set(versions).size, versions.length)
})

test('step by step or at once, the file has the same form', () => {
  const form = (db: DatabaseSync): unknown =>
    db
      .prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name')
      .all()
      .map((row) => ({ ...row }))
  const atOnce = new DatabaseSync(':memory:')
  assert.deepEqual(migrate(atOnce), { rebuild: true })
  const stepwise = new DatabaseSync(':memory:')
  for (const { version, rebuilds } of migrations) {
    assert.deepEqual(migrate(stepwise, version), { rebuild: rebuilds })
    assert.deepEqual(readVersion(stepwise), { application: applicationId, version })
  }
  assert.deepEqual(form(stepwise), form(atOnce))
  assert.deepEqual(migrate(atOnce), { rebuild: false })
})

test('a file of a newer program is refused politely and left as it is', async (context) => {
  const folder = dataFolder(context)
  const path = join(folder, 'ledger.sqlite')
  const writer = openTestWriter(context, folder)
  writer.create(newOrder())
  writer.db.exec(`PRAGMA user_version = ${programVersion + 10}`)
  writer.close()
  const before = digest(path)
  const problem = { kind: 'newer-file', path, fileVersion: programVersion + 10, programVersion }
  assert.deepEqual(await openLedger({ dataDirectory: folder }), { ok: false, problem })
  assert.deepEqual(readdirSync(folder).toSorted(), ['ledger.sqlite', 'till.lock'])
  assert.deepEqual(await openLedgerReader({ dataDirectory: folder }), { ok: false, problem })
  assert.equal(digest(path), before)
})

test('what is no ledger of ours is called damaged and left as it is', async (context) => {
  const files: Readonly<Record<string, (path: string) => void>> = {
    'another program’s SQLite file': (path) => {
      const db = new DatabaseSync(path)
      db.exec('CREATE TABLE goods (name TEXT)')
      db.close()
    },
    'another application id': (path) => {
      const db = new DatabaseSync(path)
      db.exec('PRAGMA application_id = 7; PRAGMA user_version = 10')
      db.close()
    },
    'no SQLite file': (path) => writeFileSync(path, 'a shopping list\n'.repeat(400)),
  }
  for (const [name, make] of Object.entries(files)) {
    const folder = dataFolder(context)
    const path = join(folder, 'ledger.sqlite')
    make(path)
    const before = digest(path)
    const opened = await openLedger({ dataDirectory: folder })
    assert.equal(opened.ok ? 'opened' : opened.problem.kind, 'damaged', name)
    const read = await openLedgerReader({ dataDirectory: folder })
    assert.equal(read.ok ? 'opened' : read.problem.kind, 'damaged', name)
    assert.equal(digest(path), before, name)
  }
})

test('an empty file, as a power cut at the first start leaves it, becomes a ledger', (context) => {
  const folder = dataFolder(context)
  writeFileSync(join(folder, 'ledger.sqlite'), '')
  assert.equal(openTestWriter(context, folder).create(newOrder()).status, 'paying')
})
