import { assertNever } from '../till/brand.ts'
import { type Fen, yuanText } from '../till/money.ts'
import type { RefundProblem } from '../till/refund/left.ts'
import type { Refund } from '../till/refund/refund.ts'

/** Why a refund may not begin, for support staff. */
export function refundProblemWords(problem: RefundProblem, leftFen: Fen): string {
  switch (problem) {
    case 'not-paid':
      return 'No verified answer says that this order took money, so there is nothing to refund.'
    case 'revoke-under-way':
      return 'A revoke of this order is on its way, and returns the money by itself: wait for it.'
    case 'zero':
      return 'The amount is zero.'
    case 'more-than-left':
      return `The amount is more than what is left: ¥${yuanText(leftFen)} (refunds under way count as spent).`
    case 'window-over':
      return 'The time for refunds of this order is over; return the money by other means.'
    case 'channel-has-no-refund':
      return 'The channel of this order has no refund: return the money on the merchant site.'
    case 'too-many-refunds':
      return 'This order has had as many refunds as its channel allows.'
    default:
      return assertNever(problem, 'refund problem')
  }
}

/** What became of the money, and what to do now. */
export function refundResultWords(refund: Refund): string {
  switch (refund.status) {
    case 'done':
      return 'went back to the customer'
    case 'failed':
      return `did not go back (${refund.failureReason ?? 'no reason'}); a new refund may be begun`
    case 'attention':
      return `needs a person (${refund.attentionReason ?? 'no reason'}); do not return it in cash before the channel's own list was looked at`
    case 'processing':
      return 'is on its way: the wallet took the refund in; go on with: till recover'
    case 'created':
    case 'requested':
    case 'unknown':
      return 'is not decided yet; do not refund again; go on with: till recover'
    default:
      return assertNever(refund.status, 'refund status')
  }
}
