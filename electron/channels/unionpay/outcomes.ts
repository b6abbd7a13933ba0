import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { UnionpayCode } from './codes.ts'

/**
 * What every documented code means for the order, as data (unionpay.md §5, §6). The same code means one thing as the
 * answer to a pay request, another as the state of the payment asked about. What is in no table is `unknown`.
 */

export type UnionpayPayMeaning =
  /** Taken in; a query decides (§6 P1). */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly reason: FailureReason }

/** What the `respCode` of a query says about the query itself. */
export type UnionpayQueryMeaning =
  /** `origRespCode` tells. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** What `origRespCode` says about the trade asked about. */
export type UnionpayStateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'closed'; readonly wasPaid: 'yes' | 'no' | 'unstated' }

export type UnionpayReversalMeaning =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }
  | { readonly kind: 'not-revocable' }
  | { readonly kind: 'person-needed' }

const failed = (reason: FailureReason) => ({ kind: 'failed', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const tryAgain = (reason: UnknownReason) => ({ kind: 'try-again', reason }) as const
const awaiting = { kind: 'awaiting-payer' } as const
const person = { kind: 'person-needed' } as const

/** 消费: the answer to a pay request (§5, column "pay"). */
export const unionpayPayOutcomes = {
  '00': { kind: 'accepted' },
  '01': failed('payment-failed'),
  '02': failed('payment-failed'),
  '03': unknown('system-error'),
  '04': unknown('system-error'),
  '05': awaiting,
  // Codes of another product: failed there, or processing, or presumed.
  '06': unknown('unlisted-code'),
  '07': unknown('unlisted-code'),
  '08': unknown('unlisted-code'),
  '09': unknown('unlisted-code'),
  '10': failed('configuration'),
  '11': failed('configuration'),
  // Something is there under this number, and only a query can tell what.
  '12': unknown('system-error'),
  '13': failed('configuration'),
  '14': failed('configuration'),
  '30': failed('card-refused'),
  '31': failed('merchant-account'),
  '32': failed('configuration'),
  '33': failed('merchant-limit'),
  '34': failed('payment-failed'),
  '35': failed('payment-failed'),
  '36': failed('configuration'),
  '37': unknown('rate-limited'),
  '38': failed('risk-refused'),
  '39': failed('payment-failed'),
  '40': failed('payer-account'),
  '41': unknown('unlisted-code'),
  // The money was taken, too late: polled, reversed, and with a person where that does not help.
  '42': unknown('system-error'),
  '45': unknown('unlisted-code'),
  '60': failed('card-refused'),
  // No card number is typed at a till: the number that is wrong is the scanned one.
  '61': failed('code-invalid'),
  '62': failed('card-refused'),
  '63': failed('card-refused'),
  '64': failed('balance-low'),
  '65': failed('card-refused'),
  '66': failed('payer-account'),
  '67': failed('payer-limit'),
  '68': failed('card-refused'),
  '69': failed('payer-cancelled'),
  '70': awaiting,
  '71': failed('payer-account'),
  '72': failed('payer-account'),
  '73': failed('card-refused'),
  // Charged, and the write-off unknown or failed: as 42.
  '74': unknown('system-error'),
  '75': unknown('system-error'),
  '76': failed('payer-account'),
  '77': failed('payer-account'),
  '78': failed('card-refused'),
  '79': failed('card-refused'),
  '80': failed('code-expired'),
  '98': unknown('unlisted-code'),
  '99': unknown('system-error'),
} as const satisfies Readonly<Record<UnionpayCode, UnionpayPayMeaning>>

/** 交易状态查询: `respCode` (§5, column "query: respCode"). A query's failure is never a payment's failure. */
export const unionpayQueryOutcomes = {
  '00': { kind: 'answered' },
  '01': unknown('system-error'),
  '02': unknown('system-error'),
  '03': unknown('system-error'),
  '04': unknown('system-error'),
  '05': unknown('system-error'),
  '06': unknown('unlisted-code'),
  '07': unknown('unlisted-code'),
  '08': unknown('unlisted-code'),
  '09': unknown('unlisted-code'),
  '10': unknown('refused-request'),
  '11': unknown('refused-request'),
  '12': unknown('system-error'),
  '13': unknown('refused-request'),
  '14': unknown('unlisted-code'),
  '30': unknown('system-error'),
  '31': unknown('refused-request'),
  '32': unknown('refused-request'),
  '33': unknown('unlisted-code'),
  // Directly after a time-out the order may not be visible yet (§6 Q3).
  '34': { kind: 'not-found' },
  '35': unknown('system-error'),
  '36': unknown('refused-request'),
  '37': unknown('rate-limited'),
  '38': unknown('unlisted-code'),
  '39': unknown('unlisted-code'),
  '40': unknown('unlisted-code'),
  '41': unknown('unlisted-code'),
  '42': unknown('unlisted-code'),
  '45': unknown('unlisted-code'),
  '60': unknown('unlisted-code'),
  '61': unknown('unlisted-code'),
  '62': unknown('unlisted-code'),
  '63': unknown('unlisted-code'),
  '64': unknown('unlisted-code'),
  '65': unknown('unlisted-code'),
  '66': unknown('unlisted-code'),
  '67': unknown('unlisted-code'),
  '68': unknown('unlisted-code'),
  '69': unknown('unlisted-code'),
  '70': unknown('unlisted-code'),
  '71': unknown('unlisted-code'),
  '72': unknown('unlisted-code'),
  '73': unknown('unlisted-code'),
  '74': unknown('unlisted-code'),
  '75': unknown('unlisted-code'),
  '76': unknown('unlisted-code'),
  '77': unknown('unlisted-code'),
  '78': unknown('unlisted-code'),
  '79': unknown('unlisted-code'),
  '80': unknown('unlisted-code'),
  '98': unknown('unlisted-code'),
  '99': unknown('system-error'),
} as const satisfies Readonly<Record<UnionpayCode, UnionpayQueryMeaning>>

/** Refused by whoever would have charged or checked before charging: nothing moved. */
const neverPaid = { kind: 'closed', wasPaid: 'no' } as const
/** No longer payable; how a reversed payment reads is in no source, so money may have moved and gone back (§6 R1). */
const ended = { kind: 'closed', wasPaid: 'unstated' } as const

/** 交易状态查询: `origRespCode` of a payment (§5, column "query: origRespCode"). */
export const unionpayStates = {
  '00': { kind: 'paid' },
  '01': ended,
  '02': ended,
  '03': unknown('system-error'),
  '04': unknown('system-error'),
  '05': awaiting,
  '06': unknown('unlisted-code'),
  '07': unknown('unlisted-code'),
  '08': unknown('unlisted-code'),
  '09': unknown('unlisted-code'),
  '10': neverPaid,
  '11': unknown('unlisted-code'),
  '12': unknown('system-error'),
  '13': neverPaid,
  '14': unknown('unlisted-code'),
  '30': neverPaid,
  '31': neverPaid,
  '32': neverPaid,
  '33': neverPaid,
  '34': ended,
  '35': ended,
  '36': ended,
  '37': unknown('unlisted-code'),
  '38': neverPaid,
  '39': ended,
  '40': neverPaid,
  '41': unknown('unlisted-code'),
  '42': unknown('system-error'),
  // Refunded or undone, which only what was paid can be (§6 R3).
  '45': { kind: 'closed', wasPaid: 'yes' },
  '60': neverPaid,
  '61': neverPaid,
  '62': neverPaid,
  '63': neverPaid,
  '64': neverPaid,
  '65': neverPaid,
  '66': neverPaid,
  '67': neverPaid,
  '68': neverPaid,
  '69': neverPaid,
  '70': awaiting,
  '71': neverPaid,
  '72': neverPaid,
  '73': neverPaid,
  '74': unknown('system-error'),
  '75': unknown('system-error'),
  '76': neverPaid,
  '77': neverPaid,
  '78': neverPaid,
  '79': neverPaid,
  '80': neverPaid,
  '98': unknown('unlisted-code'),
  '99': unknown('system-error'),
} as const satisfies Readonly<Record<UnionpayCode, UnionpayStateMeaning>>

/** 冲正 (§5, column "reversal"; §6 R1–R6). What asks for a query is one more try: the till queries before each. */
export const unionpayReversalOutcomes = {
  // One sample takes it for done, another for taken in: a query confirms (R1).
  '00': { kind: 'accepted' },
  '01': tryAgain('system-error'),
  '02': tryAgain('system-error'),
  '03': tryAgain('system-error'),
  '04': tryAgain('system-error'),
  '05': tryAgain('system-error'),
  '06': tryAgain('unlisted-code'),
  '07': tryAgain('unlisted-code'),
  '08': tryAgain('unlisted-code'),
  '09': tryAgain('unlisted-code'),
  '10': person,
  '11': person,
  '12': tryAgain('system-error'),
  '13': person,
  '14': tryAgain('unlisted-code'),
  '30': person,
  '31': person,
  '32': person,
  '33': tryAgain('unlisted-code'),
  // Nothing to cancel so far, and not proof that nothing comes (R4).
  '34': tryAgain('order-not-found'),
  '35': tryAgain('order-not-found'),
  '36': person,
  '37': tryAgain('rate-limited'),
  '38': person,
  // The UnionPay day is over: a refund is the way (R5).
  '39': { kind: 'not-revocable' },
  '40': tryAgain('unlisted-code'),
  '41': tryAgain('unlisted-code'),
  '42': tryAgain('system-error'),
  // Undone or refunded already; the query shows it (R3).
  '45': { kind: 'accepted' },
  '60': tryAgain('unlisted-code'),
  '61': tryAgain('unlisted-code'),
  '62': tryAgain('unlisted-code'),
  '63': tryAgain('unlisted-code'),
  '64': tryAgain('unlisted-code'),
  '65': tryAgain('unlisted-code'),
  '66': tryAgain('unlisted-code'),
  '67': tryAgain('unlisted-code'),
  '68': tryAgain('unlisted-code'),
  '69': tryAgain('unlisted-code'),
  '70': tryAgain('unlisted-code'),
  '71': tryAgain('unlisted-code'),
  '72': tryAgain('unlisted-code'),
  '73': tryAgain('unlisted-code'),
  '74': tryAgain('unlisted-code'),
  '75': tryAgain('unlisted-code'),
  '76': tryAgain('unlisted-code'),
  '77': tryAgain('unlisted-code'),
  '78': tryAgain('unlisted-code'),
  '79': tryAgain('unlisted-code'),
  '80': tryAgain('unlisted-code'),
  '98': tryAgain('unlisted-code'),
  '99': tryAgain('system-error'),
} as const satisfies Readonly<Record<UnionpayCode, UnionpayReversalMeaning>>
