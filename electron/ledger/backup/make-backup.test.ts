import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { backupOf, makeOrders } from '../fixtures/spoilt-ledger.ts'
import { newOrder, noonWallMs } from '../fixtures/test-orders.ts'
import { openTestWriter, tableRows } from '../fixtures/test-writer.ts'
import { backupName, isAsVerified, listBackups } from './backup-files.ts'
import { lastGoodBackup } from './last-good.ts'
import { type BackupOptions, makeBackup } from './make-backup.ts'
import { backupsToForget } from './retention.ts'

const dayMs = 24 * 3_600_000
const options = (dataDirectory: string): BackupOptions => ({
  dataDirectory,
  reason: 'day',
  wallMs: noonWallMs,
  program: '0.1.0',
  spareBytes: 0,
})

test('a backup is made beside a till at work, is verified, and says what it holds', (context) => {
  const folder = dataFolder(context)
  assert.deepEqual(makeBackup(options(folder)), { kind: 'nothing-to-back-up' })
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 4)
  const head = tableRows(writer.db, 'ledger_state')[0]
  const result = makeBackup(options(folder))
  assert.ok(result.kind === 'made')
  const { manifest } = result
  assert.equal(manifest.name, 'backup-000001-20260318-1200-day')
  assert.deepEqual([manifest.headSequence, manifest.headHash], [head?.head_sequence, head?.head_hash])
  assert.deepEqual([manifest.events, manifest.orders, manifest.unreadable], [head?.head_sequence, 4, 0])
  assert.equal(manifest.program, '0.1.0')
  assert.deepEqual(readdirSync(join(folder, 'backups')).toSorted(), [
    `${manifest.name}.json`,
    `${manifest.name}.sqlite`,
  ])
  const [listed] = listBackups(folder)
  assert.deepEqual(listed?.manifest, manifest)
  assert.ok(listed && isAsVerified(listed))
  assert.equal(writer.create(newOrder()).status, 'paying')
})

test('a disk without room for a backup gets none, and nothing half made stays', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 4)
  const result = makeBackup({ ...options(folder), spareBytes: Number.MAX_SAFE_INTEGER })
  assert.equal(result.kind, 'no-room')
  assert.deepEqual(readdirSync(join(folder, 'backups')), [])
  assert.equal(writer.create(newOrder()).status, 'paying')
})

test('a folder that cannot be made is a problem of the backup, not of the till', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  writeFileSync(join(folder, 'backups'), 'a file in the way')
  const result = makeBackup(options(folder))
  assert.ok(result.kind === 'problem' && result.problem.kind === 'disk-error', JSON.stringify(result))
  assert.equal(writer.create(newOrder()).status, 'paying')
})

test('what an interrupted backup left goes with the next one, and foreign files stay', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 2)
  mkdirSync(join(folder, 'backups'))
  const left = `${backupName(7, 'day', noonWallMs)}.unfinished`
  for (const name of [left, `${left}-manifest`, 'notes.txt']) writeFileSync(join(folder, 'backups', name), 'x')
  const name = backupOf(folder)
  assert.deepEqual(readdirSync(join(folder, 'backups')).toSorted(), [`${name}.json`, `${name}.sqlite`, 'notes.txt'])
})

test('a ledger that does not verify replaces no backup', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  const [order] = makeOrders(writer, 'a', 2)
  const good = backupOf(folder)
  writer.db.exec(`UPDATE orders SET amount_fen = 1 WHERE order_number = '${order?.orderNumber}'`)
  const result = makeBackup(options(folder))
  assert.ok(result.kind === 'ledger-damaged' && /amountFen/.test(result.detail), JSON.stringify(result))
  assert.equal(lastGoodBackup(folder)?.name, good)
})

test('the last good backup is the newest that is still what was verified', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 2)
  const [first, second, third] = [0, 1, 2].map((count) => backupOf(folder, noonWallMs + count))
  assert.deepEqual(
    listBackups(folder).map(({ name }) => name),
    [third, second, first],
  )
  assert.equal(lastGoodBackup(folder)?.name, third)
  const path = join(folder, 'backups', `${third}.sqlite`)
  const bytes = readFileSync(path)
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
  writeFileSync(path, bytes)
  assert.equal(lastGoodBackup(folder)?.name, second)
  writeFileSync(join(folder, 'backups', `${second}.json`), '{')
  assert.equal(lastGoodBackup(folder)?.name, first)
  rmSync(join(folder, 'backups'), { recursive: true })
  assert.equal(lastGoodBackup(folder), null)
})

test('the newest, the last of each day, and what nobody can name are kept; the rest goes', (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 1)
  const retention = { newest: 2, days: 3 }
  const made = [0, 0, 1, 2, 2, 3, 4, 4, 4].map((day, index) => {
    const wallMs = noonWallMs + day * dayMs + index * 1_000
    const result = makeBackup({ ...options(folder), wallMs, retention: { newest: 99, days: 99 } })
    assert.ok(result.kind === 'made')
    return result.manifest.name
  })
  const forgotten = (newest: number, days: number): readonly number[] =>
    backupsToForget(listBackups(folder), { newest, days }).map(({ name }) => made.indexOf(name))
  assert.deepEqual(forgotten(retention.newest, retention.days), [6, 3, 2, 1, 0])
  assert.deepEqual(forgotten(0, 0), [7, 6, 5, 4, 3, 2, 1, 0], 'the newest one stays whatever the numbers say')
  writeFileSync(join(folder, 'backups', `${made[1]}.json`), '{')
  assert.deepEqual(forgotten(retention.newest, retention.days), [6, 3, 2, 0])
  const last = makeBackup({ ...options(folder), wallMs: noonWallMs + 4 * dayMs + 60_000, retention })
  assert.ok(last.kind === 'made')
  const left = listBackups(folder).map(({ name }) => made.indexOf(name))
  assert.deepEqual(left, [-1, 8, 5, 4, 1])
})
