import { createOrder } from './begin.ts'
import type { Step } from './change.ts'
import type { OrderCreated, OrderEvent, OrderEventType } from './event.ts'
import type { Order } from './order.ts'
import { orderTable, type Rule } from './table.ts'

export { createOrder } from './begin.ts'
export type { Step } from './change.ts'

/**
 * The payment core: what an order becomes by an event, and what must now be done (design §3).
 *
 * Pure and total: the same order and event give the same step, every state takes every event, and the effects are data
 * that may be performed only after the event is durable (I1). Throws only if a rule breaks its own table: a bug.
 */
export function step(order: Order, event: OrderEvent): Step {
  // Each row maps an event's type to a rule for that very type; TypeScript cannot follow the pairing through the lookup.
  const rule = orderTable[order.status][event.type] as Rule<OrderEventType>
  const result = rule.apply(order, event)
  if (!rule.to.includes(result.order.status)) {
    throw new Error(`${order.status} + ${event.type} led to ${result.order.status}, which the table does not allow`)
  }
  return { order: { ...result.order, version: order.version + 1 }, effects: result.effects }
}

/** The order that a journal makes: its creation, then every event in turn. */
export function foldOrder(created: OrderCreated, events: readonly OrderEvent[]): Order {
  return events.reduce((order, event) => step(order, event).order, createOrder(created))
}
