/**
 * The codes and states that WeChat Pay v3 documents for payment-code orders (wechat.md §4.2–4.4, §2.10–2.14). The
 * business codes of `codepay` and `reverse` are those of sibling v3 calls (§10, unconfirmed). What they mean stands in
 * `outcomes.ts`.
 */

/** `code` of `codepay` (§4.2). */
export const wechatV3PayCodes = [
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'ORDER_CLOSED',
  'ORDER_REVERSED',
  'APPID_MCHID_NOT_MATCH',
  'MCH_NOT_EXISTS',
  'SIGN_ERROR',
  'NO_AUTH',
  'NOT_ENOUGH',
  'TRADE_ERROR',
  'RULE_LIMIT',
  'ACCOUNT_ERROR',
  'USER_ACCOUNT_ABNORMAL',
  'OUT_TRADE_NO_USED',
  'ORDER_PAID',
  'AUTH_CODE_EXPIRE',
  'AUTH_CODE_ERROR',
  'AUTH_CODE_INVALID',
  'BUYER_MISMATCH',
  'NOT_SUPPORT_CARD',
  'RATELIMIT_EXCEEDED',
  'FREQUENCY_LIMITED',
  'SYSTEM_ERROR',
  'BANK_ERROR',
  'SERVICE_UNAVAILABLE',
] as const
export type WechatV3PayCode = (typeof wechatV3PayCodes)[number]

/** `code` of the query (§4.3, §4.2 for the classes that all calls share). */
export const wechatV3QueryCodes = [
  'ORDER_NOT_EXIST',
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'APPID_MCHID_NOT_MATCH',
  'MCH_NOT_EXISTS',
  'SIGN_ERROR',
  'NO_AUTH',
  'RATELIMIT_EXCEEDED',
  'FREQUENCY_LIMITED',
  'SYSTEM_ERROR',
  'BANK_ERROR',
  'SERVICE_UNAVAILABLE',
] as const
export type WechatV3QueryCode = (typeof wechatV3QueryCodes)[number]

/** `code` of `reverse` (§4.4). */
export const wechatV3ReverseCodes = [
  'USER_PAYING',
  'ORDER_REVERSED',
  'ORDER_CLOSED',
  'REVERSE_EXPIRE',
  'ORDER_NOT_EXIST',
  'TRADE_ERROR',
  'ORDER_PAID',
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'APPID_MCHID_NOT_MATCH',
  'MCH_NOT_EXISTS',
  'SIGN_ERROR',
  'NO_AUTH',
  'RATELIMIT_EXCEEDED',
  'FREQUENCY_LIMITED',
  'SYSTEM_ERROR',
  'BANK_ERROR',
  'SERVICE_UNAVAILABLE',
] as const
export type WechatV3ReverseCode = (typeof wechatV3ReverseCodes)[number]

/** `trade_state` (§4.3); ACCEPT is not promised for the query. */
export const wechatV3TradeStates = [
  'SUCCESS',
  'REFUND',
  'USERPAYING',
  'NOTPAY',
  'ACCEPT',
  'PAYERROR',
  'REVOKED',
  'CLOSED',
] as const
export type WechatV3TradeState = (typeof wechatV3TradeStates)[number]

/** `code` of the refund: the list of §2.5 in v3's spelling (unconfirmed), and the classes that all calls share. */
export const wechatV3RefundCodes = [
  'SYSTEM_ERROR',
  'BIZERR_NEED_RETRY',
  'SERVICE_UNAVAILABLE',
  'FREQUENCY_LIMITED',
  'RATELIMIT_EXCEEDED',
  'INVALID_REQ_TOO_MUCH',
  'NOT_ENOUGH',
  'TRADE_OVERDUE',
  'USER_ACCOUNT_ABNORMAL',
  'ERROR',
  'INVALID_REQUEST',
  'ORDER_NOT_EXIST',
  'RESOURCE_NOT_EXISTS',
  'INVALID_TRANSACTIONID',
  'PARAM_ERROR',
  'APPID_NOT_EXIST',
  'MCH_NOT_EXISTS',
  'NO_AUTH',
  'SIGN_ERROR',
] as const
export type WechatV3RefundCode = (typeof wechatV3RefundCodes)[number]

/** `code` of the refund query (§2.6 in v3's spelling, unconfirmed). */
export const wechatV3RefundQueryCodes = [
  'REFUND_NOT_EXIST',
  'RESOURCE_NOT_EXISTS',
  'SYSTEM_ERROR',
  'SERVICE_UNAVAILABLE',
  'FREQUENCY_LIMITED',
  'RATELIMIT_EXCEEDED',
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'MCH_NOT_EXISTS',
  'NO_AUTH',
  'SIGN_ERROR',
] as const
export type WechatV3RefundQueryCode = (typeof wechatV3RefundQueryCodes)[number]

/** `status` of a refund (§2.13). */
export const wechatV3RefundStates = ['SUCCESS', 'PROCESSING', 'ABNORMAL', 'CLOSED'] as const
export type WechatV3RefundState = (typeof wechatV3RefundStates)[number]

/** The form in which codes are compared: upper case without `_`, for `NOT_ENOUGH` is `NOTENOUGH` (§4). */
const normalised = (code: string): string => code.trim().toUpperCase().replaceAll('_', '')

/** Finds the documented code that a received one is, or `undefined` when it is in no list. */
export function wechatV3CodeIn<Code extends string>(codes: readonly Code[], received: string): Code | undefined {
  const wanted = normalised(received)
  return codes.find((code) => normalised(code) === wanted)
}
