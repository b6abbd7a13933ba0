import { shanghaiCompact } from '../../till/time.ts'
import type { RefundState, TrainingRefund } from '../refunds.ts'
import type { TrainingOrder } from '../stories.ts'
import type { RefundQueryReply, RefundReply } from '../world.ts'
import { failed, type QraResult, qraTransactionId } from './answer.ts'

/** The platform's own number of a refund, made of the order's and our number's end. */
const refundId = (order: TrainingOrder, { refundNumber }: TrainingRefund): string =>
  `${qraTransactionId(order)}${refundNumber.slice(-2)}`

/** What a refund request is answered: two zeros mean that it was taken in, no more (swiftpass.md §5 F1). */
export function qraRefundResult(reply: RefundReply): QraResult | 'cut' {
  if (reply.kind === 'unknown-order') return failed('ORDERNOTEXIST', 'Order not exists')
  const { booked, refund, answer } = reply
  const { order } = booked
  switch (answer) {
    case 'accepted':
    case 'repeated':
      return {
        result_code: '0',
        transaction_id: qraTransactionId(order),
        out_trade_no: order.orderNumber,
        out_refund_no: refund.refundNumber,
        refund_id: refundId(order, refund),
        refund_channel: 'ORIGINAL',
        refund_fee: String(refund.amountFen),
        coupon_refund_fee: '0',
      }
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return failed('SYSTEMERROR', '系统超时')
    case 'balance-low':
      return failed('NOTENOUGH', '商户可用余额不足')
    case 'too-late':
      return failed('TRADE_OVERDUE', '订单已经超过退款期限')
    case 'payer-account':
      return failed('USER_ACCOUNT_ABNORMAL', '用户账户异常')
    case 'not-paid':
      return failed('ACQ.TRADE_STATUS_ERROR', '订单未支付')
    case 'not-enough-left':
      return failed('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '累计退款金额大于支付金额')
    case 'discordant':
      return failed('ACQ.DISCORDANT_REPEAT_REQUEST', '退款单号重复，金额不一致')
    case 'refused':
      return failed('ACQ.TRADE_NOT_ALLOW_REFUND', '当前交易不允许退款')
  }
}

const spelt = {
  processing: 'PROCESSING',
  done: 'SUCCESS',
  closed: 'FAIL',
  abnormal: 'CHANGE',
} as const satisfies Record<RefundState, string>

/** What a refund query is answered; the items are numbered from 0 (§3). */
export function qraRefundQueryResult(reply: RefundQueryReply): QraResult {
  if (reply.kind === 'unknown-refund') return failed('REFUNDNOTEXIST', '退款单不存在')
  const { booked, refund, state } = reply
  const { order } = booked
  return {
    result_code: '0',
    transaction_id: qraTransactionId(order),
    out_trade_no: order.orderNumber,
    refund_count: '1',
    out_refund_no_0: refund.refundNumber,
    refund_id_0: refundId(order, refund),
    refund_channel_0: 'ORIGINAL',
    refund_fee_0: String(refund.amountFen),
    coupon_refund_fee_0: '0',
    refund_status_0: spelt[state],
    ...(state === 'done' ? { refund_time_0: shanghaiCompact(refund.acceptedAtMs ?? 0) } : {}),
  }
}
