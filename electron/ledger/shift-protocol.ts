import type { CashEntry } from '../till/cash/cash.ts'
import type { SaleId, ShiftId, StaffNumber } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import type { WantedShiftAct } from '../till/shift/act.ts'
import type { Shift } from '../till/shift/shift.ts'
import type { NewPerson } from '../till/staff/change.ts'
import type { StaffEvent } from '../till/staff/event.ts'
import type { Person } from '../till/staff/person.ts'
import type {
  NewCash,
  NewCashResult,
  NewShift,
  NewShiftResult,
  OverrideRecord,
  Page,
  PageWish,
  ShiftActResult,
  ShiftSums,
  StaffResult,
} from './shift-ledger.ts'

/** What the writer can be asked about shifts, cash and staff. */
export type ShiftCall =
  | { readonly method: 'openShift'; readonly shift: NewShift }
  | { readonly method: 'actOnShift'; readonly shiftId: ShiftId; readonly wanted: WantedShiftAct }
  | { readonly method: 'currentShift' }
  | { readonly method: 'recordCash'; readonly cash: NewCash }
  | { readonly method: 'addPerson'; readonly person: NewPerson }
  | { readonly method: 'changePerson'; readonly number: StaffNumber; readonly event: StaffEvent }
  | { readonly method: 'staff' }

export type ShiftAnswers = {
  readonly openShift: NewShiftResult
  readonly actOnShift: ShiftActResult
  readonly currentShift: Shift | null
  readonly recordCash: NewCashResult
  readonly addPerson: StaffResult
  readonly changePerson: StaffResult
  readonly staff: readonly Person[]
}

export const shiftWrites: { readonly [Method in ShiftCall['method']]: boolean } = {
  openShift: true,
  actOnShift: true,
  currentShift: false,
  recordCash: true,
  addPerson: true,
  changePerson: true,
  staff: false,
}

/** What the reader can be asked about shifts and staff. */
export type ShiftReaderCall =
  | { readonly method: 'shifts'; readonly wish: PageWish }
  | { readonly method: 'shift'; readonly shiftId: ShiftId }
  | { readonly method: 'shiftSums'; readonly shiftId: ShiftId }
  | { readonly method: 'shiftOrders'; readonly shiftId: ShiftId; readonly wish: PageWish }
  | { readonly method: 'shiftCash'; readonly shiftId: ShiftId; readonly wish: PageWish }
  | { readonly method: 'cashOfSale'; readonly saleId: SaleId }
  | { readonly method: 'staff' }
  | { readonly method: 'overrides'; readonly wish: PageWish }

export type ShiftReaderAnswers = {
  readonly shifts: Page<Shift>
  readonly shift: Shift | null
  readonly shiftSums: ShiftSums
  readonly shiftOrders: Page<Order>
  readonly shiftCash: Page<CashEntry>
  readonly cashOfSale: readonly CashEntry[]
  readonly staff: readonly Person[]
  readonly overrides: Page<OverrideRecord>
}
