import { type Fen, yuanText } from '../till/money.ts'
import { isFinal, type Order, type OrderStatus } from '../till/order/order.ts'
import { refundedFen } from '../till/refund/left.ts'
import type { Refund } from '../till/refund/refund.ts'
import { shanghaiIso } from '../till/time.ts'
import type { CollectionEnd, CollectionRecord } from './collection-store.ts'

/** Where a collection stands: an order's status once a code was charged (design §3), and before that one of three. */
export type CollectionStatus = OrderStatus | 'waiting-for-scan' | CollectionEnd

/** What happened to the customer's money, as far as a verified answer says. */
export type Money = 'not-taken' | 'taken' | 'returned' | 'unknown'

/** The part of a collection that its events tell too. */
export type CollectionStanding = {
  readonly reference: string
  readonly orderNumber: string | null
  readonly status: CollectionStatus
  readonly revokeEffect: Order['revokeEffect']
  readonly money: Money
  /** Nothing more happens by itself; the goods may go, or the customer may. */
  readonly final: boolean
  /** Since when, in Shanghai's time. */
  readonly at: string
}

/** A collection as the POS hears of it; the words are those of the command line's result line (design §8). */
export type CollectionView = CollectionStanding & {
  readonly amountFen: number
  readonly amount: string
  readonly training: boolean
  readonly subject: string | null
  readonly cashier: string | null
  readonly openedAt: string
  readonly channel: string | null
  readonly wallet: string | null
  readonly transactionId: string | null
  readonly reason: string | null
  readonly queries: number
  readonly revokes: number
  /** What has gone back by refunds for certain. */
  readonly refundedFen: number
  /** From the order to its present status. */
  readonly elapsedMs: number
}

export type PosRefundView = {
  readonly reference: string
  readonly refundReference: string
  readonly refundNumber: string
  readonly status: Refund['status']
  readonly amountFen: number
  readonly amount: string
  readonly money: 'returned' | 'not-returned' | 'unknown'
  readonly final: boolean
  readonly reason: string | null
  readonly at: string
}

function moneyOf({ status, revokeEffect, moneyWasTaken }: Order): Money {
  switch (status) {
    case 'paid':
      return 'taken'
    case 'failed':
      return 'not-taken'
    case 'revoked':
      return revokeEffect === 'refunded' ? 'returned' : 'not-taken'
    default:
      return moneyWasTaken ? 'taken' : 'unknown'
  }
}

/** Where a collection with an order stands. */
export function standingOfOrder(reference: string, order: Order): CollectionStanding {
  const { orderNumber, status, revokeEffect, statusSinceWallMs } = order
  return {
    reference,
    orderNumber,
    status,
    revokeEffect,
    money: moneyOf(order),
    final: isFinal(status),
    at: shanghaiIso(statusSinceWallMs),
  }
}

/** Where a collection without an order stands. */
export function standingWithoutOrder(record: CollectionRecord): CollectionStanding {
  const { reference, end, openedWallMs, endedWallMs } = record
  // An order was there once: only a ledger from before it, brought back from a backup, can have lost it.
  const isLost = end === 'charged'
  const status = isLost ? 'unknown' : (end ?? 'waiting-for-scan')
  return {
    reference,
    orderNumber: null,
    status,
    revokeEffect: null,
    money: isLost ? 'unknown' : 'not-taken',
    final: end !== null && !isLost,
    at: shanghaiIso(endedWallMs ?? openedWallMs),
  }
}

/** The whole of a collection; `order` is its only one, or null where no code was charged. */
export function collectionView(
  record: CollectionRecord,
  order: Order | null,
  refunds: readonly Refund[],
  training: boolean,
): CollectionView {
  const { reference, amountFen, subject, cashier, openedWallMs } = record
  const standing = order === null ? standingWithoutOrder(record) : standingOfOrder(reference, order)
  return {
    ...standing,
    amountFen,
    amount: yuanText(amountFen),
    training,
    subject,
    cashier,
    openedAt: shanghaiIso(openedWallMs),
    channel: order?.channel ?? null,
    wallet: order?.wallet ?? null,
    transactionId: order?.transactionId ?? null,
    reason: order?.failureReason ?? order?.attentionReason ?? order?.unknownReason ?? null,
    queries: order?.queries ?? 0,
    revokes: order?.revokes ?? 0,
    refundedFen: refundedFen(refunds),
    elapsedMs: order === null ? 0 : order.statusSinceWallMs - order.createdWallMs,
  }
}

/** A refund as the POS hears of it. */
export function posRefundView(reference: string, refundReference: string, refund: Refund): PosRefundView {
  const { refundNumber, status, amountFen, statusSinceWallMs } = refund
  return {
    reference,
    refundReference,
    refundNumber,
    status,
    amountFen,
    amount: yuanText(amountFen as Fen),
    money: status === 'done' ? 'returned' : status === 'failed' ? 'not-returned' : 'unknown',
    final: status === 'done' || status === 'failed',
    reason: refund.failureReason ?? refund.attentionReason ?? refund.unknownReason,
    at: shanghaiIso(statusSinceWallMs),
  }
}
