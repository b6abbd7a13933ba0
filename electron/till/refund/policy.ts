import type { ChannelKind } from '../policy.ts'

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
}

/** What a configuration may set of a refund policy (in the channel's `policy`). */
export type RefundPolicyOverride = {
  readonly [Setting in 'refundWindowMs' | 'refundRetryMs' | 'refundAskMs' | 'requestTimeoutMs']?:
    | RefundPolicy[Setting]
    | undefined
}

const dayMs = 86_400_000
const minuteMs = 60_000

export const defaultRefundPolicies = {
  wechat: {
    refundWindowMs: 365 * dayMs,
    refundsPerOrder: 50,
    refundRetryMs: [10_000, minuteMs, minuteMs, 2 * minuteMs, 5 * minuteMs],
    refundAskMs: [5_000, 10_000, 20_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs],
    requestTimeoutMs: 10_000,
  },
  alipay: {
    refundWindowMs: 90 * dayMs,
    refundsPerOrder: null,
    refundRetryMs: [10_000, 20_000, 30_000, minuteMs, 5 * minuteMs],
    refundAskMs: [10_000, 10_000, 20_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs],
    requestTimeoutMs: 10_000,
  },
} as const satisfies Record<ChannelKind, RefundPolicy>

/** Where the defaults come from; `doctor` and the docs print them beside the figures. */
export const refundPolicySources = {
  wechat: [
    { setting: 'refundWindowMs', source: 'wechat.md §5: 1 year (365 days) from payment (refund page)' },
    { setting: 'refundsPerOrder', source: 'wechat.md §5: 50 partial refunds (refund page)' },
    { setting: 'refundRetryMs', source: 'wechat.md §2.5, §5: same number; successive calls ≥ 1 min apart' },
    { setting: 'refundAskMs', source: 'wechat.md §2.6: balance within about 20 min, bank card 1–3 working days' },
    { setting: 'requestTimeoutMs', source: 'as for payments' },
  ],
  alipay: [
    {
      setting: 'refundWindowMs',
      source: 'alipay.md §3.4: three months unless the contract says otherwise (12 months on other pages, unconfirmed)',
    },
    { setting: 'refundsPerOrder', source: 'alipay.md §3.4: may repeat until the total is reached' },
    { setting: 'refundRetryMs', source: 'alipay.md §3.4: query after 10 s, else resend the same number and amount' },
    { setting: 'refundAskMs', source: 'alipay.md §2.6: not before 10 s after the request' },
    { setting: 'requestTimeoutMs', source: 'as for payments' },
  ],
} as const satisfies Record<ChannelKind, readonly { readonly setting: keyof RefundPolicy; readonly source: string }[]>

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
