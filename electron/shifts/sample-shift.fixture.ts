import type { ShiftId, StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { BusinessDay } from '../till/shift/business-day.ts'
import type { ShiftEvent, ShiftOpened } from '../till/shift/event.ts'
import type { Shift } from '../till/shift/shift.ts'
import { openShift, stepShift } from '../till/shift/step.ts'
import { totalsOf } from '../till/shift/totals.ts'

export const at = { wallMs: 1_700_000_000_000, monotonicMs: 1_000 }

/** A shift with a float of 200 yuan, run by no. 7. */
export const opened: ShiftOpened = {
  type: 'opened',
  at,
  shiftId: '01-20231115-TEST-1' as ShiftId,
  businessDay: '20231115' as BusinessDay,
  cutOverHour: 4,
  cashier: 7 as StaffNumber,
  floatFen: fen(20_000),
}

const before = { isOpen: true, soldFen: 0, returnedFen: 0, drawerFen: 0 }

/** An order of five yuan that was paid after the close. */
export const paidLater: ShiftEvent = {
  type: 'supplemented',
  at,
  kind: 'order',
  subjectId: 'S0010120231115TEST000001',
  status: 'paid',
  before,
  after: { ...before, isOpen: false, soldFen: 500 },
}

const totals = totalsOf([])

/** The shift, the shift while it is counted, and the shift closed with nothing in it. */
export const open: Shift = openShift(opened)
export const counting: Shift = stepShift(open, { type: 'close-begun', at, by: null })
export const closed: Shift = stepShift(counting, {
  type: 'closed',
  at,
  by: null,
  totals,
  open: [],
  count: null,
  differenceReason: null,
})
