/** Whether a window is at the till. */
export type Presence = {
  readonly connected: boolean
  readonly everConnected: boolean
  arrived(): void
  left(): void
  /** Comes when a window is there; at once when one is. */
  whenConnected(): Promise<void>
  /**
   * Comes when no window has been there for `graceMs`, counted from now or from the last one's leaving; the grace is what
   * a reload, or a browser that is still starting, needs. Never comes when `signal` ends the watch.
   */
  whenAlone(graceMs: number, signal: AbortSignal): Promise<void>
}

export function createPresence(): Presence {
  let connections = 0
  let everConnected = false
  const watchers = new Set<() => void>()

  const changed = (by: 1 | -1): void => {
    connections += by
    everConnected ||= connections > 0
    for (const watcher of [...watchers]) watcher()
  }

  return {
    get connected() {
      return connections > 0
    },
    get everConnected() {
      return everConnected
    },
    arrived: () => changed(1),
    left: () => changed(-1),
    whenConnected: () =>
      new Promise((done) => {
        const look = (): void => {
          if (connections === 0) return
          watchers.delete(look)
          done()
        }
        watchers.add(look)
        look()
      }),
    whenAlone: (graceMs, signal) =>
      new Promise((done) => {
        let timer: NodeJS.Timeout | undefined
        const stop = (): void => {
          clearTimeout(timer)
          watchers.delete(look)
        }
        const look = (): void => {
          clearTimeout(timer)
          if (connections > 0) return
          timer = setTimeout(() => {
            stop()
            done()
          }, graceMs)
        }
        if (signal.aborted) return
        signal.addEventListener('abort', stop, { once: true })
        watchers.add(look)
        look()
      }),
  }
}
