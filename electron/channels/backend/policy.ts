import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'

const minuteMs = 60_000

/** The stricter figure of each wallet that may stand behind the back end. */
export const backendPolicy: ChannelPolicy = {
  queryAgesMs: [5_500, 8_500, 11_500, 14_500, 18_000, 22_500, 30_000, 45_000],
  pollMs: 3_000,
  windowMs: 45_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [2_000, 4_000, 8_000, 15_000, 30_000, 60_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'hour-of-day', hour: 24 },
}

export const backendPolicySources: readonly PolicySource[] = [
  { setting: 'queryAgesMs', source: 'as for WeChat behind the back end; spacing by docs/decisions/0008' },
  { setting: 'pollMs', source: 'docs/backend-api.yaml: a back end must stand a query each 3 s' },
  { setting: 'windowMs', source: 'wechat.md §5: 45 s; Alipay would allow 60 s' },
  { setting: 'revokeMinAgeMs', source: 'wechat.md §5: not before 15 s; Alipay documents no minimum' },
  { setting: 'revokeRetryMs', source: 'wechat.md §4.4 stop rule (design)' },
  { setting: 'requestTimeoutMs', source: 'docs/backend-api.yaml: an answer within 8 s, else `unknown`' },
  { setting: 'revokeUntil', source: 'mission M9: the same day (Alipay); WeChat would allow 7 days' },
]

export const backendRefundPolicy: RefundPolicy = {
  refundWindowMs: 90 * 24 * 60 * minuteMs,
  refundsPerOrder: 50,
  refundRetryMs: [10_000, minuteMs, minuteMs, 2 * minuteMs, 5 * minuteMs],
  refundAskMs: [10_000, 10_000, 20_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs],
  requestTimeoutMs: 10_000,
}

export const backendRefundPolicySources: readonly RefundPolicySource[] = [
  { setting: 'refundWindowMs', source: 'alipay.md §3.4: three months; WeChat would allow a year' },
  { setting: 'refundsPerOrder', source: 'wechat.md §5: 50' },
  { setting: 'refundRetryMs', source: 'wechat.md §2.5, §5: same number; successive calls ≥ 1 min apart' },
  { setting: 'refundAskMs', source: 'alipay.md §2.6: not before 10 s after the request' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
]
