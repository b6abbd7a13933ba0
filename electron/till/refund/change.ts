import type { Evidence } from '../outcome.ts'
import type { Moment } from '../time.ts'
import type { RefundCreated } from './event.ts'
import type { RefundAttentionReason, RefundFailureReason } from './outcome.ts'
import type { Refund, RefundStatus } from './refund.ts'

/** What must be done because of an event, as data; only after the event is durable (I1). */
export type RefundEffect =
  | { readonly type: 'send-refund' }
  | { readonly type: 'send-query' }
  /** Wake the refund at this moment of the monotonic clock; replaces any earlier wish. */
  | { readonly type: 'wake-at'; readonly monotonicMs: number }

export type RefundStep = { readonly refund: Refund; readonly effects: readonly RefundEffect[] }

type Change = Partial<Omit<Refund, 'refundNumber' | 'orderNumber' | 'amountFen' | 'version'>>

/** The refund that a `created` event begins: nothing has left the machine yet. */
export function createRefund({ type: _, at, ...created }: RefundCreated): Refund {
  return {
    ...created,
    status: 'created',
    version: 1,
    createdWallMs: at.wallMs,
    statusSinceWallMs: at.wallMs,
    inFlight: 'none',
    tries: 0,
    lastTryWallMs: null,
    queries: 0,
    asksInRow: 0,
    retryWantedBy: null,
    doubtedFailure: null,
    failureReason: null,
    unknownReason: null,
    attentionReason: null,
    alarm: null,
    lastAnswer: null,
    wakeAtMonotonicMs: null,
  }
}

/** The refund stays as it is but for the change; nothing is to be done. */
export function stay(refund: Refund, change: Change = {}): RefundStep {
  return { refund: { ...refund, ...change }, effects: [] }
}

/** A try leaves now, under the same number as every other (I8); the event that led here is its durable intent. */
export function send(refund: Refund, status: 'requested' | 'attention', at: Moment, change: Change = {}): RefundStep {
  const sending = moved(refund, status, at, {
    ...change,
    inFlight: 'refund',
    tries: refund.tries + 1,
    lastTryWallMs: at.wallMs,
    asksInRow: 0,
    retryWantedBy: null,
    doubtedFailure: null,
    wakeAtMonotonicMs: null,
  })
  return { refund: sending, effects: [{ type: 'send-refund' }] }
}

/** The channel is asked now. */
export function ask(refund: Refund, change: Change = {}): RefundStep {
  const { queries, asksInRow } = refund
  const asking: Refund = {
    ...refund,
    ...change,
    inFlight: 'query',
    queries: queries + 1,
    asksInRow: asksInRow + 1,
    wakeAtMonotonicMs: null,
  }
  return { refund: asking, effects: [{ type: 'send-query' }] }
}

/** The refund waits for its next question. */
export function wait(
  refund: Refund,
  status: 'processing' | 'unknown',
  at: Moment,
  waitMs: number,
  change: Change = {},
): RefundStep {
  const wakeAtMonotonicMs = at.monotonicMs + waitMs
  const asksInRow = status === refund.status ? refund.asksInRow : 0
  const waiting = moved(refund, status, at, { asksInRow, ...change, inFlight: 'none', wakeAtMonotonicMs })
  return { refund: waiting, effects: [{ type: 'wake-at', monotonicMs: wakeAtMonotonicMs }] }
}

/** The refund is at its end, or in a person's hands. */
export function rest(refund: Refund, status: 'done' | 'failed' | 'attention', at: Moment, change: Change): RefundStep {
  const resting = { ...change, inFlight: 'none', retryWantedBy: null, wakeAtMonotonicMs: null } as const
  return { refund: moved(refund, status, at, resting), effects: [] }
}

/** The money went back: believed from a verified answer only. */
export function becomeDone(refund: Refund, at: Moment): RefundStep {
  const none = { doubtedFailure: null, failureReason: null, unknownReason: null, attentionReason: null }
  return rest(refund, 'done', at, none)
}

export function becomeFailed(refund: Refund, reason: RefundFailureReason, at: Moment): RefundStep {
  const change = { doubtedFailure: null, unknownReason: null, attentionReason: null }
  return rest(refund, 'failed', at, { ...change, failureReason: reason })
}

export function needPerson(refund: Refund, reason: RefundAttentionReason, at: Moment): RefundStep {
  return rest(refund, 'attention', at, { attentionReason: reason })
}

/** The refund with an answer noted as its last one; a mismatched one is an alarm that stays. */
export function noted(
  refund: Refund,
  to: 'refund' | 'query',
  outcome: { readonly kind: string; readonly reason?: string; readonly evidence: Evidence },
  at: Moment,
): Refund {
  const alarm = outcome.reason === 'mismatched-answer' ? 'mismatched-answer' : refund.alarm
  return { ...refund, inFlight: 'none', alarm, lastAnswer: { wallMs: at.wallMs, to, evidence: outcome.evidence } }
}

function moved(refund: Refund, status: RefundStatus, at: Moment, change: Change): Refund {
  const statusSinceWallMs = status === refund.status ? refund.statusSinceWallMs : at.wallMs
  return { ...refund, ...change, status, statusSinceWallMs }
}
