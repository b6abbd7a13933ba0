import type { AmountProblem } from '../till/money.ts'
import type { UnknownReason } from '../till/outcome.ts'
import type { RefundAsker } from '../till/refund/event.ts'
import type { RefundProblem } from '../till/refund/left.ts'
import type { RefundAttentionReason, RefundFailureReason } from '../till/refund/outcome.ts'
import type { Refund, RefundStatus } from '../till/refund/refund.ts'
import type { LedgerTrouble } from './order-views.ts'
import type { ManagerProof, ManagerRefusal } from './staff-views.ts'

/** One refund of an order as the screen needs it. */
export type RefundView = {
  readonly refundNumber: string
  readonly orderNumber: string
  readonly amountFen: number
  readonly reason: string
  readonly by: RefundAsker
  readonly status: RefundStatus
  readonly failureReason: RefundFailureReason | null
  readonly unknownReason: UnknownReason | null
  readonly attentionReason: RefundAttentionReason | null
  readonly alarm: Refund['alarm']
  /** The channel's own code and words of the last answer, small print for support. */
  readonly lastCode: string | null
  readonly lastMessage: string | null
  readonly tries: number
  readonly queries: number
  readonly inFlight: Refund['inFlight']
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
}

/** An order's refunds, and what may still be refunded. */
export type OrderRefunds = {
  readonly refunds: readonly RefundView[]
  /** Pending and unknown refunds count as spent. */
  readonly leftFen: number
  readonly refundedFen: number
  /** Until when a refund may begin; null when the order's channel is not configured any more. */
  readonly refundableUntilWallMs: number | null
  /** How many refunds the channel allows for one order; null where it says nothing. */
  readonly refundsPerOrder: number | null
  /** Whether a part may be refunded, or only the whole. */
  readonly canRefundPart: boolean
  /** How much may be refunded now without a manager's PIN; null where the till has no staff and asks for none. */
  readonly aloneFen: number | null
  /** Why no refund may begin now; null when one may. */
  readonly problem: RefundProblem | 'channel-not-configured' | null
}

/** Why a manager's PIN is asked for, and how much of the order may be refunded now without one. */
export type RefundNeed = {
  readonly because: 'amount' | 'own-pin' | 'nobody-signed-in'
  readonly aloneFen: number
}

/** Why no refund was begun, whoever asks for it. */
export type RefundRefusal =
  | { readonly kind: 'refused'; readonly problem: RefundProblem; readonly leftFen: number }
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  | { readonly kind: 'reason-missing' }
  | { readonly kind: 'no-such-order' }
  | { readonly kind: 'channel-not-configured' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | { readonly kind: 'stopping' }

/** What became of a wish for a refund. Only `started` moves money. */
export type RefundStartResult =
  | { readonly kind: 'started'; readonly refund: RefundView }
  /** A refund of this very amount is not at its end yet: no second one was begun. */
  | { readonly kind: 'under-way'; readonly refund: RefundView }
  /** Who is signed in may not do this alone, and the call bears no manager's proof (I15). Nothing was refunded. */
  | { readonly kind: 'manager-needed'; readonly need: RefundNeed }
  /** The proof that came with the call opened nothing. Nothing was refunded. */
  | { readonly kind: 'manager-refused'; readonly refusal: ManagerRefusal }
  | RefundRefusal

/** The answer to an act on a refund. */
export type RefundActResult =
  | { readonly kind: 'done'; readonly refund: RefundView }
  | { readonly kind: 'no-such-refund' }
  | { readonly kind: 'not-now'; readonly refund: RefundView }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** The calls of refunds; part of `Calls`. */
export type RefundCalls = {
  /**
   * Refunds a paid order: all that is left of it, or a part. `amountText` is yuan as typed; `manager` is null until the
   * till asks for one.
   */
  'refund.start': {
    readonly request: {
      readonly orderNumber: string
      readonly amountText: string
      readonly reason: string
      readonly manager: ManagerProof | null
    }
    readonly reply: RefundStartResult
  }
  /** The refunds of an order, oldest first, and what is left; null when there is no such order. */
  'refund.list': { readonly request: { readonly orderNumber: string }; readonly reply: OrderRefunds | null }
  /** Asks about a refund now. */
  'refund.query': { readonly request: { readonly refundNumber: string }; readonly reply: RefundActResult }
  /** Tries the same refund once more, after a person mended what was in the way. */
  'refund.retry': { readonly request: { readonly refundNumber: string }; readonly reply: RefundActResult }
}
