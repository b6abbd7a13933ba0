import { assertNever } from '../../electron/till/brand.ts'
import type { ChannelId, MaskedCode, OrderNumber, SaleId, TransactionId } from '../../electron/till/ids.ts'
import { fen } from '../../electron/till/money.ts'
import type { OrderEffect } from '../../electron/till/order/effect.ts'
import type { OrderEvent } from '../../electron/till/order/event.ts'
import { isFinal, type Order } from '../../electron/till/order/order.ts'
import { createOrder, step } from '../../electron/till/order/step.ts'
import type { PayOutcome, QueryOutcome } from '../../electron/till/outcome.ts'
import type { ChannelPolicy } from '../../electron/till/policy.ts'
import type { Moment } from '../../electron/till/time.ts'
import type { Payer } from './payer.ts'
import { openWalletSide, type WalletAnswer, type WalletSide } from './wallet-side.ts'

/** How one order went. */
export type OrderRun = {
  readonly end: 'paid' | 'revoked'
  /** From the payer's confirming to the moment the till knew; null unless it ended paid. */
  readonly waitMs: number | null
  /** Every query that was sent, the last one before and the confirming one after a revoke among them. */
  readonly queries: number
}

const amountFen = fen(250_000)
const moment = (monotonicMs: number): Moment => ({ wallMs: 1_772_323_200_000 + monotonicMs, monotonicMs })

/** Something that will happen: the answer to a request, or the alarm that the order set. */
type Coming = { readonly atMs: number; readonly event: OrderEvent }

/**
 * Runs one order through the till's own core, `createOrder` and `step`, in virtual time: effects become requests and
 * alarms, answers and alarms become events, in the order of their time.
 */
export function runTillLoop(policy: ChannelPolicy, payer: Payer): OrderRun {
  const wallet = openWalletSide(payer)
  let order: Order = createOrder({
    type: 'created',
    at: moment(0),
    orderNumber: 'S00101260301000001' as OrderNumber, // ids are branded; the benchmark names its own
    saleId: 'sale-1' as SaleId,
    channel: 'virtual' as ChannelId,
    wallet: 'wechat',
    amountFen,
    maskedCode: '13************0017' as MaskedCode,
    policy,
  })
  let answer: Coming | null = null
  let alarm: Coming | null = null

  const take = (event: OrderEvent): void => {
    const stepped = step(order, event)
    order = stepped.order
    if (isFinal(order.status) || order.inFlight !== 'none') alarm = null
    for (const effect of stepped.effects) {
      if (effect.type === 'wake-at') {
        const atMs = Math.max(effect.monotonicMs, event.at.monotonicMs)
        alarm = { atMs, event: { type: 'woken', at: moment(atMs) } }
      } else {
        answer = send(wallet, effect, event.at.monotonicMs)
      }
    }
  }

  take({ type: 'pay-requested', at: moment(0) })
  for (;;) {
    const next = earlier(answer, alarm)
    if (next === null) break
    if (next === answer) answer = null
    else alarm = null
    take(next.event)
    if (order.status === 'paid') return { ...ended(wallet, 'paid', next.atMs), queries: wallet.queries() }
  }
  if (order.status !== 'revoked') throw new Error(`the order ended as ${order.status}`)
  return { ...ended(wallet, 'revoked', 0), queries: wallet.queries() }
}

function ended(wallet: WalletSide, end: OrderRun['end'], atMs: number): Omit<OrderRun, 'queries'> {
  if (end === 'revoked') return { end, waitMs: null }
  const confirmedAtMs = wallet.confirmedAtMs()
  if (confirmedAtMs === null) throw new Error('the till says paid and the payer never confirmed')
  return { end, waitMs: atMs - confirmedAtMs }
}

function earlier(answer: Coming | null, alarm: Coming | null): Coming | null {
  if (answer === null || alarm === null) return answer ?? alarm
  return answer.atMs <= alarm.atMs ? answer : alarm
}

function send(wallet: WalletSide, effect: Exclude<OrderEffect, { readonly type: 'wake-at' }>, nowMs: number): Coming {
  switch (effect.type) {
    case 'send-pay': {
      const { answeredAtMs, answer } = wallet.pay(nowMs)
      return coming(answeredAtMs, { type: 'pay-answered', at: moment(answeredAtMs), outcome: payOutcome(answer) })
    }
    case 'send-query': {
      const { answeredAtMs, answer } = wallet.query(nowMs)
      return coming(answeredAtMs, { type: 'query-answered', at: moment(answeredAtMs), outcome: queryOutcome(answer) })
    }
    case 'send-revoke': {
      const { answeredAtMs } = wallet.revoke(nowMs)
      const outcome = { kind: 'accepted', effect: 'unstated', evidence: {} } as const
      return coming(answeredAtMs, { type: 'revoke-answered', at: moment(answeredAtMs), outcome })
    }
    default:
      return assertNever(effect, 'order effect')
  }
}

const coming = (atMs: number, event: OrderEvent): Coming => ({ atMs, event })

const paid = { kind: 'paid', transactionId: '4200000001' as TransactionId, amountFen, evidence: {} } as const

function payOutcome(answer: WalletAnswer): PayOutcome {
  return answer === 'paid' ? paid : { kind: 'awaiting-payer', evidence: {} }
}

function queryOutcome(answer: WalletAnswer): QueryOutcome {
  switch (answer) {
    case 'paid':
      return paid
    case 'awaiting-payer':
      return { kind: 'awaiting-payer', evidence: {} }
    case 'closed':
      return { kind: 'closed', wasPaid: 'no', evidence: {} }
    case 'refunded':
      return { kind: 'closed', wasPaid: 'yes', evidence: {} }
    default:
      return assertNever(answer, 'wallet answer')
  }
}
