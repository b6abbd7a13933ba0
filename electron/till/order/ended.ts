import type { Moment } from '../time.ts'
import { ask, noted, rest, revoke, type Step, stay } from './change.ts'
import type { OrderEvent } from './event.ts'
import type { Order } from './order.ts'
import { becomePaid, personWantedRevoke, withAlarm } from './paying.ts'
import { becomeRevoked } from './revoking.ts'
import { rebasedPayStart } from './timing.ts'

type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>

/** `attention`: a query's answer may settle the case by itself; otherwise it stays a person's. */
export function hearQueryInAttention(order: Order, event: EventOf<'query-answered'>): Step {
  const { outcome, at } = event
  const purpose = order.queryPurpose
  const heard = withAlarm(noted(order, 'query', outcome.evidence, at), outcome)
  if (outcome.kind === 'closed') return becomeRevoked(heard, outcome, at)
  const known: Order =
    outcome.kind === 'paid' ? { ...heard, moneyWasTaken: true, transactionId: outcome.transactionId } : heard
  if (purpose === 'last') return revoke(known, 'attention', at)
  if (outcome.kind === 'paid' && known.revokesThatMayHaveArrived === 0 && !personWantedRevoke(known)) {
    if (known.attentionReason !== 'paid-after-end') return becomePaid({ ...known, attentionReason: null }, outcome, at)
  }
  return rest(known, 'attention', at, {})
}

/** `attention`: the answer to a revoke that a person asked for. */
export function hearRevokeInAttention(order: Order, event: EventOf<'revoke-answered'>): Step {
  const { outcome, at } = event
  const heard = noted(order, 'revoke', outcome.evidence, at)
  if (outcome.kind === 'accepted') return ask(heard, 'confirm', at, { revokeClaim: outcome.effect })
  if (outcome.kind === 'try-again' && outcome.reason === 'not-reachable') {
    return rest(heard, 'attention', at, { revokesThatMayHaveArrived: heard.revokesThatMayHaveArrived - 1 })
  }
  return rest(heard, 'attention', at, {})
}

/** `attention`: a person asks for one more try; the query stands right before it. */
export function revokeFromAttention(order: Order, event: EventOf<'revoke-requested'>): Step {
  if (order.inFlight !== 'none') return stay(order)
  return ask({ ...order, revokeCause: event.by }, 'last', event.at)
}

/** `attention`, found after a restart: ask once, because a late answer settles the case by itself. */
export function resumeAttention(order: Order, event: EventOf<'resumed'>): Step {
  return ask({ ...order, payStarted: rebasedPayStart(order, event.at) }, 'resume', event.at)
}

/** Asks the channel about an order that rests; what it says is kept as evidence. */
export function askAtRest(order: Order, event: EventOf<'query-requested'>): Step {
  return order.inFlight === 'none' ? ask(order, 'asked', event.at) : stay(order)
}

/** An order at its end, found after a restart: a question that was under way will never be answered now. */
export function forgetQuestion(order: Order, event: EventOf<'resumed'>): Step {
  return rest(order, order.status, event.at, {})
}

/** `paid`: what a later query says is noted and changes nothing; a refund has its own record. */
export function noteQueryWhenPaid(order: Order, event: EventOf<'query-answered'>): Step {
  const heard = withAlarm(noted(order, 'query', event.outcome.evidence, event.at), event.outcome)
  return rest(heard, 'paid', event.at, {})
}

/** `failed` and `revoked`: a verified "paid" for an order that had ended unpaid is a case for a person (I6). */
export function hearQueryAfterEnd(order: Order, event: EventOf<'query-answered'>): Step {
  const heard = withAlarm(noted(order, 'query', event.outcome.evidence, event.at), event.outcome)
  if (event.outcome.kind === 'paid') return paidAfterEnd(heard, event.outcome.transactionId, event.at)
  return rest(heard, order.status, event.at, {})
}

/** An answer to a pay request that came when nobody waited for it any more. */
export function hearLatePayAnswer(order: Order, event: EventOf<'pay-answered'>): Step {
  const lastAnswer = { wallMs: event.at.wallMs, to: 'pay', evidence: event.outcome.evidence } as const
  if (event.outcome.kind !== 'paid') return stay(order, { lastAnswer })
  const { transactionId } = event.outcome
  if (order.status === 'failed' || order.status === 'revoked') {
    return paidAfterEnd({ ...order, lastAnswer }, transactionId, event.at)
  }
  return stay(order, { lastAnswer, moneyWasTaken: true, transactionId })
}

function paidAfterEnd(order: Order, transactionId: Order['transactionId'], at: Moment): Step {
  return rest(order, 'attention', at, { attentionReason: 'paid-after-end', moneyWasTaken: true, transactionId })
}
