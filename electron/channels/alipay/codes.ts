/**
 * The codes and states that Alipay's V2 gateway documents for 当面付, spelt as documented (alipay.md §3.1–3.3). What they
 * mean stands in `outcomes.ts` and `pay-outcomes.ts`.
 */

/** `code` of any answer (§3.1). */
export const alipayGatewayCodes = [
  '10000',
  '10003',
  '20000',
  '20001',
  '40001',
  '40002',
  '40003',
  '40004',
  '40005',
  '40006',
] as const
export type AlipayGatewayCode = (typeof alipayGatewayCodes)[number]

/** `sub_code` of a pay answer with code 40004 (§3.1). */
export const alipayPaySubCodes = [
  'ACQ.SYSTEM_ERROR',
  'aop.ACQ.SYSTEM_ERROR',
  'ACQ.TRADE_HAS_SUCCESS',
  'ACQ.TRADE_HAS_CLOSE',
  'ACQ.CONTEXT_INCONSISTENT',
  'ACQ.TRADE_BUYER_NOT_MATCH',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.PAYMENT_AUTH_CODE_INVALID',
  'ACQ.SOUNDWAVE_PARSER_FAIL',
  'ACQ.AUTH_TOKEN_IS_NOT_EXIST',
  'ACQ.BUYER_BALANCE_NOT_ENOUGH',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH',
  'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE',
  'ACQ.ERROR_BALANCE_PAYMENT_DISABLE',
  'ACQ.USER_FACE_PAYMENT_SWITCH_OFF',
  'ACQ.MOBILE_PAYMENT_SWITCH_OFF',
  'ACQ.PULL_MOBILE_CASHIER_FAIL',
  'ACQ.PAYMENT_FAIL',
  'ACQ.PAYMENT_REQUEST_HAS_RISK',
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR',
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR',
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT',
  'ACQ.NOT_CERTIFIED_USER',
  'ACQ.BUYER_NOT_MAINLAND_CERT',
  'ACQ.BUYER_ENABLE_STATUS_FORBID',
  'ACQ.BUYER_NOT_EXIST',
  'ACQ.USER_LOGONID_DUP',
  'ACQ.NOT_SUPPORT_PAYMENT_INST',
  'ACQ.PAYER_UNMATCHED',
  'ACQ.BUYER_SELLER_EQUAL',
  'ACQ.TOTAL_FEE_EXCEED',
  'ACQ.BEYOND_PAY_RESTRICTION',
  'ACQ.BEYOND_PER_RECEIPT_RESTRICTION',
  'ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION',
  'ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION',
  'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR',
  'ACQ.RESTRICTED_MERCHANT_INDUSTRY',
  'ACQ.SELLER_BEEN_BLOCKED',
  'ACQ.SELLER_NOT_EXIST',
  'ACQ.MERCHANT_STATUS_NOT_NORMAL',
  'ACQ.ACCESS_FORBIDDEN',
  'ACQ.PARTNER_ERROR',
  'ACQ.UN_SUPPORT_TRADE_SCENE',
  'ACQ.INVALID_RECEIVE_ACCOUNT',
  'ACQ.INVALID_PARAMETER',
  'ACQ.EXIST_FORBIDDEN_WORD',
  'ACQ.INVALID_STORE_ID',
  'ACQ.RISK_MERCHANT_IP_NOT_EXIST',
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR',
  'ACQ.AMOUNT_OR_CURRENCY_ERROR',
  'ACQ.CURRENCY_NOT_SUPPORT',
  'ACQ.SUB_GOODS_SIZE_MAX_COUNT',
  'ACQ.TRADE_SETTLE_ERROR',
] as const
export type AlipayPaySubCode = (typeof alipayPaySubCodes)[number]

/** Families of pay sub-codes, by how they begin or end (§3.1). The exact codes above go first. */
export const alipayPayFamilies = [
  'ACQ.MERCHANT_PERM_RECEIPT_*',
  'ACQ.MERCHANT_AGREEMENT_*',
  'ACQ.SUB_MERCHANT_*',
  'ACQ.SECONDARY_MERCHANT_*',
  'ACQ.AGREEMENT_*',
  'ACQ.AUTH_*',
  'ACQ.CYCLE_PAY_*',
  'ACQ.ZM_*',
  'ACQ.CARD_*',
  '*_UNSUPPORT_ADVANCE',
] as const
export type AlipayPayFamily = (typeof alipayPayFamilies)[number]

/** `sub_code` of a query answer with code 40004 (§3.2). */
export const alipayQuerySubCodes = [
  'ACQ.TRADE_NOT_EXIST',
  'ACQ.SYSTEM_ERROR',
  'ACQ.INVALID_PARAMETER',
  'ACQ.ENTERPRISE_PAY_BIZ_ERROR',
] as const
export type AlipayQuerySubCode = (typeof alipayQuerySubCodes)[number]

/** `sub_code` of a cancel answer with code 40004 (§3.3). */
export const alipayCancelSubCodes = [
  'ACQ.SYSTEM_ERROR',
  'AQC.SYSTEM_ERROR',
  'ACQ.TRADE_NOT_EXIST',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.TRADE_CANCEL_TIME_OUT',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.REASON_TRADE_BEEN_FREEZEN',
  'ACQ.CANCEL_NOT_ALLOWED',
  'ACQ.INVALID_PARAMETER',
] as const
export type AlipayCancelSubCode = (typeof alipayCancelSubCodes)[number]

/** `sub_code` of a refund answer with code 40004 (§3.4). */
export const alipayRefundSubCodes = [
  'ACQ.SYSTEM_ERROR',
  'ACQ.REFUND_CHARGE_ERROR',
  'ACQ.DISCORDANT_REPEAT_REQUEST',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.REFUND_FEE_ERROR',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_NOT_ALLOW_REFUND',
  'ACQ.REASON_TRADE_STATUS_INVALID',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.NOT_ALLOW_PARTIAL_REFUND',
  'ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND',
  'ACQ.REASON_TRADE_BEEN_FREEZEN',
  'ACQ.BUYER_ERROR',
  'ACQ.CUSTOMER_VALIDATE_ERROR',
  'ACQ.BUYER_NOT_EXIST',
  'ACQ.TRADE_NOT_EXIST',
  'ACQ.INVALID_PARAMETER',
] as const
export type AlipayRefundSubCode = (typeof alipayRefundSubCodes)[number]

/** `trade_status` of a query (§3.2, §5). */
export const alipayTradeStatuses = ['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED'] as const
export type AlipayTradeStatus = (typeof alipayTradeStatuses)[number]

/** Finds the documented code that a received one is, exactly as spelt, or `undefined`. */
export function alipayCodeIn<Code extends string>(codes: readonly Code[], received: string): Code | undefined {
  return codes.find((code) => code === received)
}

/** The family that a pay sub-code belongs to, or `undefined`. */
export function alipayFamilyOf(subCode: string): AlipayPayFamily | undefined {
  return alipayPayFamilies.find((family) =>
    family.startsWith('*') ? subCode.endsWith(family.slice(1)) : subCode.startsWith(family.slice(0, -1)),
  )
}
