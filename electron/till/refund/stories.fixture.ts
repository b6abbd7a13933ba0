import type { ChannelId, OrderNumber, RefundNumber } from '../ids.ts'
import { fen } from '../money.ts'
import type { Moment } from '../time.ts'
import type { RefundCreated, RefundEvent } from './event.ts'
import type { RefundOutcome, RefundQueryOutcome } from './outcome.ts'
import type { RefundPolicy } from './policy.ts'
import type { Refund, RefundStatus } from './refund.ts'
import { createRefund, stepRefund } from './step.ts'

export const at = (afterMs: number): Moment => ({ wallMs: 1_700_000_000_000 + afterMs, monotonicMs: 1_000 + afterMs })

export const policy: RefundPolicy = {
  refundWindowMs: 90 * 86_400_000,
  refundsPerOrder: 50,
  refundRetryMs: [10_000, 20_000],
  refundAskMs: [10_000, 20_000, 30_000],
  requestTimeoutMs: 5_000,
}

export const created: RefundCreated = {
  type: 'created',
  at: at(0),
  refundNumber: 'S0010120261123K7QX000042R01' as RefundNumber,
  orderNumber: 'S0010120261123K7QX000042' as OrderNumber,
  channel: 'wechat' as ChannelId,
  wallet: 'wechat',
  orderAmountFen: fen(1234),
  payStartedWallMs: at(-60_000).wallMs,
  amountFen: fen(500),
  reason: 'returned',
  by: 'cashier',
  policy,
}

const evidence = {}

export const refundOutcomes: readonly RefundOutcome[] = [
  { kind: 'done', evidence },
  { kind: 'accepted', evidence },
  { kind: 'unproven', evidence },
  { kind: 'unknown', reason: 'system-error', evidence },
  { kind: 'unknown', reason: 'mismatched-answer', evidence },
  { kind: 'refused', reason: 'window-over', evidence },
  { kind: 'person-needed', reason: 'merchant-balance-low', evidence },
]

export const queryOutcomes: readonly RefundQueryOutcome[] = [
  { kind: 'done', evidence },
  { kind: 'processing', evidence },
  { kind: 'closed', evidence },
  { kind: 'abnormal', evidence },
  { kind: 'not-found', evidence },
  { kind: 'unknown', reason: 'no-answer', evidence },
]

/** Every event with every outcome. */
export function everyEvent(moment: Moment): readonly RefundEvent[] {
  return [
    { type: 'refund-requested', at: moment },
    ...refundOutcomes.map((outcome) => ({ type: 'refund-answered', at: moment, outcome }) as const),
    ...queryOutcomes.map((outcome) => ({ type: 'query-answered', at: moment, outcome }) as const),
    { type: 'woken', at: moment },
    { type: 'query-requested', at: moment, by: 'cashier' },
    { type: 'retry-requested', at: moment, by: 'staff' },
    { type: 'resumed', at: moment },
  ]
}

/** A refund that went through these events. */
export function after(...events: readonly RefundEvent[]): Refund {
  return events.reduce((refund, event) => stepRefund(refund, event).refund, createRefund(created))
}

export const requested: RefundEvent = { type: 'refund-requested', at: at(0) }
export const heard = (outcome: RefundOutcome, afterMs = 1_000): RefundEvent => ({
  type: 'refund-answered',
  at: at(afterMs),
  outcome,
})
export const told = (outcome: RefundQueryOutcome, afterMs = 20_000): RefundEvent => ({
  type: 'query-answered',
  at: at(afterMs),
  outcome,
})
export const woken = (afterMs = 15_000): RefundEvent => ({ type: 'woken', at: at(afterMs) })

/** A refund in each status, by the shortest story that leads there. */
export const inStatus: { readonly [Status in RefundStatus]: Refund } = {
  created: after(),
  requested: after(requested),
  processing: after(requested, heard({ kind: 'accepted', evidence })),
  unknown: after(requested, heard({ kind: 'unknown', reason: 'no-answer', evidence })),
  done: after(requested, heard({ kind: 'done', evidence })),
  failed: after(
    requested,
    heard({ kind: 'refused', reason: 'refused', evidence }),
    woken(),
    told({ kind: 'not-found', evidence }),
  ),
  attention: after(requested, heard({ kind: 'person-needed', reason: 'merchant-balance-low', evidence })),
}
