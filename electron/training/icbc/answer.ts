import { shanghaiDate } from '../../till/time.ts'
import type { BookedOrder } from '../books.ts'
import type { PayAnswer, TrainingOrder } from '../stories.ts'
import type { PayReply, RevokeReply } from '../world.ts'

/** The call's own fields of `response_biz_content`, in their order, with `return_code` and `return_msg` before them. */
export type IcbcResult = Readonly<Record<string, string>>

/** `return_code` 0. */
export const success = { return_code: '0', return_msg: 'success' } as const

/** A call that was not done. */
export const refused = (returnCode: string, words: string): IcbcResult => ({
  return_code: returnCode,
  return_msg: words,
})

/** Both codes have been seen for an order that does not exist (icbc.md §6). */
export const notThere = (turn: number): IcbcResult => refused(turn % 2 === 0 ? '5940021' : '5940022', '订单不存在')

/**
 * Trouble behind the gateway. No code for it is known, so every other one is of the gateway's unconfirmed 5000xx, and the
 * rest have the practice bank's own, which stand in no table.
 */
export const trouble = (turn: number): IcbcResult =>
  turn % 2 === 0 ? refused('500099', '系统繁忙') : refused('99000001', '交易处理中，请稍后查询')

/** The order has been refunded (icbc.md §6, both seen). */
export const alreadyRefunded = (turn: number): IcbcResult =>
  refused(turn % 2 === 0 ? '93008595' : '5920006', '订单已退款')

/** A refusal of the practice bank's own; the reference knows no code for it. */
export const businessRefusal = (words: string): IcbcResult => refused('99000002', words)

/** The bank's number of an order: the merchant's 12 digits and 15 of its own (icbc.md §3). */
export function icbcOrderId({ openedAtMs, sequence }: TrainingOrder, merchantId: string): string {
  return `${merchantId}0${shanghaiDate(openedAtMs).slice(2)}${String(sequence).padStart(8, '0')}`
}

/** The place in the books that a bank's number names; whether it is that order's is still to be compared. */
export function icbcSequenceOf(orderId: string): number {
  return Number(orderId.slice(-8))
}

const named = ({ order }: BookedOrder, merchantId: string): IcbcResult => ({
  out_trade_no: order.orderNumber,
  order_id: icbcOrderId(order, merchantId),
})

/** An order in a state; only one that was paid has its amounts (icbc.md §3). `pay_time` has no time in it. */
const stateOf = (booked: BookedOrder, payStatus: string, merchantId: string): IcbcResult => {
  const { amountFen, chargedFen, openedAtMs } = booked.order
  const paid =
    chargedFen === 0
      ? {}
      : {
          cust_id: 'practice-customer',
          card_no: '622208****1234',
          point_amt: '0',
          ecoupon_amt: '0',
          mer_disc_amt: '0',
          coupon_amt: '0',
          bank_disc_amt: '0',
          payment_amt: String(chargedFen),
          total_disc_amt: '0',
        }
  return {
    ...success,
    pay_status: payStatus,
    ...paid,
    total_amt: String(amountFen),
    ...named(booked, merchantId),
    pay_time: shanghaiDate(openedAtMs),
  }
}

/** Order not placed: nothing of the bank's own is there yet. */
const notPlaced = ({ order }: BookedOrder): IcbcResult => ({
  ...success,
  pay_status: '-1',
  out_trade_no: order.orderNumber,
})

const firstAnswer = (answer: PayAnswer, booked: BookedOrder, merchantId: string): IcbcResult | 'cut' => {
  switch (answer) {
    case 'paid':
      return stateOf(booked, '1', merchantId)
    case 'confirming':
      return stateOf(booked, '0', merchantId)
    case 'system-error':
      return trouble(booked.order.sequence)
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
      return stateOf(booked, '2', merchantId)
    case 'code-expired':
    case 'code-invalid':
    case 'code-used':
      return notPlaced(booked)
  }
}

/** What a pay request is answered; `cut` means that the connection ends without an answer (icbc.md §3, §5). */
export function icbcPayResult(reply: PayReply, merchantId: string): IcbcResult | 'cut' {
  const { booked } = reply
  if (reply.kind === 'first') return firstAnswer(reply.answer, booked, merchantId)
  // What the bank says of a number that was used is unknown; the same request is told how the order stands.
  if (!reply.sameRequest) return businessRefusal('订单号重复')
  switch (booked.order.condition) {
    case 'paid':
      return stateOf(booked, '1', merchantId)
    case 'confirming':
    case 'unpaid':
      return stateOf(booked, '0', merchantId)
    case 'payment-failed':
      return stateOf(booked, '2', merchantId)
    case 'refused':
      return notPlaced(booked)
    case 'in-transit':
    case 'closed':
    case 'refunded':
      return businessRefusal('订单号重复')
  }
}

/** What a query V5 is answered (icbc.md §3). */
export function icbcQueryResult(booked: BookedOrder | undefined, merchantId: string): IcbcResult {
  if (booked === undefined) return notThere(0)
  const { order } = booked
  switch (order.condition) {
    case 'refused':
      return notThere(order.queries)
    case 'in-transit':
      return order.queries % 2 === 1 ? notThere(order.sequence) : trouble(order.sequence)
    case 'confirming':
      return stateOf(booked, '0', merchantId)
    case 'unpaid':
      // After a reversal that did not get through, "reversing" is told at first (§3: 4).
      return stateOf(booked, order.revokes === 1 && order.queries % 2 === 1 ? '4' : '0', merchantId)
    case 'payment-failed':
      return stateOf(booked, '2', merchantId)
    case 'paid':
      return stateOf(booked, order.refundedFen > 0 ? '6' : '1', merchantId)
    case 'refunded':
      return stateOf(booked, order.refunds > 0 ? '5' : '3', merchantId)
    case 'closed':
      return stateOf(booked, order.revokes > 0 ? '3' : '2', merchantId)
  }
}

/** What a reversal is answered: there is no status field, `return_code` 0 is the result (icbc.md §3). */
export function icbcReverseResult(reply: RevokeReply, merchantId: string): IcbcResult {
  if (reply.kind === 'unknown-order') return notThere(0)
  const { booked, answer } = reply
  const { order } = booked
  switch (answer) {
    case 'closed':
    case 'refunded':
      return {
        ...success,
        ...named(booked, merchantId),
        real_reject_amt: String(order.refundedFen),
        reject_amt: String(order.refundedFen),
        reject_point: '0',
        reject_ecoupon: '0',
      }
    case 'system-error':
      return trouble(order.revokes)
    case 'call-again':
    case 'payer-confirming': // no code is known that says so
      return businessRefusal('交易处理中，请重新发起冲正')
    case 'no-such-order':
      return notThere(order.revokes)
    case 'has-refunds':
      return alreadyRefunded(order.sequence)
    case 'too-late':
      return businessRefusal('超过冲正时间范围')
  }
}
