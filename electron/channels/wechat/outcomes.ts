import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { WechatPayCode, WechatQueryCode, WechatReverseCode, WechatTradeState } from './codes.ts'

/**
 * What every documented code of WeChat Pay v2 means for the order, as data (wechat.md §4.1, §4.3, §4.4, §12). Codes that
 * are in no table are `unknown` for a payment or query and, for a reverse, go by `recall`.
 */

export type WechatPayMeaning =
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

export type WechatQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

export type WechatReverseMeaning =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }
  | { readonly kind: 'payer-confirming' }
  | { readonly kind: 'not-revocable' }
  | { readonly kind: 'person-needed' }

/** What a `trade_state` means; `paid` and the closed ones still depend on the rest of the answer. */
export type WechatStateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unpaid' }
  | { readonly kind: 'revoke-needed'; readonly reason: FailureReason }
  | { readonly kind: 'closed'; readonly alarm?: 'impossible-state' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** A row that holds only when the answer's text (`err_code_des` or `return_msg`) says so; the first match counts. */
export type WechatTextRow<Code extends string, Meaning> = {
  readonly codes: readonly Code[]
  readonly text: RegExp
  readonly meaning: Meaning
}

const failed = (reason: FailureReason) => ({ kind: 'failed', reason }) as const
/** The references' ◇: seen with money taken, so one query decides. */
const checked = (reason: FailureReason) => ({ kind: 'failed-unless-query-differs', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const tryAgain = (reason: UnknownReason) => ({ kind: 'try-again', reason }) as const

/** `micropay` with `result_code` FAIL (§4.1). */
export const wechatPayOutcomes = {
  USERPAYING: { kind: 'awaiting-payer' },
  SYSTEMERROR: unknown('system-error'),
  BANKERROR: unknown('system-error'),
  ORDERPAID: checked('order-number-used'),
  OUT_TRADE_NO_USED: checked('order-number-used'),
  ORDERCLOSED: failed('closed-by-channel'),
  ORDERREVERSED: failed('closed-by-channel'),
  AUTHCODEEXPIRE: failed('code-expired'),
  AUTH_CODE_ERROR: checked('code-invalid'),
  AUTH_CODE_INVALID: checked('code-invalid'),
  NOTENOUGH: failed('balance-low'),
  NOTSUPORTCARD: failed('card-refused'),
  BUYER_MISMATCH: checked('order-number-used'),
  TRADE_ERROR: checked('payment-failed'),
  RULELIMIT: checked('risk-refused'),
  RISKCONTROL: checked('risk-refused'),
  INVALID_REQUEST: checked('configuration'),
  PARAM_ERROR: checked('configuration'),
  NOAUTH: failed('configuration'),
  APPID_NOT_EXIST: failed('configuration'),
  MCHID_NOT_EXIST: failed('configuration'),
  APPID_MCHID_NOT_MATCH: failed('configuration'),
  SIGNERROR: failed('configuration'),
  LACK_PARAMS: failed('configuration'),
  XML_FORMAT_ERROR: failed('configuration'),
  NOT_UTF8: failed('configuration'),
  REQUIRE_POST_METHOD: failed('configuration'),
  POST_DATA_EMPTY: failed('configuration'),
} as const satisfies Readonly<Record<WechatPayCode, WechatPayMeaning>>

const frequencyText = /频率|频繁|过快|frequen|too (?:fast|many)/i

/** Rows of §4.1 and §12 that depend on the text; they come before `wechatPayOutcomes`. */
export const wechatPayTextOutcomes: readonly WechatTextRow<WechatPayCode, WechatPayMeaning>[] = [
  // Not processed by the documentation, but marked ◇: the query shows whether there is an order after all.
  { codes: ['INVALID_REQUEST'], text: frequencyText, meaning: checked('payment-failed') },
  { codes: ['INVALID_REQUEST'], text: /重复|repeat/i, meaning: checked('order-number-used') },
  {
    codes: ['NOAUTH', 'APPID_MCHID_NOT_MATCH'],
    text: /商户无权限使用该付款码/,
    meaning: failed('code-invalid'),
  },
  { codes: ['TRADE_ERROR'], text: /用户取消支付/, meaning: checked('payer-cancelled') },
  { codes: ['TRADE_ERROR'], text: /更换订单号/, meaning: checked('order-number-used') },
  { codes: ['AUTH_CODE_INVALID', 'AUTH_CODE_ERROR'], text: /过期/, meaning: checked('code-expired') },
]

/** `return_msg` of an unsigned `return_code` FAIL that proves a refusal at the door (§4.1); anything else is unknown. */
export const wechatDoorRefusals: readonly RegExp[] = [
  /签名|sign(?:ature)?\s*(?:error|fail|invalid|not)|invalid\s*sign/i,
  /(?:mch_?id|appid|商户号).*(?:not\s*(?:exist|match)|不存在|不匹配)/i,
]

/** For a reverse, a text about parameters is a refusal for good as well (§4.4). */
export const wechatReverseDoorRefusals: readonly RegExp[] = [...wechatDoorRefusals, /参数|param/i]

/** `orderquery` with `result_code` FAIL (§4.3). A query's failure is never a payment's failure. */
export const wechatQueryOutcomes = {
  ORDERNOTEXIST: { kind: 'not-found' },
  SYSTEMERROR: unknown('system-error'),
  INVALID_REQUEST: unknown('refused-request'),
  PARAM_ERROR: unknown('refused-request'),
  NOAUTH: unknown('refused-request'),
  APPID_NOT_EXIST: unknown('refused-request'),
  MCHID_NOT_EXIST: unknown('refused-request'),
  APPID_MCHID_NOT_MATCH: unknown('refused-request'),
  SIGNERROR: unknown('refused-request'),
  LACK_PARAMS: unknown('refused-request'),
  XML_FORMAT_ERROR: unknown('refused-request'),
  NOT_UTF8: unknown('refused-request'),
  REQUIRE_POST_METHOD: unknown('refused-request'),
  POST_DATA_EMPTY: unknown('refused-request'),
} as const satisfies Readonly<Record<WechatQueryCode, WechatQueryMeaning>>

export const wechatQueryTextOutcomes: readonly WechatTextRow<WechatQueryCode, WechatQueryMeaning>[] = [
  { codes: ['INVALID_REQUEST'], text: frequencyText, meaning: unknown('rate-limited') },
]

/**
 * `trade_state` of a query (§4.3).
 *
 * REFUND means that it was paid and that somebody began to give money back, all or a part; the answer does not say how
 * much. The till itself refunds only orders that a verified answer showed as paid, and what it reads of those later
 * changes nothing (`paid` notes it, `attention` stays until the refund's own record settles it). An order that is still
 * undecided was refunded by someone else: "paid" could hand over goods that are no longer paid for and "closed" could
 * hide that the customer still paid a part, so it stays unknown and ends with a person. CLOSED cannot be for a
 * payment-code order (M13).
 */
export const wechatQueryStates = {
  SUCCESS: { kind: 'paid' },
  REFUND: unknown('unlisted-code'),
  USERPAYING: { kind: 'awaiting-payer' },
  NOTPAY: { kind: 'unpaid' },
  ACCEPT: { kind: 'awaiting-payer' },
  PAYERROR: { kind: 'revoke-needed', reason: 'payment-failed' },
  REVOKED: { kind: 'closed' },
  CLOSED: { kind: 'closed', alarm: 'impossible-state' },
} as const satisfies Readonly<Record<WechatTradeState, WechatStateMeaning>>

/**
 * `trade_state` where a `micropay` answer carries one: it decides (§12). Only USERPAYING and PAYERROR have been seen; of
 * the others all but SUCCESS and those that mean waiting are left to the query.
 */
export const wechatPayStates = {
  SUCCESS: { kind: 'paid' },
  REFUND: unknown('unlisted-code'),
  USERPAYING: { kind: 'awaiting-payer' },
  NOTPAY: { kind: 'awaiting-payer' },
  ACCEPT: { kind: 'awaiting-payer' },
  PAYERROR: { kind: 'revoke-needed', reason: 'payment-failed' },
  REVOKED: unknown('unlisted-code'),
  CLOSED: unknown('unlisted-code'),
} as const satisfies Readonly<
  Record<WechatTradeState, Exclude<WechatStateMeaning, { readonly kind: 'closed' | 'unpaid' }>>
>

/** `secapi/pay/reverse` with `result_code` FAIL (§4.4). `recall=Y` turns an end into one more try. */
export const wechatReverseOutcomes = {
  SYSTEMERROR: tryAgain('system-error'),
  USERPAYING: { kind: 'payer-confirming' },
  ORDERREVERSED: { kind: 'accepted' },
  REVERSE_EXPIRE: { kind: 'not-revocable' },
  ORDERNOTEXIST: tryAgain('order-not-found'),
  TRADE_ERROR: { kind: 'person-needed' },
  INVALID_REQUEST: { kind: 'person-needed' },
  INVALID_TRANSACTIONID: { kind: 'person-needed' },
  PARAM_ERROR: { kind: 'person-needed' },
  ORDERPAID: { kind: 'person-needed' },
  SIGNERROR: { kind: 'person-needed' },
  REQUIRE_POST_METHOD: { kind: 'person-needed' },
} as const satisfies Readonly<Record<WechatReverseCode, WechatReverseMeaning>>

export const wechatReverseTextOutcomes: readonly WechatTextRow<WechatReverseCode, WechatReverseMeaning>[] = [
  { codes: ['INVALID_REQUEST'], text: /支付场景不支持/, meaning: { kind: 'not-revocable' } },
  { codes: ['INVALID_REQUEST'], text: frequencyText, meaning: tryAgain('rate-limited') },
]

/** The text row that applies, or else the code's own row. */
export function wechatMeaning<Code extends string, Meaning>(
  code: Code,
  text: string,
  rows: readonly WechatTextRow<Code, Meaning>[],
  table: Readonly<Record<Code, Meaning>>,
): Meaning {
  return rows.find((row) => row.codes.includes(code) && row.text.test(text))?.meaning ?? table[code]
}
