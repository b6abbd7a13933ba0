import type { OrderView, RescueAnswer } from '../../electron/api/contract.ts'

/** What the screen shows; `lost`: the till did not answer, and nobody knows what it found. */
export type RescueShown = RescueAnswer | { readonly kind: 'lost' }

/** “My phone says paid”, as the window has it. What was typed or scanned is not in it: it may be a payment code (I11). */
export type RescueState = {
  readonly asking: boolean
  readonly shown: RescueShown | null
  /** Which of several orders is chosen. */
  readonly chosen: number
}

export const emptyRescue: RescueState = { asking: false, shown: null, chosen: 0 }

export type RescueEvent =
  | { readonly type: 'asked' }
  | { readonly type: 'answered'; readonly shown: RescueShown }
  | { readonly type: 'moved'; readonly by: 1 | -1 }
  | { readonly type: 'chosen'; readonly place: number }

/** The screen after an event; pure. */
export function reduceRescue(rescue: RescueState, event: RescueEvent): RescueState {
  switch (event.type) {
    case 'asked':
      // What was said about another bill must not stand there while this one is asked about.
      return { asking: true, shown: null, chosen: 0 }
    case 'answered':
      return { asking: false, shown: event.shown, chosen: 0 }
    case 'moved': {
      const last = choicesOf(rescue).length - 1
      return { ...rescue, chosen: Math.max(0, Math.min(last, rescue.chosen + event.by)) }
    }
    case 'chosen':
      return { ...rescue, chosen: event.place }
  }
}

/** The orders to choose from; empty where there is nothing to choose. */
export const choicesOf = ({ shown }: RescueState): readonly OrderView[] =>
  shown?.kind === 'several' ? shown.orders : []

/** The order that an answer is about; null where it is about none. */
export const orderOf = (shown: RescueShown | null): OrderView | null =>
  shown !== null && 'order' in shown ? shown.order : null
