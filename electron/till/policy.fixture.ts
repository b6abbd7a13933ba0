import type { ChannelPolicy } from './policy.ts'
import type { RefundPolicy } from './refund/policy.ts'

/** For tests only: figures of the two forms that channels have. */

/** A revoke that has a minimum age, and that the channel takes for some days. */
export const policyByAge = {
  queryAgesMs: [5_500, 8_500, 11_500, 14_500, 18_000, 22_500, 30_000, 45_000],
  pollMs: 3_000,
  windowMs: 45_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [2_000, 4_000, 8_000, 15_000, 30_000, 60_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'age', ageMs: 7 * 24 * 3_600_000 },
} as const satisfies ChannelPolicy

/** A revoke that may come at once, and on the day of the payment only. */
export const policyByDay = {
  queryAgesMs: [5_500, 8_500, 11_500, 14_500, 17_500, 21_000, 26_500, 36_000, 60_000],
  pollMs: 3_000,
  windowMs: 60_000,
  revokeMinAgeMs: 0,
  revokeRetryMs: [2_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'hour-of-day', hour: 24 },
} as const satisfies ChannelPolicy

const dayMs = 86_400_000

export const refundsForYear = {
  refundWindowMs: 365 * dayMs,
  refundsPerOrder: 50,
  refundRetryMs: [10_000, 60_000, 60_000, 120_000, 300_000],
  refundAskMs: [5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000],
  requestTimeoutMs: 10_000,
} as const satisfies RefundPolicy

export const refundsForThreeMonths = {
  refundWindowMs: 90 * dayMs,
  refundsPerOrder: null,
  refundRetryMs: [10_000, 20_000, 30_000, 60_000, 300_000],
  refundAskMs: [10_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000],
  requestTimeoutMs: 10_000,
} as const satisfies RefundPolicy
