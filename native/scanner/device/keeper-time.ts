/** Monotonic milliseconds and timers, as arguments so that tests own the time. */
export type KeeperTime = {
  readonly nowMs: () => number
  /** Calls once after a time; the answer cancels. */
  readonly after: (waitMs: number, act: () => void) => () => void
}

/** Milliseconds of the machine's own monotonic clock, which all its processes share. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6

/** This machine's time. */
export const systemKeeperTime: KeeperTime = {
  nowMs: () => performance.now(),
  after: (waitMs, act) => {
    const timer = setTimeout(act, waitMs)
    return () => clearTimeout(timer)
  },
}
