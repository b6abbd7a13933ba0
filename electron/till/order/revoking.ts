import { assertNever } from '../brand.ts'
import type { QueryOutcome, RevokeEffect } from '../outcome.ts'
import type { Moment } from '../time.ts'
import { becomeCase } from './becoming-case.ts'
import { ask, noted, rest, revoke, type Step, stay, wakeAt } from './change.ts'
import type { OrderEvent } from './event.ts'
import type { Order } from './order.ts'
import { becomeFailedUnknownThere, becomePaid, hearQuery, personWantedRevoke } from './paying.ts'
import { ageMs, confirmingIsFree, rebased, revokeWaitMs } from './timing.ts'

type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>
type Closed = Extract<QueryOutcome, { kind: 'closed' }>

/** How many times a query must not know the order, after an accepted revoke, before it counts as never arrived. */
const notFoundEnough = 2

/** `revoking`: the answer to a try of the revoke. It is believed only after a query (M12). */
export function hearRevokeAnswer(order: Order, event: EventOf<'revoke-answered'>): Step {
  const { outcome, at } = event
  const heard = noted(order, 'revoke', outcome.evidence, at)
  switch (outcome.kind) {
    case 'accepted':
      return ask(heard, 'confirm', at, { revokeClaim: outcome.effect, unknownReason: null })
    case 'try-again': {
      const arrived =
        outcome.reason === 'not-reachable' ? heard.revokesThatMayHaveArrived - 1 : heard.revokesThatMayHaveArrived
      const counted: Order = { ...heard, revokesThatMayHaveArrived: arrived, unknownReason: outcome.reason }
      return nextTry(counted, at)
    }
    case 'payer-confirming': {
      const { pollMs, revokeRetryMs } = heard.policy
      const free = confirmingIsFree(heard, at)
      const counted: Order = { ...heard, revokeTriesCounted: heard.revokeTriesCounted - (free ? 1 : 0) }
      return free ? wakeAt(counted, at.monotonicMs + Math.max(pollMs, revokeRetryMs[0] ?? 0)) : nextTry(counted, at)
    }
    case 'not-revocable':
      return ask(heard, 'confirm', at, { attentionReason: 'not-revocable' })
    case 'person-needed':
      return ask(heard, 'confirm', at, { attentionReason: 'channel-needs-person' })
    default:
      return assertNever(outcome, 'revoke outcome')
  }
}

/** `revoking`: the answer of a query, be it the confirming one or the one right before another try. */
export function hearQueryWhileRevoking(order: Order, event: EventOf<'query-answered'>): Step {
  const { outcome, at } = event
  const purpose = order.queryPurpose
  const heard = hearQuery(order, event)
  const unresolved = (change: Partial<Order> = {}): Step => {
    const open: Order = { ...heard, ...change }
    if (open.attentionReason !== null) return becomeCase(open, open.attentionReason, at)
    if (purpose === 'last' || purpose === 'resume') return tryOrAttention(open, at)
    if (purpose === 'asked' && order.wakeAtMonotonicMs !== null) return wakeAt(open, order.wakeAtMonotonicMs)
    return nextRung(open, at)
  }
  switch (outcome.kind) {
    case 'closed':
      return becomeRevoked(heard, outcome, at)
    case 'paid':
      if (heard.revokesThatMayHaveArrived === 0 && !personWantedRevoke(heard)) return becomePaid(heard, outcome, at)
      return unresolved({ moneyWasTaken: true, transactionId: outcome.transactionId })
    case 'not-found':
      return hearNotFound(heard, at, unresolved)
    case 'awaiting-payer':
    case 'unpaid':
    case 'revoke-needed':
      return unresolved({ notFoundAfterRevoke: 0 })
    case 'unknown':
      return unresolved({ unknownReason: outcome.reason })
    default:
      return assertNever(outcome, 'query outcome')
  }
}

/** `revoking`: the wait before another try is over; the query stands first, right before the revoke. */
export function tryAgain(order: Order, event: EventOf<'woken'>): Step {
  if (order.inFlight !== 'none') return stay(order)
  if (order.wakeAtMonotonicMs !== null && event.at.monotonicMs < order.wakeAtMonotonicMs) {
    return wakeAt(order, order.wakeAtMonotonicMs)
  }
  return ask(order, 'last', event.at)
}

/** `revoking`: a person asks the channel now; the wait before the next try goes on meanwhile. */
export function askWhileRevoking(order: Order, event: EventOf<'query-requested'>): Step {
  if (order.inFlight !== 'none') return stay(order)
  const asked = ask(order, 'asked', event.at)
  return { ...asked, order: { ...asked.order, wakeAtMonotonicMs: order.wakeAtMonotonicMs } }
}

/** `revoking`: a person does not want to wait for the next try. */
export function tryNow(order: Order, event: EventOf<'revoke-requested'>): Step {
  const wanted: Order = { ...order, revokeCause: event.by }
  return order.inFlight === 'none' ? ask(wanted, 'last', event.at) : stay(wanted)
}

/** `revoking`, found after a restart: ask first, then go on with the ladder where it stood. */
export function resumeRevoking(order: Order, event: EventOf<'resumed'>): Step {
  return ask(rebased(order, event.at), 'resume', event.at)
}

/** A verified query says closed: the revoke is confirmed, with what it did (M8). */
export function becomeRevoked(order: Order, outcome: Closed, at: Moment): Step {
  return rest(order, 'revoked', at, {
    revokeEffect: effectOf(order, outcome),
    attentionReason: null,
    unknownReason: null,
  })
}

function effectOf(order: Order, outcome: Closed): RevokeEffect {
  if (outcome.wasPaid === 'yes' || order.moneyWasTaken || order.revokeClaim === 'refunded') return 'refunded'
  // WeChat's REVOKED without payment facts, and a plain close, both mean that no money was seen to move; the bill of the
  // next day has the last word (wechat.md §8 P11).
  return 'closed'
}

function hearNotFound(order: Order, at: Moment, unresolved: (change: Partial<Order>) => Step): Step {
  if (order.neverLeft && !order.moneyWasTaken) return becomeFailedUnknownThere(order, 'never-sent', at)
  // Alipay and WeChat accept the revoke of an order that they never saw; a pay request that comes late could still make
  // it (alipay.md §3.3), so one "not found", or any within the window, is not enough.
  if (order.revokeClaim === null || order.moneyWasTaken) return unresolved({ unknownReason: 'order-not-found' })
  const notFoundAfterRevoke = order.notFoundAfterRevoke + 1
  const isOldEnough = ageMs(order, at) >= order.policy.windowMs
  if (notFoundAfterRevoke < notFoundEnough || !isOldEnough)
    return unresolved({ notFoundAfterRevoke, unknownReason: 'order-not-found' })
  return becomeFailedUnknownThere({ ...order, notFoundAfterRevoke }, order.failureReason ?? 'never-arrived', at)
}

/** After a try that did not end it: wait for the next, or, when none is left, one query more and then a person. */
function nextTry(order: Order, at: Moment): Step {
  const waitMs = revokeWaitMs(order)
  return waitMs === null ? ask(order, 'confirm', at) : wakeAt(order, at.monotonicMs + waitMs)
}

/** After a confirming or a requested query that did not end it. */
function nextRung(order: Order, at: Moment): Step {
  const waitMs = revokeWaitMs(order)
  if (waitMs === null) return becomeCase(order, 'revoke-tries-used-up', at)
  return wakeAt(order, at.monotonicMs + waitMs)
}

function tryOrAttention(order: Order, at: Moment): Step {
  const triesAllowed = order.policy.revokeRetryMs.length + 1
  if (order.revokeTriesCounted >= triesAllowed) {
    return becomeCase(order, 'revoke-tries-used-up', at)
  }
  return revoke(order, 'revoking', at)
}
