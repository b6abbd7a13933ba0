import type { ShiftId, StaffNumber } from '../ids.ts'
import { fen } from '../money.ts'
import type { Moment } from '../time.ts'
import type { ShiftBooks } from './act.ts'
import type { BusinessDay } from './business-day.ts'
import type { ShiftEvent, ShiftOpened } from './event.ts'
import type { Shift, ShiftStatus } from './shift.ts'
import { openShift, stepShift } from './step.ts'
import { totalsOf } from './totals.ts'

export const at: Moment = { wallMs: 1_700_000_000_000, monotonicMs: 1_000 }

export const opened: ShiftOpened = {
  type: 'opened',
  at,
  shiftId: '01-20231115-TEST-1' as ShiftId,
  businessDay: '20231115' as BusinessDay,
  cutOverHour: 4,
  cashier: 7 as StaffNumber,
  floatFen: fen(20_000),
}

const contribution = { isOpen: true, soldFen: 0, returnedFen: 0, drawerFen: 0 }

/** One of each event. */
export const everyShiftEvent: readonly ShiftEvent[] = [
  { type: 'handed-over', at, from: 7 as StaffNumber, to: 8 as StaffNumber, count: null },
  { type: 'close-begun', at, by: 7 as StaffNumber },
  { type: 'counted', at, by: 7 as StaffNumber, countedFen: fen(21_000) },
  { type: 'close-abandoned', at, by: 7 as StaffNumber },
  { type: 'closed', at, by: 7 as StaffNumber, totals: totalsOf([]), open: [], count: null, differenceReason: null },
  {
    type: 'supplemented',
    at,
    kind: 'order',
    subjectId: 'S0010120231115TEST000001',
    status: 'paid',
    before: contribution,
    after: { ...contribution, isOpen: false, soldFen: 500 },
  },
]

export const shiftEvent = <Type extends ShiftEvent['type']>(type: Type) =>
  everyShiftEvent.find((event) => event.type === type) as Extract<ShiftEvent, { readonly type: Type }>

/** A shift that went through these events. */
export const after = (...types: readonly ShiftEvent['type'][]): Shift =>
  types.map(shiftEvent).reduce<Shift>(stepShift, openShift(opened))

export const shiftIn: { readonly [Status in ShiftStatus]: Shift } = {
  open: after(),
  counting: after('close-begun'),
  closed: after('close-begun', 'counted', 'closed'),
}

/** Books with this change of the drawer. */
export const books = (drawerFen: number): (() => ShiftBooks) => {
  return () => ({ totals: { ...totalsOf([]), drawerFen }, open: [] })
}
