import { shanghaiCompact, shanghaiDate } from '../till/time.ts'
import type { BookedOrder } from './books.ts'
import type { FieldBreach } from './field-rules.ts'
import type { PayAnswer, TrainingOrder } from './stories.ts'
import { firstPayAnswer } from './stories.ts'
import type { WechatFields } from './wechat-request.ts'
import type { PayReply, RevokeReply } from './world.ts'

/** The part of an answer that stands after the common fields (wechat.md §2.2–2.4); its texts are those of the field. */
export type WechatResult = WechatFields

/** A failure by its code, signed as any answer. */
export const failed = (code: string, words: string): WechatResult => ({
  result_code: 'FAIL',
  err_code: code,
  err_code_des: words,
})

/**
 * WeChat's number of an order: 28 digits that begin with 4200 (wechat.md §2.1), made of the day and the place in the
 * books.
 */
export function wechatTransactionId({ openedAtMs, sequence }: Pick<TrainingOrder, 'openedAtMs' | 'sequence'>): string {
  return `4200009${shanghaiDate(openedAtMs)}${String(sequence).padStart(13, '0')}`
}

/** The place in the books that a transaction id names; whether it is that order's id is still to be compared. */
export function sequenceOf(transactionId: string): number {
  return Number(transactionId.slice(-13))
}

/** An answer to a field that breaks its rule. */
export function fieldRefusal({ field, how }: FieldBreach): WechatResult {
  return how === 'missing'
    ? failed('LACK_PARAMS', `缺少参数${field}`)
    : failed('PARAM_ERROR', `参数格式校验错误：${field}`)
}

/** A code that has not the form of a WeChat code: AUTH_CODE_ERROR, or AUTH_CODE_INVALID if it may be another wallet's. */
export function codeFormRefusal(code: string): WechatResult | undefined {
  if (/^1[0-5]\d{16}$/.test(code)) return undefined
  return /^\d{16,24}$/.test(code)
    ? failed('AUTH_CODE_INVALID', '请扫描微信支付被扫条码/二维码')
    : failed('AUTH_CODE_ERROR', '付款码参数错误')
}

const echoed = ({ echo }: BookedOrder): WechatFields => ({
  ...(echo.device_info ? { device_info: echo.device_info } : {}),
  ...(echo.attach ? { attach: echo.attach } : {}),
})

/** The fields of a payment that was made (wechat.md §2.2). */
const payment = (booked: BookedOrder): WechatFields => {
  const { order } = booked
  return {
    openid: `oTraining${shanghaiDate(order.openedAtMs)}Practice`,
    is_subscribe: 'N',
    trade_type: 'MICROPAY',
    bank_type: order.sequence % 2 === 0 ? 'CMB_CREDIT' : 'OTHERS',
    total_fee: String(order.amountFen),
    cash_fee: String(order.chargedFen),
    fee_type: 'CNY',
    cash_fee_type: 'CNY',
    transaction_id: wechatTransactionId(order),
    out_trade_no: order.orderNumber,
    ...echoed(booked),
    time_end: shanghaiCompact(order.paidAtMs ?? order.openedAtMs),
  }
}

/** Oddities of real paid answers, by the order's place in the books (wechat.md §12 and §3.1 "WeChat adds fields"). */
const paidOddities = ({ sequence, amountFen }: TrainingOrder): WechatFields => {
  if (sequence % 3 === 2) return { err_code: 'SUCCESS', err_code_des: 'ok' }
  if (sequence % 3 === 0)
    return { settlement_total_fee: String(amountFen), promotion_detail: '{"promotion_detail":[]}' }
  return {}
}

const userPaying = (booked: BookedOrder): WechatResult =>
  booked.order.sequence % 4 === 0
    ? { result_code: 'SUCCESS', trade_state: 'USERPAYING', out_trade_no: booked.order.orderNumber, ...echoed(booked) }
    : { ...failed('USERPAYING', '需要用户输入支付密码'), ...echoed(booked) }

const payResult = (answer: PayAnswer, booked: BookedOrder): WechatResult | 'cut' => {
  switch (answer) {
    case 'paid':
      return { result_code: 'SUCCESS', ...payment(booked), ...paidOddities(booked.order) }
    case 'confirming':
      return userPaying(booked)
    case 'system-error':
      return failed('SYSTEMERROR', '系统超时')
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
      return failed('NOTENOUGH', '用户账号余额不足')
    case 'code-expired':
      return failed('AUTHCODEEXPIRE', '二维码已过期，请用户在微信上刷新后再试')
    case 'code-invalid':
      return failed('AUTH_CODE_INVALID', '101 付款码无效，请重新扫码')
    case 'code-used':
      return failed('AUTH_CODE_INVALID', '101 每个二维码仅限使用一次')
  }
}

/** What a pay request is answered; `cut` means that the connection ends without an answer. */
export function wechatPayResult(reply: PayReply): WechatResult | 'cut' {
  if (reply.kind === 'first') return payResult(reply.answer, reply.booked)
  const { booked, sameRequest } = reply
  if (!sameRequest) return failed('OUT_TRADE_NO_USED', '商户订单号重复')
  switch (booked.order.condition) {
    case 'paid':
      return failed('ORDERPAID', '该订单已支付')
    case 'closed':
    case 'refunded':
      return failed('ORDERREVERSED', '订单已撤销，请重新下单支付')
    case 'confirming':
    case 'unpaid':
      return userPaying(booked)
    case 'in-transit':
      return failed('SYSTEMERROR', '系统超时')
    case 'payment-failed':
    case 'refused':
      return payResult(firstPayAnswer(booked.order), booked)
  }
}

const state = (tradeState: string, words: string): WechatFields => ({
  result_code: 'SUCCESS',
  trade_state: tradeState,
  trade_state_desc: words,
})

/** What a query is answered (wechat.md §2.3, §4.3). Unpaid states have few fields; NOTPAY has an odd empty one (§12). */
export function wechatQueryResult(booked: BookedOrder | undefined): WechatResult {
  const notFound = failed('ORDERNOTEXIST', '此交易订单号不存在')
  if (booked === undefined) return notFound
  const { order } = booked
  const number = { out_trade_no: order.orderNumber, ...echoed(booked) }
  switch (order.condition) {
    case 'refused':
      return notFound
    case 'in-transit':
      return order.queries % 2 === 1 ? notFound : failed('SYSTEMERROR', '系统超时')
    case 'confirming':
      return { ...state('USERPAYING', '需要用户输入支付密码'), ...number }
    case 'unpaid':
      return { ...state('NOTPAY', '订单未支付'), total_fee: String(order.amountFen), device_info: '', ...number }
    case 'payment-failed':
      return { ...state('PAYERROR', '支付失败，请撤销订单'), ...number }
    case 'paid':
      return {
        ...(order.refunds > 0 ? state('REFUND', '订单发生过退款') : state('SUCCESS', '支付成功')),
        ...payment(booked),
      }
    case 'refunded':
      return order.refunds > 0
        ? { ...state('REFUND', '订单发生过退款'), ...payment(booked) }
        : { ...state('REVOKED', '订单已撤销'), ...payment(booked) }
    case 'closed':
      return { ...state('REVOKED', '订单已撤销'), ...number }
  }
}

/** What a reverse is answered, with its `recall` (wechat.md §4.4). */
export function wechatRevokeResult(reply: RevokeReply): WechatResult {
  const gone = { ...failed('ORDERNOTEXIST', '此交易订单号不存在'), recall: 'N' }
  if (reply.kind === 'unknown-order') return gone
  switch (reply.answer) {
    case 'closed':
    case 'refunded':
      return { result_code: 'SUCCESS', recall: 'N' }
    case 'call-again':
      return { result_code: 'SUCCESS', recall: 'Y' }
    case 'system-error':
      return { ...failed('SYSTEMERROR', '系统超时'), recall: 'Y' }
    case 'payer-confirming':
      return { ...failed('USERPAYING', '正在支付中不能发起撤销'), recall: 'Y' }
    case 'no-such-order':
      return gone
    case 'has-refunds':
      return { ...failed('TRADE_ERROR', '订单发生过退款，不能撤销'), recall: 'N' }
    case 'too-late':
      return { ...failed('REVERSE_EXPIRE', '订单已超过可撤销的时间'), recall: 'N' }
  }
}
