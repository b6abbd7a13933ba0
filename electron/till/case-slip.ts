import { caseSlipWords, type SlipLanguage } from './case-slip-words.ts'
import { yuanText } from './money.ts'
import type { CaseFacts } from './order/case.ts'
import type { Order } from './order/order.ts'
import type { Slip, SlipColumns, SlipLine } from './slip.ts'
import { shanghaiDateTime } from './time.ts'

/** What a slip about a doubtful order is made of. */
export type CaseSlipParts = {
  readonly order: Order
  readonly facts: CaseFacts
  readonly store: { readonly name: string }
  readonly till: { readonly id: string }
  readonly training: boolean
  readonly columns: SlipColumns
  readonly language: SlipLanguage
  readonly printedWallMs: number
}

const rule: SlipLine = { kind: 'rule' }

const text = (
  content: string,
  emphasis: 'normal' | 'strong' | 'large' = 'normal',
  align: 'left' | 'center' = 'left',
): SlipLine => ({ kind: 'text', text: content, align, emphasis })

const pair = (name: string, value: string, emphasis: 'normal' | 'strong' = 'normal'): SlipLine => ({
  kind: 'pair',
  name,
  value,
  emphasis,
})

/**
 * The slip that a customer takes along while an order is in doubt (M15): what is known about the money, what happens
 * next and until when, and not to pay again. It claims neither "paid" nor "not paid".
 */
export function caseSlip(parts: CaseSlipParts): Slip {
  const { order, facts, store, till, training, columns, language, printedWallMs } = parts
  const words = caseSlipWords[language]
  const { money, revokeUntilWallMs } = facts
  const known =
    money.known === 'taken'
      ? words.taken
      : money.known === 'not-yet'
        ? words.notYet(shanghaiDateTime(money.wallMs))
        : words.notKnown
  const isOver = printedWallMs >= revokeUntilWallMs
  return {
    columns,
    lines: [
      ...(training ? [text(words.training, 'strong', 'center')] : []),
      text(store.name, 'large', 'center'),
      text(words.title, 'large', 'center'),
      rule,
      text(words.doNotPay, 'strong', 'center'),
      rule,
      pair(words.amount, words.yuan(yuanText(order.amountFen)), 'strong'),
      pair(words.time, shanghaiDateTime(order.createdWallMs)),
      pair(words.wallet, words.wallets[order.wallet]),
      pair(words.orderNumber, order.orderNumber),
      ...(order.transactionId === null ? [] : [pair(words.transactionId, order.transactionId)]),
      rule,
      text(words.knownTitle, 'strong'),
      text(known),
      text(words.nextTitle, 'strong'),
      text(money.known === 'taken' ? words.nextTaken : words.nextNotKnown),
      text(isOver ? words.untilOver : words.until(shanghaiDateTime(revokeUntilWallMs))),
      ...(order.caseOwner === null ? [] : [pair(words.owner, order.caseOwner)]),
      rule,
      text(words.keep),
      pair(words.till(till.id), shanghaiDateTime(printedWallMs)),
      ...(training ? [text(words.training, 'strong', 'center')] : []),
    ],
  }
}
