import type { Refund, RefundStatus } from '../refund/refund.ts'
import { shanghaiDateTime } from '../time.ts'
import { makeDocument, type ReceiptDocument, type ReceiptLanguage } from './document.ts'
import { moneyText, type PaperParts, paperFields } from './paper.ts'
import { receiptSentences } from './receipt-words.ts'

export type RefundReceiptParts = PaperParts & {
  readonly refund: Pick<
    Refund,
    | 'refundNumber'
    | 'orderNumber'
    | 'status'
    | 'amountFen'
    | 'orderAmountFen'
    | 'wallet'
    | 'transactionId'
    | 'statusSinceWallMs'
    | 'reason'
  >
  readonly staffName: string | null
  readonly managerName: string | null
}

/** The receipt of a refund: that the money went back is said only of one that is done. */
export function refundReceipt(parts: RefundReceiptParts): ReceiptDocument {
  const { refund, staffName, managerName, language } = parts
  const words = receiptSentences[language]
  return makeDocument(
    'refund',
    language,
    {
      ...paperFields(parts, words.refundTitle),
      outcome: outcomeOf(refund.status, language),
      amount: moneyText(refund.amountFen),
      paidAmount: moneyText(refund.orderAmountFen),
      time: shanghaiDateTime(refund.statusSinceWallMs),
      wallet: words.wallets[refund.wallet],
      refundNumber: refund.refundNumber,
      orderNumber: refund.orderNumber,
      transactionId: refund.transactionId ?? null,
      reason: refund.reason === '' ? null : refund.reason,
      staff: staffName,
      manager: managerName,
    },
    {},
  )
}

function outcomeOf(status: RefundStatus, language: ReceiptLanguage): string {
  const words = receiptSentences[language]
  switch (status) {
    case 'done':
      return words.refundDone
    case 'failed':
      return words.refundFailed
    case 'created':
    case 'requested':
    case 'processing':
    case 'unknown':
    case 'attention':
      return words.refundPending
  }
}
