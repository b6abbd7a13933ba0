import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** The official figures of Alipay as policy; where sources differ, the cautious one. */
export const alipayPolicy = {
  queryAgesMs: [5_500, 8_500, 11_500, 14_500, 17_500, 21_000, 26_500, 36_000, 60_000],
  pollMs: 3_000,
  windowMs: 60_000,
  revokeMinAgeMs: 0,
  revokeRetryMs: [2_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'hour-of-day', hour: 24 },
} as const satisfies ChannelPolicy

/** Where the figures come from; `doctor` and the docs print them beside the figures. */
export const alipayPolicySources = [
  {
    setting: 'queryAgesMs',
    source: 'alipay.md §4: first query after 5 s, gaps of 3–6 s; spacing by docs/decisions/0008',
  },
  { setting: 'pollMs', source: 'alipay.md §4: 3 s' },
  { setting: 'windowMs', source: 'alipay.md §4: about 60 s (polling page 2021)' },
  { setting: 'revokeMinAgeMs', source: 'alipay.md: no minimum age documented' },
  { setting: 'revokeRetryMs', source: 'alipay.md §4: retries for at least one minute' },
  { setting: 'requestTimeoutMs', source: 'alipay.md §4: pay 10–15 s, query and cancel 5–10 s' },
  { setting: 'revokeUntil', source: 'mission M9: the same day; another page says 24 h, and the earlier counts' },
] as const satisfies readonly PolicySource[]

export const alipayRefundPolicy = {
  refundWindowMs: 90 * dayMs,
  refundsPerOrder: null,
  refundRetryMs: [10_000, 20_000, 30_000, minuteMs, 5 * minuteMs],
  refundAskMs: [10_000, 10_000, 20_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs],
  requestTimeoutMs: 10_000,
} as const satisfies RefundPolicy

export const alipayRefundPolicySources = [
  {
    setting: 'refundWindowMs',
    source: 'alipay.md §3.4: three months unless the contract says otherwise (12 months on other pages, unconfirmed)',
  },
  { setting: 'refundsPerOrder', source: 'alipay.md §3.4: may repeat until the total is reached' },
  { setting: 'refundRetryMs', source: 'alipay.md §3.4: query after 10 s, else resend the same number and amount' },
  { setting: 'refundAskMs', source: 'alipay.md §2.6: not before 10 s after the request' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
] as const satisfies readonly RefundPolicySource[]
