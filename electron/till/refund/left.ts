import { type Fen, fen } from '../money.ts'
import type { Order } from '../order/order.ts'
import type { RefundPolicy } from './policy.ts'
import type { Refund } from './refund.ts'
import { mostRefundNumbers } from './refund-number.ts'

/** Why an order cannot be refunded so; nothing was asked of the channel. */
export type RefundProblem =
  /** No verified answer says that this order took money. */
  | 'not-paid'
  /** A revoke is on its way, which returns the money by itself. */
  | 'revoke-under-way'
  | 'zero'
  | 'more-than-left'
  | 'window-over'
  | 'too-many-refunds'
  /** The channel has no refund at all: the money goes back outside the till. */
  | 'channel-has-no-refund'

/** What of a refund decides how much is left. */
type Spent = Pick<Refund, 'status' | 'amountFen'>

/**
 * What is left to refund of an order (I8). A refund counts as spent from its intent on, until the channel confirmed that
 * it failed: pending, unknown and attention cases may all still move money.
 */
export function leftToRefundFen(order: Pick<Order, 'amountFen'>, refunds: readonly Spent[]): Fen {
  const spentFen = refunds.reduce((sum, { status, amountFen }) => (status === 'failed' ? sum : sum + amountFen), 0)
  return fen(Math.max(0, order.amountFen - spentFen))
}

/** What went back to the customer for certain. */
export function refundedFen(refunds: readonly Spent[]): Fen {
  return fen(refunds.reduce((sum, { status, amountFen }) => (status === 'done' ? sum + amountFen : sum), 0))
}

/** Whether the channel took money for the order, so that a refund is the way to return it (M9). */
export function tookMoney(order: Pick<Order, 'status' | 'moneyWasTaken'>): boolean {
  return order.status === 'paid' || (order.status === 'attention' && order.moneyWasTaken)
}

/**
 * Whether a refund of this amount may begin at this moment of the wall clock: null, or why not. The window counts from
 * the pay request, which is never later than the payment.
 */
export function refundProblem(
  order: Order,
  refunds: readonly Spent[],
  asked: { readonly amountFen: Fen; readonly policy: RefundPolicy; readonly wallMs: number },
): RefundProblem | null {
  const { amountFen, policy, wallMs } = asked
  if (!tookMoney(order)) return 'not-paid'
  if (policy.canRefund === false) return 'channel-has-no-refund'
  // A question with these purposes may lead straight to a revoke.
  const mayRevoke = order.queryPurpose === 'last' || order.queryPurpose === 'background'
  if (order.inFlight === 'revoke' || (order.status === 'attention' && mayRevoke)) return 'revoke-under-way'
  if (amountFen === 0) return 'zero'
  if (amountFen > leftToRefundFen(order, refunds)) return 'more-than-left'
  if (wallMs - order.payStarted.wallMs > policy.refundWindowMs) return 'window-over'
  const counted = refunds.filter(({ status }) => status !== 'failed').length
  if (policy.refundsPerOrder !== null && counted >= policy.refundsPerOrder) return 'too-many-refunds'
  return refunds.length >= mostRefundNumbers ? 'too-many-refunds' : null
}
