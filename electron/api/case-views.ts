import type { CaseFacts } from '../till/order/case.ts'
import type { HandDecision } from '../till/order/event.ts'
import type { LedgerTrouble, OrderView } from './order-views.ts'

/** An open case of the desk for doubtful orders (人工处理), as of the moment of sending. */
export type CaseView = {
  readonly order: OrderView
  readonly money: CaseFacts['money']
  /** After this the channel takes no revoke any more. */
  readonly revokeUntilWallMs: number
  readonly revokeUntilLeftMs: number
  /** Until the till asks again by itself; null while a request is on its way. */
  readonly nextStepInMs: number | null
  readonly nextStep: CaseFacts['nextStep']
  /** What a manager may decide about it. */
  readonly decisions: readonly CaseDecision[]
}

/** What a manager can decide about a case: how it ended, or that the money is to be refunded now. */
export type CaseDecision = HandDecision | 'refund'

export type PinState = 'set' | 'not-set' | 'damaged' | 'disk-error'

/** What came of a new PIN of the manager; in live mode the command line sets it: `till manager-pin`. */
export type PinSetResult =
  | { readonly kind: 'done' | 'already-set' | 'not-six-digits' | 'too-easy' | 'not-the-same' | 'live-mode' }
  | { readonly kind: 'pin-trouble'; readonly trouble: 'damaged' | 'disk-error' }

/** What came of a manager's decision about a case. */
export type SettleResult =
  | { readonly kind: 'done'; readonly order: OrderView }
  /** The refund of what is left is under way; the case is settled once all of it went back. */
  | { readonly kind: 'refund-begun'; readonly refundNumber: string; readonly amountFen: number }
  | { readonly kind: 'no-such-order' }
  /** It cannot be decided so now: the order as it stands, and what can be decided. */
  | { readonly kind: 'not-now'; readonly order: OrderView; readonly decisions: readonly CaseDecision[] }
  /** A refund of it is not at its end: the money could go back twice. */
  | { readonly kind: 'refund-under-way' }
  | { readonly kind: 'pin-wrong'; readonly triesLeft: number }
  | { readonly kind: 'pin-locked'; readonly untilWallMs: number }
  | { readonly kind: 'pin-not-set' }
  /** Staff is set up, and this is nobody's number or name, or not a manager's. */
  | { readonly kind: 'no-such-manager' }
  | { readonly kind: 'pin-trouble'; readonly trouble: 'damaged' | 'disk-error' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** Where the customer's slip about a doubtful order was written. */
export type SlipResult =
  | { readonly kind: 'done'; readonly textPath: string; readonly picturePath: string }
  | { readonly kind: 'no-such-order' }
  /** The order is in no doubt: it needs no such slip. */
  | { readonly kind: 'not-now'; readonly order: OrderView }
  | { readonly kind: 'disk-error'; readonly path: string }
