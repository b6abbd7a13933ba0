import { writeSync } from 'node:fs'
import { type CrashPoint, crashPoints, type OnCrashPoint } from './crash-points.ts'
import { type PrintCrashPoint, printCrashPoints } from './print-points.ts'

/** Names the point at which the command line kills itself, for tests: `pay.written`, or `query.booked:2`. */
export const crashVariable = 'SCANTILL_CRASH_AT'

/** Where a process dies: the n-th time that it comes to a point. */
export type CrashAt = { readonly point: CrashPoint | PrintCrashPoint; readonly occurrence: number }

/** Reads the variable's text; `undefined` if it names no point of the list. */
export function readCrashAt(text: string): CrashAt | undefined {
  const [, name, times = '1'] = /^([a-z.-]+?)(?::([1-9]\d{0,2}))?$/.exec(text) ?? []
  const found = [...crashPoints, ...printCrashPoints].find((point) => point.name === name)
  return found && { point: found.name, occurrence: Number(times) }
}

/** What a process that dies by the switch says last, on stderr. */
export const lastWords = ({ point, occurrence }: CrashAt): string => `killed at ${point}:${occurrence}`

/**
 * A listener that kills its own process in the midst of the point: no handler runs, no buffer is written, as when the
 * power goes. For training only; each thread counts for itself, and each point is reached in one thread only.
 */
export function crashSwitch(at: CrashAt): OnCrashPoint {
  let reached = 0
  return (point) => {
    if (point !== at.point) return
    reached += 1
    if (reached !== at.occurrence) return
    writeSync(2, `${lastWords(at)}\n`)
    process.kill(process.pid, 'SIGKILL')
  }
}
