import type { Branded } from './brand.ts'

/** Our order number (the wire's `out_trade_no`): one attempt with one payment code, never reused. */
export type OrderNumber = Branded<string, 'OrderNumber'>
/** What the cashier wants to collect (收款); holds one or more orders. */
export type SaleId = Branded<string, 'SaleId'>
/** The channel's own number of a payment (WeChat `transaction_id`, Alipay `trade_no`). */
export type TransactionId = Branded<string, 'TransactionId'>
/** The id of a channel in the configuration, such as `wechat`; two channels may be of the same kind. */
export type ChannelId = Branded<string, 'ChannelId'>
/** The digits of a customer's payment code. A secret: whoever holds it can take a payment for about a minute (I11). */
export type PaymentCode = Branded<string, 'PaymentCode'>
/** What may be kept of a payment code: its first two and last four digits, the rest as stars (I11). */
export type MaskedCode = Branded<string, 'MaskedCode'>
/** Our number of one refund (WeChat `out_refund_no`, Alipay `out_request_no`): every try of it uses the same (I8). */
export type RefundNumber = Branded<string, 'RefundNumber'>
/** The number by which staff sign in and are named in the journal, 1 to 9999; never given to a second person. */
export type StaffNumber = Branded<number, 'StaffNumber'>
/** One shift of one till (班次), or a day's implicit one (`till/shift/shift-id.ts`). */
export type ShiftId = Branded<string, 'ShiftId'>
/** One entry of the cash drawer: cash taken for a sale, given back, put in or taken out. */
export type CashNumber = Branded<string, 'CashNumber'>
/** One copy of one printed document: kind, subject and copy number, such as `sale.S0010120261123K7QX000042.1`. */
export type PrintJobId = Branded<string, 'PrintJobId'>
