import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { QraPayCode, QraQueryCode, QraReverseCode, QraTradeState } from './codes.ts'

/** What every listed code and state means for the order, as data (swiftpass.md §3, §5). */

export type QraPayMeaning =
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

export type QraQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

export type QraReverseMeaning =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }
  | { readonly kind: 'payer-confirming' }
  | { readonly kind: 'not-revocable' }
  | { readonly kind: 'person-needed' }

/** What a `trade_state` means; all but the waiting ones still depend on the rest of the answer. */
export type QraStateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unpaid' }
  | { readonly kind: 'revoke-needed'; readonly reason: FailureReason }
  | { readonly kind: 'closed' }
  | { readonly kind: 'turned-to-refund' }

const failed = (reason: FailureReason) => ({ kind: 'failed', reason }) as const
/** Seen with money taken at the wallet itself (the ◇ of wechat.md §4.1), so one query decides. */
const checked = (reason: FailureReason) => ({ kind: 'failed-unless-query-differs', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const tryAgain = (reason: UnknownReason) => ({ kind: 'try-again', reason }) as const

/**
 * `unified.trade.micropay` with `result_code` other than 0, where `need_query` is N (§5 P3). With Y, anything else or
 * without it only USERPAYING counts, and the rest is unknown (§5 P2). A code that says "nobody knows" beats an N.
 */
export const qraPayOutcomes = {
  USERPAYING: { kind: 'awaiting-payer' },
  SYSTEMERROR: unknown('system-error'),
  BANKERROR: unknown('system-error'),
  ORDERPAID: checked('order-number-used'),
  OUT_TRADE_NO_USED: checked('order-number-used'),
  ORDERCLOSED: checked('closed-by-channel'),
  ORDERREVERSED: checked('closed-by-channel'),
  AUTHCODEEXPIRE: failed('code-expired'),
  AUTH_CODE_ERROR: checked('code-invalid'),
  AUTH_CODE_INVALID: checked('code-invalid'),
  NOTENOUGH: failed('balance-low'),
  NOTSUPORTCARD: failed('card-refused'),
  BUYER_MISMATCH: checked('order-number-used'),
  TRADE_ERROR: checked('payment-failed'),
  RULELIMIT: checked('risk-refused'),
  NOAUTH: failed('configuration'),
  PARAM_ERROR: checked('configuration'),
  SIGNERROR: failed('configuration'),
  LACK_PARAMS: failed('configuration'),
  'ACQ.SYSTEM_ERROR': unknown('system-error'),
  'ACQ.TRADE_HAS_SUCCESS': unknown('system-error'),
  'ACQ.TRADE_HAS_CLOSE': checked('closed-by-channel'),
  'ACQ.CONTEXT_INCONSISTENT': unknown('system-error'),
  'ACQ.TRADE_STATUS_ERROR': unknown('system-error'),
  'ACQ.PAYMENT_AUTH_CODE_INVALID': failed('code-invalid'),
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': failed('balance-low'),
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': failed('balance-low'),
  'ACQ.PAYMENT_FAIL': failed('payment-failed'),
  'ACQ.PAYMENT_REQUEST_HAS_RISK': failed('risk-refused'),
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': failed('payer-limit'),
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR': failed('payer-limit'),
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT': failed('payer-limit'),
  'ACQ.TOTAL_FEE_EXCEED': failed('merchant-limit'),
  'ACQ.ACCESS_FORBIDDEN': failed('configuration'),
  'ACQ.INVALID_PARAMETER': failed('configuration'),
} as const satisfies Readonly<Record<QraPayCode, QraPayMeaning>>

/** `need_query` N with a code that is in no list: the documentation calls it final, and one query makes sure of it. */
export const qraUnlistedRefusal: QraPayMeaning = checked('payment-failed')

/** `message` of a `status` other than 0 that is about keys or merchant (§5 P4, Q3); anything else is unknown. */
export const qraDoorRefusals: readonly RegExp[] = [
  /签名|验签|sign(?:ature)?\s*(?:error|fail|invalid|not)|invalid\s*sign/i,
  /(?:mch_?id|merchant|商户号?).*(?:not\s*(?:exist|match|found)|不存在|不匹配|无效|未开通)/i,
]

/** For a reverse, a text about parameters is a refusal for good as well. */
export const qraReverseDoorRefusals: readonly RegExp[] = [...qraDoorRefusals, /参数|param/i]

/** `unified.trade.query` with `result_code` other than 0 (§5 Q2). A query's failure is never a payment's failure. */
export const qraQueryOutcomes = {
  ORDERNOTEXIST: { kind: 'not-found' },
  'ACQ.TRADE_NOT_EXIST': { kind: 'not-found' },
  SYSTEMERROR: unknown('system-error'),
  'ACQ.SYSTEM_ERROR': unknown('system-error'),
  NOAUTH: unknown('refused-request'),
  PARAM_ERROR: unknown('refused-request'),
  SIGNERROR: unknown('refused-request'),
  'ACQ.INVALID_PARAMETER': unknown('refused-request'),
} as const satisfies Readonly<Record<QraQueryCode, QraQueryMeaning>>

/** `trade_state` of a query (§3). */
export const qraQueryStates = {
  SUCCESS: { kind: 'paid' },
  USERPAYING: { kind: 'awaiting-payer' },
  NOTPAY: { kind: 'unpaid' },
  REFUND: { kind: 'turned-to-refund' },
  REVOKED: { kind: 'closed' },
  REVERSE: { kind: 'closed' },
  CLOSED: { kind: 'closed' },
  PAYERROR: { kind: 'revoke-needed', reason: 'payment-failed' },
} as const satisfies Readonly<Record<QraTradeState, QraStateMeaning>>

/** `unified.micropay.reverse` with `result_code` other than 0 (§5 R2); a query decides what is accepted. */
export const qraReverseOutcomes = {
  SYSTEMERROR: tryAgain('system-error'),
  USERPAYING: { kind: 'payer-confirming' },
  ORDERREVERSED: { kind: 'accepted' },
  REVERSE_EXPIRE: { kind: 'not-revocable' },
  ORDERNOTEXIST: tryAgain('order-not-found'),
  NOTENOUGH: { kind: 'person-needed' },
  NOAUTH: { kind: 'person-needed' },
  PARAM_ERROR: { kind: 'person-needed' },
  SIGNERROR: { kind: 'person-needed' },
  'ACQ.SYSTEM_ERROR': tryAgain('system-error'),
  'ACQ.TRADE_NOT_EXIST': tryAgain('order-not-found'),
  'ACQ.TRADE_CANCEL_TIME_OUT': { kind: 'not-revocable' },
  'ACQ.TRADE_HAS_FINISHED': { kind: 'not-revocable' },
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': { kind: 'person-needed' },
  'ACQ.CANCEL_NOT_ALLOWED': { kind: 'person-needed' },
} as const satisfies Readonly<Record<QraReverseCode, QraReverseMeaning>>
