import type { Fen } from '../money.ts'
import type { Shift } from '../shift/shift.ts'
import { type CashEntry, type CashMove, cashOfSaleFen } from './cash.ts'
import { leftToCollectFen, type TenderProblem, tender } from './tender.ts'

/** Why an entry of the drawer was not made; nothing was journaled and the drawer stays shut. */
export type CashProblem =
  | { readonly kind: TenderProblem }
  | { readonly kind: 'no-open-shift' }
  /** The shift was opened without a float: this till takes no cash. */
  | { readonly kind: 'shift-without-cash' }
  /** The drawer is being counted. */
  | { readonly kind: 'being-counted' }
  | { readonly kind: 'more-than-left'; readonly leftFen: Fen }
  | { readonly kind: 'more-than-taken'; readonly takenFen: number }
  | { readonly kind: 'reason-missing' }

/** What of the sale decides whether cash may be taken for it or given back. */
export type SaleCash = {
  /** The drawer's entries of this sale. */
  readonly entries: readonly CashEntry[]
  /** Orders of the sale that are paid, or may still be. */
  readonly codeFen: number
}

/** What stands against an entry of the drawer, or null; given the open shift and the sale as they are in this transaction. */
export function cashProblem(move: CashMove, shift: Shift | null, sale: SaleCash): CashProblem | null {
  if (shift === null) return { kind: 'no-open-shift' }
  if (shift.floatFen === null) return { kind: 'shift-without-cash' }
  if (shift.status !== 'open' && move.kind !== 'drawer-opened') return { kind: 'being-counted' }
  const cashFen = cashOfSaleFen(sale.entries)
  switch (move.kind) {
    case 'taken': {
      const reading = tender(move.amountFen, move.givenFen)
      if (!reading.ok) return { kind: reading.problem }
      const leftFen = leftToCollectFen(move.saleAmountFen, { cashFen, codeFen: sale.codeFen })
      return move.amountFen > leftFen ? { kind: 'more-than-left', leftFen } : null
    }
    case 'returned':
      if (move.amountFen === 0) return { kind: 'zero' }
      if (move.reason === '') return { kind: 'reason-missing' }
      return move.amountFen > cashFen ? { kind: 'more-than-taken', takenFen: cashFen } : null
    case 'paid-in':
    case 'paid-out':
      if (move.amountFen === 0) return { kind: 'zero' }
      return move.reason === '' ? { kind: 'reason-missing' } : null
    case 'drawer-opened':
      return move.reason === '' ? { kind: 'reason-missing' } : null
  }
}
