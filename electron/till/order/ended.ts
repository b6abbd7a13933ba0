import { assertNever } from '../brand.ts'
import type { Moment } from '../time.ts'
import { becomeCase } from './becoming-case.ts'
import { ask, rest, type Step, stay, wakeAt } from './change.ts'
import type { OrderEvent } from './event.ts'
import type { Order } from './order.ts'
import { hearQuery } from './paying.ts'
import { lookAgainWaitMs, rebased } from './timing.ts'

type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>

/** Asks the channel about an order at its end; what it says is kept as evidence. */
export function askAtEnd(order: Order, event: EventOf<'query-requested'>): Step {
  return order.inFlight === 'none' ? ask(order, 'asked', event.at) : stay(order)
}

/** `failed`: another look at an order that ended because the channel did not know it. */
export function lookAgain(order: Order, event: EventOf<'woken'>): Step {
  if (order.inFlight !== 'none' || order.wakeAtMonotonicMs === null) return stay(order)
  if (event.at.monotonicMs < order.wakeAtMonotonicMs) return wakeAt(order, order.wakeAtMonotonicMs)
  return ask({ ...order, backgroundAsks: order.backgroundAsks + 1 }, 'background', event.at)
}

/** An order at its end, found after a restart: a look that was planned is made now; any other question is forgotten. */
export function resumeAtEnd(order: Order, event: EventOf<'resumed'>): Step {
  const isLooking = order.wakeAtMonotonicMs !== null || order.queryPurpose === 'background'
  const resumed = rebased(order, event.at)
  return isLooking ? ask(resumed, 'background', event.at) : rest(resumed, order.status, event.at, {})
}

/** `paid`: what a later query says is noted and changes nothing; a refund has its own record. */
export function noteQueryWhenPaid(order: Order, event: EventOf<'query-answered'>): Step {
  return rest(hearQuery(order, event), 'paid', event.at, {})
}

/**
 * `revoked`: a verified "paid" for an order that had ended unpaid is a case for a person (I6). It is no news where the
 * money was known to be taken and went back by a refund or outside the till.
 */
export function hearQueryWhenRevoked(order: Order, event: EventOf<'query-answered'>): Step {
  const heard = hearQuery(order, event)
  if (event.outcome.kind === 'paid' && order.settlement === null)
    return paidAfterEnd(heard, event.outcome.transactionId, event.at)
  return rest(heard, 'revoked', event.at, {})
}

/**
 * `failed`: a verified "paid" is a case for a person (I6). An order that turns out to be open could still charge: it
 * becomes a case too, and the till revokes it by itself at once.
 */
export function hearQueryWhenFailed(order: Order, event: EventOf<'query-answered'>): Step {
  const { outcome, at } = event
  const heard = hearQuery(order, event)
  switch (outcome.kind) {
    case 'paid':
      return paidAfterEnd(heard, outcome.transactionId, at)
    case 'awaiting-payer':
    case 'unpaid':
    case 'revoke-needed': {
      const opened = becomeCase({ ...heard, revokeCause: 'channel' }, 'open-after-end', at)
      return wakeAt(opened.order, at.monotonicMs)
    }
    case 'closed':
      return rest(heard, 'failed', at, {})
    case 'not-found':
    case 'unknown': {
      const waitMs = order.queryPurpose === 'background' ? lookAgainWaitMs(heard) : null
      const planned = order.queryPurpose === 'background' ? null : order.wakeAtMonotonicMs
      const rested = rest(heard, 'failed', at, {})
      if (waitMs !== null) return wakeAt(rested.order, at.monotonicMs + waitMs)
      return planned === null ? rested : wakeAt(rested.order, planned)
    }
    default:
      return assertNever(outcome, 'query outcome')
  }
}

/** An answer to a pay request that came when nobody waited for it any more. */
export function hearLatePayAnswer(order: Order, event: EventOf<'pay-answered'>): Step {
  const lastAnswer = { wallMs: event.at.wallMs, to: 'pay', evidence: event.outcome.evidence } as const
  if (event.outcome.kind !== 'paid') return stay(order, { lastAnswer })
  const { transactionId } = event.outcome
  if ((order.status === 'failed' || order.status === 'revoked') && order.settlement?.kind !== 'by-refund') {
    return paidAfterEnd({ ...order, lastAnswer }, transactionId, event.at)
  }
  return stay(order, { lastAnswer, moneyWasTaken: true, transactionId, neverLeft: false })
}

function paidAfterEnd(order: Order, transactionId: Order['transactionId'], at: Moment): Step {
  return becomeCase({ ...order, moneyWasTaken: true, transactionId }, 'paid-after-end', at)
}
