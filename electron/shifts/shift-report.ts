import type { ShiftReport, ShiftView } from '../api/shift-views.ts'
import type { ShiftSums } from '../ledger/shift-ledger.ts'
import type { ShiftId } from '../till/ids.ts'
import { differenceFen } from '../till/shift/act.ts'
import { businessDay, dayOfShift } from '../till/shift/business-day.ts'
import type { Closing, Shift } from '../till/shift/shift.ts'
import { difference } from '../till/shift/totals.ts'

/** A shift as people see it, at a moment of the wall clock. */
export function shiftView(shift: Shift, wallMs: number): ShiftView {
  const { shiftId, status, openedWallMs, openedBy, cashier, floatFen, handOvers, cutOverHour } = shift
  return {
    shiftId,
    businessDay: shift.businessDay,
    status,
    openedWallMs,
    openedBy,
    cashier,
    takesCash: floatFen !== null,
    floatFen,
    counts: shift.counts.length,
    // What a hand-over expected in the drawer is for the report: the drawer is counted again.
    handOvers: status === 'closed' ? handOvers : handOvers.map((each) => ({ ...each, count: null })),
    day: status === 'closed' ? null : dayOfShift(shift.businessDay, businessDay(wallMs, cutOverHour)),
  }
}

/**
 * The report of a shift: its Z report if it is closed, else what it has come to so far (X), without the cash until that
 * was counted (blind count).
 */
export function shiftReport(shift: Shift, sums: ShiftSums, wallMs: number): ShiftReport {
  const view = shiftView(shift, wallMs)
  if (shift.closing !== null) return closedReport(shift, shift.closing, view)
  const isBlind = shift.floatFen !== null
  return openReport(shift.shiftId, view, { sums, isBlind, wallMs })
}

/** The report of what was made on a day while no shift was open. */
export function implicitReport(shiftId: ShiftId, sums: ShiftSums, wallMs: number): ShiftReport {
  return openReport(shiftId, null, { sums, isBlind: false, wallMs })
}

function openReport(
  shiftId: ShiftId,
  shift: ShiftView | null,
  { sums, isBlind, wallMs }: { readonly sums: ShiftSums; readonly isBlind: boolean; readonly wallMs: number },
): ShiftReport {
  const totals = isBlind ? { ...sums.codeTotals, drawerFen: null } : sums.totals
  const { soldFen, returnedFen, netFen } = totals
  return {
    kind: 'x',
    shiftId,
    shift,
    madeWallMs: wallMs,
    isBlind,
    totals,
    open: sums.open,
    count: null,
    differenceReason: null,
    allowedBy: null,
    supplements: [],
    amended: { soldFen, returnedFen, netFen },
  }
}

function closedReport({ shiftId, supplements }: Shift, closing: Closing, shift: ShiftView): ShiftReport {
  const { totals, open, count, differenceReason, proof, at } = closing
  const changes = supplements.map(({ before, after }) => difference(before, after))
  const soldFen = changes.reduce((sum, change) => sum + change.soldFen, totals.soldFen)
  const returnedFen = changes.reduce((sum, change) => sum + change.returnedFen, totals.returnedFen)
  return {
    kind: 'z',
    shiftId,
    shift,
    madeWallMs: at.wallMs,
    isBlind: false,
    totals,
    open,
    count: count === null ? null : { ...count, differenceFen: differenceFen(count) },
    differenceReason,
    allowedBy: proof?.name ?? null,
    supplements,
    amended: { soldFen, returnedFen, netFen: soldFen - returnedFen },
  }
}
