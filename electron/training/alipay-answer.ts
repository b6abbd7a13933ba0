import { yuanText } from '../till/money.ts'
import { shanghaiDate, shanghaiDateTime } from '../till/time.ts'
import type { BookedOrder } from './books.ts'
import type { FieldBreach } from './field-rules.ts'
import { firstPayAnswer, type PayAnswer, type TrainingOrder } from './stories.ts'
import type { PayReply, RevokeReply } from './world.ts'

/** The value of an answer's node, in the order of its members (alipay.md §1.5). */
export type AlipayNode = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>

/** A business failure by its sub-code. */
export const failed = (subCode: string, words: string): AlipayNode => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: subCode,
  sub_msg: words,
})

/** Nobody knows: code 20000. */
export const unavailable: AlipayNode = {
  code: '20000',
  msg: 'Service Currently Unavailable',
  sub_code: 'isp.unknow-error',
  sub_msg: '系统繁忙',
}

const systemError = failed('ACQ.SYSTEM_ERROR', '系统错误')

/** A failed pay or query may carry amounts of zero beside the order number; they mean nothing (alipay.md §1.5). */
const withZeroAmounts = (node: AlipayNode, orderNumber: string): AlipayNode => ({
  ...node,
  buyer_pay_amount: '0.00',
  invoice_amount: '0.00',
  out_trade_no: orderNumber,
  point_amount: '0.00',
  receipt_amount: '0.00',
})

/** Alipay's number of a trade: 28 digits that begin with the day. */
export function alipayTradeNumber({ openedAtMs, sequence }: Pick<TrainingOrder, 'openedAtMs' | 'sequence'>): string {
  return `${shanghaiDate(openedAtMs)}22001${String(sequence).padStart(15, '0')}`
}

/** The place in the books that a trade number names; whether it is that trade's number is still to be compared. */
export function sequenceOf(tradeNumber: string): number {
  return Number(tradeNumber.slice(-15))
}

/** An answer to a member that breaks its rule. */
export function contentRefusal({ field, how }: FieldBreach): AlipayNode {
  return failed('ACQ.INVALID_PARAMETER', `参数${how === 'missing' ? '缺失' : '无效'}：${field}`)
}

/** A code that is missing or has not the form of an Alipay code (alipay.md §2.1, §3.1). */
export function codeFormRefusal(code: string): AlipayNode | undefined {
  if (code === '') return failed('ACQ.AUTH_TOKEN_IS_NOT_EXIST', '支付授权码为空')
  return /^(2[5-9]|30)\d{14,22}$/.test(code) ? undefined : invalidCode('支付失败，获取顾客账户信息失败')
}

/** `time_expire` lies in the past (alipay.md §3.1). */
export const alreadyExpired = failed('ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR', '交易超时时间早于当前时间')

const invalidCode = (words: string): AlipayNode =>
  failed('ACQ.PAYMENT_AUTH_CODE_INVALID', `${words}，请顾客刷新付款码后重新收款。[SOUNDWAVE_PARSER_FAIL]`)

const buyer = { buyer_logon_id: '138****0001', buyer_user_id: '2088102117955001' } as const

/** A trade that was paid. `open_id` is a member that no list names; the slash in the store's name may be escaped (§11). */
const payment = ({ order }: BookedOrder): AlipayNode => {
  const amount = yuanText(order.amountFen)
  return {
    ...buyer,
    buyer_pay_amount: amount,
    fund_bill_list: [{ amount, fund_channel: 'ALIPAYACCOUNT' }],
    invoice_amount: amount,
    open_id: 'trainingOpenId0001',
    out_trade_no: order.orderNumber,
    point_amount: '0.00',
    receipt_amount: amount,
    store_name: '练习门店/A店',
    total_amount: amount,
    trade_no: alipayTradeNumber(order),
  }
}

const unpaidTrade = ({ order }: BookedOrder): AlipayNode => ({
  ...buyer,
  buyer_pay_amount: '0.00',
  invoice_amount: '0.00',
  out_trade_no: order.orderNumber,
  point_amount: '0.00',
  receipt_amount: '0.00',
  total_amount: yuanText(order.amountFen),
  trade_no: alipayTradeNumber(order),
})

/** Code 10000. */
export const success = { code: '10000', msg: 'Success' } as const

/** The blank before the words is real, and part of what is signed (alipay.md §11). */
const inProcess = (booked: BookedOrder): AlipayNode => ({
  code: '10003',
  msg: ' order success pay inprocess',
  ...unpaidTrade(booked),
})

const payNode = (answer: PayAnswer, booked: BookedOrder): AlipayNode | 'cut' => {
  const { order } = booked
  switch (answer) {
    case 'paid':
      return { ...success, ...payment(booked), gmt_payment: shanghaiDateTime(order.paidAtMs ?? order.openedAtMs) }
    case 'confirming':
      return inProcess(booked)
    case 'system-error':
      return unavailable
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
      return withZeroAmounts(failed('ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足'), order.orderNumber)
    case 'code-expired':
      return withZeroAmounts(invalidCode('支付失败，付款码已过期'), order.orderNumber)
    case 'code-invalid':
      return withZeroAmounts(invalidCode('支付失败，获取顾客账户信息失败'), order.orderNumber)
    case 'code-used':
      return withZeroAmounts(invalidCode('支付失败，付款码已被使用'), order.orderNumber)
  }
}

/**
 * What a pay request is answered; `cut` means that the connection ends without an answer. `sameContent`: amount and
 * subject are those of the trade. Repeated numbers as alipay.md §5 (simulator notes) has them.
 */
export function alipayPayNode(reply: PayReply, sameContent: boolean): AlipayNode | 'cut' {
  if (reply.kind === 'first') return payNode(reply.answer, reply.booked)
  const { booked, sameCode } = reply
  const { condition, orderNumber } = booked.order
  const refused = (subCode: string, words: string) => withZeroAmounts(failed(subCode, words), orderNumber)
  if (!sameContent || (condition === 'refused' && !sameCode)) {
    return refused('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改')
  }
  switch (condition) {
    case 'paid':
      return refused('ACQ.TRADE_HAS_SUCCESS', '交易已被支付')
    case 'closed':
    case 'refunded':
      return refused('ACQ.TRADE_HAS_CLOSE', '交易已经关闭')
    case 'confirming':
    case 'unpaid':
      return sameCode ? inProcess(booked) : refused('ACQ.TRADE_BUYER_NOT_MATCH', '交易买家不匹配')
    case 'in-transit':
      return unavailable
    case 'payment-failed':
    case 'refused':
      return payNode(firstPayAnswer(booked.order), booked)
  }
}

/** What a query is answered (alipay.md §2.3, §3.2). `named` is the order number of the request, if it had one. */
export function alipayQueryNode(booked: BookedOrder | undefined, named: string): AlipayNode {
  if (booked === undefined) return withZeroAmounts(failed('ACQ.TRADE_NOT_EXIST', '交易不存在'), named)
  const { order } = booked
  const notThere = withZeroAmounts(failed('ACQ.TRADE_NOT_EXIST', '交易不存在'), order.orderNumber)
  // The two times of one trade differ by a second in real answers (alipay.md §11).
  const sent = { send_pay_date: shanghaiDateTime((order.paidAtMs ?? 0) + (order.sequence % 2) * 1_000) }
  const cancelled = order.revokes > 0 ? { ext_infos: '{"action":"cancel"}' } : {}
  switch (order.condition) {
    case 'refused':
    case 'payment-failed':
      return notThere
    case 'in-transit':
      return order.queries % 2 === 1 ? notThere : withZeroAmounts(systemError, order.orderNumber)
    case 'confirming':
    case 'unpaid':
      return { ...success, ...unpaidTrade(booked), trade_status: 'WAIT_BUYER_PAY' }
    case 'paid':
      return { ...success, ...payment(booked), ...sent, trade_status: 'TRADE_SUCCESS' }
    case 'refunded':
      return { ...success, ...payment(booked), ...sent, ...cancelled, trade_status: 'TRADE_CLOSED' }
    case 'closed':
      return { ...success, ...unpaidTrade(booked), ...cancelled, trade_status: 'TRADE_CLOSED' }
  }
}

/** What a cancel is answered, with its `retry_flag` (alipay.md §2.4, §3.3). `byTradeNumber`: a missing trade is an error. */
export function alipayRevokeNode(reply: RevokeReply, named: string, byTradeNumber: boolean): AlipayNode {
  if (reply.kind === 'unknown-order') {
    return byTradeNumber
      ? { ...failed('ACQ.TRADE_NOT_EXIST', '交易不存在'), retry_flag: 'N' }
      : { ...success, out_trade_no: named, retry_flag: 'N' }
  }
  const { order } = reply.booked
  const flags = (retryFlag: 'Y' | 'N') => ({ out_trade_no: order.orderNumber, retry_flag: retryFlag })
  switch (reply.answer) {
    case 'closed':
    case 'refunded': {
      // A real answer had neither `action` nor `trade_no`; the query has to tell the effect (alipay.md §11).
      if (order.sequence % 4 === 3) return { ...success, ...flags('N') }
      const action = reply.answer === 'closed' ? 'close' : 'refund'
      return { ...success, action, ...flags('N'), trade_no: alipayTradeNumber(order) }
    }
    case 'call-again':
      return { ...success, ...flags('Y') }
    case 'system-error':
    case 'payer-confirming': // Alipay has no such answer (design §8); no story of Alipay asks for it
      return { ...(order.revokes % 2 === 1 ? unavailable : systemError), ...flags('Y') }
    case 'no-such-order':
      return { ...success, ...flags('N') }
    case 'has-refunds':
      return { ...failed('ACQ.REASON_TRADE_REFUND_FEE_ERR', '交易已发生退款'), ...flags('N') }
    case 'too-late':
      return { ...failed('ACQ.TRADE_CANCEL_TIME_OUT', '超过撤销时间范围'), ...flags('N') }
  }
}
