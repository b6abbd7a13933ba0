import type { Evidence, UnknownReason } from '../outcome.ts'
import type { RefundAsker, RefundCreated } from './event.ts'
import type { RefundAttentionReason, RefundFailureReason } from './outcome.ts'

/** Where a refund stands. */
export type RefundStatus = 'created' | 'requested' | 'processing' | 'unknown' | 'done' | 'failed' | 'attention'

export const refundStatuses = [
  'created',
  'requested',
  'processing',
  'unknown',
  'done',
  'failed',
  'attention',
] as const satisfies readonly RefundStatus[]

/** One refund of an order, with all its tries; the fold of its events, nothing else. */
export type Refund = Omit<RefundCreated, 'type' | 'at'> & {
  readonly status: RefundStatus
  /** How many events made this state; the next append must name it. */
  readonly version: number
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
  readonly inFlight: 'none' | 'refund' | 'query'
  /** Requests sent, all under the one refund number. */
  readonly tries: number
  readonly lastTryWallMs: number | null
  readonly queries: number
  /** Questions since the last try or the last change of status. */
  readonly asksInRow: number
  /** A person wants one more try, after a query said that the channel knows of none. */
  readonly retryWantedBy: RefundAsker | null
  /** A refusal that one query must still confirm. */
  readonly doubtedFailure: RefundFailureReason | null
  readonly failureReason: RefundFailureReason | null
  readonly unknownReason: UnknownReason | null
  readonly attentionReason: RefundAttentionReason | null
  readonly alarm: 'mismatched-answer' | null
  readonly lastAnswer: {
    readonly wallMs: number
    readonly to: 'refund' | 'query'
    readonly evidence: Evidence
  } | null
  /** When the refund wants to be woken, in this process's monotonic clock. */
  readonly wakeAtMonotonicMs: number | null
}

/** Whether the refund is at its end. */
export function isRefundFinal(status: RefundStatus): status is 'done' | 'failed' {
  return status === 'done' || status === 'failed'
}
