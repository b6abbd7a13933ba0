import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { dataFolder } from '../fixtures/data-folder.ts'
import { makeOrders } from '../fixtures/spoilt-ledger.ts'
import { newOrder, noonWallMs } from '../fixtures/test-orders.ts'
import { openTestWriter } from '../fixtures/test-writer.ts'
import { listBackups } from './backup-files.ts'
import { backupAgeLimitMs, isBackupTrouble, keepBackups } from './backup-keeper.ts'
import { type BackupOptions, type BackupResult, makeBackup } from './make-backup.ts'
import { usualRetention } from './retention.ts'
import { type BackupProgress, runBackup } from './run-backup.ts'

const hourMs = 3_600_000

/** A keeper whose clock, timer and answers a test sets. */
function playedKeeper(context: TestContext, answers: readonly BackupResult['kind'][]) {
  const folder = dataFolder(context)
  makeOrders(openTestWriter(context, folder), 'a', 1)
  context.mock.timers.enable({ apis: ['setInterval'] })
  const made: BackupOptions['reason'][] = []
  let wallMs = noonWallMs
  const onItsWay = { is: false }
  const make = (options: BackupOptions) => {
    const answer = answers[made.length] ?? 'made'
    made.push(options.reason)
    const result: BackupResult =
      answer === 'made'
        ? makeBackup({ ...options, spareBytes: 0 })
        : answer === 'no-room'
          ? { kind: 'no-room', neededBytes: 2, freeBytes: 1 }
          : { kind: 'ledger-damaged', detail: 'event 5' }
    return {
      result: Promise.resolve(result),
      progress: () => ({ phase: 'copying', percent: 40 }) as const,
      stop: async () => undefined,
    }
  }
  const keeper = keepBackups({
    dataDirectory: folder,
    program: 'test',
    wallClock: () => wallMs,
    retention: usualRetention,
    isPaymentOnItsWay: () => onItsWay.is,
    onChange: () => undefined,
    make,
    lookMs: 1_000,
  })
  const later = async (byMs: number): Promise<void> => {
    wallMs += byMs
    context.mock.timers.tick(2_000)
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  return { keeper, made, later, onItsWay, now: () => wallMs }
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
  assert.deepEqual(keeper.status(), {
    madeWallMs: now(),
    isMaking: false,
    isWaiting: false,
    progress: null,
    failure: null,
  })
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

test('no backup begins while a payment is on its way; the one that is due begins when it has ended', async (context) => {
  const { keeper, made, later, onItsWay } = playedKeeper(context, [])
  onItsWay.is = true
  keeper.start()
  await later(hourMs)
  assert.deepEqual([made, keeper.status().isWaiting], [[], true])
  onItsWay.is = false
  await later(1)
  assert.deepEqual([made, keeper.status().isWaiting], [['start'], false])
  onItsWay.is = true
  await later(24 * hourMs)
  await later(1)
  assert.deepEqual(made, ['start'])
  onItsWay.is = false
  await later(1)
  assert.deepEqual(made, ['start', 'day'])
  await keeper.close()
})

test('a backup that takes long tells how far it is, and nothing once it is made', async (context) => {
  const folder = dataFolder(context)
  context.mock.timers.enable({ apis: ['setInterval'] })
  let told = 0
  let end: (result: BackupResult) => void = () => undefined
  let progress: BackupProgress = { phase: 'copying', percent: 12 }
  const keeper = keepBackups({
    dataDirectory: folder,
    program: 'test',
    wallClock: () => noonWallMs,
    retention: usualRetention,
    isPaymentOnItsWay: () => false,
    onChange: () => (told += 1),
    make: () => ({
      result: new Promise((resolve) => (end = resolve)),
      progress: () => progress,
      stop: async () => undefined,
    }),
  })
  keeper.start()
  assert.deepEqual([keeper.status().isMaking, keeper.status().progress, told], [true, null, 1])
  context.mock.timers.tick(2_000)
  assert.deepEqual([keeper.status().progress, told], [{ phase: 'copying', percent: 12 }, 2])
  progress = { phase: 'checking', percent: 100 }
  context.mock.timers.tick(2_000)
  assert.equal(keeper.status().progress?.phase, 'checking')
  end({ kind: 'nothing-to-back-up' })
  await new Promise(setImmediate)
  assert.deepEqual([keeper.status().isMaking, keeper.status().progress], [false, null])
  await keeper.close()
})
