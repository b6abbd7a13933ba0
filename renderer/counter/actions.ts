import type { FailureReason, OrderStatus } from '../till/types.ts'
import type { Scene } from './scene.ts'

/** What the cashier can do at the counter. */
export type ActionId =
  | 'confirm-amount'
  | 'clear'
  | 'by-hand'
  | 'submit-code'
  | 'practice'
  | 'back'
  | 'query'
  | 'revoke'
  | 'park'
  | 'set-aside'
  | 'bring-back'
  | 'next-customer'
  | 'scan-again'
  | 'another-customer'
  | 'retry'
  | 'recheck'
  | 'cash'
  | 'take-cash'
  | 'cash-code-first'
  | 'cash-first'
  | 'take-rest'
  | 'return-cash'
  | 'resume-sale'
  | 'refuse-pos'
  | 'wait'

export type ActionKey = 'Enter' | 'Escape' | 'F2' | 'F3' | 'F4' | 'F6' | 'F8'

/** Where a button stands; the four places never move (ux.md 4, 17). */
export type ActionSlot = 'revoke' | 'aside' | 'second' | 'primary'

export type CounterAction = {
  readonly id: ActionId
  readonly slot: ActionSlot
  /** The first one is shown on the button. */
  readonly keys: readonly ActionKey[]
  readonly enabled: boolean
}

export type ActionContext = {
  readonly amountText: string
  readonly byHand: boolean
  readonly training: boolean
  readonly stripCount: number
  /** The order at the counter. */
  readonly order: { readonly status: OrderStatus; readonly failureReason: FailureReason | null } | null
  readonly revokeInMs: number
  /** Whether the order's channel has a revoke at all; where not, the wait can only be given up to a person. */
  readonly canRevoke: boolean
  /** The order in the way may be someone else's. */
  readonly mayBeAnother: boolean
  /** A shift that takes cash is open. */
  readonly takesCash: boolean
  /** Cash for the sale at the counter: planned, or in the drawer already. */
  readonly cashPart: 'none' | 'planned' | 'taken'
  /** The cash that is being typed: whether it covers what is due, or is a part of it; `busy` while it is recorded. */
  readonly cash: {
    readonly given: 'enough' | 'part' | 'nothing-fits'
    readonly busy: boolean
    readonly mayGoBack: boolean
  }
  /** The sale at the counter is the POS's: no cash, no second code, and the cashier may refuse it. */
  readonly isOfPos: boolean
  /** A sale with cash in the drawer waits to be completed. */
  readonly hasUnfinished: boolean
}

/** Failures that another code of the same customer cannot mend; the sale ends and goes another way. */
const beyondTheCustomer: ReadonlySet<FailureReason> = new Set([
  'merchant-limit',
  'merchant-account',
  'configuration',
  'wording-refused',
])

const action = (id: ActionId, slot: ActionSlot, keys: readonly ActionKey[], enabled = true): CounterAction => ({
  id,
  slot,
  keys,
  enabled,
})

/** In the place of the revoke, which none of these scenes has. */
const cashAction = ({ takesCash, isOfPos }: ActionContext, enabled = true): readonly CounterAction[] =>
  takesCash && !isOfPos ? [action('cash', 'revoke', ['F2'], enabled)] : []

const asking = (context: ActionContext): readonly CounterAction[] => {
  const known = context.order !== null
  const asked = known && context.order.status !== 'created' && context.order.status !== 'paying'
  return [
    action('revoke', 'revoke', ['F4'], known && context.revokeInMs <= 0),
    // The plan to take cash afterwards is the counter's own: it stays until the code part has ended.
    action('park', 'aside', ['F6'], known && context.cashPart !== 'planned'),
    action('query', 'primary', ['F2'], asked),
  ]
}

const ended = (context: ActionContext): readonly CounterAction[] => {
  const reason = context.order?.failureReason ?? null
  // A reference of the POS is charged once: another try is another collection, which the POS begins.
  if (context.isOfPos || (reason !== null && beyondTheCustomer.has(reason))) {
    return [...cashAction(context), action('next-customer', 'primary', ['Enter', 'Escape'])]
  }
  return [
    ...cashAction(context),
    action('next-customer', 'second', ['Escape']),
    action('scan-again', 'primary', ['Enter']),
  ]
}

/**
 * The buttons of a scene; exactly one stands in the primary place (ux.md 3). Keys and buttons both come from here.
 *
 * While a payment is waited for, the primary act has F2 and not Enter: an Enter meant for the query could otherwise wipe
 * away the "paid" that came a moment before it (ux.md 16).
 */
export function actionsOf(scene: Scene, context: ActionContext): readonly CounterAction[] {
  switch (scene) {
    case 'idle':
    case 'amount':
    case 'amount-problem':
      return [
        ...cashAction(context, context.amountText !== ''),
        ...(context.stripCount > 0 ? [action('bring-back', 'aside', ['F6'])] : []),
        ...(context.stripCount === 0 && context.hasUnfinished ? [action('resume-sale', 'aside', ['F3'])] : []),
        action('clear', 'second', ['Escape'], context.amountText !== '' || scene === 'amount-problem'),
        action('confirm-amount', 'primary', ['Enter']),
      ]
    case 'scan':
      return [
        ...(context.isOfPos ? [action('refuse-pos', 'revoke', ['F4'])] : []),
        ...(context.cashPart === 'taken' ? [action('return-cash', 'revoke', ['F4'])] : cashAction(context)),
        ...(context.training ? [action('practice', 'aside', ['F8'])] : []),
        ...(context.cashPart === 'taken' || (context.isOfPos && !context.byHand)
          ? []
          : [action('back', 'second', ['Escape'])]),
        context.byHand ? action('submit-code', 'primary', ['Enter']) : action('by-hand', 'primary', ['Enter', 'F3']),
      ]
    case 'sending':
    case 'awaiting-payer':
    case 'unknown':
      return asking(context)
    case 'revoking':
      return [action('park', 'aside', ['F6']), action('query', 'primary', ['F2'])]
    case 'attention':
      return [
        ...(context.canRevoke ? [action('revoke', 'revoke', ['F4'], context.revokeInMs <= 0)] : []),
        action('set-aside', 'aside', ['F6']),
        action('query', 'primary', ['F2']),
      ]
    case 'paid':
      return [action('next-customer', 'primary', ['Enter', 'Escape'])]
    case 'former-paid':
      return [
        ...(context.mayBeAnother ? [action('another-customer', 'aside', ['F3'])] : []),
        action('next-customer', 'primary', ['Enter', 'Escape']),
      ]
    case 'failed':
    case 'revoked-closed':
    case 'revoked-refunded':
      return ended(context)
    case 'former-open':
      return [
        ...(context.mayBeAnother ? [action('another-customer', 'aside', ['F3'])] : []),
        action('back', 'second', ['Escape']),
        action('query', 'primary', ['F2']),
      ]
    case 'refused':
      return [
        ...(context.isOfPos ? [action('refuse-pos', 'revoke', ['F4'])] : []),
        ...cashAction(context),
        action('back', 'second', ['Escape']),
        action('retry', 'primary', ['Enter']),
      ]
    case 'cash': {
      const { given, busy, mayGoBack } = context.cash
      const back = action('back', 'second', ['Escape'], mayGoBack && !busy)
      if (given === 'part' && context.cashPart === 'none') {
        return [
          action('cash-first', 'aside', ['F3'], !busy),
          back,
          action('cash-code-first', 'primary', ['Enter'], !busy),
        ]
      }
      return [back, action('take-cash', 'primary', ['Enter'], given === 'enough' && !busy)]
    }
    case 'cash-due':
      return [action('take-rest', 'primary', ['Enter'])]
    case 'cash-owed-back':
      return [
        action('return-cash', 'revoke', ['F4']),
        ...(context.takesCash ? [action('cash', 'aside', ['F2'])] : []),
        action('scan-again', 'primary', ['Enter']),
      ]
    case 'cash-paid':
    case 'cash-returned':
      return [action('next-customer', 'primary', ['Enter', 'Escape'])]
    case 'answer-lost':
      return [action('recheck', 'primary', ['Enter'])]
    case 'starting':
    case 'connection-lost':
    case 'another-window':
      return [action('wait', 'primary', ['Enter'], false)]
  }
}

/** What a key does in a scene; null when nothing. */
export const actionFor = (actions: readonly CounterAction[], key: string): CounterAction | null =>
  actions.find(({ keys }) => keys.some((each) => each === key)) ?? null
