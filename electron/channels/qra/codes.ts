/**
 * The states that the gateway documents (swiftpass.md §3), and the error codes that it passes on from the wallets behind it
 * (§5; wechat.md §4.1, §4.4, alipay.md §3). No complete list of codes is published, so a code never decides against
 * `need_query` or `trade_state`. What they mean stands in `outcomes.ts`.
 */

/** `err_code` of `unified.trade.micropay`. */
export const qraPayCodes = [
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
  'NOAUTH',
  'PARAM_ERROR',
  'SIGNERROR',
  'LACK_PARAMS',
  'ACQ.SYSTEM_ERROR',
  'ACQ.TRADE_HAS_SUCCESS',
  'ACQ.TRADE_HAS_CLOSE',
  'ACQ.CONTEXT_INCONSISTENT',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.PAYMENT_AUTH_CODE_INVALID',
  'ACQ.BUYER_BALANCE_NOT_ENOUGH',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH',
  'ACQ.PAYMENT_FAIL',
  'ACQ.PAYMENT_REQUEST_HAS_RISK',
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR',
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR',
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT',
  'ACQ.TOTAL_FEE_EXCEED',
  'ACQ.ACCESS_FORBIDDEN',
  'ACQ.INVALID_PARAMETER',
] as const
export type QraPayCode = (typeof qraPayCodes)[number]

/** `err_code` of `unified.trade.query`. */
export const qraQueryCodes = [
  'ORDERNOTEXIST',
  'ACQ.TRADE_NOT_EXIST',
  'SYSTEMERROR',
  'ACQ.SYSTEM_ERROR',
  'NOAUTH',
  'PARAM_ERROR',
  'SIGNERROR',
  'ACQ.INVALID_PARAMETER',
] as const
export type QraQueryCode = (typeof qraQueryCodes)[number]

/** `trade_state` of `unified.trade.query` (§3). */
export const qraTradeStates = [
  'SUCCESS',
  'USERPAYING',
  'NOTPAY',
  'REFUND',
  'REVOKED',
  'REVERSE',
  'CLOSED',
  'PAYERROR',
] as const
export type QraTradeState = (typeof qraTradeStates)[number]

/** `err_code` of `unified.micropay.reverse`. */
export const qraReverseCodes = [
  'SYSTEMERROR',
  'USERPAYING',
  'ORDERREVERSED',
  'REVERSE_EXPIRE',
  'ORDERNOTEXIST',
  'NOTENOUGH',
  'NOAUTH',
  'PARAM_ERROR',
  'SIGNERROR',
  'ACQ.SYSTEM_ERROR',
  'ACQ.TRADE_NOT_EXIST',
  'ACQ.TRADE_CANCEL_TIME_OUT',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.CANCEL_NOT_ALLOWED',
] as const
export type QraReverseCode = (typeof qraReverseCodes)[number]

/** `err_code` of `unified.trade.refund`. */
export const qraRefundCodes = [
  'SYSTEMERROR',
  'BIZERR_NEED_RETRY',
  'FREQUENCY_LIMITED',
  'NOTENOUGH',
  'TRADE_OVERDUE',
  'USER_ACCOUNT_ABNORMAL',
  'ORDERNOTEXIST',
  'NOAUTH',
  'PARAM_ERROR',
  'SIGNERROR',
  'ACQ.SYSTEM_ERROR',
  'ACQ.DISCORDANT_REPEAT_REQUEST',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_NOT_ALLOW_REFUND',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.NOT_ALLOW_PARTIAL_REFUND',
  'ACQ.TRADE_NOT_EXIST',
  'ACQ.INVALID_PARAMETER',
] as const
export type QraRefundCode = (typeof qraRefundCodes)[number]

/** `err_code` of `unified.trade.refundquery`. */
export const qraRefundQueryCodes = ['REFUNDNOTEXIST', 'SYSTEMERROR', 'NOAUTH', 'PARAM_ERROR', 'SIGNERROR'] as const
export type QraRefundQueryCode = (typeof qraRefundQueryCodes)[number]

/** `refund_status_$n` of `unified.trade.refundquery` (§3). */
export const qraRefundStates = ['SUCCESS', 'FAIL', 'PROCESSING', 'NOTSURE', 'CHANGE'] as const
export type QraRefundState = (typeof qraRefundStates)[number]

/** Upper case without `_` and blanks: the instances spell alike codes differently (`NOT_ENOUGH`, `NOTENOUGH`). */
const normalised = (code: string): string => code.trim().toUpperCase().replaceAll('_', '')

/** Finds the listed code that a received one is, or `undefined` when it is in no list. */
export function qraCodeIn<Code extends string>(codes: readonly Code[], received: string | undefined): Code | undefined {
  const wanted = normalised(received ?? '')
  return codes.find((code) => normalised(code) === wanted)
}
