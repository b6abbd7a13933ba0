import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { WechatRefundCode, WechatRefundQueryCode, WechatRefundState } from './codes.ts'

/** What every documented code of a refund and its query means, as data (wechat.md §2.5, §2.6). */

export type WechatRefundMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }
  | { readonly kind: 'person-needed'; readonly reason: 'merchant-balance-low' | 'channel-needs-person' }

const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const

/** `secapi/pay/refund` with `result_code` FAIL (§2.5). What asks for a retry is unknown: the same number goes again. */
export const wechatRefundOutcomes = {
  SYSTEMERROR: unknown('system-error'),
  BIZERR_NEED_RETRY: unknown('system-error'),
  FREQUENCY_LIMITED: unknown('rate-limited'),
  INVALID_REQ_TOO_MUCH: unknown('rate-limited'),
  NOTENOUGH: { kind: 'person-needed', reason: 'merchant-balance-low' },
  TRADE_OVERDUE: refused('window-over'),
  USER_ACCOUNT_ABNORMAL: refused('payer-account'),
  ERROR: refused('refused'),
  ORDERNOTEXIST: refused('order-not-found'),
  INVALID_TRANSACTIONID: refused('order-not-found'),
  PARAM_ERROR: refused('configuration'),
  APPID_NOT_EXIST: refused('configuration'),
  MCHID_NOT_EXIST: refused('configuration'),
  SIGNERROR: refused('configuration'),
  XML_FORMAT_ERROR: refused('configuration'),
  REQUIRE_POST_METHOD: refused('configuration'),
} as const satisfies Readonly<Record<WechatRefundCode, WechatRefundMeaning>>

export type WechatRefundQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** `refundquery` with `result_code` FAIL (§2.6). A query's failure is never a refund's failure. */
export const wechatRefundQueryOutcomes = {
  REFUNDNOTEXIST: { kind: 'not-found' },
  SYSTEMERROR: unknown('system-error'),
  INVALID_TRANSACTIONID: unknown('refused-request'),
  PARAM_ERROR: unknown('refused-request'),
} as const satisfies Readonly<Record<WechatRefundQueryCode, WechatRefundQueryMeaning>>

/** `refund_status_$n` (§2.6): closed allows a new number; CHANGE leaves the money with the merchant, for a person. */
export const wechatRefundStateOutcomes = {
  SUCCESS: { kind: 'done' },
  PROCESSING: { kind: 'processing' },
  REFUNDCLOSE: { kind: 'closed' },
  FAIL: { kind: 'closed' },
  CHANGE: { kind: 'abnormal' },
} as const satisfies Readonly<
  Record<WechatRefundState, { readonly kind: 'done' | 'processing' | 'closed' | 'abnormal' }>
>
