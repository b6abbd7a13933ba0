import { logNormal, seededRandom } from './seeded-random.ts'

/** A range to draw from evenly; a single figure where both ends are the same. */
export type Range = { readonly from: number; readonly to: number }

/** How a crowd of payers types its password (issue: median 4–10 s, σ 0.35–0.6, 5 % never confirm). */
export type Crowd = {
  readonly medianMs: Range
  readonly sigma: Range
  readonly neverShare: number
}

/** One payer who was asked for the password, and the network between till and channel meanwhile. */
export type Payer = {
  /** From the prompt on the phone to the confirming; null for one who never confirms. */
  readonly typingMs: number | null
  /** Round-trip time of the order's n-th request, the same whichever loop makes it. */
  readonly roundTripMs: readonly number[]
}

/** The whole range of the issue, evenly. */
export const everyone: Crowd = {
  medianMs: { from: 4_000, to: 10_000 },
  sigma: { from: 0.35, to: 0.6 },
  neverShare: 0.05,
}

/** The crowd whose median is known; σ still varies over the whole range. */
export function crowdWithMedian(medianMs: number): Crowd {
  return { ...everyone, medianMs: { from: medianMs, to: medianMs } }
}

const roundTripMedianMs = 150
const roundTripSigma = 0.5
/** More requests than any loop here makes for one order. */
const requestsAtMost = 48

/** Draws the payers of a run; the same seed gives the same payers. */
export function drawPayers(crowd: Crowd, count: number, seed: number): readonly Payer[] {
  const random = seededRandom(seed)
  const within = ({ from, to }: Range): number => from + (to - from) * random.uniform()
  return Array.from({ length: count }, () => {
    const typingMs = logNormal(random, within(crowd.medianMs), within(crowd.sigma))
    return {
      typingMs: random.uniform() < crowd.neverShare ? null : typingMs,
      roundTripMs: Array.from({ length: requestsAtMost }, () => logNormal(random, roundTripMedianMs, roundTripSigma)),
    }
  })
}
