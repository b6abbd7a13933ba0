import type { ChannelId, MaskedCode, OrderNumber, SaleId, ShiftId, StaffNumber, TransactionId } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { Evidence, FailureReason, RevokeEffect, UnknownReason } from '../outcome.ts'
import type { Wallet } from '../payment-code.ts'
import type { ChannelPolicy } from '../policy.ts'
import type { Moment } from '../time.ts'
import type { HandDecision } from './event.ts'

/** Where an order stands in its life (design §3). */
export type OrderStatus =
  | 'created'
  | 'paying'
  | 'awaiting-payer'
  | 'unknown'
  | 'revoking'
  | 'paid'
  | 'failed'
  | 'revoked'
  | 'attention'

export const orderStatuses = [
  'created',
  'paying',
  'awaiting-payer',
  'unknown',
  'revoking',
  'paid',
  'failed',
  'revoked',
  'attention',
] as const satisfies readonly OrderStatus[]

/** Why a person must look at an order (M15). */
export type AttentionReason =
  | 'revoke-tries-used-up'
  | 'channel-has-no-revoke' // the window is over, and the channel cannot end the order
  | 'not-revocable'
  | 'channel-needs-person'
  | 'paid-after-end' // a verified "paid" for an order that had ended unpaid
  | 'open-after-end' // an order that had ended unpaid turned out to be open still

/** Who or what asked for a revoke. */
export type RevokeCause = 'deadline' | 'cashier' | 'staff' | 'channel'

/** Why a query is made; the last one stands right before a revoke, with no gap. */
export type QueryPurpose = 'poll' | 'last' | 'confirm' | 'asked' | 'doubted-failure' | 'resume' | 'background'

/** How a case was settled by people (M15). */
export type Settlement =
  | {
      readonly kind: 'by-hand'
      readonly decision: HandDecision
      readonly reason: string
      readonly manager: string
      readonly wallMs: number
    }
  | { readonly kind: 'by-refund'; readonly refundNumber: string; readonly wallMs: number }

/** One attempt to collect a sale's amount with one payment code; the fold of its events, nothing else. */
export type Order = {
  readonly orderNumber: OrderNumber
  readonly saleId: SaleId
  /** The shift that it was created in; absent where none was open. */
  readonly shiftId?: ShiftId
  readonly cashier?: StaffNumber
  readonly channel: ChannelId
  readonly account?: string
  readonly wallet: Wallet
  readonly amountFen: Fen
  readonly maskedCode: MaskedCode
  /** The policy at the time of the order; a later change of the settings does not touch it. */
  readonly policy: ChannelPolicy
  readonly status: OrderStatus
  /** How many events made this state; the next append must name it. */
  readonly version: number
  readonly createdWallMs: number
  /** When the order reached its present status. */
  readonly statusSinceWallMs: number
  /** When the pay request was made, in this process's clocks; rebased when the till resumes the order. */
  readonly payStarted: Moment
  /**
   * The latest moment, in this process's monotonic clock, at which the pay request can have left: the channel's minimum
   * age counts from here (I7). The wall clock has no say in it, because it may have been put ahead.
   */
  readonly payLeftMonotonicMs: number
  /** It is certain that no byte of the pay request left: one "not found" then ends the order. */
  readonly neverLeft: boolean
  readonly inFlight: 'none' | 'pay' | 'query' | 'revoke'
  readonly queryPurpose: QueryPurpose | null
  readonly queries: number
  /** Tries of the revoke; each is a record in the journal, also one that could not leave the machine. */
  readonly revokes: number
  /** Tries that the ladder of waits counts: a try refused because the payer confirms is not one. */
  readonly revokeTriesCounted: number
  readonly revokeCause: RevokeCause | null
  /** Tries that may have reached the channel; once there is one, a late "paid" no longer makes the order paid. */
  readonly revokesThatMayHaveArrived: number
  /** What an accepted revoke said that it did, until a query confirms it. */
  readonly revokeClaim: RevokeEffect | 'unstated' | null
  /** Queries after an accepted revoke that did not know the order. */
  readonly notFoundAfterRevoke: number
  readonly revokeEffect: RevokeEffect | null
  /** A verified answer once said that the money was taken. */
  readonly moneyWasTaken: boolean
  readonly transactionId: TransactionId | null
  /** A refusal that one query must still confirm. */
  readonly doubtedFailure: FailureReason | null
  readonly failureReason: FailureReason | null
  readonly unknownReason: UnknownReason | null
  readonly attentionReason: AttentionReason | null
  /** An answer that cannot be, told to people (M13). */
  readonly alarm: 'impossible-state' | 'mismatched-answer' | null
  readonly lastQueryMonotonicMs: number | null
  readonly lastAnswer: {
    readonly wallMs: number
    readonly to: 'pay' | 'query' | 'revoke'
    readonly evidence: Evidence
  } | null
  /** When the order wants to be woken, in this process's monotonic clock. */
  readonly wakeAtMonotonicMs: number | null
  /** How often the order was asked about in the background since it came to rest. */
  readonly backgroundAsks: number
  /** Revokes that were tried in the background since the case was opened. */
  readonly backgroundRevokes: number
  /** A refund was begun for the case; a revoke beside it could return the money twice. */
  readonly refundBegun: boolean
  /** Who takes care of the case. */
  readonly caseOwner: string | null
  /** How a case was settled other than by an answer about the order itself. */
  readonly settlement: Settlement | null
  /** Set aside by the cashier to serve the next customer. */
  readonly parked: boolean
}

/** Whether the order is at its end and can no longer charge anyone. */
export function isFinal(status: OrderStatus): status is 'paid' | 'failed' | 'revoked' {
  return status === 'paid' || status === 'failed' || status === 'revoked'
}

/** Whether the till still has something to do for the order by itself, so that a start must take it up. */
export function isOwed(order: Order): boolean {
  return !isFinal(order.status) || order.wakeAtMonotonicMs !== null || order.inFlight !== 'none'
}
