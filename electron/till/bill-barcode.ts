import { billNumberOf } from './bill-number.ts'
import type { OrderNumber, TransactionId } from './ids.ts'
import { normaliseScan, readScan, type Wallet } from './payment-code.ts'

/** What was scanned or typed to find an order by. */
export type BillReading =
  /** Our order number: 商户单号 of the bill. */
  | { readonly kind: 'order-number'; readonly orderNumber: OrderNumber }
  | { readonly kind: 'transaction-id'; readonly transactionId: TransactionId; readonly wallet: Wallet }
  /** The last characters of a number, an amount, or a time of day; to be looked for among the orders of today. */
  | { readonly kind: 'part'; readonly text: string }
  /** The customer showed the payment code and not the bill. A secret: it is neither looked up nor kept (I11). */
  | { readonly kind: 'payment-code'; readonly wallet: Wallet }
  | { readonly kind: 'not-a-bill-number' }
  | { readonly kind: 'empty' }

/** What a person reads out or types of a number. Twelve digits and more could be a piece of a payment code. */
const partForm = /^(?=.*\d)[0-9A-Za-z]{3,11}$/
const amountForm = /^[¥￥]?\d{1,3}(,?\d{3}){0,3}(\.\d{1,2})?$/
const timeForm = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/
/** The longest payment code of digits alone; digits up to here are a secret until something proves that they are not. */
const longestDigitCode = 24
const transactionIdDigits = 28

/**
 * Tells what a bill's number or barcode is. Whatever has the form of a payment code is one, whatever else it might be:
 * a number that is refused can be asked for in another way, a code that is stored cannot be taken back (I11).
 */
export function readBillNumber(text: string): BillReading {
  const scan = normaliseScan(text)
  const reading = readScan(scan)
  if (reading.kind === 'empty') return { kind: 'empty' }
  if (reading.kind === 'payment-code') return { kind: 'payment-code', wallet: reading.wallet }
  const of = billNumberOf(scan)
  if (of === 'wechat' || of === 'alipay') {
    return { kind: 'transaction-id', transactionId: scan as TransactionId, wallet: of }
  }
  if (timeForm.test(scan)) return { kind: 'part', text: scan }
  if (/^\d{12,}$/.test(scan) && (scan.length <= longestDigitCode || scan.length === transactionIdDigits)) {
    return { kind: 'not-a-bill-number' }
  }
  if (partForm.test(scan) || (scan.length < 16 && amountForm.test(scan))) return { kind: 'part', text: scan }
  if (of === 'order') return { kind: 'order-number', orderNumber: scan as OrderNumber }
  return { kind: 'not-a-bill-number' }
}

/** Whose order number it is, by its beginning: this till's, or of another till or shop. */
export function isOwnOrderNumber(
  orderNumber: OrderNumber,
  own: { readonly store: string; readonly till: string },
): boolean {
  return orderNumber.startsWith(`${own.store}${own.till}`)
}
