import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { listBackups } from './backup/backup-files.ts'
import { makeBackup } from './backup/make-backup.ts'
import type { Damage } from './damage.ts'
import { openWriterDatabase } from './database.ts'
import { dataFolder } from './fixtures/data-folder.ts'
import { backupOf, copyOf, cutTo, flipByteOf, makeOrders, oldLedger } from './fixtures/spoilt-ledger.ts'
import { noonWallMs } from './fixtures/test-orders.ts'
import { openTestWriter } from './fixtures/test-writer.ts'
import type { LedgerProblem } from './ledger.ts'
import { tailEntries } from './opened-ledger.ts'
import { randomSource } from './random.ts'

/** What opening the ledger for payments says; the files must not be touched by it. */
function openingProblem(folder: string): LedgerProblem | null {
  const files = ['ledger.sqlite', 'ledger.sqlite-wal'].map((name) => join(folder, name))
  const before = files.map((file) => (existsSync(file) ? readFileSync(file) : null))
  const opened = openWriterDatabase({ dataDirectory: folder, random: randomSource(null), wallMs: noonWallMs })
  if (opened.ok) {
    opened.value.db.close()
    return null
  }
  const after = files.map((file) => (existsSync(file) ? readFileSync(file) : null))
  assert.deepEqual(after, before, 'a damaged ledger is left as it is, to the byte')
  return opened.problem
}

function damageIn(folder: string): Damage | null {
  const problem = openingProblem(folder)
  if (problem === null) return null
  assert.ok(problem.kind === 'damaged', JSON.stringify(problem))
  return problem.damage
}

/** A statement on a closed ledger, with its guards out of the way. */
function tamper(path: string, sql: string): void {
  const db = new DatabaseSync(path)
  for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()) {
    db.exec(`DROP TRIGGER ${name}`)
  }
  db.exec(`PRAGMA foreign_keys = OFF; ${sql}`)
  db.close()
}

/** A data folder as a power cut leaves it: the log beside the file, nothing closed. */
function cutOff(context: TestContext, label: string): string {
  const running = dataFolder(context)
  const writer = openTestWriter(context, running)
  makeOrders(writer, label, 6)
  const folder = dataFolder(context)
  for (const name of ['ledger.sqlite', 'ledger.sqlite-wal']) cpSync(join(running, name), join(folder, name))
  return folder
}

test('each kind of damage is told apart by its name, with the last good backup and what came after it', (context) => {
  const old = oldLedger(context, { before: 60, after: 20 })
  const stranger = cutOff(context, 'stranger')
  assert.equal(openingProblem(copyOf(context, old.folder)), null)
  const spoil: Readonly<Record<string, (folder: string, path: string) => Damage['kind']>> = {
    'no SQLite file': (_folder, path) => {
      writeFileSync(path, 'a shopping list\n'.repeat(400))
      return 'not-a-ledger'
    },
    'the file is gone': (_folder, path) => {
      rmSync(path)
      return 'missing'
    },
    'the file is empty': (_folder, path) => {
      writeFileSync(path, '')
      return 'missing'
    },
    'a third of it is left': (_folder, path) => {
      cutTo(path, 333)
      return 'truncated'
    },
    'the last page is gone': (_folder, path) => {
      cutTo(path, 995)
      return 'truncated'
    },
    'a page of zeros': (_folder, path) => {
      const bytes = readFileSync(path)
      const db = new DatabaseSync(path, { readOnly: true })
      const root = Number(db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'orders'").get()?.rootpage)
      db.close()
      writeFileSync(path, bytes.fill(0, (root - 1) * 4096, root * 4096))
      return 'torn-page'
    },
    'the log of another ledger': (folder) => {
      cpSync(join(stranger, 'ledger.sqlite-wal'), join(folder, 'ledger.sqlite-wal'))
      return 'foreign-wal'
    },
    'a byte of the last entry': (_folder, path) => {
      flipByteOf(path, old.headSequence)
      return 'chain-broken'
    },
    'a byte of an entry before the last': (_folder, path) => {
      flipByteOf(path, old.headSequence - 30)
      return 'chain-broken'
    },
    'the end of the journal is cut off': (_folder, path) => {
      tamper(path, `DELETE FROM journal WHERE sequence > ${old.headSequence - 2}`)
      return 'chain-broken'
    },
    'nothing says where the journal ended': (_folder, path) => {
      tamper(path, 'DELETE FROM ledger_state')
      return 'chain-broken'
    },
    'a row of an order is gone': (_folder, path) => {
      tamper(path, `DELETE FROM orders WHERE order_number = '${old.before[0]?.orderNumber}'`)
      return 'projection-missing'
    },
    'the list of orders is gone': (_folder, path) => {
      tamper(path, 'DROP TABLE orders')
      return 'projection-missing'
    },
    'an open order is listed as paid': (_folder, path) => {
      tamper(path, `UPDATE orders SET status = 'paid' WHERE order_number = '${old.after[2]?.orderNumber}'`)
      return 'projection-differs'
    },
    'the state of an open order is torn': (_folder, path) => {
      tamper(path, `UPDATE orders SET state = '{' WHERE order_number = '${old.after[2]?.orderNumber}'`)
      return 'projection-differs'
    },
  }
  for (const [name, make] of Object.entries(spoil)) {
    const folder = copyOf(context, old.folder)
    const expected = make(folder, join(folder, 'ledger.sqlite'))
    const problem = openingProblem(folder)
    assert.ok(problem?.kind === 'damaged', `${name}: ${JSON.stringify(problem)}`)
    assert.equal(problem.damage.kind, expected, `${name}: ${JSON.stringify(problem.damage)}`)
    assert.equal(problem.backup?.name, old.backup, name)
    if (problem.damage.kind === 'chain-broken' && name.startsWith('a byte')) {
      assert.equal(problem.backup?.newerEvents, old.headSequence - old.backupSequence, name)
    }
  }
})

test('a ledger that is older than its own backup does not go on, so that no order number comes twice', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 3)
  writer.close()
  const former = readFileSync(join(folder, 'ledger.sqlite'))
  const again = openTestWriter(context, folder)
  makeOrders(again, 'b', 3)
  again.close()
  backupOf(folder)
  const headSequence = listBackups(folder)[0]?.manifest?.headSequence
  writeFileSync(join(folder, 'ledger.sqlite'), former)
  assert.deepEqual(damageIn(folder), { kind: 'rolled-back', sequence: 12, backupSequence: headSequence })
})

test('a power cut leaves a log that belongs to the file: it opens; without that log it does not', (context) => {
  const folder = cutOff(context, 'cut')
  const withoutLog = copyOf(context, folder)
  rmSync(join(withoutLog, 'ledger.sqlite-wal'))
  assert.deepEqual(damageIn(withoutLog), { kind: 'wal-missing' })
  assert.equal(openingProblem(folder), null)
})

test('a log that SQLite moved into the file is not missed; one that held more is', (context) => {
  const running = dataFolder(context)
  const writer = openTestWriter(context, running)
  makeOrders(writer, 'a', 6)
  // As a process leaves it that ends its threads without closing the ledger: the last connection moves the log.
  writer.db.close()
  assert.deepEqual(
    readdirSync(running).filter((name) => name.startsWith('ledger.sqlite')),
    ['ledger.sqlite'],
  )
  assert.equal(openingProblem(copyOf(context, running)), null)
  const former = readFileSync(join(running, 'ledger.sqlite'))
  const again = openTestWriter(context, running)
  makeOrders(again, 'b', 1)
  again.db.close()
  writeFileSync(join(running, 'ledger.sqlite'), former)
  assert.deepEqual(damageIn(copyOf(context, running)), { kind: 'wal-missing' })
  for (const text of ['', 'half a li', `${'9'.repeat(16)} ${'0'.repeat(64)}\n`]) {
    const folder = copyOf(context, running)
    writeFileSync(join(folder, 'ledger.head'), text)
    assert.deepEqual(damageIn(folder), { kind: 'wal-missing' })
  }
})

test('an older log of the same ledger is not its log', (context) => {
  const running = dataFolder(context)
  const writer = openTestWriter(context, running)
  makeOrders(writer, 'a', 6)
  const log = readFileSync(join(running, 'ledger.sqlite-wal'))
  writer.checkpoint('truncate')
  makeOrders(writer, 'b', 60)
  writer.close()
  writeFileSync(join(running, 'ledger.sqlite-wal'), log)
  assert.equal(damageIn(running)?.kind, 'foreign-wal')
})

test('a broken entry far from the end is left to the backups’ full walk, which does not accept it', (context) => {
  const old = oldLedger(context, { before: 400, after: 5 })
  assert.ok(old.headSequence > tailEntries + 100)
  flipByteOf(old.path, 50)
  assert.equal(damageIn(copyOf(context, old.folder)), null)
  const result = makeBackup({
    dataDirectory: old.folder,
    reason: 'day',
    wallMs: noonWallMs,
    program: 'test',
    spareBytes: 0,
  })
  assert.ok(result.kind === 'ledger-damaged' && /event 50: /.test(result.detail), JSON.stringify(result))
})
