import type { ShiftId } from '../ids.ts'
import { shanghaiDate } from '../time.ts'
import type { BusinessDay } from './business-day.ts'

export type ShiftIdParts = {
  readonly tillId: string
  readonly businessDay: BusinessDay
  /** As in order numbers: a ledger that was restored never repeats an id. */
  readonly ledgerMark: string
  /** Place among the ledger's shifts, from 1. */
  readonly place: number
}

/** Makes the id of a shift: till, business day, ledger mark, place, such as `01-20261130-K7QX-3`. */
export function makeShiftId({ tillId, businessDay, ledgerMark, place }: ShiftIdParts): ShiftId {
  return `${tillId}-${businessDay}-${ledgerMark}-${place}` as ShiftId
}

const implicitPrefix = 'day-'

/**
 * The implicit shift of what was made while no shift was open: Shanghai's day of that moment, such as `day-20261130`.
 *
 * So every order belongs to exactly one shift (I10) also in training, on a till that never opens shifts, and in journals
 * from before there were any. It needs no opening and is never closed. Its day is the calendar's, as in the order number,
 * and not the business day: a change of the cut-over hour must not move orders that are long done.
 */
export function implicitShiftId(wallMs: number): ShiftId {
  return `${implicitPrefix}${shanghaiDate(wallMs)}` as ShiftId
}

export const isImplicitShift = (shiftId: ShiftId): boolean => shiftId.startsWith(implicitPrefix)
