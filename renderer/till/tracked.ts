import type { OrderView } from '../../electron/api/contract.ts'

/** An order with the moment (of the page's monotonic clock) that its durations count from. */
export type TrackedOrder = {
  readonly view: OrderView
  readonly startedAtMs: number
  readonly deadlineAtMs: number
  readonly revokableAtMs: number
  readonly lastAnswerAtMs: number | null
}

/** Shorter differences are the messages' own travel, and no reason for a figure to run back (ux.md 13). */
const travelMs = 1_500

const steady = (former: number | undefined, latest: number): number =>
  former !== undefined && Math.abs(former - latest) < travelMs ? Math.min(former, latest) : latest

/** Takes in a view that arrived at `nowMs`; elapsed time and time left of the same order go on without a jump. */
export function track(former: TrackedOrder | undefined, view: OrderView, nowMs: number): TrackedOrder {
  return {
    view,
    startedAtMs: steady(former?.startedAtMs, nowMs - view.ageMs),
    deadlineAtMs: steady(former?.deadlineAtMs, nowMs + view.timeLeftMs),
    // What is allowed now stays so: a clock of the page that lags a little must not take the button away again.
    revokableAtMs: view.revokeAllowedInMs === 0 ? 0 : nowMs + view.revokeAllowedInMs,
    lastAnswerAtMs: view.lastAnswerAgeMs === null ? null : nowMs - view.lastAnswerAgeMs,
  }
}

export type WaitFigures = {
  readonly elapsedMs: number
  readonly leftMs: number
  /** Share of the window that has passed, 0 to 1. */
  readonly passed: number
  readonly revokeInMs: number
  readonly lastAnswerAgoMs: number | null
}

/** The figures of the wait as of `nowMs`. */
export function waitFigures(order: TrackedOrder, nowMs: number): WaitFigures {
  const leftMs = Math.max(0, order.deadlineAtMs - nowMs)
  const windowMs = Math.max(1, order.view.windowMs)
  return {
    elapsedMs: Math.max(0, nowMs - order.startedAtMs),
    leftMs,
    passed: Math.min(1, Math.max(0, 1 - leftMs / windowMs)),
    revokeInMs: Math.max(0, order.revokableAtMs - nowMs),
    lastAnswerAgoMs: order.lastAnswerAtMs === null ? null : Math.max(0, nowMs - order.lastAnswerAtMs),
  }
}
