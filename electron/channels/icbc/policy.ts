import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** ICBC publishes no figures (icbc.md §7): the reference's suggestions, and the wallets' own where they bind. */
export const icbcPolicy = {
  queryAgesMs: [5_500, 8_500, 11_500, 14_500, 18_500, 23_500, 31_000, 42_000, 60_000],
  pollMs: 3_000,
  windowMs: 60_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [5_000, 5_000, 10_000, 20_000, 30_000, 60_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'hour-of-day', hour: 24 },
} as const satisfies ChannelPolicy

/** Where the figures come from; `doctor` and the docs print them beside the figures. */
export const icbcPolicySources = [
  {
    setting: 'queryAgesMs',
    source:
      'icbc.md §7: none published, suggested every 3–5 s; first one as WeChat asks; spacing by docs/decisions/0008',
  },
  { setting: 'pollMs', source: 'icbc.md §7: suggested 3–5 s' },
  { setting: 'windowMs', source: 'icbc.md §7: suggested 30–60 s; how long a payer may take is unconfirmed' },
  {
    setting: 'revokeMinAgeMs',
    source: 'none published; WeChat’s own 15 s, because its codes pass through (wechat.md §5)',
  },
  {
    setting: 'revokeRetryMs',
    source: 'icbc.md §5 Q5, R2: a reversal may be under way (status 4), so the first waits are long',
  },
  { setting: 'requestTimeoutMs', source: 'icbc.md §7: SDK 30 s; shorter, because asking beats waiting' },
  { setting: 'revokeUntil', source: 'icbc.md §7: unconfirmed; designed for the same day, a refund after that' },
] as const satisfies readonly PolicySource[]

export const icbcRefundPolicy = {
  refundWindowMs: 90 * dayMs,
  refundsPerOrder: null,
  refundRetryMs: [10_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs],
  refundAskMs: [5_000, 10_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 30 * minuteMs],
  requestTimeoutMs: 10_000,
} as const satisfies RefundPolicy

export const icbcRefundPolicySources = [
  { setting: 'refundWindowMs', source: 'none published; the shortest of the wallets behind it (alipay.md §3.4)' },
  { setting: 'refundsPerOrder', source: 'icbc.md §3: a new reject_no for every partial refund; no limit published' },
  { setting: 'refundRetryMs', source: 'icbc.md §5 F2: asked first, repeated with the same reject_no only if absent' },
  { setting: 'refundAskMs', source: 'icbc.md §5 F3: slowly while doubtful (可疑), with a person at the end' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
] as const satisfies readonly RefundPolicySource[]
