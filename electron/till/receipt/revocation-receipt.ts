import type { Order } from '../order/order.ts'
import { shanghaiDateTime } from '../time.ts'
import { makeDocument, type ReceiptDocument } from './document.ts'
import { moneyText, type PaperParts, paperFields } from './paper.ts'
import { receiptSentences } from './receipt-words.ts'

export type RevocationReceiptParts = PaperParts & {
  readonly order: Pick<
    Order,
    | 'orderNumber'
    | 'status'
    | 'revokeEffect'
    | 'settlement'
    | 'amountFen'
    | 'wallet'
    | 'transactionId'
    | 'statusSinceWallMs'
  >
  readonly staffName: string | null
}

/**
 * The paper about a revoked order: that no money was taken, or that it goes back; and who says so, where it was a manager
 * and not the wallet. Throws for an order that is not revoked,
 * or of which no query has said what became of the money (I4).
 */
export function revocationReceipt(parts: RevocationReceiptParts): ReceiptDocument {
  const { order, staffName, language } = parts
  if (order.status !== 'revoked' || order.revokeEffect === null) {
    throw new Error(`no revocation receipt for an order that is ${order.status}`)
  }
  const words = receiptSentences[language]
  const isReturned = order.revokeEffect === 'refunded'
  const { settlement } = order
  const returnedWhy = settlement?.kind === 'by-hand' ? words.returnedByHandWhy(settlement.manager) : words.returnedWhy
  return makeDocument(
    'revocation',
    language,
    {
      ...paperFields(parts, words.revocationTitle),
      outcome: isReturned ? words.returned : words.notCharged,
      explanation: isReturned ? returnedWhy : words.notChargedWhy,
      amount: moneyText(order.amountFen),
      time: shanghaiDateTime(order.statusSinceWallMs),
      wallet: words.wallets[order.wallet],
      orderNumber: order.orderNumber,
      transactionId: order.transactionId,
      staff: staffName,
    },
    {},
  )
}
