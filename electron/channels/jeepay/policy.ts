import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** Jeepay's figures (jeepay.md §8): its query is cheap, and what it shows changes every 5 s by its own questions. */
export const jeepayPolicy = {
  queryAgesMs: [
    1_000, 2_500, 4_000, 5_500, 8_000, 10_500, 13_000, 15_500, 18_000, 20_500, 25_500, 30_500, 36_000, 43_000, 51_000,
    60_000,
  ],
  pollMs: 1_500,
  windowMs: 60_000,
  revokeMinAgeMs: 0,
  revokeRetryMs: [],
  requestTimeoutMs: 20_000,
  revokeUntil: { kind: 'age', ageMs: 0 },
  canRevoke: false,
} as const satisfies ChannelPolicy

/** Where the figures come from; `doctor` and the docs print them beside the figures. */
export const jeepayPolicySources = [
  {
    setting: 'queryAgesMs',
    source: 'jeepay.md §5, §8: the query tells the amount that the pay answer lacks; just after each 5 s question',
  },
  { setting: 'pollMs', source: 'jeepay.md §8: 1–2 s is cheap (database read)' },
  {
    setting: 'windowMs',
    source: 'jeepay.md §5: its own questions end after 30 s; as long as Alipay asks, then the desk',
  },
  { setting: 'revokeMinAgeMs', source: 'jeepay.md §1: there is no revoke' },
  { setting: 'revokeRetryMs', source: 'jeepay.md §1: there is no revoke' },
  {
    setting: 'requestTimeoutMs',
    source: 'jeepay.md §8: the wallet is called inside, up to 60 s; shorter, because asking beats waiting',
  },
  { setting: 'revokeUntil', source: 'jeepay.md §1: there is no revoke' },
  { setting: 'canRevoke', source: 'jeepay.md §1, §6: close is no revoke' },
] as const satisfies readonly PolicySource[]

export const jeepayRefundPolicy = {
  refundWindowMs: 90 * dayMs,
  refundsPerOrder: null,
  refundRetryMs: [10_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs],
  refundAskMs: [5_000, 15_000, 40_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 30 * minuteMs],
  requestTimeoutMs: 20_000,
} as const satisfies RefundPolicy

export const jeepayRefundPolicySources = [
  { setting: 'refundWindowMs', source: 'Jeepay has none; the shortest of the wallets behind it (alipay.md §3.4)' },
  { setting: 'refundsPerOrder', source: 'jeepay.md §3: none documented; one at a time (§7 F5)' },
  { setting: 'refundRetryMs', source: 'jeepay.md §7 F5, F6: same number; asked first, sent again only if absent' },
  { setting: 'refundAskMs', source: 'jeepay.md §7 F2: WeChat’s are finished by a job of every minute' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
] as const satisfies readonly RefundPolicySource[]
