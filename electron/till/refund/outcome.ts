import type { Evidence, UnknownReason } from '../outcome.ts'

/**
 * What a channel's answer about a refund means, after signature, order number, refund number and amounts were checked.
 * Closed unions, as those of payments in `../outcome.ts`; what is in no table of a channel is `unknown`.
 */

/** Why a refund cannot be made under its number, in the words of the counter. */
export type RefundFailureReason =
  | 'not-enough-left' // more than what is left of the payment
  | 'window-over' // too long after the payment
  | 'payer-account' // the customer's account is closed or does not take money
  | 'not-refundable' // the order's state at the channel does not allow it
  | 'full-only' // only the whole amount, or nothing, can be refunded
  | 'order-not-found'
  | 'configuration' // keys, permissions, program
  | 'closed-by-channel' // the channel closed the refund without returning money
  | 'refused' // the channel says no more than that

/** Why only a person can bring a refund on. */
export type RefundAttentionReason =
  | 'merchant-balance-low' // the merchant must top up; then the same refund is tried again
  | 'channel-needs-person' // the channel cannot return the money by itself (frozen account, dead card)
  | 'tries-used-up'
  | 'cannot-be-told' // nobody could say for so long that a person must look
  | 'done-after-end' // a verified "done" for a refund that had ended as failed

/** The answer to a refund request. */
export type RefundOutcome =
  /** The whole answer says that the money went back (Alipay: `fund_change=Y`). */
  | { readonly kind: 'done'; readonly evidence: Evidence }
  /** Taken in; a refund query tells what became of it (WeChat's only success). */
  | { readonly kind: 'accepted'; readonly evidence: Evidence }
  /** A success in words that proves nothing, such as a repeated call's (Alipay: `fund_change=N` or absent). */
  | { readonly kind: 'unproven'; readonly evidence: Evidence }
  /** Nobody knows, or it was not done for now: a query decides, and the same number may be sent again. */
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly evidence: Evidence }
  /** Refused by the documentation; one query must still confirm that no earlier try got through. */
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason; readonly evidence: Evidence }
  | {
      readonly kind: 'person-needed'
      readonly reason: 'merchant-balance-low' | 'channel-needs-person'
      readonly evidence: Evidence
    }

/** The answer to a refund query. */
export type RefundQueryOutcome =
  | { readonly kind: 'done'; readonly evidence: Evidence }
  | { readonly kind: 'processing'; readonly evidence: Evidence }
  /** Closed by the channel, and no money went to the customer (WeChat: REFUNDCLOSE). */
  | { readonly kind: 'closed'; readonly evidence: Evidence }
  /** The money lies at the merchant again, because the customer's account did not take it (WeChat: CHANGE). */
  | { readonly kind: 'abnormal'; readonly evidence: Evidence }
  /** The channel knows of no such refund, at this moment. */
  | { readonly kind: 'not-found'; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly evidence: Evidence }
