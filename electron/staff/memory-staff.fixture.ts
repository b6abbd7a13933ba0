import type { LedgerProblem, LedgerResult } from '../ledger/ledger.ts'
import type { StaffResult } from '../ledger/shift-ledger.ts'
import { addToStaff, changeStaff } from '../till/staff/change.ts'
import type { PersonAdded, StaffEvent } from '../till/staff/event.ts'
import type { Person } from '../till/staff/person.ts'
import type { PinKeeper } from './pin-keeper.ts'
import { openStaffDesk } from './staff-desk.ts'
import type { StaffPins } from './staff-pins.ts'

export const startMs = 1_700_000_000_000

/** A staff's desk over memory, with a clock that is set by hand; PINs are compared as they are, which no till does. */
export function memoryStaff(options: { readonly singlePin?: string } = {}) {
  const clock = { wallMs: startMs, monotonicMs: 1_000 }
  const journal: { readonly number: number; readonly event: PersonAdded | StaffEvent }[] = []
  let staff: readonly Person[] = []
  let problem: LedgerProblem | null = null
  const done = <Value>(value: Value): LedgerResult<Value> => (problem ? { ok: false, problem } : { ok: true, value })

  const ledger: Parameters<typeof openStaffDesk>[0]['ledger'] = {
    staff: async () => done(staff),
    addPerson: async (asked) => {
      const change = addToStaff(staff, asked)
      if (change.kind === 'refused' || problem) return done<StaffResult>(change as StaffResult)
      staff = [...staff, change.person]
      journal.push({ number: change.person.number, event: change.event })
      return done<StaffResult>({ kind: 'changed', person: change.person })
    },
    changePerson: async (number, event) => {
      const change = changeStaff(staff, number, event)
      if (change.kind === 'refused' || problem) return done<StaffResult>(change as StaffResult)
      staff = staff.map((person) => (person.number === number ? change.person : person))
      journal.push({ number, event })
      return done<StaffResult>({ kind: 'changed', person: change.person })
    },
  }

  const kept = new Map<string, { readonly number: number; readonly pin: string }>()
  let single = options.singlePin ?? null
  let lockedUntilWallMs: number | null = null
  let made = 0
  const pins: StaffPins = {
    check: async (number, pinId, pin) => {
      if (lockedUntilWallMs !== null) return { kind: 'locked', untilWallMs: lockedUntilWallMs, wrongTries: 5 }
      const found = kept.get(pinId)
      if (found?.number !== number) return { kind: 'not-set' }
      return found.pin === pin ? { kind: 'right' } : { kind: 'wrong', triesLeft: 4 }
    },
    put: async (number, pin) => {
      made += 1
      kept.set(`pin-${made}`, { number, pin })
      return { kind: 'done', pinId: `pin-${made}` }
    },
    adopt: async (number) => {
      if (single === null) return null
      kept.set('single', { number, pin: single })
      return { kind: 'done', pinId: 'single' }
    },
    holdsAny: async (pinIds) => pinIds.some((pinId) => kept.has(pinId)),
  }
  const keeper: PinKeeper = {
    state: async () => (single === null ? 'not-set' : 'set'),
    check: async (pin) => {
      if (single === null) return { kind: 'not-set' }
      return pin === single ? { kind: 'right', pinId: 'single' } : { kind: 'wrong', triesLeft: 4 }
    },
    set: async () => ({ kind: 'already-set' }),
    replace: async () => ({ kind: 'already-set' }),
  }
  const desk = openStaffDesk({
    ledger,
    pins,
    single: keeper,
    removeSingle: async () => {
      single = null
    },
    now: () => ({ ...clock }),
  })
  return {
    desk,
    ledger,
    clock,
    journal,
    people: () => staff,
    hasSingle: () => single !== null,
    losePins: () => kept.clear(),
    lock: (untilWallMs: number | null) => {
      lockedUntilWallMs = untilWallMs
    },
    fail: (next: LedgerProblem | null) => {
      problem = next
    },
  }
}
