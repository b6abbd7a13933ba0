import type { TransactionId } from './ids.ts'
import type { Fen } from './money.ts'

/**
 * What an answer of a channel means, after its signature, order number, amount and merchant were checked.
 *
 * Each channel maps every documented code onto these closed unions in its own table; what is not listed there, cannot
 * be read or cannot be verified is `unknown` (design §6). Rules that use them: `order/step.ts`.
 */

/** What of an answer may be kept as evidence. Never secrets, never a payment code, never the payer's identity. */
export type Evidence = {
  /** HTTP status, where an answer arrived at all. */
  readonly httpStatus?: number
  /** The channel's code as it came, for example `USERPAYING` or `40004 ACQ.SYSTEM_ERROR`. */
  readonly code?: string
  /** The channel's own words for it, shortened; digits that could be a payment code are struck out. */
  readonly message?: string
  /** The channel's trade state as it came, for example `TRADE_CLOSED`. */
  readonly tradeState?: string
}

/** Why nobody can say yet. */
export type UnknownReason =
  | 'not-reachable' // no connection was made
  | 'no-answer' // time-out, or the connection broke
  | 'http-status' // an HTTP status that the protocol does not have
  | 'unreadable-answer' // HTML, half an answer, a doctype, too large
  | 'unverifiable-answer' // the signature is missing or wrong, or a field to be checked is missing
  | 'mismatched-answer' // verified, but of another order, amount or merchant
  | 'system-error' // the channel says that it does not know
  | 'order-not-found' // the channel does not know the order, at this moment
  | 'rate-limited'
  | 'refused-request' // the channel refused to look at a query (configuration, permission)
  | 'ends-unproven' // the channel calls it failed or closed, and its word proves nothing about the money
  | 'unlisted-code' // a code or state that is in no table
  | 'restarted' // the till stopped while it waited

/** Why a payment cannot be made, in the words of the counter; the screen has a sentence for each. */
export type FailureReason =
  | 'balance-low'
  | 'code-expired'
  | 'code-invalid' // used before, malformed, or not this wallet's
  | 'card-refused'
  | 'payer-limit' // the customer's day, month or age limits
  | 'payer-account' // the customer's account or settings
  | 'payer-cancelled'
  | 'risk-refused'
  | 'order-number-used'
  | 'merchant-limit'
  | 'merchant-account'
  | 'configuration' // keys, permissions, program: no customer can mend it
  | 'wording-refused'
  | 'payment-failed' // the channel says no more than that
  | 'closed-by-channel' // nobody paid in time and the channel closed it by itself
  | 'never-arrived' // revoked to be safe, and the channel never knew the order
  | 'never-sent' // nothing ever left the machine
  | 'settled-by-hand' // a manager's decision about a case

export type PaidFacts = {
  readonly transactionId: TransactionId
  /** What the channel says was ordered; equal to the order's amount, or the outcome is not `paid`. */
  readonly amountFen: Fen
}

export type PayOutcome =
  | ({ readonly kind: 'paid'; readonly evidence: Evidence } & PaidFacts)
  | { readonly kind: 'awaiting-payer'; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly evidence: Evidence }
  /** Final by the channel's documentation: this order can no longer charge. */
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly evidence: Evidence }
  /** Documented as a failure, but seen with money taken (marked ◇ in the references): one query decides. */
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason; readonly evidence: Evidence }
  /** The channel says that the payment failed or its state is broken, and asks for a revoke (wechat.md §4.3 PAYERROR). */
  | { readonly kind: 'revoke-needed'; readonly reason: FailureReason; readonly evidence: Evidence }

export type QueryOutcome =
  | ({ readonly kind: 'paid'; readonly evidence: Evidence } & PaidFacts)
  | { readonly kind: 'awaiting-payer'; readonly evidence: Evidence }
  /** The order exists, unpaid, and nobody is known to be confirming (NOTPAY). */
  | { readonly kind: 'unpaid'; readonly evidence: Evidence }
  | { readonly kind: 'revoke-needed'; readonly reason: FailureReason; readonly evidence: Evidence }
  /**
   * The channel says that the order is closed or revoked and can no longer charge. `wasPaid` tells whether the answer
   * itself shows that money had moved (and so was returned), shows that none had, or does not say.
   */
  | {
      readonly kind: 'closed'
      readonly wasPaid: 'yes' | 'no' | 'unstated'
      /** Set when the state is one that a payment-code order cannot have (M13): told, never swallowed. */
      readonly alarm?: 'impossible-state'
      readonly evidence: Evidence
    }
  | { readonly kind: 'not-found'; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly evidence: Evidence }

/** Which of the two a revoke did: closed an unpaid order, or returned the money of a paid one (M8). */
export type RevokeEffect = 'closed' | 'refunded'

export type RevokeOutcome =
  /** The whole answer says so (recall=N, retry_flag=N); believed only after a query (M12). */
  | { readonly kind: 'accepted'; readonly effect: RevokeEffect | 'unstated'; readonly evidence: Evidence }
  /** The channel asks for the same call again, or nobody knows whether it was done. */
  | { readonly kind: 'try-again'; readonly reason: UnknownReason; readonly evidence: Evidence }
  /** Refused for now: the payer is confirming. Query on and try again. */
  | { readonly kind: 'payer-confirming'; readonly evidence: Evidence }
  /** Too old, or not a payment-code order: a refund is the way. */
  | { readonly kind: 'not-revocable'; readonly evidence: Evidence }
  /** The channel refuses in a way that only a person can mend (merchant's balance, frozen account, configuration). */
  | { readonly kind: 'person-needed'; readonly evidence: Evidence }
