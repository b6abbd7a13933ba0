import { shanghaiDateTime } from '../till/time.ts'
import type { RefundState, TrainingRefund } from './refunds.ts'
import type { TrainingOrder } from './stories.ts'
import { failed, type WechatResult, wechatTransactionId } from './wechat-answer.ts'
import type { RefundQueryReply, RefundReply } from './world.ts'

/** WeChat's own number of a refund, made of the order's place and our number's end. */
const refundId = (order: TrainingOrder, { refundNumber }: TrainingRefund): string =>
  `5030009${wechatTransactionId(order).slice(7, 28)}${refundNumber.slice(-2)}`

/** What a refund request is answered: success means that it was taken in, no more (wechat.md §2.5). */
export function wechatRefundResult(reply: RefundReply): WechatResult | 'cut' {
  if (reply.kind === 'unknown-order') return failed('ORDERNOTEXIST', '此交易订单号不存在')
  const { booked, refund, answer } = reply
  const { order } = booked
  switch (answer) {
    case 'accepted':
    case 'repeated':
      return {
        result_code: 'SUCCESS',
        transaction_id: wechatTransactionId(order),
        out_trade_no: order.orderNumber,
        out_refund_no: refund.refundNumber,
        refund_id: refundId(order, refund),
        refund_fee: String(refund.amountFen),
        cash_refund_fee: String(refund.amountFen),
        coupon_refund_count: '0',
        coupon_refund_fee: '0',
        total_fee: String(order.amountFen),
        cash_fee: String(order.chargedFen),
      }
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return failed('SYSTEMERROR', '系统超时')
    case 'balance-low':
      return failed('NOTENOUGH', '基本账户余额不足，请充值后重新发起')
    case 'too-late':
      return failed('TRADE_OVERDUE', '订单已经超过退款期限')
    case 'payer-account':
      return failed('USER_ACCOUNT_ABNORMAL', '用户账户异常')
    case 'not-paid':
      return failed('ORDERNOTEXIST', '订单未支付')
    case 'not-enough-left':
      return failed('ERROR', '累计退款金额大于支付金额')
    case 'discordant':
    case 'refused':
      return failed('ERROR', '业务错误')
  }
}

const spelt = {
  processing: 'PROCESSING',
  done: 'SUCCESS',
  closed: 'REFUNDCLOSE',
  abnormal: 'CHANGE',
} as const satisfies Record<RefundState, string>

/** What a refund query is answered (wechat.md §2.6). */
export function wechatRefundQueryResult(reply: RefundQueryReply): WechatResult {
  if (reply.kind === 'unknown-refund') return failed('REFUNDNOTEXIST', '退款订单查询失败')
  const { booked, refund, state } = reply
  const { order } = booked
  return {
    result_code: 'SUCCESS',
    total_refund_count: '1',
    refund_count: '1',
    transaction_id: wechatTransactionId(order),
    out_trade_no: order.orderNumber,
    total_fee: String(order.amountFen),
    cash_fee: String(order.chargedFen),
    out_refund_no_0: refund.refundNumber,
    refund_id_0: refundId(order, refund),
    refund_channel_0: 'ORIGINAL',
    refund_fee_0: String(refund.amountFen),
    coupon_refund_count_0: '0',
    refund_status_0: spelt[state],
    refund_recv_accout_0: '支付用户零钱', // misspelt by WeChat itself (§2.6)
    ...(state === 'done' ? { refund_success_time_0: shanghaiDateTime(refund.acceptedAtMs ?? 0) } : {}),
  }
}
