import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { SaleId } from '../../till/ids.ts'
import { openWriterDatabase } from '../database.ts'
import { dataFolder, filesHolding } from '../fixtures/data-folder.ts'
import {
  backupOf,
  copyOf,
  cutTo,
  flipByteOf,
  makeOrders,
  type OldLedger,
  oldLedger,
} from '../fixtures/spoilt-ledger.ts'
import { drawPaymentCode, newOrder, noonWallMs } from '../fixtures/test-orders.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { verified } from '../fixtures/verified.ts'
import { takeDataFolder } from '../lock.ts'
import { randomSource } from '../random.ts'
import { listBackups } from './backup-files.ts'
import { type Restored, type RestoreResult, restoreLedger } from './restore.ts'

const restore = (folder: string, backup: string | null): RestoreResult =>
  restoreLedger({ dataDirectory: folder, backup, random: randomSource(null), wallMs: noonWallMs + 60_000 })

function restored(folder: string, backup: string | null): Restored {
  const result = restore(folder, backup)
  assert.ok(result.kind === 'restored', JSON.stringify(result))
  return result.restored
}

/** The restored till opens, is whole, goes on, and gives a number that no till of this folder ever gave. */
function assertGoesOn(context: TestContext, folder: string, old: OldLedger): ReadonlySet<string> {
  const writer = openTestWriter(context, folder)
  assert.deepEqual(verified(writer.db).broken, [])
  const numbers = new Set(tableRows(writer.db, 'orders').map((row) => String(row.order_number)))
  const given = new Set([...old.before, ...old.after].map(({ orderNumber }) => String(orderNumber)))
  const marks = new Set([...given].map((orderNumber) => orderNumber.slice(-10, -6)))
  for (let count = 0; count < 30; count += 1) {
    const { orderNumber } = writer.create(newOrder({ saleId: `sale-new-${count}` as SaleId }))
    assert.ok(!given.has(orderNumber) && !numbers.has(orderNumber))
    assert.ok(!marks.has(orderNumber.slice(-10, -6)), 'the mark is another one')
  }
  assert.deepEqual(verified(writer.db).broken, [])
  writer.close()
  return numbers
}

const allNumbers = (old: OldLedger): readonly string[] =>
  [...old.before, ...old.after].map(({ orderNumber }) => orderNumber).toSorted()

test('damage before the backup’s end: the backup takes its place and everything after it is brought over', (context) => {
  const old = oldLedger(context, { before: 12, after: 9 })
  flipByteOf(old.path, 8)
  const result = restored(old.folder, old.backup)
  assert.equal(result.salvaged, old.headSequence - old.backupSequence)
  assert.equal(result.backupSequence, old.backupSequence)
  assert.deepEqual(
    result.salvagedOrders,
    old.after.map(({ orderNumber }) => orderNumber),
  )
  assert.deepEqual(result.lostOrders, [])
  assert.deepEqual([...assertGoesOn(context, old.folder, old)].toSorted(), allNumbers(old))
})

test('damage after the backup’s end: what is provable is brought over, the rest is named', (context) => {
  const old = oldLedger(context, { before: 12, after: 9 })
  const before = readFileSync(old.path)
  flipByteOf(old.path, old.backupSequence + 10)
  const damaged = readFileSync(old.path)
  assert.notDeepEqual(damaged, before)
  const { salvaged, lostOrders, setAside } = restored(old.folder, old.backup)
  assert.equal(salvaged, 9)
  assert.ok(setAside)
  assert.deepEqual(readFileSync(join(setAside, 'ledger.sqlite')), damaged, 'the damaged file is kept as it was')
  const numbers = assertGoesOn(context, old.folder, old)
  assert.ok(lostOrders.length > 0 && lostOrders.every((orderNumber) => !numbers.has(orderNumber)))
  assert.deepEqual([...numbers, ...lostOrders].toSorted(), allNumbers(old), 'each order is here or is named')
})

const damages: Readonly<Record<string, (old: OldLedger, context: TestContext) => void>> = {
  'cut short': ({ path }) => cutTo(path, 600),
  'cut at its end': ({ path }) => cutTo(path, 990),
  'its pages of orders are zeros': ({ path }) => {
    const db = new DatabaseSync(path, { readOnly: true })
    const root = Number(db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'orders'").get()?.rootpage)
    db.close()
    writeFileSync(path, readFileSync(path).fill(0, (root - 1) * 4096, root * 4096))
  },
  'gone altogether': ({ path }) => rmSync(path),
  'no file of SQLite': ({ path }) => writeFileSync(path, 'nothing of ours'),
}

for (const [name, spoil] of Object.entries(damages)) {
  test(`a ledger that is ${name} is restored, opens, and never repeats a number`, (context) => {
    const old = oldLedger(context, { before: 60, after: 40 })
    spoil(old, context)
    const opened = openWriterDatabase({ dataDirectory: old.folder, random: randomSource(null), wallMs: noonWallMs })
    assert.equal(opened.ok, false, 'it is refused before')
    const { salvaged, lostOrders } = restored(old.folder, old.backup)
    const numbers = assertGoesOn(context, old.folder, old)
    for (const { orderNumber } of old.before) assert.ok(numbers.has(orderNumber))
    assert.ok(salvaged >= 0 && numbers.size + lostOrders.length <= allNumbers(old).length)
  })
}

test('a log of another ledger costs nothing: the file without it is read', (context) => {
  const old = oldLedger(context, { before: 10, after: 10 })
  const running = dataFolder(context)
  makeOrders(openTestWriter(context, running), 'stranger', 5)
  cpSync(join(running, 'ledger.sqlite-wal'), `${old.path}-wal`)
  const { setAside } = restored(old.folder, old.backup)
  assert.ok(setAside && existsSync(join(setAside, 'ledger.sqlite-wal')))
  assert.equal(existsSync(`${old.path}-wal`), false)
  assert.deepEqual([...assertGoesOn(context, old.folder, old)].toSorted(), allNumbers(old))
})

test('after a power cut, the file and its log are read together', (context) => {
  const running = dataFolder(context)
  const writer = openTestWriter(context, running)
  const before = makeOrders(writer, 'before', 6)
  const backup = backupOf(running)
  const after = makeOrders(writer, 'after', 6)
  const folder = copyOf(context, running)
  writer.close()
  const old = { before, after } as unknown as OldLedger
  const withoutLog = copyOf(context, folder)
  restored(folder, backup)
  assert.deepEqual([...assertGoesOn(context, folder, old)].toSorted(), allNumbers(old))
  // Without its log the file itself knows nothing of the later orders, and nobody can name them: only the mark protects.
  rmSync(join(withoutLog, 'ledger.sqlite-wal'))
  restored(withoutLog, backup)
  assert.equal(assertGoesOn(context, withoutLog, old).size, 6)
})

test('without any backup the damaged file alone is read, and one that proves nothing changes nothing', (context) => {
  const old = oldLedger(context, { before: 12, after: 9 })
  rmSync(join(old.folder, 'backups'), { recursive: true })
  const torn = copyOf(context, old.folder)
  flipByteOf(join(torn, 'ledger.sqlite'), old.headSequence - 3)
  const { salvaged } = restored(torn, null)
  assert.equal(salvaged, old.headSequence - 4)
  assertGoesOn(context, torn, old)
  const gone = copyOf(context, old.folder)
  writeFileSync(join(gone, 'ledger.sqlite'), 'nothing of ours')
  assert.equal(restore(gone, null).kind, 'nothing-salvaged')
  assert.deepEqual(readdirSync(gone).toSorted(), ['ledger.sqlite', 'till.lock'])
})

test('a backup that is damaged or not there is refused, and so is a restore beside a till; nothing changes', (context) => {
  const old = oldLedger(context, { before: 12, after: 3 })
  const backup = listBackups(old.folder)[0]
  assert.ok(backup)
  flipByteOf(backup.path, 9)
  const before = readFileSync(old.path)
  const lock = takeDataFolder(old.folder)
  assert.ok(lock.ok)
  const beside = restore(old.folder, old.backup)
  assert.ok(beside.kind === 'problem' && beside.problem.kind === 'in-use', JSON.stringify(beside))
  lock.value.release()
  const names = readdirSync(old.folder).toSorted()
  const result = restore(old.folder, old.backup)
  assert.ok(result.kind === 'backup-damaged' && /event 9/.test(result.detail), JSON.stringify(result))
  assert.equal(restore(old.folder, 'backup-000099-20260318-1200-start').kind, 'no-such-backup')
  assert.deepEqual(readFileSync(old.path), before)
  assert.deepEqual(readdirSync(old.folder).toSorted(), names)
})

test('restoring twice, and to an older backup, keeps everything and still never repeats a number', (context) => {
  const old = oldLedger(context, { before: 6, after: 6 })
  const newer = backupOf(old.folder, noonWallMs + 1_000)
  rmSync(old.path)
  const first = restored(old.folder, old.backup)
  assert.equal(first.salvaged, 0)
  // The newer backup is no longer of this ledger, and is kept aside.
  assert.deepEqual(
    listBackups(old.folder).map(({ name }) => name),
    [old.backup],
  )
  assert.ok(first.setAside && existsSync(join(first.setAside, 'backups', `${newer}.sqlite`)))
  const writer = openTestWriter(context, old.folder)
  const between = makeOrders(writer, 'between', 3)
  backupOf(old.folder, noonWallMs + 2_000)
  writer.close()
  const second = restored(old.folder, listBackups(old.folder)[0]?.name ?? '')
  assert.notEqual(second.setAside, first.setAside)
  assertGoesOn(context, old.folder, { ...old, after: [...old.after, ...between] })
})

test('a restore that was cut off after it had moved the damaged file finds it again', (context) => {
  const old = oldLedger(context, { before: 6, after: 6 })
  flipByteOf(old.path, 5)
  const aside = join(old.folder, 'damaged-20260318-120000')
  mkdirSync(aside)
  renameSync(old.path, join(aside, 'ledger.sqlite'))
  restored(old.folder, old.backup)
  assert.deepEqual([...assertGoesOn(context, old.folder, old)].toSorted(), allNumbers(old))
})

test('neither backups nor a restored ledger hold a payment code, a fingerprint or its key', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const paymentCode = drawPaymentCode()
  writer.create(newOrder({ paymentCode }))
  const secrets = ['fingerprints', 'fingerprint_keys'].flatMap((table) => tableRows(writer.db, table))
  const bytes = secrets.flatMap((row) => [row.fingerprint, row.key]).filter((value) => value instanceof Uint8Array)
  assert.equal(bytes.length, 2)
  const backup = backupOf(folder)
  writer.close()
  assert.deepEqual(filesHolding(join(folder, 'backups'), paymentCode), [])
  for (const secret of bytes) {
    assert.deepEqual(filesHolding(join(folder, 'backups'), secret), [])
    assert.deepEqual(filesHolding(folder, secret), ['ledger.sqlite'])
  }
  rmSync(join(folder, 'ledger.sqlite'))
  restored(folder, backup)
  for (const secret of bytes) assert.deepEqual(filesHolding(folder, secret), [])
})
