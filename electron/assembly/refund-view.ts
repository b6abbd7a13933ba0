import type { RefundView } from '../api/contract.ts'
import type { Evidence } from '../till/outcome.ts'
import type { Refund } from '../till/refund/refund.ts'

/** A refund as the screen needs it. */
export function refundView(refund: Refund): RefundView {
  const evidence: Evidence = refund.lastAnswer?.evidence ?? {}
  return {
    refundNumber: refund.refundNumber,
    orderNumber: refund.orderNumber,
    amountFen: refund.amountFen,
    reason: refund.reason,
    by: refund.by,
    status: refund.status,
    failureReason: refund.failureReason,
    unknownReason: refund.unknownReason,
    attentionReason: refund.attentionReason,
    alarm: refund.alarm,
    lastCode: evidence.code ?? evidence.tradeState ?? null,
    lastMessage: evidence.message ?? null,
    tries: refund.tries,
    queries: refund.queries,
    inFlight: refund.inFlight,
    createdWallMs: refund.createdWallMs,
    statusSinceWallMs: refund.statusSinceWallMs,
  }
}
