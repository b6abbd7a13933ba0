import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { AlipayPayFamily, AlipayPaySubCode } from './codes.ts'

/** What a refused or unclear pay answer means for the order. */
export type AlipayPayMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

const failed = (reason: FailureReason) => ({ kind: 'failed', reason }) as const
const checked = (reason: FailureReason) => ({ kind: 'failed-unless-query-differs', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const

/** `alipay.trade.pay` with code 40004, by `sub_code` (alipay.md §3.1); what is listed nowhere is unknown. */
export const alipayPayOutcomes = {
  'ACQ.SYSTEM_ERROR': unknown('system-error'),
  'aop.ACQ.SYSTEM_ERROR': unknown('system-error'),
  // Something is there under this number, and only a query can tell what.
  'ACQ.TRADE_HAS_SUCCESS': unknown('system-error'),
  'ACQ.CONTEXT_INCONSISTENT': unknown('system-error'),
  'ACQ.TRADE_BUYER_NOT_MATCH': unknown('system-error'),
  'ACQ.TRADE_STATUS_ERROR': unknown('system-error'),
  'ACQ.TRADE_HAS_CLOSE': checked('closed-by-channel'),
  'ACQ.PAYMENT_AUTH_CODE_INVALID': failed('code-invalid'),
  'ACQ.SOUNDWAVE_PARSER_FAIL': failed('code-invalid'),
  'ACQ.AUTH_TOKEN_IS_NOT_EXIST': failed('configuration'),
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': failed('balance-low'),
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH': failed('balance-low'),
  'ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE': failed('card-refused'),
  'ACQ.ERROR_BALANCE_PAYMENT_DISABLE': failed('payer-account'),
  'ACQ.USER_FACE_PAYMENT_SWITCH_OFF': failed('payer-account'),
  'ACQ.MOBILE_PAYMENT_SWITCH_OFF': failed('payer-account'),
  'ACQ.PULL_MOBILE_CASHIER_FAIL': checked('payment-failed'),
  'ACQ.PAYMENT_FAIL': failed('payment-failed'),
  'ACQ.PAYMENT_REQUEST_HAS_RISK': failed('risk-refused'),
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': failed('payer-limit'),
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR': failed('payer-limit'),
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT': failed('payer-limit'),
  'ACQ.NOT_CERTIFIED_USER': failed('payer-account'),
  'ACQ.BUYER_NOT_MAINLAND_CERT': failed('payer-account'),
  'ACQ.BUYER_ENABLE_STATUS_FORBID': failed('payer-account'),
  'ACQ.BUYER_NOT_EXIST': failed('payer-account'),
  'ACQ.USER_LOGONID_DUP': failed('payer-account'),
  'ACQ.NOT_SUPPORT_PAYMENT_INST': failed('card-refused'),
  'ACQ.PAYER_UNMATCHED': failed('payer-account'),
  'ACQ.BUYER_SELLER_EQUAL': failed('payer-account'),
  'ACQ.TOTAL_FEE_EXCEED': failed('merchant-limit'),
  'ACQ.BEYOND_PAY_RESTRICTION': failed('merchant-limit'),
  'ACQ.BEYOND_PER_RECEIPT_RESTRICTION': failed('merchant-limit'),
  'ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION': failed('merchant-limit'),
  'ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION': failed('merchant-limit'),
  'ACQ.PRODUCT_AMOUNT_LIMIT_ERROR': failed('merchant-limit'),
  'ACQ.RESTRICTED_MERCHANT_INDUSTRY': failed('merchant-limit'),
  'ACQ.SELLER_BEEN_BLOCKED': failed('merchant-account'),
  'ACQ.SELLER_NOT_EXIST': failed('merchant-account'),
  'ACQ.MERCHANT_STATUS_NOT_NORMAL': failed('merchant-account'),
  'ACQ.ACCESS_FORBIDDEN': failed('configuration'),
  'ACQ.PARTNER_ERROR': failed('configuration'),
  'ACQ.UN_SUPPORT_TRADE_SCENE': failed('configuration'),
  'ACQ.INVALID_RECEIVE_ACCOUNT': failed('configuration'),
  'ACQ.INVALID_PARAMETER': failed('configuration'),
  'ACQ.EXIST_FORBIDDEN_WORD': failed('wording-refused'),
  'ACQ.INVALID_STORE_ID': failed('configuration'),
  'ACQ.RISK_MERCHANT_IP_NOT_EXIST': failed('configuration'),
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR': failed('configuration'),
  'ACQ.AMOUNT_OR_CURRENCY_ERROR': failed('configuration'),
  'ACQ.CURRENCY_NOT_SUPPORT': failed('configuration'),
  'ACQ.SUB_GOODS_SIZE_MAX_COUNT': failed('configuration'),
  'ACQ.TRADE_SETTLE_ERROR': failed('configuration'),
} as const satisfies Readonly<Record<AlipayPaySubCode, AlipayPayMeaning>>

/** The same for families of sub-codes (alipay.md §3.1). */
export const alipayPayFamilyOutcomes = {
  'ACQ.MERCHANT_PERM_RECEIPT_*': failed('merchant-limit'),
  'ACQ.MERCHANT_AGREEMENT_*': failed('merchant-account'),
  'ACQ.SUB_MERCHANT_*': failed('configuration'),
  'ACQ.SECONDARY_MERCHANT_*': failed('configuration'),
  'ACQ.AGREEMENT_*': failed('configuration'),
  'ACQ.AUTH_*': failed('configuration'),
  'ACQ.CYCLE_PAY_*': failed('configuration'),
  'ACQ.ZM_*': failed('configuration'),
  'ACQ.CARD_*': failed('configuration'),
  '*_UNSUPPORT_ADVANCE': failed('configuration'),
} as const satisfies Readonly<Record<AlipayPayFamily, AlipayPayMeaning>>
