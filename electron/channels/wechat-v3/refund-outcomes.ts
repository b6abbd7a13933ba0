import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { WechatV3RefundCode, WechatV3RefundQueryCode, WechatV3RefundState } from './codes.ts'

/** What every documented code of a refund and its query means, as data (wechat.md §2.5, §2.6, §2.13). */

export type WechatV3RefundMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }
  | { readonly kind: 'person-needed'; readonly reason: 'merchant-balance-low' | 'channel-needs-person' }

const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const

/** The refund with an error body. What asks for a retry is unknown: the same number goes again. */
export const wechatV3RefundOutcomes = {
  SYSTEM_ERROR: unknown('system-error'),
  BIZERR_NEED_RETRY: unknown('system-error'),
  SERVICE_UNAVAILABLE: unknown('system-error'),
  FREQUENCY_LIMITED: unknown('rate-limited'),
  RATELIMIT_EXCEEDED: unknown('rate-limited'),
  INVALID_REQ_TOO_MUCH: unknown('rate-limited'),
  NOT_ENOUGH: { kind: 'person-needed', reason: 'merchant-balance-low' },
  TRADE_OVERDUE: refused('window-over'),
  USER_ACCOUNT_ABNORMAL: refused('payer-account'),
  ERROR: refused('refused'),
  INVALID_REQUEST: refused('refused'),
  ORDER_NOT_EXIST: refused('order-not-found'),
  RESOURCE_NOT_EXISTS: refused('order-not-found'),
  INVALID_TRANSACTIONID: refused('order-not-found'),
  PARAM_ERROR: refused('configuration'),
  APPID_NOT_EXIST: refused('configuration'),
  MCH_NOT_EXISTS: refused('configuration'),
  NO_AUTH: refused('configuration'),
  SIGN_ERROR: refused('configuration'),
} as const satisfies Readonly<Record<WechatV3RefundCode, WechatV3RefundMeaning>>

export type WechatV3RefundQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** The refund query with an error body. A query's failure is never a refund's failure. */
export const wechatV3RefundQueryOutcomes = {
  REFUND_NOT_EXIST: { kind: 'not-found' },
  RESOURCE_NOT_EXISTS: { kind: 'not-found' },
  SYSTEM_ERROR: unknown('system-error'),
  SERVICE_UNAVAILABLE: unknown('system-error'),
  FREQUENCY_LIMITED: unknown('rate-limited'),
  RATELIMIT_EXCEEDED: unknown('rate-limited'),
  PARAM_ERROR: unknown('refused-request'),
  INVALID_REQUEST: unknown('refused-request'),
  MCH_NOT_EXISTS: unknown('refused-request'),
  NO_AUTH: unknown('refused-request'),
  SIGN_ERROR: unknown('refused-request'),
} as const satisfies Readonly<Record<WechatV3RefundQueryCode, WechatV3RefundQueryMeaning>>

/** `status` (§2.13): closed allows a new number; ABNORMAL leaves the money with the merchant, for a person. */
export const wechatV3RefundStateOutcomes = {
  SUCCESS: { kind: 'done' },
  PROCESSING: { kind: 'processing' },
  CLOSED: { kind: 'closed' },
  ABNORMAL: { kind: 'abnormal' },
} as const satisfies Readonly<
  Record<WechatV3RefundState, { readonly kind: 'done' | 'processing' | 'closed' | 'abnormal' }>
>
