import { performance } from 'node:perf_hooks'
import type { Alarms, Clock } from '../runner/ports.ts'

/** The machine's clocks: the wall clock, and one that never runs back. */
export const systemClock: Clock = {
  now: () => ({ wallMs: Date.now(), monotonicMs: performance.now() }),
}

/** The longest delay that a timer of Node takes. */
const longestDelayMs = 2 ** 31 - 1

/** Alarm clocks on Node's timers; equal moments ring in the order in which they were set. */
export const systemAlarms: Alarms = {
  set(monotonicMs, ring) {
    // Rounded up, because a timer that rings a fraction of a millisecond early would only be set again.
    const delayMs = Math.ceil(Math.min(longestDelayMs, Math.max(0, monotonicMs - performance.now())))
    const timer = setTimeout(ring, delayMs)
    return () => clearTimeout(timer)
  },
}
