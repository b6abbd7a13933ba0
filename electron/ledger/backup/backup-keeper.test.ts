import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { makeOrders } from '../fixtures/spoilt-ledger.ts'
import { newOrder, noonWallMs } from '../fixtures/test-orders.ts'
import { openTestWriter } from '../fixtures/test-writer.ts'
import { listBackups } from './backup-files.ts'
import { backupAgeLimitMs, isBackupTrouble, keepBackups } from './backup-keeper.ts'
import { type BackupOptions, type BackupResult, makeBackup } from './make-backup.ts'
import { runBackup } from './run-backup.ts'

const hourMs = 3_600_000

/** A keeper whose clock, timer and answers a test sets. */
function playedKeeper(context: TestContext, answers: readonly BackupResult['kind'][]) {
  const folder = dataFolder(context)
  makeOrders(openTestWriter(context, folder), 'a', 1)
  context.mock.timers.enable({ apis: ['setInterval'] })
  const made: BackupOptions['reason'][] = []
  let wallMs = noonWallMs
  const make = (options: BackupOptions) => {
    const answer = answers[made.length] ?? 'made'
    made.push(options.reason)
    const result: BackupResult =
      answer === 'made'
        ? makeBackup({ ...options, spareBytes: 0 })
        : answer === 'no-room'
          ? { kind: 'no-room', neededBytes: 2, freeBytes: 1 }
          : { kind: 'ledger-damaged', detail: 'event 5' }
    return { result: Promise.resolve(result), stop: async () => undefined }
  }
  const keeper = keepBackups({
    dataDirectory: folder,
    program: 'test',
    wallClock: () => wallMs,
    onChange: () => undefined,
    make,
    lookMs: 1_000,
  })
  const later = async (byMs: number): Promise<void> => {
    wallMs += byMs
    context.mock.timers.tick(1_000)
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  return { keeper, made, later, now: () => wallMs }
}

test('one backup at the start and one for each new day, and none in between', async (context) => {
  const { keeper, made, later } = playedKeeper(context, [])
  keeper.start()
  await later(0)
  await later(3 * hourMs)
  assert.deepEqual(made, ['start'])
  // Noon and twelve hours: the next day in Shanghai.
  await later(9 * hourMs)
  await later(hourMs)
  assert.deepEqual(made, ['start', 'day'])
  await keeper.close()
  await later(48 * hourMs)
  assert.deepEqual(made, ['start', 'day'])
})

test('a backup that failed is tried again after an hour, and trouble shows when none is young enough', async (context) => {
  const { keeper, made, later, now } = playedKeeper(context, ['made', 'no-room', 'no-room', 'made'])
  keeper.start()
  await later(0)
  await later(13 * hourMs)
  assert.equal(keeper.status().failure?.kind, 'no-room')
  await later(hourMs / 2)
  assert.deepEqual(made, ['start', 'day'])
  assert.equal(isBackupTrouble(keeper.status(), now()), false)
  await later(backupAgeLimitMs)
  assert.deepEqual(made, ['start', 'day', 'day'])
  assert.equal(isBackupTrouble(keeper.status(), now()), true)
  await later(hourMs)
  assert.deepEqual(keeper.status(), { madeWallMs: now(), isMaking: false, failure: null })
  assert.equal(isBackupTrouble(keeper.status(), now()), false)
})

test('a ledger that does not verify is trouble at once', async (context) => {
  const { keeper, later, now } = playedKeeper(context, ['made', 'ledger-damaged'])
  keeper.start()
  await later(0)
  await later(13 * hourMs)
  assert.equal(isBackupTrouble(keeper.status(), now()), true)
})

test('a real backup in its own thread leaves the writer free, and one that is given up leaves no backup', async (context) => {
  const folder = dataFolder(context)
  const writer = openTestWriter(context, folder)
  makeOrders(writer, 'a', 50)
  const options = { dataDirectory: folder, wallMs: noonWallMs, program: 'test', spareBytes: 0 } as const
  const running = runBackup({ ...options, reason: 'asked' })
  assert.equal(writer.create(newOrder()).status, 'paying')
  const result = await running.result
  assert.ok(result.kind === 'made', JSON.stringify(result))
  const given = runBackup({ ...options, reason: 'day' })
  await given.stop()
  const kind = (await given.result).kind
  assert.ok(kind === 'problem' || kind === 'made')
  assert.equal(listBackups(folder).length, kind === 'made' ? 2 : 1)
})
