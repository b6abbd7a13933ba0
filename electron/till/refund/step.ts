import { createRefund, type RefundStep } from './change.ts'
import type { RefundCreated, RefundEvent, RefundEventType } from './event.ts'
import type { Refund } from './refund.ts'
import { type RefundRule, refundTable } from './table.ts'

export { createRefund, type RefundEffect, type RefundStep } from './change.ts'

/**
 * What a refund becomes by an event, and what must now be done (design §3). Pure and total, like the order's step: every
 * state takes every event. Throws only if a rule breaks its own table: a bug.
 */
export function stepRefund(refund: Refund, event: RefundEvent): RefundStep {
  // Each row maps an event's type to a rule for that very type; TypeScript cannot follow the pairing through the lookup.
  const rule = refundTable[refund.status][event.type] as RefundRule<RefundEventType>
  const result = rule.apply(refund, event)
  if (!rule.to.includes(result.refund.status)) {
    throw new Error(`${refund.status} + ${event.type} led to ${result.refund.status}, which the table does not allow`)
  }
  return { refund: { ...result.refund, version: refund.version + 1 }, effects: result.effects }
}

/** The refund that a journal makes: its creation, then every event in turn. */
export function foldRefund(created: RefundCreated, events: readonly RefundEvent[]): Refund {
  return events.reduce((refund, event) => stepRefund(refund, event).refund, createRefund(created))
}
