import type { KeeperTime } from './keeper-time.ts'

/** Lets every promise that is ready be answered. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
}

/** Time that passes when a test says so, timers in their order. */
export function createVirtualTime() {
  let nowMs = 0
  let nextId = 1
  const timers = new Map<number, { readonly atMs: number; readonly act: () => void }>()
  const time: KeeperTime = {
    nowMs: () => nowMs,
    after: (waitMs, act) => {
      const id = nextId
      nextId += 1
      timers.set(id, { atMs: nowMs + waitMs, act })
      return () => void timers.delete(id)
    },
  }
  return {
    time,
    settle,
    pass: async (ms: number): Promise<void> => {
      const untilMs = nowMs + ms
      await settle()
      for (;;) {
        const due = [...timers].filter(([, { atMs }]) => atMs <= untilMs).toSorted(([, a], [, b]) => a.atMs - b.atMs)[0]
        if (!due) break
        timers.delete(due[0])
        nowMs = Math.max(nowMs, due[1].atMs)
        due[1].act()
        await settle()
      }
      nowMs = untilMs
    },
  }
}
