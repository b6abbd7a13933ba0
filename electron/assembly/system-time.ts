import { performance } from 'node:perf_hooks'
import type { Alarms, Clock } from '../runner/ports.ts'

/** The machine's clocks: the wall clock, and one that never runs back. */
export const systemClock: Clock = {
  now: () => ({ wallMs: Date.now(), monotonicMs: performance.now() }),
}

/** The longest delay that a timer of Node takes. */
const longestDelayMs = 2 ** 31 - 1

type Alarm = { readonly monotonicMs: number; readonly place: number; readonly ring: () => void }

/** Every alarm that has not rung, in the order in which they were set. */
const pending = new Set<Alarm>()
let places = 0

/** Rings whatever is due, by moment: on a busy machine timers of Node fire late, and then not in the order of their ends. */
function ringDue(): void {
  const nowMs = performance.now()
  const due = [...pending].filter(({ monotonicMs }) => monotonicMs <= nowMs)
  due.sort((left, right) => left.monotonicMs - right.monotonicMs || left.place - right.place)
  for (const alarm of due) if (pending.delete(alarm)) alarm.ring()
}

/** Alarm clocks on Node's timers; equal moments ring in the order in which they were set. */
export const systemAlarms: Alarms = {
  set(monotonicMs, ring) {
    places += 1
    const alarm: Alarm = { monotonicMs, place: places, ring }
    pending.add(alarm)
    const wait = (): NodeJS.Timeout => {
      // Rounded up, because a timer that rings a fraction of a millisecond early would only be set again.
      const delayMs = Math.ceil(Math.min(longestDelayMs, Math.max(0, monotonicMs - performance.now())))
      return setTimeout(() => {
        ringDue()
        if (pending.has(alarm)) timer = wait()
      }, delayMs)
    }
    let timer = wait()
    return () => {
      pending.delete(alarm)
      clearTimeout(timer)
    }
  },
}
