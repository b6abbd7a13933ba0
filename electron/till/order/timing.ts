import { type Moment, shanghaiDayStartMs } from '../time.ts'
import type { Order } from './order.ts'

/** How long the payer's phone may keep a revoke from being accepted past the window before tries count again. */
const confirmingGraceMs = 60_000

/** The order's age since its pay request, never negative. */
export function ageMs(order: Order, at: Moment): number {
  return Math.max(0, at.monotonicMs - order.payStarted.monotonicMs)
}

/** The moment, in the monotonic clock, from which the channel takes a revoke: its minimum age after the pay request. */
export function revokeAllowedMonotonicMs(order: Order): number {
  return order.payLeftMonotonicMs + order.policy.revokeMinAgeMs
}

/**
 * The moment, in the monotonic clock, at which the till stops waiting and revokes: the end of the window, or as soon as
 * the channel allows where somebody asked for a revoke.
 */
export function deadlineMonotonicMs(order: Order): number {
  const allowed = revokeAllowedMonotonicMs(order)
  const windowEnd = order.payStarted.monotonicMs + order.policy.windowMs
  return order.revokeCause === null ? Math.max(windowEnd, allowed) : allowed
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
  const deadline = Math.max(deadlineMonotonicMs(order), at.monotonicMs)
  return Math.min(order.payStarted.monotonicMs + spaced, deadline)
}

/** Whether the next answer that does not end the order leads straight to the revoke. */
export function isDue(order: Order, at: Moment): boolean {
  return at.monotonicMs >= deadlineMonotonicMs(order)
}

/** Gaps between the looks at an order that ended because a channel did not know it; a late request could still make it. */
const lookAgainGapsMs = [15_000, 45_000, 240_000] as const

/** The wait before the next look at an order at its end, or null when it has been looked at often enough. */
export function lookAgainWaitMs(order: Order): number | null {
  return lookAgainGapsMs[order.backgroundAsks] ?? null
}

/** Until when, in the monotonic clock, an order at its end is still looked at; null when no look is planned. */
export function looksUntilMonotonicMs(order: Order, at: Moment): number | null {
  const later = lookAgainGapsMs.slice(order.backgroundAsks + 1).reduce((sum, gapMs) => sum + gapMs, 0)
  if (order.wakeAtMonotonicMs !== null) return order.wakeAtMonotonicMs + later
  if (order.queryPurpose !== 'background') return null
  return at.monotonicMs + (lookAgainWaitMs(order) ?? 0) + later
}

/** A case is asked about in the background at growing gaps, so that a late answer settles it by itself. */
const caseGapsMs = { first: 60_000, longest: 30 * 60_000, pastDeadline: 6 * 3_600_000 } as const

/** Further tries of the revoke in the background, before only questions are left (M15: bounded). */
const backgroundRevokesAllowed = 6

/** Where the channel has no revoke, no deadline says when news of a case grow unlikely; after a day they are. */
const newsLikelyForMs = 24 * 3_600_000

/** The wait before the till asks about a case again by itself. */
export function caseWaitMs(order: Order, at: Moment): number {
  const likelyUntilMs = canRevoke(order) ? revokeDeadlineWallMs(order) : order.payStarted.wallMs + newsLikelyForMs
  if (at.wallMs >= likelyUntilMs) return caseGapsMs.pastDeadline
  return Math.min(caseGapsMs.longest, caseGapsMs.first * 2 ** Math.min(10, order.backgroundAsks))
}

/** Whether the order's channel has a revoke at all. */
export function canRevoke({ policy }: Order): boolean {
  return policy.canRevoke !== false
}

/** Whether the till may try the revoke of a case once more by itself: only where nothing but the tries ran out. */
export function mayRevokeInBackground(order: Order, at: Moment): boolean {
  return (
    (order.attentionReason === 'revoke-tries-used-up' || order.attentionReason === 'open-after-end') &&
    canRevoke(order) &&
    !order.refundBegun &&
    order.backgroundRevokes < backgroundRevokesAllowed &&
    at.monotonicMs >= revokeAllowedMonotonicMs(order) &&
    at.wallMs < revokeDeadlineWallMs(order)
  )
}

/** The wall time after which the channel takes no revoke of the order any more; a refund is the way then (M9). */
export function revokeDeadlineWallMs(order: Order): number {
  const { revokeUntil } = order.policy
  const { wallMs } = order.payStarted
  if (revokeUntil.kind === 'age') return wallMs + revokeUntil.ageMs
  // Paid after the cut, it belongs to the next day.
  const cutMs = shanghaiDayStartMs(wallMs) + revokeUntil.hour * 3_600_000
  return wallMs < cutMs ? cutMs : cutMs + 86_400_000
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
 * The order in the clocks of a process that has just started: the wall clock tells how long it has waited, and a wall
 * clock that ran back counts as no time at all. The minimum age counts from now, because the wall clock may have been put
 * ahead meanwhile and the request may have left right before the stop (I7). An order that a revoke was tried for was old
 * enough before.
 */
export function rebased(order: Order, at: Moment): Order {
  const waitedMs = Math.max(0, at.wallMs - order.payStarted.wallMs)
  return {
    ...order,
    payStarted: { wallMs: order.payStarted.wallMs, monotonicMs: at.monotonicMs - waitedMs },
    payLeftMonotonicMs: at.monotonicMs - (order.revokes > 0 ? order.policy.revokeMinAgeMs : 0),
    lastQueryMonotonicMs: null,
  }
}
