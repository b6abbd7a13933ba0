import type { Alarms, Clock } from '../runner/ports.ts'
import type { Agenda } from './agenda.ts'

/** What a process can do with time. After `kill` nothing that it waited for ever happens. */
export type ProcessTime = {
  readonly clock: Clock
  readonly alarms: Alarms
  /** Lets something happen in this process after a time, not while the machine sleeps, never once it is dead. */
  after(delayMs: number, happens: () => void): void
  readonly isAlive: () => boolean
  kill(): void
}

/** A machine's clocks: a wall clock that may jump, and sleep, in which nothing happens. */
export type MachineTime = {
  readonly wallMs: () => number
  /** How far the wall clock is off. */
  readonly offMs: () => number
  jump(byMs: number): void
  /** Puts the machine to sleep; `counted` says whether its monotonic clock goes on meanwhile (it depends on the system). */
  suspend(durationMs: number, counted: boolean): void
  readonly isAsleep: () => boolean
  /** How often the machine has slept: a connection from before is dead. */
  readonly sleeps: () => number
  process(): ProcessTime
}

/** Makes a machine in the world's time. */
export function createMachineTime(agenda: Agenda): MachineTime {
  let offMs = 0
  let awakeAtMs = 0
  let uncountedMs = 0
  let sleeps = 0
  const wallMs = (): number => agenda.nowMs() + offMs
  const isAsleep = (): boolean => agenda.nowMs() < awakeAtMs

  const process = (): ProcessTime => {
    const bornMs = agenda.nowMs() - uncountedMs
    let alive = true
    const monotonicMs = (): number => 1_000 + agenda.nowMs() - uncountedMs - bornMs
    const set: Alarms['set'] = (targetMs, ring) => {
      let cancelled = false
      let cancel: () => void = () => undefined
      const wait = (): void => {
        const delayMs = isAsleep() ? awakeAtMs - agenda.nowMs() : Math.max(0, targetMs - monotonicMs())
        cancel = agenda.after(delayMs, () => {
          if (cancelled || !alive) return
          if (isAsleep() || monotonicMs() < targetMs) wait()
          else ring()
        })
      }
      if (alive) wait()
      return () => {
        cancelled = true
        cancel()
      }
    }
    return {
      clock: { now: () => ({ wallMs: wallMs(), monotonicMs: monotonicMs() }) },
      alarms: { set },
      after(delayMs, happens) {
        const deliver = (): void => {
          if (!alive) return
          if (isAsleep()) agenda.at(awakeAtMs, deliver)
          else happens()
        }
        agenda.after(delayMs, deliver)
      },
      isAlive: () => alive,
      kill: () => {
        alive = false
      },
    }
  }

  return {
    wallMs,
    offMs: () => offMs,
    jump: (byMs) => {
      offMs += byMs
    },
    suspend(durationMs, counted) {
      if (isAsleep()) return
      awakeAtMs = agenda.nowMs() + durationMs
      sleeps += 1
      if (!counted) uncountedMs += durationMs
    },
    isAsleep,
    sleeps: () => sleeps,
    process,
  }
}
