/** How a channel refunds: windows, limits and waits, as data. A refund keeps the policy of its creation. */
export type RefundPolicy = {
  /** For how long after the payment a refund may begin, in wall time (M9). */
  readonly refundWindowMs: number
  /** How many refunds one order may have; null where the channel documents no limit. */
  readonly refundsPerOrder: number | null
  /** Waits after a try of the request that nobody could tell the result of, until it is asked about; as many tries. */
  readonly refundRetryMs: readonly number[]
  /**
   * Waits between questions. The last one goes on while the channel is processing; where nobody can say, a person must
   * look when all of them are used.
   */
  readonly refundAskMs: readonly number[]
  /** How long one request may take in all. */
  readonly requestTimeoutMs: number
  /** Set where the channel has no refund: none is ever sent. */
  readonly canRefund?: false
}

/** What a configuration may set of a refund policy (in the channel's `policy`). */
export type RefundPolicyOverride = {
  readonly [Setting in 'refundWindowMs' | 'refundRetryMs' | 'refundAskMs' | 'requestTimeoutMs']?:
    | RefundPolicy[Setting]
    | undefined
}

/** The policy of a channel with what the configuration sets laid over it. */
export function refundPolicyWith(base: RefundPolicy, override: RefundPolicyOverride | undefined): RefundPolicy {
  if (override === undefined) return base
  const { refundWindowMs, refundRetryMs, refundAskMs, requestTimeoutMs } = override
  return {
    ...base,
    refundWindowMs: refundWindowMs ?? base.refundWindowMs,
    refundRetryMs: refundRetryMs ?? base.refundRetryMs,
    refundAskMs: refundAskMs ?? base.refundAskMs,
    requestTimeoutMs: requestTimeoutMs ?? base.requestTimeoutMs,
  }
}
