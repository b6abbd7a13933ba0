/**
 * The codes and states that WeChat Pay v2 documents for payment-code orders, spelt as documented (wechat.md §4.1, §4.3,
 * §4.4). What they mean stands in `outcomes.ts`.
 */

/** `err_code` of `micropay` (§4.1). */
export const wechatPayCodes = [
  'USERPAYING',
  'SYSTEMERROR',
  'BANKERROR',
  'ORDERPAID',
  'OUT_TRADE_NO_USED',
  'ORDERCLOSED',
  'ORDERREVERSED',
  'AUTHCODEEXPIRE',
  'AUTH_CODE_ERROR',
  'AUTH_CODE_INVALID',
  'NOTENOUGH',
  'NOTSUPORTCARD',
  'BUYER_MISMATCH',
  'TRADE_ERROR',
  'RULELIMIT',
  'RISKCONTROL',
  'INVALID_REQUEST',
  'PARAM_ERROR',
  'NOAUTH',
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
  'APPID_MCHID_NOT_MATCH',
  'SIGNERROR',
  'LACK_PARAMS',
  'XML_FORMAT_ERROR',
  'NOT_UTF8',
  'REQUIRE_POST_METHOD',
  'POST_DATA_EMPTY',
] as const
export type WechatPayCode = (typeof wechatPayCodes)[number]

/** `err_code` of `orderquery`: its own two and the configuration errors of §4.1 (§2.3, §4.3). */
export const wechatQueryCodes = [
  'ORDERNOTEXIST',
  'SYSTEMERROR',
  'INVALID_REQUEST',
  'PARAM_ERROR',
  'NOAUTH',
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
  'APPID_MCHID_NOT_MATCH',
  'SIGNERROR',
  'LACK_PARAMS',
  'XML_FORMAT_ERROR',
  'NOT_UTF8',
  'REQUIRE_POST_METHOD',
  'POST_DATA_EMPTY',
] as const
export type WechatQueryCode = (typeof wechatQueryCodes)[number]

/** `err_code` of `secapi/pay/reverse` (§4.4). */
export const wechatReverseCodes = [
  'SYSTEMERROR',
  'USERPAYING',
  'ORDERREVERSED',
  'REVERSE_EXPIRE',
  'ORDERNOTEXIST',
  'TRADE_ERROR',
  'INVALID_REQUEST',
  'INVALID_TRANSACTIONID',
  'PARAM_ERROR',
  'ORDERPAID',
  'SIGNERROR',
  'REQUIRE_POST_METHOD',
] as const
export type WechatReverseCode = (typeof wechatReverseCodes)[number]

/** `trade_state` of `orderquery`, and at times of `micropay` (§4.3, §12). */
export const wechatTradeStates = [
  'SUCCESS',
  'REFUND',
  'USERPAYING',
  'NOTPAY',
  'ACCEPT',
  'PAYERROR',
  'REVOKED',
  'CLOSED',
] as const
export type WechatTradeState = (typeof wechatTradeStates)[number]

/** `err_code` of `secapi/pay/refund` (§2.5). */
export const wechatRefundCodes = [
  'SYSTEMERROR',
  'BIZERR_NEED_RETRY',
  'FREQUENCY_LIMITED',
  'INVALID_REQ_TOO_MUCH',
  'NOTENOUGH',
  'TRADE_OVERDUE',
  'USER_ACCOUNT_ABNORMAL',
  'ERROR',
  'ORDERNOTEXIST',
  'INVALID_TRANSACTIONID',
  'PARAM_ERROR',
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
  'SIGNERROR',
  'XML_FORMAT_ERROR',
  'REQUIRE_POST_METHOD',
] as const
export type WechatRefundCode = (typeof wechatRefundCodes)[number]

/** `err_code` of `refundquery` (§2.6). */
export const wechatRefundQueryCodes = ['SYSTEMERROR', 'REFUNDNOTEXIST', 'INVALID_TRANSACTIONID', 'PARAM_ERROR'] as const
export type WechatRefundQueryCode = (typeof wechatRefundQueryCodes)[number]

/** `refund_status_$n` of `refundquery`; FAIL is the older spelling of REFUNDCLOSE (§2.6). */
export const wechatRefundStates = ['SUCCESS', 'PROCESSING', 'REFUNDCLOSE', 'FAIL', 'CHANGE'] as const
export type WechatRefundState = (typeof wechatRefundStates)[number]

/** The form in which codes are compared: upper case without `_`, for `NOT_ENOUGH` is `NOTENOUGH` (§4). */
export function normalisedWechatCode(code: string): string {
  return code.trim().toUpperCase().replaceAll('_', '')
}

/** Finds the documented code that a received one is, or `undefined` when it is in no list. */
export function wechatCodeIn<Code extends string>(codes: readonly Code[], received: string): Code | undefined {
  const wanted = normalisedWechatCode(received)
  return codes.find((code) => normalisedWechatCode(code) === wanted)
}
