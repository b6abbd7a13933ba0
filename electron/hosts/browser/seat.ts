import type { WebSocket } from 'ws'

/** Who got the one seat. */
export type Seating = 'seated' | 'taken' | 'left'

/**
 * The one seat at the till: one window at a time (design §7).
 *
 * A newcomer gets the seat when it is free or when the window that had it has gone without saying so: it is asked by a
 * ping, and silence for `probeMs` means gone. That way a reload, whose old connection may still be closing when the new
 * one arrives, always works, and a second window is refused while the first is alive.
 */
export type Seat = {
  /** Seats the newcomer, or tells that the seat is taken. `left` when the newcomer itself went meanwhile. */
  offer(newcomer: WebSocket): Promise<Seating>
  readonly occupant: WebSocket | null
}

export function createSeat(probeMs: number): Seat {
  let occupant: WebSocket | null = null
  // Newcomers are judged one after another, so that two cannot both find the seat free.
  let queue: Promise<unknown> = Promise.resolve()

  const judge = async (newcomer: WebSocket): Promise<Seating> => {
    if (occupant !== null && (await isAlive(occupant, probeMs))) return isOpen(newcomer) ? 'taken' : 'left'
    if (!isOpen(newcomer)) return 'left'
    occupant?.terminate()
    occupant = newcomer
    newcomer.once('close', () => {
      if (occupant === newcomer) occupant = null
    })
    return 'seated'
  }

  return {
    offer(newcomer) {
      const seating = queue.then(() => judge(newcomer))
      queue = seating
      return seating
    },
    get occupant() {
      return occupant
    },
  }
}

const isOpen = (socket: WebSocket): boolean => socket.readyState === socket.OPEN

function isAlive(socket: WebSocket, probeMs: number): Promise<boolean> {
  if (!isOpen(socket)) return Promise.resolve(false)
  return new Promise((resolve) => {
    const settle = (alive: boolean): void => {
      clearTimeout(timer)
      socket.off('pong', onPong)
      socket.off('close', onClose)
      resolve(alive)
    }
    const onPong = (): void => settle(true)
    const onClose = (): void => settle(false)
    const timer = setTimeout(() => settle(false), probeMs)
    socket.on('pong', onPong)
    socket.on('close', onClose)
    socket.ping()
  })
}
