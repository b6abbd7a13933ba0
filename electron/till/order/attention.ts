import { assertNever } from '../brand.ts'
import { waitAsCase } from './becoming-case.ts'
import { ask, noted, rest, revoke, type Step, stay, wakeAt } from './change.ts'
import type { HandDecision, OrderEvent } from './event.ts'
import { handDecisions } from './event.ts'
import type { Order, Settlement } from './order.ts'
import { becomeFailedUnknownThere, becomePaid, hearQuery, personWantedRevoke } from './paying.ts'
import { becomeRevoked } from './revoking.ts'
import { canRevoke, mayRevokeInBackground, rebased, revokeAllowedMonotonicMs } from './timing.ts'

type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>

/** `attention`: a query's answer may settle the case by itself; otherwise it stays a person's. */
export function hearQueryInAttention(order: Order, event: EventOf<'query-answered'>): Step {
  const { outcome, at } = event
  const purpose = order.queryPurpose
  const heard = hearQuery(order, event)
  if (outcome.kind === 'closed') return becomeRevoked(heard, outcome, at)
  if (outcome.kind === 'not-found' && order.neverLeft && !order.moneyWasTaken) {
    return becomeFailedUnknownThere({ ...heard, attentionReason: null }, 'never-sent', at)
  }
  const known: Order =
    outcome.kind === 'paid' ? { ...heard, moneyWasTaken: true, transactionId: outcome.transactionId } : heard
  if (purpose === 'last' && canRevoke(known)) return revoke(known, 'attention', at)
  if (outcome.kind === 'paid' && known.revokesThatMayHaveArrived === 0 && !personWantedRevoke(known)) {
    const endedUnpaid = known.attentionReason === 'paid-after-end' || known.attentionReason === 'open-after-end'
    // Beside a refund a late "paid" is no sale: the money may be on its way back already.
    if (!endedUnpaid && !known.refundBegun) return becomePaid({ ...known, attentionReason: null }, outcome, at)
  }
  const isStillOpen = outcome.kind !== 'unknown' && outcome.kind !== 'not-found'
  if (purpose === 'background' && isStillOpen && mayRevokeInBackground(known, at)) {
    return revoke({ ...known, backgroundRevokes: known.backgroundRevokes + 1 }, 'attention', at)
  }
  return waitAsCase(rest(known, 'attention', at, {}).order, at)
}

/** `attention`: the answer to a revoke that a person asked for, or that the till tried in the background. */
export function hearRevokeInAttention(order: Order, event: EventOf<'revoke-answered'>): Step {
  const { outcome, at } = event
  const heard = noted(order, 'revoke', outcome.evidence, at)
  switch (outcome.kind) {
    case 'accepted':
      return ask(heard, 'confirm', at, { revokeClaim: outcome.effect })
    case 'try-again': {
      const arrived = heard.revokesThatMayHaveArrived - (outcome.reason === 'not-reachable' ? 1 : 0)
      return waitAsCase({ ...heard, revokesThatMayHaveArrived: arrived }, at)
    }
    case 'payer-confirming':
      return waitAsCase(heard, at)
    // What the channel will never do is not tried again in the background.
    case 'not-revocable':
      return waitAsCase({ ...heard, attentionReason: 'not-revocable' }, at)
    case 'person-needed':
      return waitAsCase({ ...heard, attentionReason: 'channel-needs-person' }, at)
    default:
      return assertNever(outcome, 'revoke outcome')
  }
}

/** `attention`: a person asks for one more try; the query stands right before it. Too young an order is only asked about. */
export function revokeFromAttention(order: Order, event: EventOf<'revoke-requested'>): Step {
  if (order.inFlight !== 'none') return stay(order)
  if (event.at.monotonicMs < revokeAllowedMonotonicMs(order)) return ask(order, 'asked', event.at)
  return ask({ ...order, revokeCause: event.by }, 'last', event.at)
}

/** `attention`: the till asks by itself, at growing gaps. */
export function askInBackground(order: Order, event: EventOf<'woken'>): Step {
  if (order.inFlight !== 'none' || order.wakeAtMonotonicMs === null) return stay(order)
  if (event.at.monotonicMs < order.wakeAtMonotonicMs) return wakeAt(order, order.wakeAtMonotonicMs)
  return ask({ ...order, backgroundAsks: order.backgroundAsks + 1 }, 'background', event.at)
}

/** `attention`, found after a restart: ask once, because a late answer settles the case by itself. */
export function resumeAttention(order: Order, event: EventOf<'resumed'>): Step {
  return ask(rebased(order, event.at), 'resume', event.at)
}

/** `attention`: a person asks the channel now. */
export function askAboutCase(order: Order, event: EventOf<'query-requested'>): Step {
  return order.inFlight === 'none' ? ask(order, 'asked', event.at) : stay(order)
}

/**
 * What a manager may decide about an order now. Money that a verified answer saw taken can have been kept or returned,
 * not never taken; a sale stands only on a verified answer (I3).
 */
export function decisionsFor(order: Order): readonly HandDecision[] {
  if (order.status !== 'attention' || order.inFlight !== 'none') return []
  if (!order.moneyWasTaken) return handDecisions.filter((decision) => decision !== 'money-kept')
  return handDecisions.filter(
    (decision) => decision === 'money-returned' || (decision === 'money-kept' && order.transactionId !== null),
  )
}

/** `attention`: a manager's signed decision ends the case; what may not be decided changes nothing. */
export function settleByHand(order: Order, event: EventOf<'settled-by-hand'>): Step {
  const { decision, reason, proof, at } = event
  if (!decisionsFor(order).includes(decision)) return stay(order)
  const settled = settledAs(order, { kind: 'by-hand', decision, reason, manager: proof.name, wallMs: at.wallMs })
  switch (decision) {
    case 'money-kept':
      return rest(settled, 'paid', at, {})
    case 'money-returned':
      return rest(settled, 'revoked', at, { revokeEffect: 'refunded' })
    case 'not-charged':
      return becomeFailedUnknownThere(settled, 'settled-by-hand', at)
    default:
      return assertNever(decision, 'decision')
  }
}

/** `attention`: a refund is about to be made; the revokes in the background end here. */
export function beginRefund(order: Order): Step {
  return stay(order, { refundBegun: true })
}

/** `attention`: the whole amount was refunded, and the channel confirmed it: the money is back. */
export function settleByRefund(order: Order, event: EventOf<'refunded-in-full'>): Step {
  const { refundNumber, at } = event
  const settled = settledAs(order, { kind: 'by-refund', refundNumber, wallMs: at.wallMs })
  return rest(settled, 'revoked', at, { revokeEffect: 'refunded', moneyWasTaken: true })
}

/** `attention`: somebody takes the case on. */
export function takeCase(order: Order, event: EventOf<'case-taken'>): Step {
  return stay(order, { caseOwner: event.owner })
}

function settledAs(order: Order, settlement: Settlement): Order {
  return { ...order, settlement, attentionReason: null, unknownReason: null }
}
