import { rm } from 'node:fs/promises'
import type { NotHadReason, ReconcileJobView, ReconcileNotice } from '../api/reconcile-views.ts'
import type { Channel } from '../channels/channel.ts'
import { shanghaiDate } from '../till/time.ts'
import { billDay, neighbourDate } from './bill-day.ts'
import { type DayStanding, dayView } from './day-view.ts'
import { keptBillOf, newestRun } from './kept-bills.ts'
import type { ReconcileOutcome, ReconcileWanted, ReconcileWatch } from './reconcile.ts'
import type { ReconcileRun } from './run.ts'
import { openTries, type Tries } from './tries.ts'

/** A file that somebody brought for a day; it lies in a folder of the till and goes once it has been read. */
export type BroughtFile = { readonly path: string; readonly name: string }

/** What came of asking for a day: it waits for its turn, or why it does not. */
export type DayAsked = 'waiting' | 'no-such-channel' | 'no-such-date' | 'no-bill' | 'file-only'

/**
 * Reconciles beside an open till, one day of one channel at a time: each morning from the hour that the channel names, with
 * tries over days, and whenever a person asks. A payment is never delayed by it: bills are read a piece at a time.
 */
export type ReconcileKeeper = {
  /** From now on the days that are due are reconciled by themselves. */
  start(): Promise<void>
  job(): ReconcileJobView
  notice(): ReconcileNotice
  standing(channel: string, date: string): DayStanding
  /** Looks anew whether yesterday agrees: somebody has marked a difference. */
  lookAtNotice(): Promise<void>
  /** Asks the channel for a day, or reads a brought file as its bill. */
  ask(channel: string, date: string, brought?: BroughtFile): DayAsked
  /** Matches a day again with the bill that is kept: the ledger, or a neighbouring day, knows more now. */
  matchAgain(channel: string, date: string): Promise<void>
  /** Stops what runs and drops what waits; days stopped so come back when a person asks. False where nothing ran. */
  stop(): boolean
  close(): Promise<void>
}

export type ReconcileKeeperOptions = {
  readonly dataDirectory: string
  readonly channels: readonly Channel[]
  readonly wallClock: () => number
  readonly reconcile: (wanted: ReconcileWanted, watch: ReconcileWatch) => Promise<ReconcileOutcome>
  /** Whether the till had taken a payment by then: before its first one no day is due. */
  readonly wasInUse: (byWallMs: number) => Promise<boolean>
  readonly onChange: () => void
  readonly onBug: (error: unknown) => void
  /** How often it is looked which days are due. */
  readonly lookMs?: number
}

type Item = ReconcileWanted & { readonly brought: BroughtFile | null }

const hourMs = 3_600_000
/** How far back days are due; older ones are a person's (WeChat keeps bills for three months, wechat.md §7.1). */
const daysBack = 7
const usualLookMs = 10 * 60_000
/** wechat.md §7.1: a bill that is being made is asked for every half hour. */
const retryMs = 30 * 60_000
const longestRetryMs = 6 * hourMs
/** A long bill tells its progress this often. */
const toldBytes = 16 * 1_048_576

/** Makes the keeper; it does nothing until it is told to. */
export async function keepReconciled(options: ReconcileKeeperOptions): Promise<ReconcileKeeper> {
  const { dataDirectory, wallClock, onChange, lookMs = usualLookMs } = options
  const tries: Tries = await openTries(dataDirectory)
  const channels = new Map(options.channels.map((channel) => [String(channel.id), channel]))
  const queue: Item[] = []
  let running: {
    readonly item: Item
    phase: 'asking' | 'reading'
    bytes: number
    readonly stop: AbortController
  } | null
  running = null
  let working: Promise<void> | null = null
  let looking: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  let notice: ReconcileNotice = null

  const isAt = (item: Item, channel: string, date: string): boolean => item.channel.id === channel && item.date === date

  const standing = (channel: string, date: string): DayStanding => {
    const bill = channels.get(channel)?.bill
    const isRunning = running !== null && isAt(running.item, channel, date)
    const isWaiting = queue.some((item) => isAt(item, channel, date))
    return {
      working: isRunning ? 'running' : isWaiting ? 'waiting' : null,
      lastTry: tries.of(channel, date),
      bill: bill === undefined ? 'none' : bill.download === undefined ? 'file' : 'download',
    }
  }

  const lookAtYesterday = async (): Promise<void> => {
    const date = neighbourDate(shanghaiDate(wallClock()), -1)
    const differing: string[] = []
    for (const channel of channels.keys()) {
      const view = await dayView({ dataDirectory, channel, date }, { ...standing(channel, date), working: null })
      if (view.state === 'look') differing.push(channel)
    }
    notice = differing.length === 0 ? null : { date, channels: differing }
  }

  const put = (item: Item): void => {
    // The same wish twice is one; a file that somebody brought is a wish of its own.
    const isThere =
      item.brought === null && queue.some((one) => one.brought === null && isAt(one, item.channel.id, item.date))
    if (!isThere) queue.push(item)
    working ??= work()
    onChange()
  }

  /** What such a run may mean for the days beside it: an order near midnight is looked for there (decision 0023). */
  const askNeighbours = async ({ channel, date }: ReconcileRun): Promise<void> => {
    for (const days of [-1, 1]) {
      const beside = neighbourDate(date, days)
      const { run } = await newestRun(dataDirectory, channel, beside)
      const hopes = run?.differences.some(({ cause }) => cause === 'other-day-line' || cause === 'refund-in-flight')
      if (hopes === true) await matchAgain(channel, beside)
    }
  }

  const matchAgain = async (id: string, date: string): Promise<void> => {
    const channel = channels.get(id)
    const { run } = await newestRun(dataDirectory, id, date)
    if (channel === undefined || run === null || isClosed) return
    const file = await keptBillOf(dataDirectory, run)
    // Where nothing had moved there is no file; the channel is asked once more.
    if (file === null && channel.bill?.download === undefined) return
    put({ channel, date, file, ...(run.file === null ? {} : { name: run.file.name }), brought: null })
  }

  const doOne = async (item: Item): Promise<void> => {
    const stop = new AbortController()
    const own = { item, phase: 'asking' as const, bytes: 0, stop }
    running = own
    onChange()
    const onProgress: ReconcileWatch['onProgress'] = (phase, bytes) => {
      if (running === null) return
      const isNews = running.phase !== phase || bytes - running.bytes >= toldBytes
      if (!isNews) return
      running.phase = phase
      running.bytes = bytes
      onChange()
    }
    let outcome: ReconcileOutcome | null = null
    try {
      outcome = await options.reconcile(item, { onProgress, signal: stop.signal })
    } catch (error) {
      options.onBug(error)
    }
    if (item.brought !== null) await rm(item.brought.path, { force: true })
    // What the program's own end cut off is due again when it starts.
    if (!isClosed) await hear(item, outcome)
    running = null
    onChange()
  }

  const hear = async (item: Item, outcome: ReconcileOutcome | null): Promise<void> => {
    const { id } = item.channel
    if (outcome?.kind === 'reconciled') {
      await tries.forget(id, item.date)
      if (outcome.isNew) await askNeighbours(outcome.run)
    } else {
      const { reason, detail } = reasonOf(outcome)
      await tries.note(id, item.date, { atWallMs: wallClock(), reason, detail })
    }
    await lookAtYesterday()
  }

  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !isClosed; item = queue.shift()) await doOne(item)
    working = null
  }

  const isDue = async (channel: Channel, date: string): Promise<boolean> => {
    const { bill } = channel
    const day = bill && billDay(date, bill.format)
    const nextMidnight = billDay(neighbourDate(date, 1), { dayBeginsAtHour: 0 })?.beginsWallMs
    if (!bill?.download || !day || nextMidnight === undefined) return false
    const now = wallClock()
    if (now < nextMidnight + bill.readyAtHour * hourMs) return false
    const last = tries.of(channel.id, date)
    if (last?.reason === 'stopped') return false
    const gapMs =
      last === null
        ? 0
        : last.reason === 'not-ready'
          ? retryMs
          : Math.min(longestRetryMs, retryMs * 2 ** (last.tries - 1))
    // A clock that was put back must not stop the tries until it has caught up.
    if (last !== null && Math.abs(now - last.atWallMs) < gapMs) return false
    if ((await newestRun(dataDirectory, channel.id, date)).run !== null) return false
    return options.wasInUse(day.endsWallMs)
  }

  const look = async (): Promise<void> => {
    const today = shanghaiDate(wallClock())
    // Yesterday of every channel before anything older.
    for (let back = 1; back <= daysBack && !isClosed; back++) {
      for (const channel of channels.values()) {
        const date = neighbourDate(today, -back)
        const { working: isUnderWay } = standing(channel.id, date)
        if (isUnderWay === null && (await isDue(channel, date))) {
          put({ channel, date, file: null, brought: null })
        }
      }
    }
    const before = JSON.stringify(notice)
    await lookAtYesterday()
    if (JSON.stringify(notice) !== before) onChange()
  }

  const lookOnce = (): Promise<void> => {
    looking ??= look()
      .catch(options.onBug)
      .finally(() => {
        looking = null
      })
    return looking
  }

  return {
    async start() {
      if (timer !== null || isClosed) return
      timer = setInterval(() => void lookOnce(), lookMs)
      timer.unref()
      await lookOnce()
    },
    job: () => ({
      running: running && {
        channel: running.item.channel.id,
        date: running.item.date,
        phase: running.phase,
        bytes: running.bytes,
      },
      waiting: queue.length,
    }),
    notice: () => notice,
    standing,
    async lookAtNotice() {
      await lookAtYesterday()
      onChange()
    },
    ask(id, date, brought) {
      const channel = channels.get(id)
      if (channel === undefined) return 'no-such-channel'
      if (channel.bill === undefined) return 'no-bill'
      if (billDay(date, channel.bill.format) === null) return 'no-such-date'
      if (brought === undefined && channel.bill.download === undefined) return 'file-only'
      const file = brought?.path ?? null
      put({ channel, date, file, ...(brought === undefined ? {} : { name: brought.name }), brought: brought ?? null })
      return 'waiting'
    },
    matchAgain,
    stop() {
      const dropped = queue.splice(0)
      for (const { brought } of dropped) if (brought !== null) void rm(brought.path, { force: true })
      running?.stop.abort()
      if (dropped.length > 0) onChange()
      return running !== null || dropped.length > 0
    },
    async close() {
      isClosed = true
      if (timer !== null) clearInterval(timer)
      running?.stop.abort()
      await looking
      await working
    },
  }
}

function reasonOf(outcome: Exclude<ReconcileOutcome, { readonly kind: 'reconciled' }> | null): {
  readonly reason: NotHadReason
  readonly detail: string
} {
  if (outcome === null) return { reason: 'not-kept', detail: 'program' }
  switch (outcome.kind) {
    case 'refused':
      return { reason: outcome.kind, detail: outcome.message }
    case 'not-heard':
      return { reason: outcome.kind, detail: outcome.reason }
    case 'bad-file':
      return { reason: outcome.kind, detail: outcome.problem }
    case 'ledger-trouble':
      return { reason: outcome.kind, detail: outcome.problem.kind }
    case 'not-kept':
      return { reason: outcome.kind, detail: outcome.detail }
    case 'not-ready':
      return { reason: outcome.kind, detail: `${outcome.readyAtHour}:00` }
    default:
      return { reason: outcome.kind, detail: '' }
  }
}

/** The days of the grid, newest first. */
export function datesFrom(newest: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, back) => neighbourDate(newest, -back))
}

/** How many days the grid shows at once. */
export const daysShown = 14
