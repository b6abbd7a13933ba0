import type { ShiftState, StaffState } from '../../electron/api/contract.ts'

/** Who is at the till and which shift is open, as the till told last; null until it has. */
export type CrewState = {
  readonly staff: StaffState | null
  readonly shift: ShiftState | null
  /** The form for the first manager is open. */
  readonly makingFirst: boolean
}

export const emptyCrew: CrewState = { staff: null, shift: null, makingFirst: false }

export type CrewEvent =
  | { readonly type: 'staff-told'; readonly staff: StaffState }
  | { readonly type: 'shift-told'; readonly shift: ShiftState }
  | { readonly type: 'first-asked'; readonly asking: boolean }

/** The crew after an event; pure. */
export function reduceCrew(crew: CrewState, event: CrewEvent): CrewState {
  switch (event.type) {
    case 'staff-told':
      return { ...crew, staff: event.staff, makingFirst: crew.makingFirst && !event.staff.isSetUp }
    case 'shift-told':
      return { ...crew, shift: event.shift }
    case 'first-asked':
      return { ...crew, makingFirst: event.asking && crew.staff?.isSetUp === false }
  }
}

/** Whether the till asks who is there: it has staff, and nobody is signed in. */
export const isLocked = ({ staff }: CrewState): boolean => staff?.isSetUp === true && staff.person === null

/** Whether cash may be taken now: a shift with a float is open and nobody counts its drawer. */
export const takesCash = ({ shift }: CrewState): boolean =>
  shift?.shift?.takesCash === true && shift.shift.status === 'open'
