import type { CashProblem } from '../till/cash/begin.ts'
import type { CashEntry, CashMove } from '../till/cash/cash.ts'
import type { SaleId, ShiftId, StaffNumber } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { ShiftActProblem, WantedShiftAct } from '../till/shift/act.ts'
import type { OpenAtClose } from '../till/shift/event.ts'
import type { Shift } from '../till/shift/shift.ts'
import type { Totals } from '../till/shift/totals.ts'
import type { NewPerson, StaffProblem } from '../till/staff/change.ts'
import type { Override, StaffEvent } from '../till/staff/event.ts'
import type { Person } from '../till/staff/person.ts'
import type { Moment } from '../till/time.ts'
import type { LedgerResult } from './ledger-result.ts'

export type NewShift = {
  readonly tillId: string
  /** From which hour on the wall clock's day counts as the business day. */
  readonly cutOverHour: number
  readonly cashier: StaffNumber | null
  /** Null where the shift takes no cash. */
  readonly floatFen: Fen | null
  readonly at: Moment
}

export type NewShiftResult =
  | { readonly kind: 'opened'; readonly shift: Shift }
  /** There is one, which may be of a former day: close it first. Nothing was journaled. */
  | { readonly kind: 'already-open'; readonly shift: Shift }

export type ShiftActResult =
  | { readonly kind: 'done'; readonly shift: Shift }
  /** Nothing was journaled. */
  | { readonly kind: 'refused'; readonly problem: ShiftActProblem; readonly shift: Shift }
  | { readonly kind: 'no-such-shift' }

export type NewCash = {
  readonly move: CashMove
  /** Who is signed in; where nobody is, the one who runs the shift. */
  readonly cashier: StaffNumber | null
  readonly proof?: ManagerProof
  readonly at: Moment
}

export type NewCashResult =
  /** The entry is on disk: the drawer may open. */
  | { readonly kind: 'recorded'; readonly entry: CashEntry }
  /** Nothing was journaled. */
  | { readonly kind: 'refused'; readonly problem: CashProblem }

export type StaffResult =
  | { readonly kind: 'changed'; readonly person: Person }
  /** Nothing was journaled. */
  | { readonly kind: 'refused'; readonly problem: StaffProblem }

/** What the ledger does for shifts, cash and staff, beside orders and refunds. */
export type ShiftLedger = {
  /** Opens a shift; there is one at most. Orders and refunds that are created from then on belong to it (I10). */
  openShift(shift: NewShift): Promise<LedgerResult<NewShiftResult>>
  /** Does an act with a shift; its totals are taken, and written, in the same commit. */
  actOnShift(shiftId: ShiftId, wanted: WantedShiftAct): Promise<LedgerResult<ShiftActResult>>
  /** The shift that is not closed. */
  currentShift(): Promise<LedgerResult<Shift | null>>
  /** Journals an entry of the drawer, checked against its sale and its shift in the same commit. */
  recordCash(cash: NewCash): Promise<LedgerResult<NewCashResult>>
  addPerson(person: NewPerson): Promise<LedgerResult<StaffResult>>
  changePerson(number: StaffNumber, event: StaffEvent): Promise<LedgerResult<StaffResult>>
  /** Everybody who was ever added, by number. */
  staff(): Promise<LedgerResult<readonly Person[]>>
}

/** A page of a list that goes back in time. */
export type Page<Item> = {
  readonly items: readonly Item[]
  /** Where the next page begins; null where there is none. */
  readonly before: number | null
}

export type PageWish = { readonly before?: number | null; readonly limit: number }

/** One manager's override, as the journal has it. */
export type OverrideRecord = {
  readonly sequence: number
  readonly wallMs: number
  readonly override: Override
  readonly proof: ManagerProof
}

/** What a shift comes to as its entries stand. */
export type ShiftSums = {
  readonly totals: Totals
  /** The same of what went by code alone: all that may be told before the drawer is counted (blind count). */
  readonly codeTotals: Totals
  readonly open: readonly OpenAtClose[]
}

/** What the reader tells of shifts and staff; part of `LedgerReader`. */
export type ShiftReader = {
  /** Newest first. */
  shifts(wish: PageWish): Promise<LedgerResult<Page<Shift>>>
  shift(shiftId: ShiftId): Promise<LedgerResult<Shift | null>>
  /** Also of an implicit shift, which has no record of its own. */
  shiftSums(shiftId: ShiftId): Promise<LedgerResult<ShiftSums>>
  /** Orders of one shift, newest first; indexed, so that a page costs the same wherever it stands. */
  shiftOrders(shiftId: ShiftId, wish: PageWish): Promise<LedgerResult<Page<Order>>>
  /** The drawer's entries of one shift, newest first. */
  shiftCash(shiftId: ShiftId, wish: PageWish): Promise<LedgerResult<Page<CashEntry>>>
  cashOfSale(saleId: SaleId): Promise<LedgerResult<readonly CashEntry[]>>
  staff(): Promise<LedgerResult<readonly Person[]>>
  /** What managers allowed others, newest first (I15). */
  overrides(wish: PageWish): Promise<LedgerResult<Page<OverrideRecord>>>
}
