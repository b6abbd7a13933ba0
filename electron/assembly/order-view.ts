import type { OrderView } from '../api/contract.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { ageMs, deadlineMonotonicMs, revokeAllowedMonotonicMs } from '../till/order/timing.ts'
import type { Moment } from '../till/time.ts'

/** An order as the screen needs it, with durations as of `at`. */
export function orderView(order: Order, at: Moment): OrderView {
  const age = ageMs(order, at)
  const waits = order.status === 'paying' || order.status === 'awaiting-payer' || order.status === 'unknown'
  const { windowMs } = order.policy
  const { lastAnswer } = order
  return {
    orderNumber: order.orderNumber,
    saleId: order.saleId,
    channel: order.channel,
    wallet: order.wallet,
    amountFen: order.amountFen,
    maskedCode: order.maskedCode,
    status: order.status,
    revokeEffect: order.revokeEffect,
    revokeCause: order.revokeCause,
    failureReason: order.failureReason,
    unknownReason: order.unknownReason,
    attentionReason: order.attentionReason,
    alarm: order.alarm,
    lastCode: lastAnswer?.evidence.code ?? lastAnswer?.evidence.tradeState ?? null,
    lastMessage: lastAnswer?.evidence.message ?? null,
    moneyWasTaken: order.moneyWasTaken,
    transactionId: order.transactionId,
    queries: order.queries,
    revokes: order.revokes,
    inFlight: order.inFlight,
    queryPurpose: order.queryPurpose,
    parked: order.parked,
    caseOwner: order.caseOwner,
    settlement: order.settlement,
    createdWallMs: order.createdWallMs,
    statusSinceWallMs: order.statusSinceWallMs,
    ageMs: age,
    windowMs,
    timeLeftMs: waits ? Math.max(0, deadlineMonotonicMs({ ...order, revokeCause: null }) - at.monotonicMs) : 0,
    revokeAllowedInMs: isFinal(order.status) ? 0 : Math.max(0, revokeAllowedMonotonicMs(order) - at.monotonicMs),
    // A request that nobody answered is no answer.
    lastAnswerAgeMs: lastAnswer?.evidence.httpStatus === undefined ? null : Math.max(0, at.wallMs - lastAnswer.wallMs),
  }
}
