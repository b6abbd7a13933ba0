import { type CashEntry, drawerFen } from '../cash/cash.ts'
import type { ChannelId, OrderNumber, ShiftId, StaffNumber } from '../ids.ts'
import type { Fen } from '../money.ts'
import { isFinal, type Order, type OrderStatus } from '../order/order.ts'
import type { Wallet } from '../payment-code.ts'
import { isRefundFinal, type Refund, type RefundStatus } from '../refund/refund.ts'
import { shanghaiCalendar } from '../time.ts'
import { implicitShiftId } from './shift-id.ts'

/** What made an entry of a shift. */
export type EntryKind = 'order' | 'refund' | CashEntry['move']['kind']

/** What one order, refund or entry of the drawer means to its shift's sums; it changes as its subject does. */
export type ShiftEntry = {
  readonly shiftId: ShiftId
  readonly kind: EntryKind
  /** Order number, refund number or cash number. */
  readonly subjectId: string
  readonly tender: 'code' | 'cash'
  readonly channel: ChannelId | null
  readonly wallet: Wallet | null
  readonly cashier: StaffNumber | null
  /** Shanghai's hour of its beginning, 0 to 23. */
  readonly hour: number
  readonly amountFen: Fen
} & EntryFacts &
  Contribution

/** What lists look for, beside the sums. */
export type EntryFacts = {
  /** The order that it is, or is about; null for cash. */
  readonly orderNumber: OrderNumber | null
  /** When it began. */
  readonly wallMs: number
  /** The last four digits of the payment code. */
  readonly lastDigits: string | null
  /** The order's or the refund's; the drawer's entries are `recorded`. It changes as its subject does. */
  readonly status: OrderStatus | RefundStatus | 'recorded'
}

/** The part of an entry that can still change. */
export type Contribution = {
  /** It is not decided yet; `soldFen` and `returnedFen` may still come. */
  readonly isOpen: boolean
  /** Collected for sales. */
  readonly soldFen: number
  /** Given back to customers. */
  readonly returnedFen: number
  /** Change of the cash in the drawer, signed. */
  readonly drawerFen: number
}

/** The shift that an order or a refund belongs to: the one that it names, or its day's implicit one (I10). */
export function shiftOf(made: { readonly shiftId?: ShiftId; readonly createdWallMs: number }): ShiftId {
  return made.shiftId ?? implicitShiftId(made.createdWallMs)
}

/**
 * An order's entry. `refundedFen` is what its refunds returned for certain: money of a case that a manager says went back
 * outside the till was taken as well, and its refunds, which count for themselves, must not count against nothing.
 */
export function orderEntry(order: Order, refundedFen: number): ShiftEntry {
  const { orderNumber, channel, wallet, cashier, createdWallMs, amountFen } = order
  return {
    shiftId: shiftOf(order),
    kind: 'order',
    subjectId: orderNumber,
    orderNumber,
    wallMs: createdWallMs,
    lastDigits: order.maskedCode.slice(-4),
    status: order.status,
    tender: 'code',
    channel,
    wallet,
    cashier: cashier ?? null,
    hour: hourOf(createdWallMs),
    amountFen,
    ...orderContribution(order, refundedFen),
  }
}

/** A refund's entry, in the shift in which it was wanted. */
export function refundEntry(refund: Refund): ShiftEntry {
  const { refundNumber, orderNumber, channel, wallet, cashier, createdWallMs, amountFen, status } = refund
  const isOpen = !isRefundFinal(status)
  return {
    shiftId: shiftOf(refund),
    kind: 'refund',
    subjectId: refundNumber,
    orderNumber,
    wallMs: createdWallMs,
    lastDigits: null,
    status,
    tender: 'code',
    channel,
    wallet,
    cashier: cashier ?? null,
    hour: hourOf(createdWallMs),
    amountFen,
    isOpen,
    soldFen: 0,
    returnedFen: status === 'done' ? amountFen : 0,
    drawerFen: 0,
  }
}

/** The entry of what moved in the drawer; it never changes. */
export function cashEntry({ cashNumber, at, shiftId, cashier, move }: CashEntry): ShiftEntry {
  const amountFen = (move.kind === 'drawer-opened' ? 0 : move.amountFen) as Fen
  return {
    shiftId,
    kind: move.kind,
    subjectId: cashNumber,
    orderNumber: null,
    wallMs: at.wallMs,
    lastDigits: null,
    status: 'recorded',
    tender: 'cash',
    channel: null,
    wallet: null,
    cashier,
    hour: hourOf(at.wallMs),
    amountFen,
    isOpen: false,
    soldFen: move.kind === 'taken' ? amountFen : 0,
    returnedFen: move.kind === 'returned' ? amountFen : 0,
    drawerFen: drawerFen(move),
  }
}

/** Whether two entries mean the same to their shift. */
export function sameContribution(left: Contribution, right: Contribution): boolean {
  return (
    left.isOpen === right.isOpen &&
    left.soldFen === right.soldFen &&
    left.returnedFen === right.returnedFen &&
    left.drawerFen === right.drawerFen
  )
}

function orderContribution(order: Order, refundedFen: number): Contribution {
  const { status, amountFen, settlement } = order
  const open = { isOpen: true, soldFen: 0, returnedFen: 0, drawerFen: 0 }
  if (!isFinal(status)) return open
  const nothing = { ...open, isOpen: false }
  if (status === 'paid') return { ...nothing, soldFen: amountFen }
  if (settlement?.kind === 'by-refund') return { ...nothing, soldFen: amountFen }
  if (settlement?.kind === 'by-hand' && refundedFen > 0) {
    return { ...nothing, soldFen: amountFen, returnedFen: amountFen - refundedFen }
  }
  return nothing
}

const hourOf = (wallMs: number): number => Number(shanghaiCalendar(wallMs).hour)
