import type { Fen } from '../money.ts'
import type { Order } from '../order/order.ts'
import type { Refund } from '../refund/refund.ts'

/** What the ledger makes one expect of the bill for an order. */
export type OrderExpectation =
  | 'paid' // a charge
  | 'returned' // a charge, and the revoke that returned it
  | 'returned-otherwise' // a charge; the money went back by a refund or outside the till
  | 'closed' // nothing: a revoke closed it
  | 'failed' // nothing
  | 'open' // nobody can say yet: the bill may tell

/** What the ledger makes one expect for a refund. */
export type RefundExpectation = 'refund-done' | 'refund-failed' | 'refund-open'

export type Expectation = OrderExpectation | RefundExpectation

/** One order or one refund of the ledger, as matching needs it. */
export type BookEntry = {
  readonly expectation: Expectation
  /** The order number, or the refund number. */
  readonly number: string
  /** Of a refund: the order it belongs to. */
  readonly orderNumber: string
  readonly amountFen: Fen
  /** The channel can have moved the money from here … */
  readonly fromWallMs: number
  /** … to here. */
  readonly toWallMs: number
  /** Whether a revoke may have reached the channel. */
  readonly revokeWasSent: boolean
}

/** What the ledger's order makes one expect of the bill. */
export function bookOrder(order: Order): BookEntry {
  const { orderNumber, amountFen, createdWallMs, statusSinceWallMs } = order
  return {
    expectation: orderExpectation(order),
    number: orderNumber,
    orderNumber,
    amountFen,
    fromWallMs: createdWallMs,
    toWallMs: Math.max(createdWallMs, statusSinceWallMs),
    revokeWasSent: order.revokesThatMayHaveArrived > 0,
  }
}

/** What the ledger's refund makes one expect of the bill. */
export function bookRefund(refund: Refund): BookEntry {
  const { refundNumber, orderNumber, amountFen, createdWallMs, status } = refund
  const expectation = status === 'done' ? 'refund-done' : status === 'failed' ? 'refund-failed' : 'refund-open'
  return {
    expectation,
    number: refundNumber,
    orderNumber,
    amountFen,
    // Bills date a refund by when the channel took it in (wechat.md §7.2), or by when it was done (alipay.md §6).
    fromWallMs: createdWallMs,
    toWallMs: Math.max(createdWallMs, refund.statusSinceWallMs),
    revokeWasSent: false,
  }
}

function orderExpectation({ status, revokeEffect, settlement, moneyWasTaken }: Order): OrderExpectation {
  switch (status) {
    case 'paid':
      return 'paid'
    case 'failed':
      return 'failed'
    case 'revoked':
      if (settlement !== null) return 'returned-otherwise'
      return revokeEffect === 'refunded' || moneyWasTaken ? 'returned' : 'closed'
    case 'created':
    case 'paying':
    case 'awaiting-payer':
    case 'unknown':
    case 'revoking':
    case 'attention':
      return 'open'
  }
}
