import type { Crowd, Range } from './payer.ts'

/** The shares of a crowd that confirmed by each point of a grid, evenly `gridMs` apart, the first at 0. */
export type CrowdTimes = {
  readonly gridMs: number
  /** Share of all orders, those that never confirm included, that had confirmed by then. */
  readonly confirmed: readonly number[]
  /** Integral of `confirmed` from 0 to there, in milliseconds. */
  readonly confirmedArea: readonly number[]
}

/** How finely a range is averaged over. */
const pointsOfRange = 9

const pointsIn = ({ from, to }: Range): readonly number[] =>
  from === to
    ? [from]
    : Array.from({ length: pointsOfRange }, (_, index) => from + ((index + 0.5) / pointsOfRange) * (to - from))

/** Tabulates a crowd up to `untilMs`; the prompt is taken to appear when the pay request leaves. */
export function tabulateCrowd(crowd: Crowd, gridMs: number, untilMs: number): CrowdTimes {
  const shapes = pointsIn(crowd.medianMs).flatMap((medianMs) =>
    pointsIn(crowd.sigma).map((sigma) => ({ medianMs, sigma })),
  )
  const confirmedAt = (ageMs: number): number => {
    if (ageMs <= 0) return 0
    const sum = shapes.reduce(
      (total, { medianMs, sigma }) => total + normalShareBelow(Math.log(ageMs / medianMs) / sigma),
      0,
    )
    return ((1 - crowd.neverShare) * sum) / shapes.length
  }
  const confirmed = Array.from({ length: Math.round(untilMs / gridMs) + 1 }, (_, index) => confirmedAt(index * gridMs))
  let area = 0
  const confirmedArea = confirmed.map((share, index) => {
    area += index === 0 ? 0 : ((share + (confirmed[index - 1] ?? 0)) / 2) * gridMs
    return area
  })
  return { gridMs, confirmed, confirmedArea }
}

/** The normal distribution function, by Abramowitz and Stegun 7.1.26; off by less than 10⁻⁷. */
function normalShareBelow(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const half = (polynomial * Math.exp(-x * x)) / 2
  return deviations > 0 ? 1 - half : half
}
