import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { IcbcPayState, IcbcQueryState, IcbcReturnCode } from './codes.ts'

/**
 * What every known code and state of pay, query and reversal means, as data (icbc.md §5, §6). A code that is listed
 * nowhere is unknown.
 */

const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const tryAgain = (reason: UnknownReason) => ({ kind: 'try-again', reason }) as const
const checked = (reason: FailureReason) => ({ kind: 'failed-unless-query-differs', reason }) as const

export type IcbcPayMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

/**
 * A pay answer with a `return_code` other than 0 (§5 P4): unknown, for nobody has said which codes are final. The
 * gateway's 4000xx are refusals of signature, application or rights, which one query confirms; its 5000xx may as well be
 * a line behind it that was cut, so only the loop's end decides.
 */
export const icbcPayOutcomes = {
  '5940021': unknown('order-not-found'),
  '5940022': unknown('order-not-found'),
  '93008595': unknown('system-error'),
  '5920006': unknown('system-error'),
  '400026': checked('configuration'),
  '-1': unknown('system-error'),
  '4000xx': checked('configuration'),
  '5000xx': unknown('system-error'),
} as const satisfies Readonly<Record<IcbcReturnCode, IcbcPayMeaning>>

/** What a `refusalCodes` entry of the configuration means: a refusal by the bank's word, which one query confirms. */
export const icbcConfirmedRefusal = checked('payment-failed')

export type IcbcPayStateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

/** `pay_status` of a pay answer (§5 P1–P3); `paid` still depends on number and amount. */
export const icbcPayStateOutcomes = {
  // Order not placed: one query is cheap, and stands before a new code.
  '-1': checked('payment-failed'),
  '0': { kind: 'awaiting-payer' },
  '1': { kind: 'paid' },
  '2': { kind: 'failed', reason: 'payment-failed' },
} as const satisfies Readonly<Record<IcbcPayState, IcbcPayStateMeaning>>

export type IcbcQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/**
 * A query with a `return_code` other than 0 (§5 Q7–Q9). A query's failure is never a payment's failure. "Already
 * refunded" is an old query's answer and does not say whether all of it went back, so it decides nothing.
 */
export const icbcQueryOutcomes = {
  '5940021': { kind: 'not-found' },
  '5940022': { kind: 'not-found' },
  '93008595': unknown('system-error'),
  '5920006': unknown('system-error'),
  '400026': unknown('refused-request'),
  '-1': unknown('system-error'),
  '4000xx': unknown('refused-request'),
  '5000xx': unknown('refused-request'),
} as const satisfies Readonly<Record<IcbcReturnCode, IcbcQueryMeaning>>

export type IcbcQueryStateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'awaiting-payer' }
  /** `wasPaid`: by the state itself, or by the amount that the customer really paid. */
  | { readonly kind: 'closed'; readonly wasPaid: 'yes' | 'no' | 'by-amount' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/**
 * `pay_status` of a query V5 (§5 Q1–Q6).
 *
 * 4 and 7 are under way: asked again. 6 was paid, and somebody gave a part back; the till itself refunds only orders that
 * it knows as paid, so for an order in doubt neither "paid" nor "closed" would be true, and it ends with a person.
 */
export const icbcQueryStateOutcomes = {
  '0': { kind: 'awaiting-payer' },
  '1': { kind: 'paid' },
  '2': { kind: 'closed', wasPaid: 'no' },
  '3': { kind: 'closed', wasPaid: 'by-amount' },
  '4': unknown('system-error'),
  '5': { kind: 'closed', wasPaid: 'yes' },
  '6': unknown('unlisted-code'),
  '7': unknown('system-error'),
} as const satisfies Readonly<Record<IcbcQueryState, IcbcQueryStateMeaning>>

export type IcbcReverseMeaning =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }

/**
 * A reversal with a `return_code` other than 0 (§5 R2): the query right after it decides, and the same call is repeated.
 * "The order does not exist" leaves nothing to reverse; whether that holds is again the queries' business (Q7).
 */
export const icbcReverseOutcomes = {
  '5940021': { kind: 'accepted' },
  '5940022': { kind: 'accepted' },
  '93008595': tryAgain('system-error'),
  '5920006': tryAgain('system-error'),
  '400026': tryAgain('refused-request'),
  '-1': tryAgain('system-error'),
  '4000xx': tryAgain('refused-request'),
  '5000xx': tryAgain('system-error'),
} as const satisfies Readonly<Record<IcbcReturnCode, IcbcReverseMeaning>>
