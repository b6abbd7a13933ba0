import type { OrderView, RescueAnswer } from '../../electron/api/contract.ts'
import type { RescueShown } from '../rescue/state.ts'

type Answered<Kind extends RescueShown['kind']> = Extract<RescueShown, { readonly kind: Kind }>
export type ReturnedBy = Answered<'returned'>['by']
export type UnknownNumberOf = Answered<'unknown-number'>['of']
type AboutOrder = Extract<RescueAnswer, { readonly order: OrderView }>['kind']

/** One answer: what it is in a word, what to say to the customer, and what the cashier does now. */
export type RescueSentences = { readonly word: string; readonly say: string; readonly next: string }
type OfOrder = { readonly word: string; readonly say: (amount: string) => string; readonly next: string }

/** The words of “my phone says paid” (我的手机显示已付款). */
export type RescueWords = {
  readonly title: string
  readonly tab: string
  readonly back: string
  readonly field: string
  readonly ask: string
  readonly hint: string
  readonly where: string
  readonly asking: RescueSentences
  readonly sayIt: string
  readonly detail: string
  readonly unheard: string
  readonly refunded: (amount: string) => string
  readonly answers: {
    readonly [Kind in Exclude<AboutOrder, 'returned' | 'not-known-yet'>]: OfOrder
  } & {
    readonly returned: Readonly<Record<ReturnedBy, OfOrder>>
    readonly 'not-known-yet': {
      readonly taken: OfOrder
      readonly 'not-known': OfOrder
      readonly asksOn: string
      readonly person: string
    }
    readonly several: RescueSentences & { readonly more: string; readonly choose: (tail: string) => string }
    readonly 'other-till': { readonly word: string; readonly say: string; readonly next: (number: string) => string }
    readonly 'unknown-number': { readonly word: string } & {
      readonly [Of in UnknownNumberOf]: Omit<RescueSentences, 'word'>
    }
    readonly 'payment-code': RescueSentences
    readonly 'not-a-bill-number': RescueSentences
    readonly 'scan-gone': RescueSentences
    readonly 'ledger-trouble': RescueSentences
    readonly lost: RescueSentences
  }
}
