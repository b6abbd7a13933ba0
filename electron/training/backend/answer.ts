import { shanghaiDate } from '../../till/time.ts'
import type { BookedOrder } from '../books.ts'
import { firstPayAnswer, type PayAnswer, type TrainingOrder } from '../stories.ts'
import type { PayReply, RefundQueryReply, RefundReply, RevokeReply } from '../world.ts'

/** What an answer says beside version, code and numbers; `code` is there when it is not `ok`. */
export type BackendResult = Readonly<
  Record<string, string | number | readonly Readonly<Record<string, string | number>>[]>
>

/** The back end's own number of a payment: the day and its place in the books. */
const transactionIdOf = ({ openedAtMs, sequence }: TrainingOrder): string =>
  `T${shanghaiDate(openedAtMs)}${String(sequence).padStart(12, '0')}`

const amountOf = ({ amountFen }: TrainingOrder): BackendResult => ({ amountFen })
const failed = (order: TrainingOrder, reason: string): BackendResult => ({
  state: 'failed',
  ...amountOf(order),
  reason,
})
const payment = (order: TrainingOrder): BackendResult => ({
  state: 'paid',
  ...amountOf(order),
  transactionId: transactionIdOf(order),
})

const firstResult = (answer: PayAnswer, order: TrainingOrder): BackendResult | 'cut' => {
  switch (answer) {
    case 'paid':
      return payment(order)
    case 'confirming':
      return { state: 'awaiting-payer', ...amountOf(order) }
    case 'system-error':
      return { state: 'unknown', ...amountOf(order) }
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
    case 'code-expired':
    case 'code-invalid':
      return failed(order, answer)
    case 'code-used':
      return failed(order, 'code-invalid')
  }
}

/** What a pay request is answered. The same request again is told how its order stands, and charges nobody. */
export function backendPayResult(reply: PayReply): BackendResult | 'cut' {
  const { order } = reply.booked
  if (reply.kind === 'first') return firstResult(reply.answer, order)
  if (!reply.sameRequest) return { code: 'order-number-reused' }
  switch (order.condition) {
    case 'in-transit':
      return { state: 'unknown', ...amountOf(order) }
    case 'confirming':
    case 'unpaid':
      return { state: 'awaiting-payer', ...amountOf(order) }
    case 'payment-failed':
      return { state: 'revoke-needed', ...amountOf(order), reason: 'balance-low' }
    case 'refused':
      return firstResult(firstPayAnswer(order), order)
    case 'paid':
      return payment(order)
    case 'closed':
    case 'refunded':
      return failed(order, 'closed-by-channel')
  }
}

/** What a query is answered. */
export function backendQueryResult(booked: BookedOrder | undefined): BackendResult {
  if (booked === undefined) return { state: 'not-found' }
  const { order } = booked
  switch (order.condition) {
    case 'in-transit':
      return { state: 'unknown' }
    case 'confirming':
      return { state: 'awaiting-payer', ...amountOf(order) }
    case 'unpaid':
      return { state: 'unpaid', ...amountOf(order) }
    case 'payment-failed':
      return { state: 'revoke-needed', ...amountOf(order), reason: 'balance-low' }
    case 'refused':
    case 'closed':
      return { state: 'closed', ...amountOf(order), wasPaid: 'no' }
    case 'paid':
      return payment(order)
    case 'refunded':
      // Refunds of the full amount leave a payment; a revoke of a paid order leaves none.
      return order.refunds > 0 ? payment(order) : { state: 'closed', ...amountOf(order), wasPaid: 'yes' }
  }
}

/** What a revoke is answered; an order that never arrived is closed as well. */
export function backendRevokeResult(reply: RevokeReply): BackendResult {
  if (reply.kind === 'unknown-order') return { state: 'accepted', effect: 'closed' }
  switch (reply.answer) {
    case 'closed':
    case 'refunded':
      return { state: 'accepted', effect: reply.answer }
    case 'no-such-order':
      return { state: 'accepted', effect: 'closed' }
    case 'system-error':
    case 'call-again':
      return { state: 'try-again' }
    case 'payer-confirming':
      return { state: 'payer-confirming' }
    case 'too-late':
    case 'has-refunds':
      return { state: 'not-revocable' }
  }
}

/** What a refund is answered. */
export function backendRefundResult(reply: RefundReply, amountFen: number): BackendResult | 'cut' {
  const refused = (reason: string): BackendResult => ({ state: 'refused', amountFen, reason })
  if (reply.kind === 'unknown-order') return refused('order-not-found')
  const { answer } = reply
  switch (answer) {
    case 'accepted':
    case 'repeated':
      return { state: 'accepted', amountFen }
    case 'discordant':
      return { code: 'refund-number-reused' }
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return { state: 'unknown', amountFen }
    case 'balance-low':
      return { state: 'person-needed', amountFen, reason: 'merchant-balance-low' }
    case 'not-paid':
      return refused('not-refundable')
    case 'not-enough-left':
    case 'payer-account':
    case 'refused':
      return refused(answer)
    case 'too-late':
      return refused('window-over')
  }
}

/** What a refund query is answered; the state's names are the contract's. */
export function backendRefundQueryResult(reply: RefundQueryReply): BackendResult {
  return reply.kind === 'unknown-refund'
    ? { state: 'not-found' }
    : { state: reply.state, amountFen: reply.refund.amountFen }
}
