import type { Fen } from '../money.ts'
import type { Order } from '../order/order.ts'
import { shanghaiDateTime } from '../time.ts'
import { makeDocument, type ReceiptDocument } from './document.ts'
import { moneyText, type PaperParts, paperFields } from './paper.ts'
import { receiptSentences } from './receipt-words.ts'

/** One line of what was bought, as the shop calls it. */
export type ReceiptGoods = { readonly name: string; readonly quantity: string | null; readonly amountFen: Fen }

export type SaleReceiptParts = PaperParts & {
  readonly order: Pick<Order, 'orderNumber' | 'status' | 'amountFen' | 'wallet' | 'transactionId' | 'statusSinceWallMs'>
  readonly staffName: string | null
  /** Empty where the till knows the amount alone. */
  readonly goods: readonly ReceiptGoods[]
  /** A text for a QR code that proves the receipt without a server; null where the shop has no key. */
  readonly signedText: string | null
}

/** The receipt of a paid order. Throws for an order that is not paid: no paper may claim what no verified answer said (I3). */
export function saleReceipt(parts: SaleReceiptParts): ReceiptDocument {
  const { order, staffName, goods, signedText, language } = parts
  if (order.status !== 'paid') throw new Error(`no sale receipt for an order that is ${order.status}`)
  const words = receiptSentences[language]
  return makeDocument(
    'sale',
    language,
    {
      ...paperFields(parts, words.saleTitle),
      outcome: words.paid,
      amount: moneyText(order.amountFen),
      time: shanghaiDateTime(order.statusSinceWallMs),
      wallet: words.wallets[order.wallet],
      orderNumber: order.orderNumber,
      transactionId: order.transactionId,
      staff: staffName,
      signedText,
    },
    {
      goods: goods.map(({ name, quantity, amountFen }) => ({
        name,
        quantity: quantity ?? '',
        amount: moneyText(amountFen),
      })),
    },
  )
}
