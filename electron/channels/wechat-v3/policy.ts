import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** The figures of WeChat Pay v3 as policy: v3's own pages name few, so v2's stand where they are silent (wechat.md §10). */
export const wechatV3Policy = {
  queryAgesMs: [5_500, 8_500, 11_500, 14_500, 18_000, 22_500, 30_000, 45_000],
  pollMs: 3_000,
  windowMs: 45_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [2_000, 4_000, 8_000, 15_000, 30_000, 60_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'age', ageMs: 7 * dayMs },
} as const satisfies ChannelPolicy

/** Where the figures come from; `doctor` and the docs print them beside the figures. */
export const wechatV3PolicySources = [
  { setting: 'queryAgesMs', source: 'wechat.md §5: first query not before 5 s; spacing by docs/decisions/0008' },
  { setting: 'pollMs', source: 'our own floor; WeChat documents no limit for the query' },
  { setting: 'windowMs', source: 'wechat.md §5: 45 s (v2 pay page 2025-08-14; assumed for v3)' },
  { setting: 'revokeMinAgeMs', source: 'wechat.md §5, §10: 15 s (v2 reverse page; assumed for v3)' },
  { setting: 'revokeRetryMs', source: 'wechat.md §4.4 stop rule (design)' },
  { setting: 'requestTimeoutMs', source: 'wechat.md §5: up to 30 s; shorter, because asking beats waiting' },
  { setting: 'revokeUntil', source: 'wechat.md §5, §10: 7 days (v2 reverse page; assumed for v3)' },
] as const satisfies readonly PolicySource[]

export const wechatV3RefundPolicy = {
  refundWindowMs: 365 * dayMs,
  refundsPerOrder: 50,
  refundRetryMs: [10_000, minuteMs, minuteMs, 2 * minuteMs, 5 * minuteMs],
  refundAskMs: [5_000, 10_000, 20_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs],
  requestTimeoutMs: 10_000,
} as const satisfies RefundPolicy

export const wechatV3RefundPolicySources = [
  { setting: 'refundWindowMs', source: 'wechat.md §2.13: 1 year (365 days) after payment' },
  { setting: 'refundsPerOrder', source: 'wechat.md §2.13: up to 50 partial refunds' },
  { setting: 'refundRetryMs', source: 'wechat.md §2.13: same number; successive refunds ≥ 1 min apart' },
  { setting: 'refundAskMs', source: 'wechat.md §2.13: poll until not PROCESSING; arrival as in §2.6' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
] as const satisfies readonly RefundPolicySource[]
