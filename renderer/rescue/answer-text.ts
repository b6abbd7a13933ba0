import { yuanText } from '../money/yuan.ts'
import type { IconName } from '../shell/icons.tsx'
import { assertNever } from '../till/types.ts'
import type { Catalogue } from '../wording/catalogue.ts'
import type { RescueShown } from './state.ts'

/** The colour of an answer; a word and a sign always say the same (ux.md 6). */
export type RescueTone = 'paid' | 'returned' | 'not-charged' | 'doubt' | 'choose' | 'refused'

export type AnswerText = {
  readonly tone: RescueTone
  readonly icon: IconName
  readonly word: string
  /** What the cashier says to the customer. */
  readonly say: string
  /** What the cashier does now, a line each. */
  readonly next: readonly string[]
}

/** An answer in words. */
export function answerText(words: Catalogue, shown: RescueShown): AnswerText {
  const { answers, refunded, unheard } = words.rescue
  const notes = 'heard' in shown && !shown.heard ? [unheard] : []
  const amount = 'order' in shown ? yuanText(shown.order.amountFen) : ''
  switch (shown.kind) {
    case 'paid-here': {
      const { word, say, next } = answers['paid-here']
      const back = shown.refundedFen > 0 ? [refunded(yuanText(shown.refundedFen))] : []
      return { tone: 'paid', icon: 'check', word, say: say(amount), next: [...back, next, ...notes] }
    }
    case 'now-paid': {
      const { word, say, next } = answers['now-paid']
      return { tone: 'paid', icon: 'check', word, say: say(amount), next: [next] }
    }
    case 'returned': {
      const { word, say, next } = answers.returned[shown.by]
      return { tone: 'returned', icon: 'returned', word, say: say(amount), next: [next, ...notes] }
    }
    case 'never-charged': {
      const { word, say, next } = answers['never-charged']
      return { tone: 'not-charged', icon: 'closed', word, say: say(amount), next: [next, ...notes] }
    }
    case 'settled-by-hand': {
      const { word, say, next } = answers['settled-by-hand']
      return { tone: 'choose', icon: 'person', word, say: say(amount), next: [next, ...notes] }
    }
    case 'not-known-yet': {
      const { asksOn, person } = answers['not-known-yet']
      const { word, say, next } = answers['not-known-yet'][shown.money]
      const onward = shown.next === 'person' ? person : asksOn
      return { tone: 'doubt', icon: 'question', word, say: say(amount), next: [next, onward, ...notes] }
    }
    case 'several': {
      const { word, say, next, more } = answers.several
      return { tone: 'choose', icon: 'question', word, say, next: shown.more ? [next, more] : [next] }
    }
    case 'other-till': {
      const { word, say, next } = answers['other-till']
      return { tone: 'refused', icon: 'cross', word, say, next: [next(shown.orderNumber)] }
    }
    case 'unknown-number': {
      const { word, [shown.of]: sentences } = answers['unknown-number']
      return { tone: 'doubt', icon: 'question', word, say: sentences.say, next: [sentences.next] }
    }
    case 'ledger-trouble':
    case 'lost': {
      const { word, say, next } = answers[shown.kind]
      return { tone: 'doubt', icon: 'question', word, say, next: [next] }
    }
    case 'payment-code':
    case 'not-a-bill-number':
    case 'scan-gone': {
      const { word, say, next } = answers[shown.kind]
      return { tone: 'refused', icon: 'cross', word, say, next: [next] }
    }
    default:
      return assertNever(shown, 'rescue answer')
  }
}
