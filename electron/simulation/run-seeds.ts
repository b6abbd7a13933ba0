import type { Breach } from './breach.ts'
import { type FaultCounts, type FaultKind, faultKinds, noFaults } from './faults.ts'
import type { StoreChannels } from './store-channels.ts'
import { type SimulationOptions, type SimulationResult, simulate } from './store-day.ts'
import { joinedTellings, type Tellings } from './wire-faults.ts'

/** What many seeds came to. */
export type Summary = {
  readonly seeds: number
  readonly orders: number
  readonly events: number
  readonly endings: Readonly<Record<string, number>>
  readonly faults: FaultCounts
  /** How often each channel's own faults were told. */
  readonly tellings: Tellings
  /** The seeds that met a known finding, by its name. */
  readonly known: Readonly<Record<string, readonly number[]>>
  /** The first run that broke an invariant in a way that is not known, with what it broke. */
  readonly failures: readonly {
    readonly seed: number
    readonly channels: StoreChannels
    readonly breaches: readonly Breach[]
  }[]
  readonly ordersByChannel: Readonly<Record<string, number>>
}

export const emptySummary: Summary = {
  seeds: 0,
  orders: 0,
  events: 0,
  endings: {},
  faults: noFaults(),
  tellings: {},
  known: {},
  failures: [],
  ordersByChannel: {},
}

const added = (
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const sum: Record<string, number> = { ...left }
  for (const [name, count] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

const withSeeds = (left: Summary['known'], right: Summary['known']): Summary['known'] => {
  const both: Record<string, readonly number[]> = { ...left }
  for (const [name, seeds] of Object.entries(right)) both[name] = [...(both[name] ?? []), ...seeds]
  return both
}

/** Two summaries as one. */
export function joined(left: Summary, right: Summary): Summary {
  const faults = noFaults()
  for (const kind of faultKinds) faults[kind] = left.faults[kind] + right.faults[kind]
  return {
    seeds: left.seeds + right.seeds,
    orders: left.orders + right.orders,
    events: left.events + right.events,
    endings: added(left.endings, right.endings),
    faults,
    tellings: joinedTellings(left.tellings, right.tellings),
    known: withSeeds(left.known, right.known),
    failures: [...left.failures, ...right.failures],
    ordersByChannel: added(left.ordersByChannel, right.ordersByChannel),
  }
}

/** One run's result as a summary; `isStrict` counts known findings as failures too. */
export function summaryOf(result: SimulationResult, isStrict: boolean): Summary {
  const names = [...new Set(result.breaches.flatMap(({ finding }) => (finding === null ? [] : [finding])))]
  const failing = isStrict ? result.breaches : result.breaches.filter(({ finding }) => finding === null)
  const { seed, channels, orders, ordersByChannel, events, endings, faults, tellings } = result
  return {
    seeds: 1,
    orders,
    events,
    endings,
    faults,
    tellings,
    known: Object.fromEntries(names.map((name) => [name, [seed]])),
    failures: failing.length === 0 ? [] : [{ seed, channels, breaches: failing }],
    ordersByChannel,
  }
}

/** Kinds of fault that never struck; in a normal run there must be none. Only real files have pages that can be torn. */
export function kindsThatNeverStruck(
  faults: FaultCounts,
  off: ReadonlySet<FaultKind>,
  hasFiles: boolean,
): readonly FaultKind[] {
  return faultKinds.filter((kind) => faults[kind] === 0 && !off.has(kind) && (hasFiles || kind !== 'torn-page'))
}

/** Runs seeds one after the other; stops early when asked. */
export async function runSeeds(
  options: Omit<SimulationOptions, 'seed'>,
  seeds: Iterable<number>,
  isStrict: boolean,
  onSeed: (summary: Summary) => boolean,
): Promise<Summary> {
  let summary = emptySummary
  for (const seed of seeds) {
    const one = summaryOf(await simulate({ ...options, seed }), isStrict)
    summary = joined(summary, one)
    if (!onSeed(one)) break
  }
  return summary
}
