import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { AlipayRefundSubCode } from './codes.ts'

export type AlipayRefundMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }
  | { readonly kind: 'person-needed'; readonly reason: 'merchant-balance-low' | 'channel-needs-person' }

const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const person = { kind: 'person-needed', reason: 'channel-needs-person' } as const

/** `alipay.trade.refund` with code 40004, by `sub_code` (alipay.md §3.4); what is listed nowhere is unknown. */
export const alipayRefundOutcomes = {
  'ACQ.SYSTEM_ERROR': unknown('system-error'),
  'ACQ.REFUND_CHARGE_ERROR': unknown('system-error'),
  // Something was refunded under this number, and only a query can tell what.
  'ACQ.DISCORDANT_REPEAT_REQUEST': unknown('refused-request'),
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': refused('not-enough-left'),
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': refused('not-enough-left'),
  'ACQ.REFUND_FEE_ERROR': refused('not-enough-left'),
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': { kind: 'person-needed', reason: 'merchant-balance-low' },
  'ACQ.TRADE_HAS_FINISHED': refused('window-over'),
  'ACQ.TRADE_NOT_ALLOW_REFUND': refused('not-refundable'),
  'ACQ.REASON_TRADE_STATUS_INVALID': refused('not-refundable'),
  'ACQ.TRADE_STATUS_ERROR': refused('not-refundable'),
  'ACQ.NOT_ALLOW_PARTIAL_REFUND': refused('full-only'),
  'ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND': refused('full-only'),
  'ACQ.REASON_TRADE_BEEN_FREEZEN': person,
  'ACQ.BUYER_ERROR': person,
  'ACQ.CUSTOMER_VALIDATE_ERROR': person,
  'ACQ.BUYER_NOT_EXIST': person,
  'ACQ.TRADE_NOT_EXIST': refused('order-not-found'),
  'ACQ.INVALID_PARAMETER': refused('configuration'),
} as const satisfies Readonly<Record<AlipayRefundSubCode, AlipayRefundMeaning>>
