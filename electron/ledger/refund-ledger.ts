import type { OrderNumber, ShiftId, StaffNumber } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { RefundAsker, RefundCreated, RefundEvent } from '../till/refund/event.ts'
import { leftToRefundFen, type RefundProblem, refundProblem } from '../till/refund/left.ts'
import type { RefundPolicy } from '../till/refund/policy.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import { makeRefundNumber } from '../till/refund/refund-number.ts'
import { createRefund, stepRefund } from '../till/refund/step.ts'
import type { Moment } from '../till/time.ts'

export type NewRefund = {
  readonly orderNumber: OrderNumber
  readonly amountFen: Fen
  readonly reason: string
  readonly by: RefundAsker
  readonly policy: RefundPolicy
  /** The ledger's to say: the shift that is open in its transaction. */
  readonly shiftId?: ShiftId
  /** Who is signed in; where that is not said, who runs the open shift. */
  readonly cashier?: StaffNumber
  /** The manager who allowed it, where one had to (I15). */
  readonly proof?: ManagerProof
  readonly at: Moment
}

export type NewRefundResult =
  /** The intent is on disk: the refund is `requested` and its request may leave. */
  | { readonly kind: 'created'; readonly refund: Refund }
  /** A refund of this very amount is not at its end yet: the same wish, as it stands. Nothing was journaled. */
  | { readonly kind: 'under-way'; readonly refund: Refund }
  /** Nothing was journaled. */
  | { readonly kind: 'refused'; readonly problem: RefundProblem; readonly leftFen: Fen }
  | { readonly kind: 'no-such-order' }

/** A refund that begins, and the events that it begins with; or why it may not. */
export type RefundBeginning =
  | { readonly kind: 'begun'; readonly refund: Refund; readonly events: readonly [RefundCreated, RefundEvent] }
  | Exclude<NewRefundResult, { readonly kind: 'created' }>

/** What a wish for a refund comes to, given the order and its refunds as they stand in the same transaction. */
export function beginRefund(order: Order | null, refunds: readonly Refund[], asked: NewRefund): RefundBeginning {
  if (order === null) return { kind: 'no-such-order' }
  const { amountFen, policy, at, reason, by, shiftId, cashier, proof } = asked
  const same = refunds.find((refund) => !isRefundFinal(refund.status) && refund.amountFen === amountFen)
  if (same) return { kind: 'under-way', refund: same }
  const problem = refundProblem(order, refunds, { amountFen, policy, wallMs: at.wallMs })
  if (problem !== null) return { kind: 'refused', problem, leftFen: leftToRefundFen(order, refunds) }
  const created: RefundCreated = {
    type: 'created',
    at,
    refundNumber: makeRefundNumber(order.orderNumber, refunds.length + 1),
    orderNumber: order.orderNumber,
    channel: order.channel,
    ...(order.account === undefined ? {} : { account: order.account }),
    wallet: order.wallet,
    orderAmountFen: order.amountFen,
    payStartedWallMs: order.payStarted.wallMs,
    transactionId: order.transactionId,
    amountFen,
    reason,
    by,
    policy,
    ...(shiftId === undefined ? {} : { shiftId }),
    ...(cashier === undefined ? {} : { cashier }),
    ...(proof === undefined ? {} : { proof }),
  }
  const requested: RefundEvent = { type: 'refund-requested', at }
  return { kind: 'begun', refund: stepRefund(createRefund(created), requested).refund, events: [created, requested] }
}
