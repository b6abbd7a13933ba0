import { assertNever } from '../till/brand.ts'
import { cashProblem } from '../till/cash/begin.ts'
import type { CashEntry } from '../till/cash/cash.ts'
import type { CashNumber, SaleId } from '../till/ids.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { beginShiftAct } from '../till/shift/act.ts'
import { businessDay, dayForNewShift } from '../till/shift/business-day.ts'
import { cashEntry } from '../till/shift/entry.ts'
import type { ShiftEvent, ShiftOpened } from '../till/shift/event.ts'
import { makeShiftId } from '../till/shift/shift-id.ts'
import { openShift, stepShift } from '../till/shift/step.ts'
import type { JournalAppender } from './journal.ts'
import type { ShiftEntries } from './shift-entries.ts'
import { shiftPayload } from './shift-fold.ts'
import type { NewCash, NewCashResult, NewShift, NewShiftResult, ShiftActResult } from './shift-ledger.ts'
import type { ShiftProjection } from './shift-projection.ts'
import type { ShiftAnswers, ShiftCall } from './shift-protocol.ts'
import type { StaffProjection } from './staff-projection.ts'
import { prepareStaffWriter } from './staff-writer.ts'

export type ShiftWriterParts = {
  readonly journal: JournalAppender
  readonly shifts: ShiftProjection
  readonly entries: ShiftEntries
  readonly staff: StaffProjection
  readonly ledgerMark: string
  readonly ordersOfSale: (saleId: SaleId) => readonly Order[]
}

/** The writer's part for shifts, cash and staff; the caller owns the transaction. */
export function prepareShiftWriter(parts: ShiftWriterParts) {
  const { journal, shifts, entries, ledgerMark } = parts
  const staffWriter = prepareStaffWriter(journal, parts.staff)

  const journalEvent = (shiftId: string, event: ShiftOpened | ShiftEvent): number => {
    const { wallMs } = event.at
    const payload = shiftPayload(event)
    return journal.append({ wallMs, subject: 'shift', subjectId: shiftId, type: event.type, payload })
  }

  const open = ({ tillId, cutOverHour, cashier, floatFen, at }: NewShift): NewShiftResult => {
    const current = shifts.current()
    if (current) return { kind: 'already-open', shift: current }
    const day = dayForNewShift(businessDay(at.wallMs, cutOverHour), shifts.last()?.businessDay ?? null)
    const shiftId = makeShiftId({ tillId, businessDay: day, ledgerMark, place: shifts.countShifts() + 1 })
    const opened: ShiftOpened = { type: 'opened', at, shiftId, businessDay: day, cutOverHour, cashier, floatFen }
    const shift = openShift(opened)
    shifts.insertShift(journalEvent(shiftId, opened), shift)
    return { kind: 'opened', shift }
  }

  const act = ({ shiftId, wanted }: Extract<ShiftCall, { method: 'actOnShift' }>): ShiftActResult => {
    const shift = shifts.shift(shiftId)
    if (shift === null) return { kind: 'no-such-shift' }
    const books = () => ({ totals: entries.totals(shiftId), open: entries.open(shiftId) })
    const beginning = beginShiftAct(shift, wanted, books)
    if (beginning.kind === 'refused') return { ...beginning, shift }
    journalEvent(shiftId, beginning.event)
    const after = stepShift(shift, beginning.event)
    shifts.updateShift(after)
    return { kind: 'done', shift: after }
  }

  const record = ({ move, cashier, proof, at }: NewCash): NewCashResult => {
    const shift = shifts.current()
    const saleId = 'saleId' in move ? move.saleId : null
    const ofSale = saleId === null ? [] : shifts.cashOfSale(saleId)
    const orders = saleId === null ? [] : parts.ordersOfSale(saleId)
    // An order in doubt counts as well: else the customer could pay twice.
    const mayBePaid = orders.filter(({ status }) => status === 'paid' || !isFinal(status))
    const codeFen = mayBePaid.reduce((sum, { amountFen }) => sum + amountFen, 0)
    const problem = cashProblem(move, shift, { entries: ofSale, codeFen })
    if (problem !== null || shift === null) return { kind: 'refused', problem: problem ?? { kind: 'no-open-shift' } }
    const place = String(shifts.countCash() + 1).padStart(6, '0')
    const entry: CashEntry = {
      cashNumber: `${ledgerMark}C${place}` as CashNumber,
      at,
      shiftId: shift.shiftId,
      cashier: cashier ?? shift.cashier,
      ...(proof === undefined ? {} : { proof }),
      move,
    }
    const payload = JSON.stringify(entry)
    const { cashNumber: subjectId } = entry
    const sequence = journal.append({ wallMs: at.wallMs, subject: 'cash', subjectId, type: move.kind, payload })
    shifts.insertCash(sequence, entry)
    entries.insert(sequence, cashEntry(entry))
    return { kind: 'recorded', entry }
  }

  return (call: ShiftCall): ShiftAnswers[ShiftCall['method']] => {
    switch (call.method) {
      case 'openShift':
        return open(call.shift)
      case 'actOnShift':
        return act(call)
      case 'currentShift':
        return shifts.current()
      case 'recordCash':
        return record(call.cash)
      case 'addPerson':
        return staffWriter.add(call.person)
      case 'changePerson':
        return staffWriter.change(call.number, call.event)
      case 'staff':
        return parts.staff.staff()
      default:
        return assertNever(call, 'shift call')
    }
  }
}
