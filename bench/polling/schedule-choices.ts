import { bestSchedule, costOf, type ScheduleCost, type ScheduleRules } from './best-schedule.ts'
import { type CrowdTimes, tabulateCrowd } from './crowd-times.ts'
import type { BenchedChannel } from './official-policies.ts'
import { crowdWithMedian, everyone } from './payer.ts'

/** A schedule on the best line between wait and queries; its last age is the window's end. */
export type ScheduleChoice = { readonly channel: BenchedChannel; readonly agesMs: readonly number[] }

type Search = {
  readonly channel: BenchedChannel
  readonly rules: ScheduleRules
  /** When the official loop queries, round trips left out. */
  readonly officialAgesMs: readonly number[]
}

const gridMs = 50
const longestWindowMs = 60_000

const searches: readonly Search[] = [
  {
    channel: 'wechat',
    rules: { firstQueryMs: 5_000, gapMs: 3_000, windowMs: 45_000, stepMs: 500 },
    officialAgesMs: [5_000, 10_000, 15_000, 20_000, 25_000, 30_000],
  },
  {
    channel: 'alipay',
    rules: { firstQueryMs: 3_000, gapMs: 3_000, windowMs: 60_000, stepMs: 500 },
    officialAgesMs: [5_000, 10_000, 15_000, 20_000, 25_000],
  },
]

/** What one query more must save of the mean wait to be worth making, from dear to cheap. */
const queryPricesMs: readonly number[] = [2_000, 1_600, 1_400, 1_200, 1_100, 1_000, 900, 800, 700, 600, 500, 400]

const medians = [4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000]

/** An official loop makes no query after its revoke. */
const officialCost = (times: CrowdTimes, agesMs: readonly number[]): ScheduleCost => {
  const cost = costOf(times, agesMs)
  const paidShare = times.confirmed[Math.round((agesMs.at(-1) ?? 0) / times.gridMs)] ?? 0
  return { ...cost, queries: cost.queries - (1 - paidShare) }
}

/** The best fixed schedules of both channels over the whole crowd, by rising number of queries. */
export function scheduleChoices(): readonly ScheduleChoice[] {
  const all = tabulateCrowd(everyone, gridMs, longestWindowMs)
  return searches.flatMap(({ channel, rules }) => {
    const found = queryPricesMs.map((priceMs) => bestSchedule(all, rules, priceMs))
    const distinct = [...new Map(found.map((agesMs) => [agesMs.join(), agesMs])).values()]
    return distinct.map((agesMs) => ({ channel, agesMs }))
  })
}

/**
 * How far any till could get that knew the median and σ of its payers beforehand: the wait ratio where the queries
 * equal the official loop's, each crowd with the schedule that suits it.
 */
export function ratioWithForesight(): readonly { readonly channel: BenchedChannel; readonly waitRatio: number }[] {
  const sigmas = [0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
  const crowds = medians.flatMap((medianMs) =>
    sigmas.map((sigma) => {
      const crowd = { ...crowdWithMedian(medianMs), sigma: { from: sigma, to: sigma } }
      return tabulateCrowd(crowd, gridMs, longestWindowMs)
    }),
  )
  return searches.map(({ channel, rules, officialAgesMs }) => {
    const official = totalOf(crowds.map((times) => officialCost(times, officialAgesMs)))
    // Cheaper queries mean more of them: the dearest price at which they are no fewer than the official ones.
    const pricesMs = Array.from({ length: 120 }, (_, index) => 3_000 - index * 20)
    const totals = pricesMs.map((priceMs) =>
      totalOf(crowds.map((times) => costOf(times, bestSchedule(times, rules, priceMs)))),
    )
    const reached = totals.find((total) => total.queries >= official.queries) ?? totals.at(-1) ?? official
    return { channel, waitRatio: reached.waitMs / official.waitMs }
  })
}

const totalOf = (costs: readonly ScheduleCost[]): ScheduleCost =>
  costs.reduce((sum, cost) => ({ waitMs: sum.waitMs + cost.waitMs, queries: sum.queries + cost.queries }))
