import type { Evidence } from '../outcome.ts'
import type { Moment } from '../time.ts'
import type { OrderEffect } from './effect.ts'
import type { Order, OrderStatus, QueryPurpose } from './order.ts'
import { nextAskMonotonicMs } from './timing.ts'

/** What a step comes to: the order after the event, and what must now be done. */
export type Step = { readonly order: Order; readonly effects: readonly OrderEffect[] }

/** The fields that an event changes; the version and the times of the status are the step's own business. */
export type Change = Partial<Omit<Order, 'orderNumber' | 'version'>>

/** The order stays as it is but for the change; nothing is to be done. */
export function stay(order: Order, change: Change = {}): Step {
  return { order: { ...order, ...change }, effects: [] }
}

/** The order is at a status that asks for nothing more: an end, or a person's turn. */
export function rest(order: Order, status: OrderStatus, at: Moment, change: Change): Step {
  const resting = { ...change, inFlight: 'none', queryPurpose: null, wakeAtMonotonicMs: null } as const
  return { order: moved(order, status, at, resting), effects: [] }
}

/** The order waits for the payer or for an answer: it will be asked again by the schedule, or at its deadline. */
export function wait(order: Order, status: 'awaiting-payer' | 'unknown', at: Moment, change: Change): Step {
  const waiting = moved(order, status, at, { ...change, inFlight: 'none', queryPurpose: null })
  return wakeAt(waiting, nextAskMonotonicMs(waiting, at))
}

/** The order asks to be woken at a moment of the monotonic clock. */
export function wakeAt(order: Order, monotonicMs: number): Step {
  return {
    order: { ...order, inFlight: 'none', queryPurpose: null, wakeAtMonotonicMs: monotonicMs },
    effects: [{ type: 'wake-at', monotonicMs }],
  }
}

/** The channel is asked now. */
export function ask(order: Order, purpose: QueryPurpose, at: Moment, change: Change = {}): Step {
  const asking: Order = {
    ...order,
    ...change,
    inFlight: 'query',
    queryPurpose: purpose,
    queries: order.queries + 1,
    lastQueryMonotonicMs: at.monotonicMs,
    wakeAtMonotonicMs: null,
  }
  return { order: asking, effects: [{ type: 'send-query', purpose }] }
}

/** A try of the revoke leaves now; the event that led here is its durable intent. */
export function revoke(order: Order, status: 'revoking' | 'attention', at: Moment, change: Change = {}): Step {
  const revoking = moved(order, status, at, {
    ...change,
    inFlight: 'revoke',
    queryPurpose: null,
    wakeAtMonotonicMs: null,
    revokes: order.revokes + 1,
    revokeTriesCounted: order.revokeTriesCounted + 1,
    revokesThatMayHaveArrived: order.revokesThatMayHaveArrived + 1,
  })
  return { order: revoking, effects: [{ type: 'send-revoke' }] }
}

/** The order with an answer noted as its last one. */
export function noted(order: Order, to: 'pay' | 'query' | 'revoke', evidence: Evidence, at: Moment): Order {
  return { ...order, inFlight: 'none', lastAnswer: { wallMs: at.wallMs, to, evidence } }
}

function moved(order: Order, status: OrderStatus, at: Moment, change: Change): Order {
  const statusSinceWallMs = status === order.status ? order.statusSinceWallMs : at.wallMs
  return { ...order, ...change, status, statusSinceWallMs }
}
