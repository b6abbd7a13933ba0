/** How often a PIN was given wrongly since it was last given rightly, and the lock that came of it. */
export type PinTries = {
  readonly wrong: number
  readonly lock: { readonly sinceWallMs: number; readonly forMs: number } | null
}

export const noTries: PinTries = { wrong: 0, lock: null }

/** Wrong tries before the first lock. */
export const freeTries = 5

const minuteMs = 60_000
/** Each further wrong try locks for longer; the last one holds from then on. */
const lockMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs] as const

/**
 * When the lock ends, or null when there is none now. A wall clock that was put back cannot make a lock longer than it
 * was; one that was put ahead can shorten it, which is told by the journal's times.
 */
export function lockedUntilWallMs({ lock }: PinTries, wallMs: number): number | null {
  if (lock === null || wallMs >= lock.sinceWallMs + lock.forMs) return null
  return Math.min(lock.sinceWallMs + lock.forMs, wallMs + lock.forMs)
}

/** The tries after one more that is wrong, or not known yet to be right. */
export function withTry({ wrong }: PinTries, wallMs: number): PinTries {
  const tries = wrong + 1
  const over = tries - freeTries
  if (over < 0) return { wrong: tries, lock: null }
  const forMs = lockMs[Math.min(over, lockMs.length - 1)] ?? 0
  return { wrong: tries, lock: { sinceWallMs: wallMs, forMs } }
}

/** Tries that are left before a lock. */
export const triesLeft = ({ wrong }: PinTries): number => Math.max(0, freeTries - wrong)
