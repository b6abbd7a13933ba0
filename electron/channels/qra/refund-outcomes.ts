import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { QraRefundCode, QraRefundQueryCode, QraRefundState } from './codes.ts'

/** What every listed code of a refund and its query means, as data (swiftpass.md §3, §5 F1–F6). */

export type QraRefundMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }
  | { readonly kind: 'person-needed'; readonly reason: 'merchant-balance-low' | 'channel-needs-person' }

const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const merchantBalance = { kind: 'person-needed', reason: 'merchant-balance-low' } as const

/** `unified.trade.refund` with `result_code` other than 0. What is unknown goes again under the same number (§5 F2). */
export const qraRefundOutcomes = {
  SYSTEMERROR: unknown('system-error'),
  BIZERR_NEED_RETRY: unknown('system-error'),
  FREQUENCY_LIMITED: unknown('rate-limited'),
  NOTENOUGH: merchantBalance,
  TRADE_OVERDUE: refused('window-over'),
  USER_ACCOUNT_ABNORMAL: refused('payer-account'),
  ORDERNOTEXIST: refused('order-not-found'),
  NOAUTH: refused('configuration'),
  PARAM_ERROR: refused('configuration'),
  SIGNERROR: refused('configuration'),
  'ACQ.SYSTEM_ERROR': unknown('system-error'),
  // Something was refunded under this number, and only a query can tell what.
  'ACQ.DISCORDANT_REPEAT_REQUEST': unknown('refused-request'),
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': refused('not-enough-left'),
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': refused('not-enough-left'),
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': merchantBalance,
  'ACQ.TRADE_HAS_FINISHED': refused('window-over'),
  'ACQ.TRADE_NOT_ALLOW_REFUND': refused('not-refundable'),
  'ACQ.TRADE_STATUS_ERROR': refused('not-refundable'),
  'ACQ.NOT_ALLOW_PARTIAL_REFUND': refused('full-only'),
  'ACQ.TRADE_NOT_EXIST': refused('order-not-found'),
  'ACQ.INVALID_PARAMETER': refused('configuration'),
} as const satisfies Readonly<Record<QraRefundCode, QraRefundMeaning>>

export type QraRefundQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** `unified.trade.refundquery` with `result_code` other than 0. A query's failure is never a refund's failure. */
export const qraRefundQueryOutcomes = {
  REFUNDNOTEXIST: { kind: 'not-found' },
  SYSTEMERROR: unknown('system-error'),
  NOAUTH: unknown('refused-request'),
  PARAM_ERROR: unknown('refused-request'),
  SIGNERROR: unknown('refused-request'),
} as const satisfies Readonly<Record<QraRefundQueryCode, QraRefundQueryMeaning>>

export type QraRefundStateMeaning =
  | { readonly kind: 'done' | 'processing' | 'closed' | 'abnormal' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/**
 * `refund_status_$n` (§3). CHANGE leaves the money with the merchant, for a person. NOTSURE wants the same number sent
 * again, which the till does for a refund that the channel does not know; but this one is known there, and calling it
 * "not found" could end a refund that was refused once as failed although it may be done. It is asked about until a person
 * must look.
 */
export const qraRefundStateOutcomes = {
  SUCCESS: { kind: 'done' },
  FAIL: { kind: 'closed' },
  PROCESSING: { kind: 'processing' },
  NOTSURE: unknown('system-error'),
  CHANGE: { kind: 'abnormal' },
} as const satisfies Readonly<Record<QraRefundState, QraRefundStateMeaning>>
