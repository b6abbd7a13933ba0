import type { CrowdTimes } from './crowd-times.ts'

/** What a schedule must keep to, in milliseconds of the order's age; all multiples of `stepMs`. */
export type ScheduleRules = {
  readonly firstQueryMs: number
  readonly gapMs: number
  /** The last query stands there by itself. */
  readonly windowMs: number
  /** Ages are multiples of this. */
  readonly stepMs: number
}

/** What a schedule costs on average over a crowd, without round trips. */
export type ScheduleCost = {
  /** Over the orders that are paid within the window. */
  readonly waitMs: number
  /** Over all orders, with the one that confirms the revoke of an unpaid order. */
  readonly queries: number
}

/**
 * The ages, the window's end included, that make mean wait + `queryPriceMs` × mean queries smallest: no schedule that
 * is fixed beforehand has both fewer queries and less wait. Dynamic programming from the window backwards.
 */
export function bestSchedule(times: CrowdTimes, rules: ScheduleRules, queryPriceMs: number): readonly number[] {
  const { firstQueryMs, gapMs, windowMs, stepMs } = rules
  const slots = Math.round(windowMs / stepMs)
  const rest = new Float64Array(slots + 1)
  const following = new Int32Array(slots + 1)
  for (let from = slots - 1; from >= 0; from -= 1) {
    const earliest = Math.ceil((from === 0 ? firstQueryMs : from * stepMs + gapMs) / stepMs)
    const latestBeforeEnd = slots - Math.ceil(gapMs / stepMs)
    let best = costOfGap(times, from * stepMs, windowMs, queryPriceMs)
    let bestSlot = slots
    for (let to = earliest; to <= latestBeforeEnd; to += 1) {
      const cost = costOfGap(times, from * stepMs, to * stepMs, queryPriceMs) + (rest[to] ?? 0)
      if (cost < best) {
        best = cost
        bestSlot = to
      }
    }
    rest[from] = best
    following[from] = bestSlot
  }
  const ages: number[] = []
  for (let slot = 0; slot < slots; ) {
    slot = following[slot] ?? slots
    ages.push(slot * stepMs)
  }
  return ages
}

/** What a schedule, its last age being the window, costs over a crowd. */
export function costOf(times: CrowdTimes, agesMs: readonly number[]): ScheduleCost {
  let waitMs = 0
  let queries = 0
  let former = 0
  for (const ageMs of agesMs) {
    waitMs += costOfGap(times, former, ageMs, 0)
    queries += 1 - confirmedBy(times, former)
    former = ageMs
  }
  const paidShare = confirmedBy(times, former)
  return { waitMs: waitMs / paidShare, queries: queries + 1 - paidShare }
}

/** Those who confirm between two queries wait for the second; all that had not confirmed by the first cause it. */
function costOfGap(times: CrowdTimes, fromMs: number, toMs: number, queryPriceMs: number): number {
  const before = confirmedBy(times, fromMs)
  const area = areaBy(times, toMs) - areaBy(times, fromMs)
  return area - before * (toMs - fromMs) + queryPriceMs * (1 - before)
}

const confirmedBy = (times: CrowdTimes, ageMs: number): number => times.confirmed[Math.round(ageMs / times.gridMs)] ?? 0
const areaBy = (times: CrowdTimes, ageMs: number): number => times.confirmedArea[Math.round(ageMs / times.gridMs)] ?? 0
