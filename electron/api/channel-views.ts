import type { Wallet } from '../till/payment-code.ts'
import type { RevokeUntil } from '../till/policy.ts'
import type { AwayReason } from '../till/reachability.ts'

/** The figures of a channel that the configuration's `policy` can set, all in milliseconds (design §9). */
export type PolicySetting =
  | 'queryAgesMs'
  | 'pollMs'
  | 'windowMs'
  | 'revokeMinAgeMs'
  | 'revokeRetryMs'
  | 'requestTimeoutMs'

/** One figure as it is in force and as the channel's definition has it; a list where the figure is one. */
export type PolicyFigureView = {
  readonly setting: PolicySetting
  readonly inForceMs: readonly number[]
  readonly defaultMs: readonly number[]
}

/** A configured channel: what it can do, and by which figures it is used. Whether it can be reached is `Readiness`. */
export type ChannelView = {
  /** Its id in the configuration; in training that of the training channel. */
  readonly id: string
  readonly kind: string
  /** The protocol, where the kind has several. */
  readonly api: string | null
  /** The wallets whose codes go there. */
  readonly wallets: readonly Wallet[]
  /** Null where it has none: doubtful orders are a person's. */
  readonly revoke: {
    readonly word: 'revoke' | 'reversal'
    /** The order's age before which none is sent. */
    readonly notBeforeMs: number
    readonly until: RevokeUntil
    readonly confirmedBy: 'query' | 'answer'
  } | null
  /** Null where it has none. */
  readonly refund: {
    readonly partial: boolean
    /** For how long after the payment. */
    readonly windowMs: number
    /** How many an order may have; null where no limit is documented. */
    readonly mostPerOrder: number | null
    /** The least time between two tries of one refund; null where there is only one. */
    readonly gapMs: number | null
  } | null
  readonly bill: 'download' | 'file' | 'none'
  /** Whether “failed” and “closed” prove that nobody can be charged any more. */
  readonly endsAreProof: boolean
  /** The largest amount of one payment that the channel documents, in fen; null where it documents none. */
  readonly amountLimitFen: number | null
  readonly figures: readonly PolicyFigureView[]
}

/** What came of a test call: a question about an order that cannot exist. It charges nobody. */
export type ChannelTest =
  /** It answered, and its signature is right: address, keys and clock are in order. */
  | { readonly kind: 'works'; readonly tookMs: number }
  /** `said` is the channel's or the system's own short code; small print for support. */
  | { readonly kind: 'failed'; readonly reason: AwayReason; readonly said: string }
  /** It answered what it should not, which names no cause. */
  | { readonly kind: 'unclear'; readonly said: string }
  | { readonly kind: 'no-such-channel' }
