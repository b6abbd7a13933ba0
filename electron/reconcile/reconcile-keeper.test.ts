import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { ReconcileTryView } from '../api/reconcile-views.ts'
import type { Channel } from '../channels/channel.ts'
import { wechatBillFormat } from '../channels/wechat-bill.ts'
import { writeRun } from './kept-bills.ts'
import type { ReconcileOutcome, ReconcileWanted, ReconcileWatch } from './reconcile.ts'
import { keepReconciled } from './reconcile-keeper.ts'
import type { ReconcileRun } from './run.ts'

const hourMs = 3_600_000
/** Midnight of 2026-11-30 in Shanghai. */
const midnightMs = Date.UTC(2026, 10, 29, 16)

const channelOf = (id: string, hasDownload: boolean): Channel =>
  ({
    id,
    bill: {
      format: wechatBillFormat,
      merchantId: null,
      readyAtHour: 10,
      ...(hasDownload ? { download: { encode: () => undefined, decode: () => undefined } } : {}),
    },
  }) as unknown as Channel // the keeper asks a channel for nothing else

const runOf = (change: Partial<ReconcileRun>): ReconcileRun => ({
  formatVersion: 2,
  run: 1,
  channel: 'wechat',
  date: '20261129',
  startedWallMs: midnightMs,
  light: 'agrees',
  file: null,
  lines: 0,
  matched: 0,
  billNetFen: 0,
  bookNetFen: 0,
  differences: [],
  otherTills: [],
  seenNearMidnight: [],
  ...change,
})

type World = {
  wallMs: number
  answer: (wanted: ReconcileWanted, watch: ReconcileWatch) => Promise<ReconcileOutcome>
}

/** A keeper over a till that has been in use for three days; what it asked for stands in `asked`. */
async function open(context: TestContext, world: World) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'keeper-'))
  context.after(() => rmSync(dataDirectory, { recursive: true, force: true }))
  const asked: string[] = []
  const channels = [channelOf('wechat', true), channelOf('paper', false)]
  const start = async () => {
    const waiters = new Set<() => void>()
    const keeper = await keepReconciled({
      dataDirectory,
      channels,
      wallClock: () => world.wallMs,
      reconcile: async (wanted, watch) => {
        asked.push(`${wanted.channel.id} ${wanted.date}`)
        return world.answer(wanted, watch)
      },
      wasInUse: async (byWallMs) => byWallMs > midnightMs - 48 * hourMs,
      onChange: () => {
        for (const waiter of waiters) waiter()
      },
      onBug: (error) => assert.fail(String(error)),
      lookMs: 2 ** 30,
    })
    const until = (condition: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!condition()) return
          waiters.delete(check)
          resolve()
        }
        waiters.add(check)
        check()
      })
    const idle = (): Promise<void> => until(() => keeper.job().running === null && keeper.job().waiting === 0)
    return { keeper, until, idle }
  }
  return { dataDirectory, asked, start }
}

const notReady: World['answer'] = async () => ({ kind: 'not-ready', readyAtHour: 10 })

test('nothing is asked for before the channel’s hour; from then on yesterday first, and only days of the till', async (context) => {
  const world: World = { wallMs: midnightMs + 9.9 * hourMs, answer: notReady }
  const { asked, start } = await open(context, world)
  const early = await start()
  await early.keeper.start()
  // Before 10:00 of the 30th the bill of the 29th is not made; that of the 28th is a day old.
  assert.deepEqual(asked, ['wechat 20261128'])
  await early.idle()
  await early.keeper.close()
  world.wallMs = midnightMs + 10 * hourMs
  const late = await start()
  await late.keeper.start()
  await late.idle()
  assert.deepEqual(asked, ['wechat 20261128', 'wechat 20261129'])
  await late.keeper.close()
})

test('tries go on over restarts and days, with growing gaps, until a run is there', async (context) => {
  const world: World = {
    wallMs: midnightMs + 10 * hourMs,
    answer: async () => ({ kind: 'not-heard', reason: 'timeout' }),
  }
  const { asked, start, dataDirectory } = await open(context, world)
  const tryAt = async (hours: number): Promise<ReconcileTryView | null> => {
    world.wallMs = midnightMs + hours * hourMs
    const { keeper, idle } = await start()
    await keeper.start()
    await idle()
    await keeper.close()
    return keeper.standing('wechat', '20261129').lastTry
  }
  const ofYesterday = (): number => asked.filter((one) => one.endsWith('29')).length
  assert.equal((await tryAt(10))?.tries, 1)
  assert.equal((await tryAt(10.4))?.tries, 1, 'half an hour is not over')
  assert.equal((await tryAt(10.6))?.tries, 2)
  assert.equal((await tryAt(11.2))?.tries, 2, 'the second gap is an hour')
  assert.equal((await tryAt(12))?.tries, 3)
  assert.deepEqual((await tryAt(36))?.tries, 4)
  world.answer = async (wanted) => {
    const run = runOf({ date: wanted.date })
    await writeRun(dataDirectory, run)
    return { kind: 'reconciled', run, isNew: true }
  }
  assert.equal(await tryAt(60), null)
  const before = ofYesterday()
  await tryAt(61)
  assert.equal(ofYesterday(), before, 'a day that has a run is not due')
})

test('one day at a time, with its progress; a stopped day comes back only when a person asks', async (context) => {
  const world: World = {
    wallMs: midnightMs + 9 * hourMs,
    answer: (_wanted, { onProgress, signal }) => {
      onProgress('reading', 20_000_000)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })))
    },
  }
  const { asked, start } = await open(context, world)
  const { keeper, until, idle } = await start()
  assert.equal(keeper.stop(), false)
  assert.deepEqual(
    [keeper.ask('nobody', '20261129'), keeper.ask('wechat', '20261399'), keeper.ask('paper', '20261129')],
    ['no-such-channel', 'no-such-date', 'file-only'],
  )
  assert.equal(keeper.ask('wechat', '20261128'), 'waiting')
  assert.equal(keeper.ask('wechat', '20261127'), 'waiting')
  assert.equal(keeper.ask('wechat', '20261127'), 'waiting', 'the same wish twice is one')
  await until(() => keeper.job().running?.phase === 'reading')
  assert.deepEqual(keeper.job(), {
    running: { channel: 'wechat', date: '20261128', phase: 'reading', bytes: 20_000_000 },
    waiting: 1,
  })
  assert.equal(keeper.standing('wechat', '20261127').working, 'waiting')
  assert.equal(keeper.stop(), true)
  await idle()
  assert.equal(keeper.standing('wechat', '20261128').lastTry?.reason, 'stopped')
  await keeper.start()
  await idle()
  assert.deepEqual(asked, ['wechat 20261128'])
  keeper.ask('wechat', '20261128')
  await until(() => keeper.job().running !== null)
  await keeper.close()
  assert.equal(asked.length, 2)
})

test('yesterday is told until nobody has to look any more, and a run asks the days beside it once more', async (context) => {
  const world: World = { wallMs: midnightMs + 11 * hourMs, answer: notReady }
  const { asked, start, dataDirectory } = await open(context, world)
  const difference = {
    cause: 'unknown-order',
    subject: 'charge',
    orderNumber: 'WEBSHOP-17',
    refundNumber: null,
    differenceFen: 100,
    lines: 1,
    lineNumber: 2,
    detail: null,
    ours: null,
    theirs: null,
    acts: [],
    isAlarm: true,
  } as const
  await writeRun(dataDirectory, runOf({ light: 'look', differences: [difference] }))
  await writeRun(
    dataDirectory,
    runOf({ date: '20261127', differences: [{ ...difference, cause: 'other-day-line', isAlarm: false }] }),
  )
  world.answer = async (wanted) => {
    const run = runOf({ date: wanted.date })
    if (wanted.date === '20261128') await writeRun(dataDirectory, run)
    return { kind: 'reconciled', run, isNew: wanted.date === '20261128' }
  }
  const { keeper, idle } = await start()
  await keeper.start()
  await idle()
  assert.deepEqual(asked, ['wechat 20261128', 'wechat 20261127'])
  assert.deepEqual(keeper.notice(), { date: '20261129', channels: ['wechat'] })
  await writeRun(dataDirectory, runOf({ run: 2 }))
  await keeper.lookAtNotice()
  assert.equal(keeper.notice(), null)
  await keeper.close()
})
