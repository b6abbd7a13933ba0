import { shanghaiCompact, shanghaiDate } from '../../till/time.ts'
import type { BookedOrder } from '../books.ts'
import { readPracticeCode } from '../practice-code.ts'
import { firstPayAnswer, type PayAnswer, type TrainingOrder } from '../stories.ts'
import type { PayReply, RevokeReply } from '../world.ts'
import type { QraFields } from './request.ts'

/** The part of an answer that stands after the common fields (swiftpass.md §3). */
export type QraResult = QraFields

const success = { result_code: '0' } as const

/** A failure by its code; signed as any answer with `status` 0. */
export const failed = (code: string, words: string): QraResult => ({
  result_code: '1',
  err_code: code,
  err_msg: words,
})

/** The platform's number of an order, made of the day and the place in the books. */
export function qraTransactionId({ openedAtMs, sequence }: Pick<TrainingOrder, 'openedAtMs' | 'sequence'>): string {
  return `1015200346${shanghaiDate(openedAtMs)}${String(sequence).padStart(10, '0')}`
}

/** The place in the books that a platform's number names; whether it is that order's is still to be compared. */
export function qraSequenceOf(transactionId: string): number {
  return Number(transactionId.slice(-10))
}

const tradeTypes = { wechat: 'pay.weixin.micropay', alipay: 'pay.alipay.micropay', unionpay: 'pay.unionpay.micropay' }

/** `trade_type` tells the wallet (§3). */
export function tradeTypeOf(code: string): string {
  return tradeTypes[readPracticeCode(code)?.wallet ?? 'unionpay']
}

/** The fields of a payment, made or under way: the platform gives its number early, which proves nothing (field notes). */
const payment = ({ order, echo }: BookedOrder): QraFields => ({
  ...echo,
  openid: `oTraining${shanghaiDate(order.openedAtMs)}Practice`,
  is_subscribe: 'N',
  transaction_id: qraTransactionId(order),
  out_trade_no: order.orderNumber,
  total_fee: String(order.amountFen),
  fee_type: 'CNY',
})

const paidPayment = (booked: BookedOrder): QraFields => {
  const { order } = booked
  return {
    ...payment(booked),
    out_transaction_id: `4200009${shanghaiDate(order.openedAtMs)}${String(order.sequence).padStart(13, '0')}`,
    bank_type: order.sequence % 2 === 0 ? 'CMB_CREDIT' : 'OTHERS',
    time_end: shanghaiCompact(order.paidAtMs ?? order.openedAtMs),
  }
}

/** The forms that "ask" has: with the flag, without it, and as a success that wants to be asked (§5 P1b, P2). */
const userPaying = (booked: BookedOrder): QraResult => {
  const words = failed('USERPAYING', '用户支付中，需要输入密码')
  switch (booked.order.sequence % 4) {
    case 0:
      return { ...success, pay_result: '0', need_query: 'Y', ...payment(booked) }
    case 1:
      return { ...words, need_query: 'Y' }
    case 2:
      return words
    default:
      return { ...words, need_query: 'Y', transaction_id: qraTransactionId(booked.order) }
  }
}

const systemError = ({ order }: BookedOrder): QraResult =>
  order.sequence % 2 === 0
    ? failed('SYSTEMERROR', '系统超时')
    : { ...failed('SYSTEMERROR', '系统超时'), need_query: 'Y' }

const final = (code: string, words: string): QraResult => ({ ...failed(code, words), need_query: 'N' })

const payResult = (answer: PayAnswer, booked: BookedOrder): QraResult | 'cut' => {
  switch (answer) {
    case 'paid':
      return { ...success, pay_result: '0', pay_info: '', ...paidPayment(booked) }
    case 'confirming':
      return userPaying(booked)
    case 'system-error':
      return systemError(booked)
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
      return final('NOTENOUGH', '用户账号余额不足')
    case 'code-expired':
      return final('AUTHCODEEXPIRE', '二维码已过期，请用户刷新后再试')
    case 'code-invalid':
      return final('AUTH_CODE_INVALID', '付款码无效，请重新扫码')
    case 'code-used':
      return final('AUTH_CODE_INVALID', '每个二维码仅限使用一次')
  }
}

/** What a pay request is answered; `cut` means that the connection ends without an answer. */
export function qraPayResult(reply: PayReply): QraResult | 'cut' {
  if (reply.kind === 'first') return payResult(reply.answer, reply.booked)
  const { booked, sameRequest } = reply
  if (!sameRequest) return final('OUT_TRADE_NO_USED', '商户订单号重复')
  switch (booked.order.condition) {
    case 'paid':
      return final('ORDERPAID', '该订单已支付')
    case 'closed':
    case 'refunded':
      return final('ORDERREVERSED', '订单已撤销，请重新下单支付')
    case 'confirming':
    case 'unpaid':
      return userPaying(booked)
    case 'in-transit':
      return systemError(booked)
    case 'payment-failed':
    case 'refused':
      return payResult(firstPayAnswer(booked.order), booked)
  }
}

const state = (tradeState: string): QraResult => ({ ...success, trade_state: tradeState })

/** What a query is answered (§3, §5 Q1, Q2). Orders that wait name little; right after the pay one may not be there (§9). */
export function qraQueryResult(booked: BookedOrder | undefined): QraResult {
  const notFound = failed('ORDERNOTEXIST', 'Order not exists')
  if (booked === undefined) return notFound
  const { order } = booked
  const number = { out_trade_no: order.orderNumber }
  switch (order.condition) {
    case 'refused':
      return notFound
    case 'in-transit':
      return order.queries % 2 === 1 ? notFound : failed('SYSTEMERROR', '系统超时')
    case 'confirming':
      return order.sequence % 2 === 0 ? state('USERPAYING') : { ...state('USERPAYING'), ...payment(booked) }
    case 'unpaid':
      return { ...state('NOTPAY'), ...number }
    case 'payment-failed':
      return { ...state('PAYERROR'), ...number }
    case 'paid':
      return { ...state(order.refunds > 0 ? 'REFUND' : 'SUCCESS'), ...paidPayment(booked) }
    case 'refunded':
      return { ...state(order.refunds > 0 ? 'REFUND' : 'REVOKED'), ...paidPayment(booked) }
    case 'closed':
      return { ...state(order.sequence % 2 === 0 ? 'REVERSE' : 'REVOKED'), ...number }
  }
}

/** What a reverse is answered; done, it names nothing (vectors). */
export function qraReverseResult(reply: RevokeReply): QraResult {
  const gone = failed('ORDERNOTEXIST', 'Order not exists')
  if (reply.kind === 'unknown-order') return gone
  switch (reply.answer) {
    case 'closed':
    case 'refunded':
      return success
    case 'call-again': // no flag for it is documented (§5 R2)
    case 'system-error':
      return failed('SYSTEMERROR', '系统超时，请重新发起')
    case 'payer-confirming':
      return failed('USERPAYING', '用户支付中，不能冲正')
    case 'no-such-order':
      return gone
    case 'has-refunds':
      return failed('TRADE_ERROR', '订单发生过退款，不能冲正')
    case 'too-late':
      return failed('REVERSE_EXPIRE', '订单已超过可冲正的时间')
  }
}
