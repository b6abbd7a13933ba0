import type { CashKind } from '../till/cash/cash.ts'
import type { ChannelId, OrderNumber, ShiftId, StaffNumber } from '../till/ids.ts'
import type { RevokeEffect } from '../till/outcome.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { Contribution } from '../till/shift/entry.ts'
import type { LedgerResult } from './ledger-result.ts'

/** Conditions on the entries of the history; they hold together, and what is absent is whatever it is. */
export type HistoryQuery = {
  /** Wall times of the beginning, from inclusive, to exclusive. */
  readonly fromWallMs?: number
  readonly toWallMs?: number
  /** Minutes of Shanghai's clock, both inclusive; over midnight where the first comes after the last. */
  readonly minutes?: { readonly first: number; readonly last: number }
  /** Which of the three kinds are wanted; `revoked` wants orders that were or are being revoked, and nothing else of orders. */
  readonly orders: 'all' | 'revoked' | 'none'
  readonly refunds: boolean
  readonly cash: boolean
  readonly shiftId?: ShiftId
  /** Null: nobody was signed in. */
  readonly cashier?: StaffNumber | null
  readonly channel?: ChannelId
  readonly wallet?: Wallet
  readonly tender?: 'code' | 'cash'
  readonly states?: readonly string[]
  readonly leastFen?: number
  readonly mostFen?: number
  readonly lastDigits?: string
  /** An order, refund, cash or transaction number: its beginning, or any part of it. */
  readonly number?: { readonly text: string; readonly where: 'beginning' | 'anywhere' }
  /** A shift whose cash may not be told (blind count). */
  readonly withoutCashOf?: ShiftId
}

/** An entry's place in the list: newest first, those that are not decided first of all where that is wanted. */
export type HistoryPlace = { readonly isOpen: boolean; readonly wallMs: number; readonly sequence: number }

/** One entry of the history, as its projection holds it. */
export type HistoryEntry = Contribution & {
  readonly sequence: number
  readonly kind: 'order' | 'refund' | CashKind
  /** Order, refund or cash number. */
  readonly subjectId: string
  /** The order that it is, or is about; null for cash. */
  readonly orderNumber: OrderNumber | null
  readonly wallMs: number
  readonly shiftId: ShiftId
  readonly cashier: StaffNumber | null
  readonly tender: 'code' | 'cash'
  readonly channel: ChannelId | null
  readonly wallet: Wallet | null
  readonly amountFen: number
  readonly status: string
  readonly revokeEffect: RevokeEffect | null
  readonly transactionId: string | null
  readonly lastDigits: string | null
}

export type HistoryWish = {
  readonly query: HistoryQuery
  /** The place of the last entry of the page before; null for the first page. */
  readonly after: HistoryPlace | null
  readonly limit: number
  readonly doubtfulFirst: boolean
}

export type HistoryEntries = {
  readonly entries: readonly HistoryEntry[]
  /** Where the next page goes on; null where there is none. */
  readonly last: HistoryPlace | null
}

/** Sums of entries that began in one hour and are alike in tender, channel, wallet and cashier. */
export type HistoryCell = {
  readonly hourWallMs: number
  readonly tender: 'code' | 'cash'
  readonly channel: ChannelId | null
  readonly wallet: Wallet | null
  readonly cashier: StaffNumber | null
  readonly sales: number
  readonly soldFen: number
  readonly returns: number
  readonly returnedFen: number
  readonly revokes: number
  readonly revokedFen: number
  readonly openOrders: number
  readonly openOrdersFen: number
  readonly openRefunds: number
  readonly openRefundsFen: number
}

/** What the reader tells of the history; part of `LedgerReader`. */
export type HistoryReader = {
  /** One page; costs the same wherever it stands. */
  historyPage(wish: HistoryWish): Promise<LedgerResult<HistoryEntries>>
  /** The sums of all entries that a query leaves, in cells to be added up. */
  historySums(query: HistoryQuery): Promise<LedgerResult<readonly HistoryCell[]>>
}
