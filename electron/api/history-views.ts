import type { CashKind } from '../till/cash/cash.ts'
import type { AmountProblem } from '../till/money.ts'
import type { OrderStatus } from '../till/order/order.ts'
import type { RevokeEffect } from '../till/outcome.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { RefundStatus } from '../till/refund/refund.ts'

/** What the manager's screens see of all that was ever collected and given back; a part of the contract. */

/**
 * What one row tells of. A `revocation` is an order that was, or is being, revoked, as a row of its own: it comes only
 * where it is asked for, beside the order itself.
 */
export type HistoryKind = 'order' | 'refund' | 'revocation' | 'cash'

/** Where a row stands. An entry of the drawer is always `recorded`. */
export type HistoryState = OrderStatus | RefundStatus | 'recorded'

/** Which rows are wanted; null is “whatever it is” everywhere. All conditions hold together. */
export type HistoryFilter = {
  /** Null: orders, refunds and the drawer's entries. */
  readonly kinds: readonly HistoryKind[] | null
  /** Business days `yyyyMMdd`, both included; a day begins at the cut-over hour of the settings. */
  readonly firstDay: string | null
  readonly lastDay: string | null
  /** Minutes of Shanghai's clock, 0 to 1439, both included; the first after the last leads over midnight. */
  readonly firstMinute: number | null
  readonly lastMinute: number | null
  /** A shift's id, a day's implicit one (`day-yyyyMMdd`) too. */
  readonly shiftId: string | null
  /** A staff number; 0 is what was made while nobody was signed in. */
  readonly cashier: number | null
  readonly channel: string | null
  readonly wallet: Wallet | null
  readonly tender: 'code' | 'cash' | null
  readonly states: readonly HistoryState[] | null
  /** Yuan as typed, both included; the same twice is an exact amount. */
  readonly leastAmount: string | null
  readonly mostAmount: string | null
  /** The last four digits of the payment code. */
  readonly lastDigits: string | null
  /**
   * An order, refund, cash or transaction number: the whole or its beginning, and where the days span a month at most
   * any part of it.
   */
  readonly number: string | null
}

/** One row, flat, as tables show it; `order.show` and its like tell the rest. */
export type HistoryRow = {
  readonly kind: HistoryKind
  /** The order's, the refund's or the drawer entry's own number; unique within its kind. */
  readonly number: string
  /** The order that it is about; null for cash. */
  readonly orderNumber: string | null
  /** When it was begun. */
  readonly wallMs: number
  readonly shiftId: string
  /** Null where nobody was signed in. */
  readonly cashier: number | null
  readonly tender: 'code' | 'cash'
  readonly channel: string | null
  readonly wallet: Wallet | null
  readonly amountFen: number
  readonly state: HistoryState
  /** Of a revoked order: whether money went back (`refunded`) or none was taken (`closed`). */
  readonly revokeEffect: RevokeEffect | null
  /** Of an entry of the drawer: what moved. */
  readonly cashKind: CashKind | null
  /** Not decided yet: it may still charge, return money, or need a person. */
  readonly isDoubtful: boolean
  /** What counts as collected, and as given back, in the totals. */
  readonly soldFen: number
  readonly returnedFen: number
  /** The wallet's own number of the payment. */
  readonly transactionId: string | null
  /** Of the payment code. */
  readonly lastDigits: string | null
}

/** A field of the filter that cannot be read, and why. */
export type HistoryRefusal = {
  readonly kind: 'refused'
  readonly field: 'leastAmount' | 'mostAmount'
  readonly problem: AmountProblem
}

export type HistoryPage =
  | {
      readonly kind: 'page'
      /** Newest first; with `doubtfulFirst` those that are not decided stand before all others, newest first too. */
      readonly rows: readonly HistoryRow[]
      /** What the next page is asked with; null where there is none. */
      readonly next: string | null
      /** The open shift whose cash is left out until its drawer is counted (blind count); null where none is. */
      readonly cashHiddenOfShift: string | null
    }
  | HistoryRefusal

/** Sums of rows that have one thing in common. */
export type HistorySums = {
  readonly sales: number
  readonly soldFen: number
  readonly returns: number
  readonly returnedFen: number
  /** Collected less given back. */
  readonly netFen: number
  /** Orders that ended revoked; their money is in no other sum, except where it was taken and went back by refunds. */
  readonly revokes: number
  readonly revokedFen: number
  /** Orders and refunds that are not decided; their money is in no sum yet. */
  readonly openOrders: number
  readonly openOrdersFen: number
  readonly openRefunds: number
  readonly openRefundsFen: number
}

export type HistorySumsBy<Key> = HistorySums & { readonly key: Key }

/** Totals of everything that a filter leaves, whole and by each side; groups in ascending order of their key. */
export type HistoryTotals =
  | {
      readonly kind: 'totals'
      readonly whole: HistorySums
      readonly byTender: readonly HistorySumsBy<'code' | 'cash'>[]
      /** Without cash. */
      readonly byChannel: readonly HistorySumsBy<string>[]
      /** Without cash. */
      readonly byWallet: readonly HistorySumsBy<Wallet>[]
      readonly byCashier: readonly HistorySumsBy<number | null>[]
      /** Shanghai's hour of the day, 0 to 23. */
      readonly byHour: readonly HistorySumsBy<number>[]
      /** Business days, `yyyyMMdd`. */
      readonly byDay: readonly HistorySumsBy<string>[]
      readonly cashHiddenOfShift: string | null
    }
  | HistoryRefusal
