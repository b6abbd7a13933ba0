import type { CashProblem } from '../till/cash/begin.ts'
import type { AmountProblem } from '../till/money.ts'
import type { LedgerTrouble } from './order-views.ts'
import type { ManagerProof, ManagerRefusal } from './staff-views.ts'

/** A sale of which a part was taken in cash: what has come, and what is left. */
export type SaleCash = {
  readonly saleId: string
  readonly saleAmountFen: number
  /** Cash taken less cash given back. */
  readonly cashFen: number
  readonly codePaidFen: number
  /** By code, and not decided yet. */
  readonly codeOpenFen: number
  readonly leftFen: number
}

/** Whether the drawer was told to open. */
export type DrawerAnswer = 'opened' | 'did-not-open' | 'no-drawer'

/** What came of an entry of the drawer. It is on disk before the drawer opens. */
export type CashResult =
  | {
      readonly kind: 'recorded'
      readonly cashNumber: string
      /** Null for what belongs to no sale. */
      readonly sale: SaleCash | null
      readonly amountFen: number
      readonly changeFen: number
      readonly drawer: DrawerAnswer
    }
  /** Nothing was recorded, and the drawer stays shut. */
  | { readonly kind: 'refused'; readonly problem: CashProblem }
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | ManagerRefusal

/** The calls of cash; part of `Calls`. Amounts are yuan as typed. */
export type CashCalls = {
  /** Takes cash for a sale: all of it, or a part. `saleId` null opens a sale of `saleAmountText`. */
  'cash.take': {
    readonly request: {
      readonly saleId: string | null
      readonly saleAmountText: string
      readonly amountText: string
      readonly givenText: string
    }
    readonly reply: CashResult
  }
  /** Gives cash of a sale back, never more than came in (I8). */
  'cash.return': {
    readonly request: {
      readonly saleId: string
      readonly amountText: string
      readonly reason: string
      readonly manager: ManagerProof | null
    }
    readonly reply: CashResult
  }
  /** Moves cash without a sale, or opens the drawer; `amountText` counts for nothing there. */
  'cash.move': {
    readonly request: {
      readonly kind: 'paid-in' | 'paid-out' | 'drawer-opened'
      readonly amountText: string
      readonly reason: string
      readonly manager: ManagerProof | null
    }
    readonly reply: CashResult
  }
  /** What a sale has in cash; null where none was ever taken for it. */
  'cash.of-sale': { readonly request: { readonly saleId: string }; readonly reply: SaleCash | null }
  /** Sales of the open shift with cash in the drawer that are not complete, newest first: none may be forgotten. */
  'cash.unfinished': { readonly request: null; readonly reply: readonly SaleCash[] }
}
