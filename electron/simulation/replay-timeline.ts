import { readOrderEntry } from '../ledger/fold.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import type { Moment } from '../till/time.ts'

/** One event of a journal on the replay's own time, which begins with the order. */
export type TimedEvent = { readonly atMs: number; readonly event: OrderCreated | OrderEvent }

/** One process of the recorded till: from where to where its events stand, and how its clock counted. */
export type RecordedProcess = {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly startsAtMs: number
  readonly startsMonotonicMs: number
}

export type Timeline = {
  readonly events: readonly TimedEvent[]
  readonly processes: readonly RecordedProcess[]
  /** What the wall clock of the recorded till said at a moment of the replay. */
  wallMsAt(atMs: number): number
}

/** A process that starts again does so a little after the last thing that the one before it did. */
const shortestRestartMs = 2

/** Lays the events of a journal on one line of time. Within a process its monotonic clock counts, between two the wall's. */
export function timelineOf(entries: readonly JournalEntry[]): Timeline {
  const events: TimedEvent[] = []
  const processes: RecordedProcess[] = []
  let former: Moment | null = null
  let atMs = 0
  for (const [place, entry] of entries.entries()) {
    const reading = readOrderEntry(entry)
    if (!reading.ok) throw new Error(`entry ${entry.sequence}: ${reading.detail}`)
    const event = reading.value
    const isRestart = event.type === 'resumed'
    if (former !== null && isRestart) atMs += Math.max(shortestRestartMs, event.at.wallMs - former.wallMs)
    if (former === null || isRestart) {
      const last = processes.pop()
      if (last) processes.push({ ...last, to: place })
      const startsMonotonicMs = event.at.monotonicMs
      processes.push({ from: place, to: entries.length, startsAtMs: atMs, startsMonotonicMs })
    }
    const process = processes.at(-1)
    // Counted from the process's start, so that parts of milliseconds do not add up.
    if (process)
      atMs = Math.max(atMs, Math.round(process.startsAtMs + event.at.monotonicMs - process.startsMonotonicMs))
    events.push({ atMs, event })
    former = event.at
  }
  const wallMsAt = (nowMs: number): number => {
    const last = events.findLast((each) => each.atMs <= nowMs) ?? events[0]
    return last ? last.event.at.wallMs + Math.max(0, nowMs - last.atMs) : 0
  }
  return { events, processes, wallMsAt }
}
