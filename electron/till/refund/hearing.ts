import { assertNever } from '../brand.ts'
import type { Moment } from '../time.ts'
import { ask, becomeDone, becomeFailed, needPerson, noted, type RefundStep, rest, send, stay, wait } from './change.ts'
import type { RefundEvent } from './event.ts'
import type { Refund } from './refund.ts'

type EventOf<Type extends RefundEvent['type']> = Extract<RefundEvent, { readonly type: Type }>

/** The wait after a try that nobody could tell the result of. */
const afterTryMs = ({ policy, tries }: Refund): number =>
  policy.refundRetryMs[Math.max(0, tries - 1)] ?? policy.refundRetryMs.at(-1) ?? 0

/** The wait before the next question, or null when all of them are used; the last one goes on for ever if `goesOn`. */
const nextAskMs = ({ policy, asksInRow }: Refund, goesOn: boolean): number | null =>
  policy.refundAskMs[asksInRow] ?? (goesOn ? (policy.refundAskMs.at(-1) ?? 0) : null)

const hasTriesLeft = ({ policy, tries }: Refund): boolean => tries < policy.refundRetryMs.length

/** The durable intent is there: the first request leaves. */
export function startRefund(refund: Refund, event: EventOf<'refund-requested'>): RefundStep {
  return send(refund, 'requested', event.at)
}

/** The answer to a try. Only the whole answer makes it done; a refusal is asked about, for an earlier try may have arrived. */
export function hearRefundAnswer(refund: Refund, event: EventOf<'refund-answered'>): RefundStep {
  const { at, outcome } = event
  const heard = noted(refund, 'refund', outcome, at)
  switch (outcome.kind) {
    case 'done':
      return becomeDone(heard, at)
    case 'accepted':
      return wait(heard, 'processing', at, nextAskMs({ ...heard, asksInRow: 0 }, true) ?? 0, {
        asksInRow: 0,
        unknownReason: null,
        attentionReason: null,
      })
    case 'unproven':
      return wait(heard, 'unknown', at, afterTryMs(heard), { unknownReason: 'unverifiable-answer' })
    case 'unknown':
      return wait(heard, 'unknown', at, afterTryMs(heard), { unknownReason: outcome.reason })
    case 'refused':
      return wait(heard, 'unknown', at, afterTryMs(heard), {
        doubtedFailure: outcome.reason,
        unknownReason: 'refused-request',
      })
    case 'person-needed':
      return needPerson(heard, outcome.reason, at)
    default:
      return assertNever(outcome, 'refund outcome')
  }
}

/** `attention`: the answer to the try that a person asked for. */
export function hearRefundInAttention(refund: Refund, event: EventOf<'refund-answered'>): RefundStep {
  return refund.inFlight === 'refund' ? hearRefundAnswer(refund, event) : noteLateAnswer(refund, event)
}

/** An answer that nobody waits for any more is kept as evidence; a query decides. */
export function noteLateAnswer(refund: Refund, event: EventOf<'refund-answered' | 'query-answered'>): RefundStep {
  const { inFlight } = refund
  const to = event.type === 'refund-answered' ? 'refund' : 'query'
  return stay({ ...noted(refund, to, event.outcome, event.at), inFlight: inFlight === to ? 'none' : inFlight })
}

/** The time to ask has come. */
export function askAgain(refund: Refund): RefundStep {
  return refund.inFlight === 'none' ? ask(refund) : stay(refund)
}

/** The answer to a question about a refund that is under way or unclear. */
export function hearQuery(refund: Refund, event: EventOf<'query-answered'>): RefundStep {
  if (refund.inFlight !== 'query') return noteLateAnswer(refund, event)
  const { at, outcome } = event
  const heard = noted(refund, 'query', outcome, at)
  switch (outcome.kind) {
    case 'done':
      return becomeDone(heard, at)
    case 'processing':
      return wait(heard, 'processing', at, nextAskMs(heard, true) ?? 0, { doubtedFailure: null, unknownReason: null })
    case 'closed':
      return becomeFailed(heard, 'closed-by-channel', at)
    case 'abnormal':
      return needPerson(heard, 'channel-needs-person', at)
    case 'not-found':
      return notFound(heard, at)
    case 'unknown': {
      if (refund.status === 'processing') return wait(heard, 'processing', at, nextAskMs(heard, true) ?? 0)
      const waitMs = nextAskMs(heard, false)
      if (waitMs === null) return needPerson(heard, 'cannot-be-told', at)
      return wait(heard, 'unknown', at, waitMs, { unknownReason: outcome.reason })
    }
    default:
      return assertNever(outcome, 'refund query outcome')
  }
}

/** The channel knows no such refund: it confirms a refusal; else the same number is sent again while there are tries. */
function notFound(refund: Refund, at: Moment): RefundStep {
  // What the channel had taken in may not be visible yet; it was taken in under this very number all the same.
  if (refund.status === 'processing') {
    return wait(refund, 'unknown', at, nextAskMs({ ...refund, asksInRow: 0 }, true) ?? 0, {
      unknownReason: 'order-not-found',
    })
  }
  if (refund.doubtedFailure !== null) return becomeFailed(refund, refund.doubtedFailure, at)
  return hasTriesLeft(refund) ? send(refund, 'requested', at) : needPerson(refund, 'tries-used-up', at)
}

/** `attention`: an answer may settle the case; a person's wish to try again is done once the channel knows of none. */
export function hearQueryInAttention(refund: Refund, event: EventOf<'query-answered'>): RefundStep {
  if (refund.inFlight !== 'query') return noteLateAnswer(refund, event)
  const { at, outcome } = event
  const heard = noted(refund, 'query', outcome, at)
  const reason = refund.attentionReason ?? 'cannot-be-told'
  switch (outcome.kind) {
    case 'done':
      return becomeDone(heard, at)
    case 'processing':
      return wait(heard, 'processing', at, nextAskMs({ ...heard, asksInRow: 0 }, true) ?? 0, {
        asksInRow: 0,
        attentionReason: null,
        retryWantedBy: null,
        unknownReason: null,
      })
    case 'closed':
      return becomeFailed(heard, 'closed-by-channel', at)
    case 'abnormal':
      return needPerson(heard, 'channel-needs-person', at)
    case 'not-found':
      return refund.retryWantedBy === null ? needPerson(heard, reason, at) : send(heard, 'attention', at)
    case 'unknown':
      return needPerson(heard, reason, at)
    default:
      return assertNever(outcome, 'refund query outcome')
  }
}

/** `failed`: a verified "done" after the end means that money went back twice or unseen: a person must know. */
export function hearQueryAfterFailure(refund: Refund, event: EventOf<'query-answered'>): RefundStep {
  const { at, outcome } = event
  const heard = noted(refund, 'query', outcome, at)
  if (outcome.kind === 'done' || outcome.kind === 'processing') return needPerson(heard, 'done-after-end', at)
  return rest(heard, 'failed', at, {})
}

/** `failed`: a late answer to a try that says "done" or "accepted" is such a case too. */
export function hearRefundAfterFailure(refund: Refund, event: EventOf<'refund-answered'>): RefundStep {
  const { at, outcome } = event
  const heard = noted(refund, 'refund', outcome, at)
  if (outcome.kind === 'done' || outcome.kind === 'accepted') return needPerson(heard, 'done-after-end', at)
  return rest(heard, 'failed', at, {})
}

/** Somebody asks now. */
export function askNow(refund: Refund): RefundStep {
  return refund.inFlight === 'none' ? ask(refund) : stay(refund)
}

/** `attention`: a person wants one more try. The question stands right before it. */
export function tryOnceMore(refund: Refund, event: EventOf<'retry-requested'>): RefundStep {
  return refund.inFlight === 'none' ? ask(refund, { retryWantedBy: event.by }) : stay(refund)
}

/** Found open after a restart: a request may have arrived, so the channel is asked, no sooner than it wants to be. */
export function resumeOpen(refund: Refund, event: EventOf<'resumed'>): RefundStep {
  const { at } = event
  const sinceTryMs = Math.max(0, at.wallMs - (refund.lastTryWallMs ?? at.wallMs))
  const waitMs = Math.max(0, (refund.policy.refundAskMs[0] ?? 0) - sinceTryMs)
  const status = refund.status === 'processing' ? 'processing' : 'unknown'
  const unknownReason = status === 'processing' ? null : (refund.unknownReason ?? 'restarted')
  if (waitMs > 0) return wait(refund, status, at, waitMs, { unknownReason })
  const { refund: waiting } = wait(refund, status, at, 0, { unknownReason })
  return ask(waiting)
}

/** `attention`, found after a restart: asked once, because a late answer settles the case by itself. */
export function resumeAttention(refund: Refund): RefundStep {
  return ask({ ...refund, inFlight: 'none' })
}

/** At its end, found after a restart: a question that was under way will never be answered now. */
export function forgetQuestion(refund: Refund): RefundStep {
  return stay(refund, { inFlight: 'none', wakeAtMonotonicMs: null })
}
