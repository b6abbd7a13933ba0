import type { TrainingRefund } from './refunds.ts'
import { refundState } from './refunds.ts'
import type { TrainingOrder } from './stories.ts'

/** One movement of money in a wallet's books: what a line of its bill is about. */
export type Movement = {
  readonly kind: 'charge' | 'revoke' | 'refund'
  readonly order: Pick<TrainingOrder, 'orderNumber' | 'sequence' | 'openedAtMs'>
  /** The till's number of a refund; null on the others. */
  readonly refundNumber: string | null
  readonly amountFen: number
  readonly atMs: number
}

/**
 * Everything that moved between two wall times, in their order. Orders that ended without a payment are in no bill
 * (wechat.md §7.3, alipay.md §6); money that a revoke gave back is a movement of its own.
 */
export function movementsBetween(
  orders: readonly TrainingOrder[],
  refunds: readonly TrainingRefund[],
  fromMs: number,
  toMs: number,
): readonly Movement[] {
  const bySequence = new Map(orders.map((order) => [order.sequence, order]))
  const ofOrders = orders.flatMap((order): readonly Movement[] => {
    if (order.paidAtMs === null || order.chargedFen === 0) return []
    const moved = { order, refundNumber: null, amountFen: order.chargedFen }
    const charge: Movement = { ...moved, kind: 'charge', atMs: order.paidAtMs }
    const isRevoked = order.condition === 'refunded' && order.refunds === 0 && order.endedAtMs !== null
    return isRevoked ? [charge, { ...moved, kind: 'revoke', atMs: order.endedAtMs }] : [charge]
  })
  const ofRefunds = refunds.flatMap((refund): readonly Movement[] => {
    const order = bySequence.get(refund.orderSequence)
    const state = refundState(refund, toMs)
    if (order === undefined || refund.acceptedAtMs === null || state === 'closed' || state === 'abnormal') return []
    const { refundNumber, amountFen, acceptedAtMs: atMs } = refund
    return [{ kind: 'refund', order, refundNumber, amountFen, atMs }]
  })
  return [...ofOrders, ...ofRefunds]
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .sort((left, right) => left.atMs - right.atMs)
}

/** What a practice merchant pays of an amount: 0.60 %, rounded half up to a fen. */
export function practiceFeeFen(amountFen: number): number {
  return Math.floor((amountFen * 60 + 5_000) / 10_000)
}

/** Fen as a bill writes them, with a sign where money goes the other way. */
export function signedYuan(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** What moved in, what went out, and the fees, in fen. */
export function movementSums(movements: readonly Movement[]) {
  const charges = movements.filter(({ kind }) => kind === 'charge')
  const returns = movements.filter(({ kind }) => kind !== 'charge')
  const total = (list: readonly Movement[]): number => list.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const fees = (list: readonly Movement[]): number => list.reduce((sum, one) => sum + practiceFeeFen(one.amountFen), 0)
  return {
    charges: charges.length,
    returns: returns.length,
    chargedFen: total(charges),
    returnedFen: total(returns),
    feeFen: fees(charges) - fees(returns),
    returnedFeeFen: fees(returns),
    chargedFeeFen: fees(charges),
  }
}
