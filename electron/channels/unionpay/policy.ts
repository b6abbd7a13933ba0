import type { ChannelPolicy, PolicySource } from '../../till/policy.ts'
import type { RefundPolicy } from '../../till/refund/policy.ts'
import type { RefundPolicySource } from '../definition.ts'
import { unionpayDayEndHour } from './day.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** How a UnionPay payment is polled and reversed; no official polling figures were found (unionpay.md §7). */
export const unionpayPolicy: ChannelPolicy = {
  queryAgesMs: [1_000, 4_000, 7_500, 11_500, 16_000, 21_000, 26_000, 31_000, 36_000, 48_000, 60_000],
  pollMs: 3_000,
  windowMs: 60_000,
  revokeMinAgeMs: 0,
  revokeRetryMs: [2_000, 4_000, 8_000, 15_000, 30_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'hour-of-day', hour: unionpayDayEndHour },
}

export const unionpayPolicySources: readonly PolicySource[] = [
  {
    setting: 'queryAgesMs',
    source: 'unionpay.md §6 P1: one query at once after 00; §7: then every 3–5 s (ours, no official figure)',
  },
  { setting: 'pollMs', source: 'unionpay.md §7: every 3–5 s (ours); code 37 refuses more' },
  { setting: 'windowMs', source: 'unionpay.md §7: 30–60 s (ours)' },
  { setting: 'revokeMinAgeMs', source: 'unionpay.md: no minimum age documented' },
  { setting: 'revokeRetryMs', source: 'unionpay.md §6 R6: after three or more without a clear word, a person' },
  { setting: 'requestTimeoutMs', source: 'unionpay.md §1: samples 30 s; shorter, because asking beats waiting' },
  {
    setting: 'revokeUntil',
    source: 'unionpay.md §7: the same UnionPay day, which ends at 23:00; a payment after 23:00 has until the next one',
  },
]

/** How a UnionPay payment is refunded (unionpay.md §6 F1–F3, §7). */
export const unionpayRefundPolicy: RefundPolicy = {
  refundWindowMs: 330 * dayMs,
  refundsPerOrder: null,
  refundRetryMs: [10_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs],
  refundAskMs: [3_000, 10_000, 20_000, 30_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs],
  requestTimeoutMs: 10_000,
}

export const unionpayRefundPolicySources: readonly RefundPolicySource[] = [
  { setting: 'refundWindowMs', source: 'unionpay.md §7: within 11 months; 330 days, on the safe side' },
  { setting: 'refundsPerOrder', source: 'unionpay.md §7: partial refunds allowed, no count documented' },
  { setting: 'refundRetryMs', source: 'unionpay.md §6 F2: the same number and time until it is settled (ours)' },
  { setting: 'refundAskMs', source: 'unionpay.md §6 F1: query until settled; the money takes 1–10 days (ours)' },
  { setting: 'requestTimeoutMs', source: 'as for payments' },
]
