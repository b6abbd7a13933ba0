import type { AttentionReason, Order, OrderStatus, QueryPurpose, RevokeCause, Settlement } from '../till/order/order.ts'
import type { FailureReason, RevokeEffect, UnknownReason } from '../till/outcome.ts'
import type { Wallet } from '../till/payment-code.ts'

/** What the screens see of orders and their journal; a part of the contract. */

/** An order as the screen needs it. Durations are as of the moment of sending; the screen counts on from there. */
export type OrderView = {
  readonly orderNumber: string
  readonly saleId: string
  readonly channel: string
  readonly wallet: Wallet
  readonly amountFen: number
  readonly maskedCode: string
  readonly status: OrderStatus
  readonly revokeEffect: RevokeEffect | null
  readonly revokeCause: RevokeCause | null
  readonly failureReason: FailureReason | null
  readonly unknownReason: UnknownReason | null
  readonly attentionReason: AttentionReason | null
  readonly alarm: Order['alarm']
  /** The channel's own code and words of the last answer, small print for support. */
  readonly lastCode: string | null
  readonly lastMessage: string | null
  readonly moneyWasTaken: boolean
  readonly transactionId: string | null
  readonly queries: number
  readonly revokes: number
  readonly inFlight: Order['inFlight']
  readonly queryPurpose: QueryPurpose | null
  readonly parked: boolean
  /** Who takes care of the case. */
  readonly caseOwner: string | null
  /** How a case was settled other than by an answer about the order itself. */
  readonly settlement: Settlement | null
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
  /** Since the pay request. */
  readonly ageMs: number
  readonly windowMs: number
  /** Until the till revokes by itself; 0 when the deadline has passed or does not apply. */
  readonly timeLeftMs: number
  /** Until a revoke may be sent (the channel's minimum age); 0 when it may. */
  readonly revokeAllowedInMs: number
  /** Since the last answer of any kind; null when none came yet. */
  readonly lastAnswerAgeMs: number | null
}

/** One line of an order's journal, for the detail view. */
export type JournalLine = {
  readonly sequence: number
  readonly wallMs: number
  readonly type: string
  /** The event's data as JSON text. */
  readonly payload: string
  readonly hash: string
  /** The record is kept as it was written and cannot be understood. */
  readonly isUnreadable: boolean
}

/** A record of an order that is kept and cannot be understood. */
export type UnreadableRecordView = {
  readonly orderNumber: string
  readonly sequence: number
  readonly wallMs: number
}

export type LedgerTrouble = 'read-only' | 'disk-full' | 'disk-error' | 'newer-file' | 'damaged' | 'in-use' | 'closed'
