/** Whose number a bill's barcode holds: our order number, or the wallet's own transaction id. */
export type BillNumberOf = 'order' | 'wechat' | 'alipay'

/** Store, till, date, ledger mark, sequence (order-number.ts); other tills of the store are meant as well. */
const orderNumber = /^[0-9A-Za-z]{3,12}20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[0-9A-Z]{4}\d{6,8}$/
/** 28 digits: today's begin with 4200, those of the early years with 10. */
const wechatTransaction = /^(4200|10)\d+$/
/** 28 digits that begin with the day. */
const alipayTransaction = /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d+$/
const transactionDigits = 28

/**
 * Whose number a customer shows who says “my phone says paid”: both wallets' bills draw the merchant's order number and
 * their transaction id as barcodes. Null for anything else; payment codes are shorter than a transaction id and must be
 * told apart before (payment-codes.md §1).
 */
export function billNumberOf(text: string): BillNumberOf | null {
  if (text.length === transactionDigits && wechatTransaction.test(text)) return 'wechat'
  if (text.length === transactionDigits && alipayTransaction.test(text)) return 'alipay'
  return text.length <= 32 && orderNumber.test(text) ? 'order' : null
}
