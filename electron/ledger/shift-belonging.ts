import type { OrderNumber, ShiftId, StaffNumber } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import { refundedFen } from '../till/refund/left.ts'
import type { Refund } from '../till/refund/refund.ts'
import { type Contribution, orderEntry, refundEntry, type ShiftEntry, sameContribution } from '../till/shift/entry.ts'
import { isImplicitShift } from '../till/shift/shift-id.ts'
import { stepShift } from '../till/shift/step.ts'
import type { Moment } from '../till/time.ts'
import type { JournalAppender } from './journal.ts'
import type { ShiftEntries } from './shift-entries.ts'
import { shiftPayload } from './shift-fold.ts'
import type { ShiftProjection } from './shift-projection.ts'

/** The shift and the cashier that something made now belongs to; what there is none of is absent. */
export type Belonging = { readonly shiftId?: ShiftId; readonly cashier?: StaffNumber }

/**
 * Keeps each order and each refund in its one shift (I10); the caller owns the transaction. What changes an entry of a
 * closed shift is journaled as its supplement in the same commit, so that report and supplements always come to the sums.
 */
export type ShiftBelonging = {
  /** By the shift that is open in this very transaction; `cashier` is who is signed in, if that is known. */
  now(cashier: StaffNumber | null | undefined): Belonging
  enterOrder(sequence: number, order: Order): void
  noteOrder(order: Order, at: Moment): void
  enterRefund(sequence: number, refund: Refund): void
  noteRefund(refund: Refund, at: Moment): void
}

export type BelongingParts = {
  readonly journal: JournalAppender
  readonly shifts: ShiftProjection
  readonly entries: ShiftEntries
  readonly orderOf: (orderNumber: OrderNumber) => Order | null
  readonly refundsOfOrder: (orderNumber: OrderNumber) => readonly Refund[]
}

export function prepareBelonging(parts: BelongingParts): ShiftBelonging {
  const { journal, shifts, entries } = parts

  const note = (entry: ShiftEntry, at: Moment): void => {
    const { subjectId, shiftId, status } = entry
    const standing = entries.standing(subjectId)
    if (standing === null) return
    const { status: former, ...before } = standing
    const isSame = sameContribution(before, entry)
    if (isSame && former === status) return
    entries.update(subjectId, entry)
    if (!isSame && !isImplicitShift(shiftId)) supplement(entry, { before, status, at })
  }

  const supplement = (
    { shiftId, kind, subjectId, isOpen, soldFen, returnedFen, drawerFen }: ShiftEntry,
    told: { readonly before: Contribution; readonly status: string; readonly at: Moment },
  ): void => {
    const shift = shifts.shift(shiftId)
    if (shift?.status !== 'closed') return
    const { before, status, at } = told
    const after = { isOpen, soldFen, returnedFen, drawerFen }
    const event = { type: 'supplemented', at, kind, subjectId, status, before, after } as const
    const { wallMs } = at
    journal.append({ wallMs, subject: 'shift', subjectId: shiftId, type: event.type, payload: shiftPayload(event) })
    shifts.updateShift(stepShift(shift, event))
  }

  const entryOf = (order: Order): ShiftEntry => {
    const isByHand = order.settlement?.kind === 'by-hand'
    return orderEntry(order, isByHand ? refundedFen(parts.refundsOfOrder(order.orderNumber)) : 0)
  }

  return {
    now(signedIn) {
      const shift = shifts.current()
      const cashier = signedIn ?? shift?.cashier ?? null
      return { ...(shift === null ? {} : { shiftId: shift.shiftId }), ...(cashier === null ? {} : { cashier }) }
    },
    enterOrder: (sequence, order) => entries.insert(sequence, entryOf(order)),
    noteOrder: (order, at) => note(entryOf(order), at),
    enterRefund: (sequence, refund) => entries.insert(sequence, refundEntry(refund)),
    noteRefund(refund, at) {
      note(refundEntry(refund), at)
      if (refund.status !== 'done') return
      const order = parts.orderOf(refund.orderNumber)
      if (order !== null) note(entryOf(order), at)
    },
  }
}
