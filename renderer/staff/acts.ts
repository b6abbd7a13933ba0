import type { PinRefusal } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import type { AppStore } from '../till/store.ts'
import { type CrewEvent, isLocked } from './state.ts'

/** The till is told of a busy hand no more often than this; the idle lock counts minutes. */
const touchEveryMs = 5_000

/** What sign-in and shifts do beyond the window's own state. */
export type CrewActs = {
  /** Asks the till who is there and which shift is open. */
  readonly read: () => Promise<void>
  /** Null where it went well, `lost` where no answer came. The PIN goes to the bridge and nowhere else. */
  readonly signIn: (number: number, pin: string) => Promise<PinRefusal | 'lost' | null>
  /** Locks the till for the next cashier; where there is no staff, asks for the first manager. */
  readonly lock: () => Promise<void>
  /** A key was pressed or a code was scanned: the idle time begins anew. */
  readonly touch: () => void
}

/** Makes the acts of one window. */
export function createCrewActs(door: Door, store: AppStore, now: () => number = () => performance.now()): CrewActs {
  const crew = (event: CrewEvent): void => store.dispatch({ type: 'crew', event })
  let touchedAtMs = Number.NEGATIVE_INFINITY

  const read = async (): Promise<void> => {
    const [staff, shift] = await Promise.all([door.call('staff.state', null), door.call('shift.state', null)])
    if (staff.ok) crew({ type: 'staff-told', staff: staff.reply })
    if (shift.ok) crew({ type: 'shift-told', shift: shift.reply })
  }

  return {
    read,
    signIn: async (number, pin) => {
      const answer = await door.call('staff.sign-in', { number, pin })
      if (!answer.ok) return 'lost'
      if (answer.reply.kind !== 'signed-in') return answer.reply
      crew({ type: 'staff-told', staff: answer.reply.state })
      return null
    },
    lock: async () => {
      if (store.getState().crew.staff?.isSetUp === false) return crew({ type: 'first-asked', asking: true })
      const answer = await door.call('staff.lock', null)
      if (answer.ok) crew({ type: 'staff-told', staff: answer.reply })
    },
    touch: () => {
      const { crew: state } = store.getState()
      if (state.staff?.person === null || isLocked(state) || state.staff === null) return
      if (now() - touchedAtMs < touchEveryMs) return
      touchedAtMs = now()
      void door.call('staff.touch', null)
    },
  }
}
