import type { Moment } from '../time.ts'
import type { Order } from './order.ts'

/** How long the payer's phone may keep a revoke from being accepted past the window before tries count again. */
const confirmingGraceMs = 60_000

/** The order's age since its pay request, never negative. */
export function ageMs(order: Order, at: Moment): number {
  return Math.max(0, at.monotonicMs - order.payStarted.monotonicMs)
}

/** The age at which the till stops waiting and revokes: the window, or at once where somebody asked for a revoke. */
export function deadlineAgeMs(order: Order): number {
  const { windowMs, revokeMinAgeMs } = order.policy
  return order.revokeCause === null ? Math.max(windowMs, revokeMinAgeMs) : revokeMinAgeMs
}

/**
 * The moment, in the monotonic clock, at which a waiting order is to be asked again: the schedule's next age, no sooner
 * than the smallest gap, no later than the deadline, where the last query stands.
 */
export function nextAskMonotonicMs(order: Order, at: Moment): number {
  const age = ageMs(order, at)
  const { queryAgesMs, pollMs } = order.policy
  const scheduled = queryAgesMs.find((candidate) => candidate > age) ?? age + pollMs
  const lastAskedAge =
    order.lastQueryMonotonicMs === null ? null : order.lastQueryMonotonicMs - order.payStarted.monotonicMs
  const spaced = lastAskedAge === null ? scheduled : Math.max(scheduled, lastAskedAge + pollMs)
  const deadline = Math.max(deadlineAgeMs(order), age)
  return order.payStarted.monotonicMs + Math.min(spaced, deadline)
}

/** Whether the next answer that does not end the order leads straight to the revoke. */
export function isDue(order: Order, at: Moment): boolean {
  return ageMs(order, at) >= deadlineAgeMs(order)
}

/** The wait before the next try of the revoke, or null when the ladder is used up (M15). */
export function revokeWaitMs(order: Order): number | null {
  return order.policy.revokeRetryMs[order.revokeTriesCounted - 1] ?? null
}

/** Whether a revoke refused because the payer is confirming still costs no try (wechat.md §4.4: ≤ 45 s after pay). */
export function confirmingIsFree(order: Order, at: Moment): boolean {
  return ageMs(order, at) < order.policy.windowMs + confirmingGraceMs
}

/**
 * The pay request's moment in the clocks of a process that has just started: the wall clock tells how long the order has
 * waited, and a wall clock that ran back counts as no time at all.
 */
export function rebasedPayStart(order: Order, at: Moment): Moment {
  const waitedMs = Math.max(0, at.wallMs - order.payStarted.wallMs)
  return { wallMs: order.payStarted.wallMs, monotonicMs: at.monotonicMs - waitedMs }
}
