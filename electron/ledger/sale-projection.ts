import type { SaleId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import { isFinal, type OrderStatus } from '../till/order/order.ts'

/** Where a sale stands, derived from its orders (design §3). */
export type SaleStatus =
  /** An order of it can still charge, or needs a person. */
  | 'open'
  /** An order of it was paid. */
  | 'paid'
  /** All its orders ended, none of them paid. */
  | 'not-paid'

export type Sale = {
  readonly saleId: SaleId
  /** What the cashier wanted to collect when the sale was opened. */
  readonly amountFen: Fen
  readonly openedWallMs: number
  readonly status: SaleStatus
}

/**
 * The status of a sale by the statuses of its orders. One paid order makes it paid, whatever the others are; otherwise
 * it stays open until every order is at its end.
 */
export function saleStatus(orders: readonly OrderStatus[]): SaleStatus {
  if (orders.includes('paid')) return 'paid'
  return orders.length > 0 && orders.every(isFinal) ? 'not-paid' : 'open'
}
