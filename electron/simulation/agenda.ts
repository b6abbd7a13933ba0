type Appointment = { readonly atMs: number; readonly place: number; happens: (() => void) | null }

/** What a simulated world does when, in its own time; the only thing that makes time pass. */
export type Agenda = {
  /** The true time in the world, in Unix milliseconds; machines may believe another. */
  readonly nowMs: () => number
  /** Lets something happen at a moment, or now if that has passed; equal moments keep the order of setting. */
  at(whenMs: number, happens: () => void): () => void
  after(delayMs: number, happens: () => void): () => void
  /** Resolves after a time. */
  sleep(durationMs: number): Promise<void>
  /** Lets time pass to a moment; everything due happens in its order, each to its rest before the next. */
  run(untilMs: number): Promise<void>
  readonly pending: () => number
}

/** Thrown when a world never comes to rest: something schedules without end. */
export class EndlessScheduling extends Error {
  override readonly name = 'EndlessScheduling'
}

/** More than any honest world needs at one moment. */
const mostAtOneMoment = 20_000

/** So often the event loop gets its turn, for the messages of a worker. */
const happeningsPerTurn = 2_000

/** Makes a world's time; `mostInAll` is how much may happen in its life. */
export function createAgenda(startMs: number, mostInAll = 20_000_000): Agenda {
  let nowMs = startMs
  let place = 0
  let happened = 0
  let happenedNow = 0
  let waiting = 0
  const heap: Appointment[] = []

  const isBefore = (left: Appointment, right: Appointment): boolean =>
    left.atMs < right.atMs || (left.atMs === right.atMs && left.place < right.place)

  const push = (appointment: Appointment): void => {
    let at = heap.length
    heap.push(appointment)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isBefore(appointment, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = appointment
  }

  const pop = (): Appointment | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      if (left === undefined) break
      const below = right !== undefined && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
      const child = heap[below]
      if (child === undefined || !isBefore(child, last)) break
      heap[at] = child
      at = below
    }
    heap[at] = last
    return first
  }

  const at: Agenda['at'] = (whenMs, happens) => {
    const appointment: Appointment = { atMs: Math.max(nowMs, Math.round(whenMs)), place, happens }
    place += 1
    waiting += 1
    push(appointment)
    return () => {
      if (appointment.happens === null) return
      appointment.happens = null
      waiting -= 1
    }
  }

  const count = (atMs: number): void => {
    happened += 1
    happenedNow = atMs === nowMs ? happenedNow + 1 : 1
    if (happenedNow > mostAtOneMoment) throw new EndlessScheduling(`${mostAtOneMoment} things happened at one moment`)
    if (happened > mostInAll) throw new EndlessScheduling(`${mostInAll} things happened in one world`)
  }

  /** The next appointment up to a moment that was not taken back. */
  const takeDue = (untilMs: number): { readonly atMs: number; readonly happens: () => void } | null => {
    for (let first = heap[0]; first !== undefined && first.atMs <= untilMs; first = heap[0]) {
      pop()
      const { atMs, happens } = first
      if (happens === null) continue
      first.happens = null
      waiting -= 1
      count(atMs)
      return { atMs, happens }
    }
    return null
  }

  return {
    nowMs: () => nowMs,
    at,
    after: (delayMs, happens) => at(nowMs + delayMs, happens),
    sleep: (durationMs) => new Promise((resolve) => at(nowMs + durationMs, resolve)),
    run: (untilMs) =>
      new Promise((resolve, reject) => {
        // Everything that is no appointment is a promise. A tick that a microtask asks for comes once no microtask is
        // left, so that each appointment has come to rest before the next; a turn of the event loop costs ten times that.
        const afterRest = (): void => queueMicrotask(() => process.nextTick(next))
        const next = (): void => {
          try {
            const due = takeDue(untilMs)
            if (due === null) {
              nowMs = Math.max(nowMs, untilMs)
              resolve()
              return
            }
            nowMs = due.atMs
            due.happens()
          } catch (error) {
            reject(error)
            return
          }
          if (happened % happeningsPerTurn === 0) setImmediate(next)
          else afterRest()
        }
        afterRest()
      }),
    pending: () => waiting,
  }
}
