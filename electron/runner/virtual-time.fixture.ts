import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Moment } from '../till/time.ts'
import type { Alarms, Clock } from './ports.ts'

type Alarm = { readonly monotonicMs: number; readonly place: number; readonly ring: () => void }

/** More alarms than any story needs: scheduling without end is a bug, and must not hang a test. */
const mostRings = 20_000

/**
 * Time that passes only when a test says so. It belongs to the world, not to a process: a restarted till finds the wall
 * clock where it was, and a monotonic clock of its own that begins near zero.
 */
export type VirtualTime = {
  readonly wallMs: () => number
  /** The clocks of one process; alarms of a process that was killed never ring. */
  process(): {
    readonly clock: Clock
    readonly alarms: Alarms
    readonly kill: () => void
    readonly alarmsSet: () => number
  }
  /** Calls back after a time, in the world: answers on their way, payers who make up their minds. */
  after(delayMs: number, happens: () => void): void
  /** Lets this much time pass, ringing everything that is due, in order. */
  pass(durationMs: number): Promise<void>
  /** Lets everything that is under way without any alarm come to rest. */
  settle(): Promise<void>
}

/** Makes a world's time; equal moments ring in the order in which they were set. */
export function virtualTime(startWallMs: number): VirtualTime {
  let wallMs = startWallMs
  let place = 0
  let rings = 0
  const pending = new Set<Alarm>()

  const set = (atWallMs: number, ring: () => void): (() => void) => {
    const alarm: Alarm = { monotonicMs: atWallMs, place, ring }
    place += 1
    pending.add(alarm)
    return () => pending.delete(alarm)
  }

  const next = (untilMs: number): Alarm | undefined =>
    [...pending]
      .filter(({ monotonicMs }) => monotonicMs <= untilMs)
      .sort((a, b) => a.monotonicMs - b.monotonicMs || a.place - b.place)[0]

  // Everything in these tests that is not an alarm is a promise; a few turns of the event loop bring all of it to rest.
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) await nextTurn()
  }

  return {
    wallMs: () => wallMs,
    process() {
      const bornWallMs = wallMs
      const alive = new Set<() => void>()
      let isKilled = false
      let alarmsSet = 0
      const now = (): Moment => ({ wallMs, monotonicMs: 1_000 + wallMs - bornWallMs })
      return {
        clock: { now },
        alarmsSet: () => alarmsSet,
        alarms: {
          set(monotonicMs, ring) {
            if (isKilled) return () => undefined
            alarmsSet += 1
            const cancel = set(Math.max(wallMs, bornWallMs + monotonicMs - 1_000), () => {
              alive.delete(cancel)
              ring()
            })
            alive.add(cancel)
            return () => {
              alive.delete(cancel)
              cancel()
            }
          },
        },
        kill() {
          isKilled = true
          for (const cancel of alive) cancel()
        },
      }
    },
    after(delayMs, happens) {
      set(wallMs + delayMs, happens)
    },
    async pass(durationMs) {
      const untilMs = wallMs + durationMs
      await settle()
      for (let alarm = next(untilMs); alarm; alarm = next(untilMs)) {
        rings += 1
        if (rings > mostRings) throw new Error(`${mostRings} alarms rang: something schedules without end`)
        pending.delete(alarm)
        wallMs = Math.max(wallMs, alarm.monotonicMs)
        alarm.ring()
        await settle()
      }
      wallMs = untilMs
    },
    settle,
  }
}
