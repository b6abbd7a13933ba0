import type { CaseFacts } from '../order/case.ts'
import type { Order } from '../order/order.ts'
import { shanghaiDateTime } from '../time.ts'
import { caseSlipWords } from './case-slip-words.ts'
import { makeDocument, type ReceiptDocument } from './document.ts'
import { moneyText, type PaperParts, paperFields } from './paper.ts'
import { receiptSentences } from './receipt-words.ts'

export type CaseSlipParts = PaperParts & {
  readonly order: Pick<Order, 'orderNumber' | 'amountFen' | 'createdWallMs' | 'wallet' | 'transactionId' | 'caseOwner'>
  readonly facts: Pick<CaseFacts, 'money' | 'revokeUntilWallMs'>
  readonly staffName: string | null
}

/**
 * The slip that a customer takes along while an order is in doubt (M15): what is known about the money, what happens
 * next and until when, and not to pay again. It claims neither "paid" nor "not paid".
 */
export function caseSlip(parts: CaseSlipParts): ReceiptDocument {
  const { order, facts, staffName, language, printedWallMs } = parts
  const words = caseSlipWords[language]
  const { money, revokeUntilWallMs } = facts
  const known =
    money.known === 'taken'
      ? words.taken
      : money.known === 'not-yet'
        ? words.notYet(shanghaiDateTime(money.wallMs))
        : words.notKnown
  const isOver = printedWallMs >= revokeUntilWallMs
  return makeDocument(
    'case-slip',
    language,
    {
      ...paperFields(parts, words.title),
      doNotPay: words.doNotPay,
      amount: moneyText(order.amountFen),
      time: shanghaiDateTime(order.createdWallMs),
      wallet: receiptSentences[language].wallets[order.wallet],
      orderNumber: order.orderNumber,
      transactionId: order.transactionId,
      staff: staffName,
      known,
      next: money.known === 'taken' ? words.nextTaken : words.nextNotKnown,
      until: isOver ? words.untilOver : words.until(shanghaiDateTime(revokeUntilWallMs)),
      owner: order.caseOwner,
      keep: words.keep,
    },
    {},
  )
}
