import type { CashNumber, SaleId, ShiftId, StaffNumber } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { ManagerProof } from '../order/event.ts'
import type { Moment } from '../time.ts'
import type { Tender } from './tender.ts'

/** Why the drawer opened and what moved. */
export type CashMove =
  /** Cash of a customer: for the whole sale, or for a part of it. */
  | ({ readonly kind: 'taken'; readonly saleId: SaleId; readonly saleAmountFen: Fen } & Tender)
  /** Cash back to a customer, never more than the sale's cash (I8). */
  | { readonly kind: 'returned'; readonly saleId: SaleId; readonly amountFen: Fen; readonly reason: string }
  /** Change from the bank, for example. */
  | { readonly kind: 'paid-in'; readonly amountFen: Fen; readonly reason: string }
  /** To the safe, or for a small purchase. */
  | { readonly kind: 'paid-out'; readonly amountFen: Fen; readonly reason: string }
  /** Nothing moved; who opens it without a sale is recorded. */
  | { readonly kind: 'drawer-opened'; readonly reason: string }

export type CashKind = CashMove['kind']

export const cashKinds = [
  'taken',
  'returned',
  'paid-in',
  'paid-out',
  'drawer-opened',
] as const satisfies readonly CashKind[]

/** One entry of the drawer: durable before the drawer opens, and never changed. */
export type CashEntry = {
  readonly cashNumber: CashNumber
  readonly at: Moment
  readonly shiftId: ShiftId
  /** Null where nobody was signed in. */
  readonly cashier: StaffNumber | null
  /** The manager who allowed it, where one had to (I15). */
  readonly proof?: ManagerProof
  readonly move: CashMove
}

/** What an entry changes of the cash in the drawer, signed. */
export function drawerFen(move: CashMove): number {
  switch (move.kind) {
    case 'taken':
    case 'paid-in':
      return move.amountFen
    case 'returned':
    case 'paid-out':
      return -move.amountFen
    case 'drawer-opened':
      return 0
  }
}

/** The cash that a sale's entries come to: taken less given back. */
export function cashOfSaleFen(entries: readonly CashEntry[]): number {
  return entries.reduce((sum, { move }) => sum + drawerFen(move), 0)
}
