import type { ChannelId, MaskedCode, OrderNumber, SaleId, TransactionId } from '../ids.ts'
import { fen } from '../money.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../outcome.ts'
import type { ChannelPolicy } from '../policy.ts'
import { type HandDecision, handDecisions, type OrderCreated, type OrderEvent } from './event.ts'
import type { Order } from './order.ts'
import { createOrder, step } from './step.ts'

export const policy: ChannelPolicy = {
  queryAgesMs: [5_000, 8_000],
  pollMs: 3_000,
  windowMs: 45_000,
  revokeMinAgeMs: 15_000,
  revokeRetryMs: [2_000, 4_000],
  requestTimeoutMs: 10_000,
  revokeUntil: { kind: 'age', ageMs: 7 * 24 * 3_600_000 },
}
export const start = Date.UTC(2026, 10, 23, 4)
export const at = (ageMs: number) => ({ wallMs: start + ageMs, monotonicMs: 1_000_000 + ageMs })
export const evidence = {}
export const created: OrderCreated = {
  type: 'created',
  at: at(0),
  orderNumber: 'S0010120261123000001ABCD' as OrderNumber,
  saleId: 'sale-1' as SaleId,
  channel: 'wechat' as ChannelId,
  wallet: 'wechat',
  amountFen: fen(1234),
  maskedCode: '13************3456' as MaskedCode,
  policy,
}
export const transactionId = '4200000000202611230000000001' as TransactionId
export const paid = { kind: 'paid', transactionId, amountFen: fen(1234), evidence } as const
export const awaiting = { kind: 'awaiting-payer', evidence } as const
export const unclear = { kind: 'unknown', reason: 'no-answer', evidence } as const
export const notFound = { kind: 'not-found', evidence } as const
export const closed = (wasPaid: 'yes' | 'no' | 'unstated') => ({ kind: 'closed', wasPaid, evidence }) as const

export const payRequested: OrderEvent = { type: 'pay-requested', at: at(0) }
export const payAnswered = (ageMs: number, outcome: PayOutcome): OrderEvent => ({
  type: 'pay-answered',
  at: at(ageMs),
  leftAt: at(0),
  outcome,
})
export const queryAnswered = (ageMs: number, outcome: QueryOutcome): OrderEvent => ({
  type: 'query-answered',
  at: at(ageMs),
  outcome,
})
export const revokeAnswered = (ageMs: number, outcome: RevokeOutcome): OrderEvent => ({
  type: 'revoke-answered',
  at: at(ageMs),
  outcome,
})
export const woken = (ageMs: number): OrderEvent => ({ type: 'woken', at: at(ageMs) })
export const resumed = (ageMs: number): OrderEvent => ({ type: 'resumed', at: at(ageMs) })
export const revokeRequested = (ageMs: number): OrderEvent => ({
  type: 'revoke-requested',
  at: at(ageMs),
  by: 'cashier',
})

/** Runs a story and answers its last step. */
export function story(...events: OrderEvent[]) {
  let last = { order: createOrder(created), effects: [] as readonly unknown[] }
  for (const event of [payRequested, ...events]) last = step(last.order, event)
  return last
}
export const effects = (result: { effects: readonly unknown[] }) => result.effects
export const accepted = { kind: 'accepted', effect: 'unstated', evidence } as const
export const toRevoking = [payAnswered(500, awaiting), woken(45_000), queryAnswered(45_100, awaiting)] as const

export const settledByHand = (
  moment: { wallMs: number; monotonicMs: number },
  decision: HandDecision,
): Extract<OrderEvent, { type: 'settled-by-hand' }> => ({
  type: 'settled-by-hand',
  at: moment,
  decision,
  reason: 'seen in the back office',
  proof: { kind: 'pin', name: 'Wang', pinId: 'pin-1' },
})

export function everyEvent(moment: { wallMs: number; monotonicMs: number }): OrderEvent[] {
  const pay: PayOutcome[] = [
    paid,
    awaiting,
    unclear,
    { kind: 'failed', reason: 'balance-low', evidence },
    { kind: 'failed-unless-query-differs', reason: 'payment-failed', evidence },
    { kind: 'revoke-needed', reason: 'payment-failed', evidence },
  ]
  const query: QueryOutcome[] = [
    paid,
    awaiting,
    unclear,
    notFound,
    closed('yes'),
    closed('no'),
    closed('unstated'),
    { kind: 'closed', wasPaid: 'no', alarm: 'impossible-state', evidence },
    { kind: 'unpaid', evidence },
    { kind: 'revoke-needed', reason: 'payment-failed', evidence },
  ]
  const revoke: RevokeOutcome[] = [
    accepted,
    { kind: 'accepted', effect: 'refunded', evidence },
    { kind: 'try-again', reason: 'system-error', evidence },
    { kind: 'try-again', reason: 'not-reachable', evidence },
    { kind: 'payer-confirming', evidence },
    { kind: 'not-revocable', evidence },
    { kind: 'person-needed', evidence },
  ]
  return [
    { type: 'pay-requested', at: moment },
    ...pay.map((outcome): OrderEvent => ({ type: 'pay-answered', at: moment, outcome })),
    { type: 'woken', at: moment },
    ...query.map((outcome): OrderEvent => ({ type: 'query-answered', at: moment, outcome })),
    ...revoke.map((outcome): OrderEvent => ({ type: 'revoke-answered', at: moment, outcome })),
    { type: 'query-requested', at: moment, by: 'staff' },
    { type: 'revoke-requested', at: moment, by: 'cashier' },
    { type: 'resumed', at: moment },
    { type: 'parked', at: moment },
    { type: 'unparked', at: moment },
    { type: 'case-taken', at: moment, owner: 'Li' },
    ...handDecisions.map((decision): OrderEvent => settledByHand(moment, decision)),
    { type: 'refund-begun', at: moment },
    { type: 'refunded-in-full', at: moment, refundNumber: 'R1' },
  ]
}

export function inStatus(status: Order['status']): Order {
  const orders: Record<Order['status'], Order> = {
    created: createOrder(created),
    paying: story().order,
    'awaiting-payer': story(payAnswered(500, awaiting)).order,
    unknown: story(payAnswered(500, unclear)).order,
    revoking: story(...toRevoking).order,
    paid: story(payAnswered(500, paid)).order,
    failed: story(payAnswered(500, { kind: 'failed', reason: 'balance-low', evidence })).order,
    revoked: story(...toRevoking, revokeAnswered(45_200, accepted), queryAnswered(45_300, closed('no'))).order,
    attention: story(
      ...toRevoking,
      revokeAnswered(45_200, { kind: 'not-revocable', evidence }),
      queryAnswered(45_300, paid),
    ).order,
  }
  if (orders[status].status !== status) throw new Error(`the story does not lead to ${status}`)
  return orders[status]
}

/** What the runner can really feed: answers only to what is in flight, a wake only when one is set. */
export function possible(order: Order, event: OrderEvent): boolean {
  if (event.type === 'pay-answered') return order.inFlight === 'pay'
  if (event.type === 'query-answered') return order.inFlight === 'query'
  if (event.type === 'revoke-answered') return order.inFlight === 'revoke'
  if (event.type === 'woken') return order.wakeAtMonotonicMs !== null
  return event.type !== 'pay-requested'
}
