import type { RefundReference } from '../channels/channel.ts'
import type { RefundEvent } from '../till/refund/event.ts'
import type { Refund } from '../till/refund/refund.ts'
import { channelOf, type ExchangeParts, hear, noChannel, survive } from './exchange.ts'

/** Sends a try of the refund and answers with the event that came of it. */
export async function exchangeRefund(parts: ExchangeParts, refund: Refund): Promise<RefundEvent> {
  const at = () => parts.clock.now()
  const configured = channelOf(parts.channels, refund)
  if (!configured) return { type: 'refund-answered', at: at(), outcome: { kind: 'unknown', ...noChannel } }
  const { channel } = configured
  const reference = referenceOf(refund)
  const heard = await hear(parts, refund.channel, refund.policy.requestTimeoutMs, null, (context) =>
    channel.refund.encode(reference, context),
  )
  if (!heard.ok) return { type: 'refund-answered', at: at(), outcome: { kind: 'unknown', ...heard.unheard } }
  const decoded = survive(parts, () => channel.refund.decode(reference, heard.response))
  const outcome = decoded.ok ? decoded.outcome : ({ kind: 'unknown', ...decoded.unheard } as const)
  return { type: 'refund-answered', at: at(), outcome }
}

/** Asks the channel what became of the refund. */
export async function exchangeRefundQuery(parts: ExchangeParts, refund: Refund): Promise<RefundEvent> {
  const at = () => parts.clock.now()
  const configured = channelOf(parts.channels, refund)
  if (!configured) return { type: 'query-answered', at: at(), outcome: { kind: 'unknown', ...noChannel } }
  const { channel } = configured
  const reference = referenceOf(refund)
  const heard = await hear(parts, refund.channel, refund.policy.requestTimeoutMs, null, (context) =>
    channel.queryRefund.encode(reference, context),
  )
  if (!heard.ok) return { type: 'query-answered', at: at(), outcome: { kind: 'unknown', ...heard.unheard } }
  const decoded = survive(parts, () => channel.queryRefund.decode(reference, heard.response))
  const outcome = decoded.ok ? decoded.outcome : ({ kind: 'unknown', ...decoded.unheard } as const)
  return { type: 'query-answered', at: at(), outcome }
}

/** The same for every try: number, amount and reason stand in the refund's first event (I8). */
function referenceOf(refund: Refund): RefundReference {
  const { orderNumber, orderAmountFen, payStartedWallMs, refundNumber, amountFen, reason } = refund
  return {
    orderNumber,
    orderAmountFen,
    payStartedWallMs,
    transactionId: refund.transactionId ?? null,
    refundStartedWallMs: refund.createdWallMs,
    refundNumber,
    amountFen,
    reason,
  }
}
