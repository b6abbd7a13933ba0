import type {
  DayDifference,
  DifferenceView,
  ReconcileDayDetail,
  ReconcileDayState,
  ReconcileDayView,
  ReconcileTryView,
} from '../api/reconcile-views.ts'
import { type DayPlace, type DayRecord, differenceKeys, readDayRecord } from './day-record.ts'
import { newestRun, runHash, runsOfDay } from './kept-bills.ts'
import type { ReconcileRun } from './run.ts'

/** What the keeper knows of a day beside its runs. */
export type DayStanding = {
  readonly working: 'running' | 'waiting' | null
  readonly lastTry: ReconcileTryView | null
  readonly bill: 'download' | 'file' | 'none'
}

/** More than anybody looks through; the run's file has all. */
const mostShown = 500

/** One day of a channel for the grid. */
export async function dayView(place: DayPlace, standing: DayStanding): Promise<ReconcileDayView> {
  const { run, count } = await newestRun(place.dataDirectory, place.channel, place.date)
  return viewOf(place, standing, run, count, await readDayRecord(place))
}

/** Differences that need somebody and that nobody has marked or handed on. */
export function openDifferences(run: Pick<ReconcileRun, 'differences'>, { marks }: DayRecord): number {
  const keys = differenceKeys(run.differences)
  return run.differences.filter(({ isAlarm }, at) => isAlarm && !marks.has(keys[at] ?? '')).length
}

function viewOf(
  { channel, date }: DayPlace,
  { working, lastTry, bill }: DayStanding,
  run: ReconcileRun | null,
  runs: number,
  record: DayRecord,
): ReconcileDayView {
  const open = run === null ? 0 : openDifferences(run, record)
  const { signOff } = record
  return {
    channel,
    date,
    state: working ?? stateOf(run, open, lastTry, bill),
    runs,
    differences: run?.differences.length ?? 0,
    open,
    lastTry,
    isSignedOff: signOff !== null,
    supplements: signOff === null || run === null ? 0 : Math.max(0, run.run - signOff.run),
  }
}

function stateOf(
  run: ReconcileRun | null,
  open: number,
  lastTry: ReconcileTryView | null,
  bill: DayStanding['bill'],
): ReconcileDayState {
  if (run === null) {
    if (lastTry !== null && lastTry.reason !== 'not-ready') return 'not-had'
    return bill === 'download' ? 'no-bill-yet' : 'file-awaited'
  }
  if (run.light !== 'look') return run.light
  return open > 0 ? 'look' : 'looked-at'
}

/** One day of a channel with all that a person needs to judge it: what differs, what is new, what is gone, who signed. */
export async function dayDetail(place: DayPlace, standing: DayStanding): Promise<ReconcileDayDetail> {
  const runs = await runsOfDay(place.dataDirectory, place.channel, place.date)
  const record = await readDayRecord(place)
  const run = runs.at(-1) ?? null
  const former = runs.at(-2) ?? null
  const keys = differenceKeys(run?.differences ?? [])
  const formerKeys = differenceKeys(former?.differences ?? [])
  const known = new Set(formerKeys)
  const now = new Set(keys)
  const all = (run?.differences ?? []).map((difference, at): DayDifference => {
    const key = keys[at] ?? ''
    const isNew = former !== null && !known.has(key)
    return { ...difference, key, mark: record.marks.get(key) ?? null, isNew }
  })
  const gone: readonly DifferenceView[] = (former?.differences ?? []).filter((_, at) => !now.has(formerKeys[at] ?? ''))
  const ordered = all.toSorted((left, right) => urgency(left) - urgency(right))
  const { signOff } = record
  const signed = signOff && runs.find((one) => one.run === signOff.run)
  return {
    day: viewOf(place, standing, run, runs.length, record),
    run: run && headOf(run),
    differences: ordered.slice(0, mostShown),
    leftOut: Math.max(0, ordered.length - mostShown),
    gone: gone.slice(0, mostShown),
    formerRuns: runs.slice(0, -1).map(({ run: number, startedWallMs, light, matched }) => {
      return { run: number, startedWallMs, light, matched }
    }),
    signOff: signOff && {
      run: signOff.run,
      atWallMs: signOff.atWallMs,
      by: signOff.proof.name,
      note: signOff.note,
      light: signOff.light,
      differences: signOff.differences,
      open: signOff.open,
      billNetFen: signOff.billNetFen,
      bookNetFen: signOff.bookNetFen,
      isIntact:
        signed !== null && signed !== undefined && (await runHash(place.dataDirectory, signed)) === signOff.runSha256,
    },
  }
}

const urgency = ({ isAlarm, mark }: DayDifference): number => (isAlarm ? (mark === null ? 0 : 1) : 2)

function headOf({
  differences: _differences,
  seenNearMidnight: _seen,
  formatVersion: _version,
  ...head
}: ReconcileRun) {
  return head
}
