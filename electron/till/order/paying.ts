import { assertNever } from '../brand.ts'
import type { FailureReason, PayOutcome, QueryOutcome } from '../outcome.ts'
import type { Moment } from '../time.ts'
import { becomeCase } from './becoming-case.ts'
import { ask, noted, rest, revoke, type Step, stay, wait, wakeAt } from './change.ts'
import type { OrderEvent } from './event.ts'
import type { Order, RevokeCause } from './order.ts'
import { canRevoke, deadlineMonotonicMs, isDue, lookAgainWaitMs, rebased } from './timing.ts'

type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>

/** A verified answer said paid for this order, amount and merchant: the only way to `paid` (I3). */
export function becomePaid(order: Order, outcome: Extract<QueryOutcome, { kind: 'paid' }>, at: Moment): Step {
  return rest(order, 'paid', at, {
    moneyWasTaken: true,
    transactionId: outcome.transactionId,
    failureReason: null,
    unknownReason: null,
    doubtedFailure: null,
    revokeCause: null,
  })
}

/** `created`: the pay request may leave, because this event is on disk. */
export function startPaying(order: Order, event: EventOf<'pay-requested'>): Step {
  const paying: Order = {
    ...order,
    status: 'paying',
    statusSinceWallMs: event.at.wallMs,
    payStarted: event.at,
    payLeftMonotonicMs: event.at.monotonicMs,
    inFlight: 'pay',
  }
  return { order: paying, effects: [{ type: 'send-pay' }] }
}

/** `created`, found after a restart: nothing ever left the machine, so nothing can be charged. */
export function neverSent(order: Order, event: EventOf<'resumed'>): Step {
  return rest(order, 'failed', event.at, { failureReason: 'never-sent' })
}

/** `paying`: the answer of the pay request. */
export function hearPayAnswer(order: Order, event: EventOf<'pay-answered'>): Step {
  const { outcome, at } = event
  const left: Order = {
    ...order,
    payLeftMonotonicMs: (event.leftAt ?? at).monotonicMs,
    neverLeft: outcome.kind === 'unknown' && outcome.reason === 'not-reachable',
  }
  const heard = withAlarm(noted(left, 'pay', outcome.evidence, at), outcome)
  switch (outcome.kind) {
    case 'paid':
      return becomePaid(heard, outcome, at)
    case 'awaiting-payer':
      return wait(heard, 'awaiting-payer', at, { unknownReason: null })
    case 'unknown':
      return wait(heard, 'unknown', at, { unknownReason: outcome.reason })
    case 'failed':
      return rest(heard, 'failed', at, { failureReason: outcome.reason })
    case 'failed-unless-query-differs': {
      const doubted = ask(heard, 'doubted-failure', at, { doubtedFailure: outcome.reason, unknownReason: null })
      return { ...doubted, order: { ...doubted.order, status: 'unknown', statusSinceWallMs: at.wallMs } }
    }
    case 'revoke-needed':
      return wait(heard, 'unknown', at, {
        revokeCause: heard.revokeCause ?? 'channel',
        failureReason: outcome.reason,
        unknownReason: null,
      })
    default:
      return assertNever(outcome, 'pay outcome')
  }
}

/** `awaiting-payer` and `unknown`: the answer of a query. A failed query never makes a failed payment. */
export function hearQueryWhileWaiting(order: Order, event: EventOf<'query-answered'>): Step {
  const { outcome, at } = event
  const heard = hearQuery(order, event)
  const wasLast = order.queryPurpose === 'last'
  const goOn = (status: 'awaiting-payer' | 'unknown', change: Partial<Order>): Step => {
    const waiting: Order = { ...heard, ...change }
    if (wasLast || isDue(waiting, at)) {
      if (!canRevoke(waiting)) return becomeCase(waiting, 'channel-has-no-revoke', at)
      return revoke(waiting, 'revoking', at, { revokeCause: waiting.revokeCause ?? 'deadline' })
    }
    return wait(waiting, status, at, {})
  }
  switch (outcome.kind) {
    case 'paid':
      if (personWantedRevoke(order))
        return goOn('unknown', { moneyWasTaken: true, transactionId: outcome.transactionId })
      return becomePaid(heard, outcome, at)
    case 'awaiting-payer':
      return goOn('awaiting-payer', { unknownReason: null, doubtedFailure: null })
    case 'unpaid':
      // A refused payment whose order exists unpaid must not stay chargeable: revoke it as soon as the channel allows.
      if (order.doubtedFailure !== null) return goOn('unknown', channelAsks(order, order.doubtedFailure))
      return goOn('awaiting-payer', { unknownReason: null })
    case 'revoke-needed':
      return goOn('unknown', channelAsks(order, outcome.reason))
    case 'closed':
      return closedWithoutRevoke(heard, outcome, at)
    case 'not-found':
      if (heard.neverLeft) return becomeFailedUnknownThere(heard, 'never-sent', at)
      // "This number is used" proves that the channel has the order: our own request came twice. The query is behind.
      if (order.doubtedFailure === 'order-number-used') return goOn('unknown', { unknownReason: 'order-not-found' })
      if (order.doubtedFailure !== null) return becomeFailedUnknownThere(heard, order.doubtedFailure, at)
      return goOn('unknown', { unknownReason: 'order-not-found' })
    case 'unknown':
      return goOn(order.status === 'awaiting-payer' ? 'awaiting-payer' : 'unknown', { unknownReason: outcome.reason })
    default:
      return assertNever(outcome, 'query outcome')
  }
}

/** `awaiting-payer` and `unknown`: the moment to ask again has come. */
export function askAgain(order: Order, event: EventOf<'woken'>): Step {
  if (order.inFlight !== 'none') return stay(order)
  if (order.wakeAtMonotonicMs !== null && event.at.monotonicMs < order.wakeAtMonotonicMs) {
    return wakeAt(order, order.wakeAtMonotonicMs)
  }
  return ask(order, isDue(order, event.at) ? 'last' : 'poll', event.at)
}

/** `awaiting-payer` and `unknown`: a person asks the channel now. */
export function askNow(order: Order, event: EventOf<'query-requested'>): Step {
  if (order.inFlight !== 'none') return stay(order)
  return ask(order, isDue(order, event.at) ? 'last' : 'asked', event.at)
}

/** `awaiting-payer` and `unknown`: a person wants the revoke; it waits for the channel's minimum age (I7). */
export function wantRevoke(order: Order, event: EventOf<'revoke-requested'>): Step {
  const wanted: Order = { ...order, revokeCause: event.by }
  if (order.inFlight !== 'none') return stay(wanted)
  if (isDue(wanted, event.at)) return ask(wanted, 'last', event.at)
  return wakeAt(wanted, deadlineMonotonicMs(wanted))
}

/** `paying`, found after a restart: the request may have arrived; only the channel knows. */
export function resumePaying(order: Order, event: EventOf<'resumed'>): Step {
  const resumed: Order = { ...order, status: 'unknown', statusSinceWallMs: event.at.wallMs }
  return resumeWaiting({ ...resumed, unknownReason: 'restarted' }, event)
}

/** `awaiting-payer` and `unknown`, found after a restart: ask at once, then go on as before. */
export function resumeWaiting(order: Order, event: EventOf<'resumed'>): Step {
  const resumed = rebased(order, event.at)
  return ask(resumed, isDue(resumed, event.at) ? 'last' : 'resume', event.at)
}

/** Closed, though this till sent no revoke: by the channel itself, or by somebody else. */
function closedWithoutRevoke(order: Order, outcome: Extract<QueryOutcome, { kind: 'closed' }>, at: Moment): Step {
  if (outcome.wasPaid === 'yes' || order.moneyWasTaken) {
    return rest(order, 'revoked', at, { revokeEffect: 'refunded', moneyWasTaken: true, unknownReason: null })
  }
  const failureReason = order.doubtedFailure ?? order.failureReason ?? 'closed-by-channel'
  return rest(order, 'failed', at, { failureReason, unknownReason: null })
}

/** Whether a person asked for the revoke: then the sale no longer wants the money, even if it was taken. */
export function personWantedRevoke(order: Order): boolean {
  return order.revokeCause === 'cashier' || order.revokeCause === 'staff'
}

function channelAsks(order: Order, failureReason: Order['failureReason']): Partial<Order> {
  const revokeCause: RevokeCause = order.revokeCause ?? 'channel'
  return { revokeCause, failureReason, doubtedFailure: null, unknownReason: null }
}

/**
 * `failed`, because the channel does not know the order. It is looked at again a few times all the same: a refusal may
 * hide a charge, and a request may still be on its way; a verified "paid" then becomes a case (I6).
 */
export function becomeFailedUnknownThere(order: Order, failureReason: FailureReason, at: Moment): Step {
  const failed = rest(order, 'failed', at, { failureReason, unknownReason: null, backgroundAsks: 0 })
  // What never left cannot arrive late.
  if (order.neverLeft) return failed
  return wakeAt(failed.order, at.monotonicMs + (lookAgainWaitMs(failed.order) ?? 0))
}

/** A query's answer, noted. An answer that knows the order proves that its pay request did leave. */
export function hearQuery(order: Order, event: EventOf<'query-answered'>): Order {
  const { outcome, at } = event
  const isKnownThere = outcome.kind !== 'not-found' && outcome.kind !== 'unknown'
  const heard = withAlarm(noted(order, 'query', outcome.evidence, at), outcome)
  return isKnownThere ? { ...heard, neverLeft: false } : heard
}

/** Notes answers that cannot be (M13) and answers for something else, so that people are told. */
export function withAlarm(order: Order, outcome: PayOutcome | QueryOutcome): Order {
  if (outcome.kind === 'closed' && outcome.alarm) return { ...order, alarm: outcome.alarm }
  if (outcome.kind === 'unknown' && outcome.reason === 'mismatched-answer') {
    return { ...order, alarm: 'mismatched-answer' }
  }
  return order
}
