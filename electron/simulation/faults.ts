import type { Generator } from './generator.ts'

/**
 * Every kind of fault with how often it strikes at intensity 1: per request for the network and what a channel answers,
 * per order for what a channel does, per event for a machine's, per customer for people.
 */
export const faultRates = {
  // The network, per request.
  'connection-refused': 0.006,
  'dns-failure': 0.004,
  'tls-failure': 0.004,
  'reset-before-send': 0.004,
  'reset-after-send': 0.008,
  'no-answer': 0.01,
  'slow-answer': 0.02,
  'answer-after-we-gave-up': 0.01,
  'half-answer': 0.005,
  'other-orders-answer': 0.004,
  'captive-portal': 0.004,
  'proxy-502': 0.006,
  'http-202': 0.004,
  'rate-limit': 0.006,
  // A proxy that sends a request again: the wallet does it twice, and either answer may come back.
  'doubled-request': 0.005,
  // The same bytes twice in one body.
  'doubled-answer': 0.003,
  // A request that reaches the wallet after the till gave it up.
  'late-request': 0.008,
  // What a channel answers, per answer.
  'wrong-amount': 0.005,
  'wrong-merchant': 0.004,
  'bad-signature': 0.005,
  'unlisted-state': 0.005,
  'query-older-than-truth': 0.03,
  // What only this channel's wire can say: drawn by weight from its own table (training/*/wire-faults.ts), and four
  // times as often for the channels that few seeds have.
  'own-pay-answer': 0.04,
  'own-query-answer': 0.01,
  'own-revoke-answer': 0.1,
  'own-refund-answer': 0.15,
  'own-refund-query-answer': 0.05,
  // What a channel does, per order or revoke.
  'error-but-paid': 0.02,
  'fail-but-paid': 0.012,
  'payerror-but-paid': 0.012,
  'confirming-for-ever': 0.015,
  'paid-just-before-revoke': 0.15,
  'paid-during-revoke': 0.15,
  'revoke-refused-while-confirming': 0.2,
  'revoke-ok-did-nothing': 0.1,
  'revoke-again-and-again': 0.15,
  'unknown-right-after-pay': 0.04,
  // Per refund: taken in and then closed or stranded; "try again" though it was done; no money at the merchant.
  'refund-accepted-then-failed': 0.15,
  'refund-error-but-done': 0.1,
  'refund-balance-low': 0.05,
  'clock-skew-rejection': 1,
  // The machine: kills at each point where something has just been, or is about to be, done.
  'kill-before-commit': 0.001,
  'kill-after-commit': 0.0015,
  'kill-before-send': 0.0015,
  'kill-after-send': 0.002,
  'kill-before-answer': 0.0015,
  'kill-any-time': 0.01,
  'disk-full': 0.004,
  'read-only': 0.003,
  'io-error': 0.002,
  'durable-but-error': 0.001,
  'slow-commit': 0.01,
  'clock-ahead': 0.006,
  'clock-back': 0.006,
  'machine-sleep': 0.004,
  // Writes that were not synced are lost: all of them, or, on a real ledger's files, some sectors of them.
  'power-cut': 0.0015,
  'torn-page': 0.0015,
  midnight: 1,
  'month-end': 1,
  // Somebody starts the till once more on the same data folder.
  'second-instance': 0.003,
  // People, per customer.
  'double-click': 0.05,
  'same-code-again': 0.05,
  'new-code-same-sale': 0.05,
  'new-code-other-customer': 0.5,
  cancel: 0.06,
  'cancel-at-worst-moment': 0.06,
  park: 0.05,
  'cashier-change': 0.05,
  // A customer brings goods back.
  'goods-returned': 0.06,
  'refund-twice-at-once': 0.3,
} as const satisfies Readonly<Record<string, number>>

export type FaultKind = keyof typeof faultRates

/** Every kind, in the order of the table. */
// Object.keys forgets the names of a closed object.
export const faultKinds = Object.keys(faultRates) as readonly FaultKind[]

export type FaultCounts = Readonly<Record<FaultKind, number>>

export function noFaults(): Record<FaultKind, number> {
  // The kinds are those of the closed object above.
  return Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>
}

/** Decides which faults strike, and counts those that did. */
export type Faults = {
  /** Whether a fault of this kind strikes now; counted if it does. `share` makes it so many times as likely. */
  strikes(kind: FaultKind, generator: Generator, share?: number): boolean
  /** How often a kind strikes now. */
  rate(kind: FaultKind, share?: number): number
  /** At most one fault of several. */
  oneOf<Kind extends FaultKind>(kinds: readonly Kind[], generator: Generator): Kind | null
  /** Counts a fault that came about by itself. */
  happened(kind: FaultKind): void
  readonly counts: () => FaultCounts
  /** From now on everything works. */
  end(): void
}

/** Makes the faults of one run; `off` names the kinds that are switched off. */
export function createFaults(intensity: number, off: ReadonlySet<FaultKind>): Faults {
  const counts = noFaults()
  let ended = false
  const rateOf = (kind: FaultKind, share = 1): number =>
    ended || off.has(kind) ? 0 : Math.min(0.9, faultRates[kind] * intensity * share)
  const happened = (kind: FaultKind): void => {
    counts[kind] += 1
  }
  const streams = new WeakMap<Generator, Map<FaultKind, Generator>>()
  /** Each kind has a stream of chance of its own, so that one that is switched off, or new, leaves the others alone. */
  const streamOf = (kind: FaultKind, generator: Generator): Generator => {
    let byKind = streams.get(generator)
    if (byKind === undefined) {
      byKind = new Map()
      streams.set(generator, byKind)
    }
    let stream = byKind.get(kind)
    if (stream === undefined) {
      stream = generator.fork(kind)
      byKind.set(kind, stream)
    }
    return stream
  }
  const strikes = (kind: FaultKind, generator: Generator, share = 1): boolean => {
    const rate = rateOf(kind, share)
    if (rate === 0 || !streamOf(kind, generator).chance(rate)) return false
    happened(kind)
    return true
  }
  return {
    strikes,
    rate: rateOf,
    oneOf: (kinds, generator) => kinds.find((kind) => strikes(kind, generator)) ?? null,
    happened,
    counts: () => counts,
    end: () => {
      ended = true
    },
  }
}
