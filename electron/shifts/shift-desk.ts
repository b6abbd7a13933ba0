import type { ShiftReport } from '../api/shift-views.ts'
import type { LedgerResult } from '../ledger/ledger.ts'
import type { NewShiftResult, ShiftActResult, ShiftLedger, ShiftReader } from '../ledger/shift-ledger.ts'
import type { ShiftId, StaffNumber } from '../till/ids.ts'
import { type Fen, fen } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { keepableReason } from '../till/refund/reason.ts'
import type { ShiftAct } from '../till/shift/act.ts'
import { type BusinessDay, businessDay } from '../till/shift/business-day.ts'
import type { Shift } from '../till/shift/shift.ts'
import { isImplicitShift } from '../till/shift/shift-id.ts'
import type { Person } from '../till/staff/person.ts'
import { type Limits, mayDo, needsProof, rights } from '../till/staff/rights.ts'
import type { Moment } from '../till/time.ts'
import { implicitReport, shiftReport } from './shift-report.ts'

export type ShiftDeskParts = {
  readonly ledger: Pick<ShiftLedger, 'openShift' | 'actOnShift' | 'currentShift'>
  readonly reader: Pick<ShiftReader, 'shift' | 'shiftSums'>
  readonly tillId: string
  readonly cutOverHour: number
  readonly limits: Limits
  readonly now: () => Moment
}

/** What a drawer was counted to, and what is said if it differs. */
export type ClosingWish = {
  /** Who closes; null on a till without staff. */
  readonly by: Pick<Person, 'number' | 'role'> | null
  /** Null where it was counted before, or where the shift takes no cash. */
  readonly countedFen: Fen | null
  readonly differenceReason: string
  readonly proof?: ManagerProof
}

/** Opens, hands over, closes and reports shifts. */
export type ShiftDesk = {
  today(): BusinessDay
  current(): Promise<LedgerResult<Shift | null>>
  open(cashier: StaffNumber | null, floatFen: Fen | null): Promise<LedgerResult<NewShiftResult>>
  /** To the next cashier (交接班), with a count of the drawer or as it is. Closing and opening anew is the other way. */
  handOver(
    shiftId: ShiftId,
    by: StaffNumber | null,
    to: StaffNumber,
    countedFen: Fen | null,
  ): Promise<LedgerResult<ShiftActResult>>
  /** The shift goes on, and what was counted is forgotten. */
  abandonClose(shiftId: ShiftId, by: StaffNumber | null): Promise<LedgerResult<ShiftActResult>>
  /**
   * Counts and closes, as far as it goes: begins to count where nobody did, keeps the count, and closes if it fits. Where
   * it does not, `refused` says what is wanted next: a second count, a reason, or a manager. Nothing but the report of a
   * closed shift says what was expected.
   */
  close(shiftId: ShiftId, wish: ClosingWish): Promise<LedgerResult<ShiftActResult>>
  /** X of a shift that is open, Z of a closed one, and what a day's implicit shift came to; null for no such shift. */
  report(shiftId: ShiftId): Promise<LedgerResult<ShiftReport | null>>
}

/** The shifts' desk over a ledger and its reader. */
export function openShiftDesk(parts: ShiftDeskParts): ShiftDesk {
  const { ledger, reader, now } = parts

  const act = (shiftId: ShiftId, by: StaffNumber | null, wanted: ShiftAct) =>
    ledger.actOnShift(shiftId, { act: wanted, by, at: now() })

  const close: ShiftDesk['close'] = async (shiftId, { by: person, countedFen, differenceReason, proof }) => {
    const by = person?.number ?? null
    const found = await reader.shift(shiftId)
    if (!found.ok) return found
    const shift = found.value
    if (shift === null) return { ok: true, value: { kind: 'no-such-shift' } }
    if (person !== null && proof === undefined) {
      const wanted = person.number === shift.cashier ? 'close-shift' : 'close-other-shift'
      const need = mayDo(person.role, { act: wanted }, parts.limits)
      if (needsProof(need)) return { ok: true, value: { kind: 'refused', problem: 'manager-needed', shift } }
    }
    const takesCash = shift.floatFen !== null
    if (!takesCash && countedFen !== null) {
      return { ok: true, value: { kind: 'refused', problem: 'shift-without-cash', shift } }
    }
    if (takesCash && shift.status === 'open') {
      const begun = await act(shiftId, by, { kind: 'begin-close' })
      if (!begun.ok || begun.value.kind !== 'done') return begun
    }
    if (countedFen !== null) {
      const counted = await act(shiftId, by, { kind: 'count', countedFen })
      if (!counted.ok || counted.value.kind !== 'done') return counted
    }
    return act(shiftId, by, {
      kind: 'close',
      differenceReason: keepableReason(differenceReason),
      unsignedUpToFen: unsignedUpToFen(person, parts.limits),
      ...(proof === undefined ? {} : { proof }),
    })
  }

  return {
    today: () => businessDay(now().wallMs, parts.cutOverHour),
    current: () => ledger.currentShift(),
    open: (cashier, floatFen) => {
      const { tillId, cutOverHour } = parts
      return ledger.openShift({ tillId, cutOverHour, cashier, floatFen, at: now() })
    },
    handOver: (shiftId, by, to, countedFen) => act(shiftId, by, { kind: 'hand-over', to, countedFen }),
    abandonClose: (shiftId, by) => act(shiftId, by, { kind: 'abandon-close' }),
    close,
    report: (shiftId) => readReport({ reader, now }, shiftId),
  }
}

/** The largest difference that the person accepts by the sign-in alone; null where there is nobody to ask for more. */
function unsignedUpToFen(person: ClosingWish['by'], limits: Limits): Fen | null {
  if (person === null) return null
  return rights['accept-difference'][person.role] === 'up-to-limit' ? limits['accept-difference'] : fen(0)
}

/** The report of one shift, for who only reads. */
export async function readReport(
  { reader, now }: Pick<ShiftDeskParts, 'reader' | 'now'>,
  shiftId: ShiftId,
): Promise<LedgerResult<ShiftReport | null>> {
  const [found, sums] = await Promise.all([reader.shift(shiftId), reader.shiftSums(shiftId)])
  if (!found.ok) return found
  if (!sums.ok) return sums
  const { wallMs } = now()
  if (found.value !== null) return { ok: true, value: shiftReport(found.value, sums.value, wallMs) }
  return { ok: true, value: isImplicitShift(shiftId) ? implicitReport(shiftId, sums.value, wallMs) : null }
}
