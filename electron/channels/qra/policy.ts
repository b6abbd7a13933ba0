import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** The gateway's own rule (swiftpass.md §6), and the wallets' figures where they bind. */
export const qraPolicy = {
  queryAgesMs: [5_500, 10_500, 15_500, 20_500, 25_500, 31_000, 37_500, 45_000],
  pollMs: 5_000,
  windowMs: 45_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [5_000, 5_000, 10_000, 20_000, 30_000, 60_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'hour-of-day', hour: 24 },
} as const satisfies ChannelPolicy

/** Where the figures come from; `doctor` and the docs print them beside the figures. */
export const qraPolicySources = [
  { setting: 'queryAgesMs', source: 'swiftpass.md §6: every 5 s, six times, not less than 30 s in all' },
  { setting: 'pollMs', source: 'swiftpass.md §6: 5 s' },
  { setting: 'windowMs', source: 'swiftpass.md §6: 30 s or more; WeChat’s own 45 s, because its codes pass through' },
  {
    setting: 'revokeMinAgeMs',
    source: 'swiftpass.md §6: WeChat’s own 15 s, which the gateway passes on (unconfirmed for QRA)',
  },
  { setting: 'revokeRetryMs', source: 'swiftpass.md §5 R2, R3: repeated with the same number, then a person' },
  {
    setting: 'requestTimeoutMs',
    source:
      'swiftpass.md §6: 30 s or more, as the pay call waits for the wallet; shorter, because asking beats waiting',
  },
  {
    setting: 'revokeUntil',
    source: 'swiftpass.md §6: follows the wallet, the shortest is Alipay’s same day (unconfirmed for QRA)',
  },
] as const satisfies readonly PolicySource[]

export const qraRefundPolicy = {
  refundWindowMs: 90 * dayMs,
  refundsPerOrder: null,
  refundRetryMs: [10_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs],
  refundAskMs: [5_000, 10_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 30 * minuteMs],
  requestTimeoutMs: 10_000,
} as const satisfies RefundPolicy

export const qraRefundPolicySources = [
  { setting: 'refundWindowMs', source: 'none published; the shortest of the wallets behind it (alipay.md §3.4)' },
  { setting: 'refundsPerOrder', source: 'none published' },
  { setting: 'refundRetryMs', source: 'swiftpass.md §5 F2: the same out_refund_no again' },
  { setting: 'refundAskMs', source: 'swiftpass.md §5 F1, F3: asked until SUCCESS, slowly while PROCESSING' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
] as const satisfies readonly RefundPolicySource[]
