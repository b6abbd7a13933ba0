import type { RefundState } from '../refunds.ts'
import type { RefundQueryReply, RefundReply } from '../world.ts'
import { alreadyRefunded, businessRefusal, type IcbcResult, icbcOrderId, notThere, success, trouble } from './answer.ts'

/** What a refund request is answered: 0 means done or running (icbc.md §5 F1). */
export function icbcRejectResult(reply: RefundReply, merchantId: string): IcbcResult | 'cut' {
  if (reply.kind === 'unknown-order') return notThere(0)
  const { booked, refund, answer } = reply
  const { order } = booked
  switch (answer) {
    case 'accepted':
    case 'repeated':
      return {
        ...success,
        out_trade_no: order.orderNumber,
        order_id: icbcOrderId(order, merchantId),
        reject_no: refund.refundNumber,
        real_reject_amt: String(refund.amountFen),
        reject_amt: String(refund.amountFen),
        reject_point: '0',
        reject_ecoupon: '0',
        reject_mer_disc_amt: '0',
        reject_bank_disc_amt: '0',
        reject_total_disc_amt: '0',
        card_no: '622208****1234',
      }
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return trouble(order.sequence)
    case 'not-enough-left':
      return order.condition === 'refunded' ? alreadyRefunded(order.sequence) : businessRefusal('退货金额超限')
    case 'balance-low':
      return businessRefusal('商户余额不足')
    case 'discordant':
      return businessRefusal('退货编号重复')
    case 'too-late':
      return businessRefusal('超过退货期限')
    case 'not-paid':
      return businessRefusal('订单状态不允许退货')
    case 'refused':
    case 'payer-account':
      return businessRefusal('退货失败')
  }
}

/** `reject_status` (icbc.md §3): what is not over yet is doubtful (可疑). */
const spelt = {
  processing: '0',
  done: '1',
  closed: '2',
  abnormal: '2',
} as const satisfies Record<RefundState, string>

/** What a refund query is answered: the list is a JSON text, and empty where the order has no such refund (icbc.md §3). */
export function icbcRejectQueryResult(reply: RefundQueryReply, merchantId: string): IcbcResult {
  if (reply.booked === undefined) return notThere(0)
  const { order } = reply.booked
  const entries =
    reply.kind === 'unknown-refund'
      ? []
      : [
          {
            reject_no: reply.refund.refundNumber,
            icbc_reject_sq: `${order.sequence}${reply.refund.refundNumber.slice(-2)}`,
            reject_status: spelt[reply.state],
            reject_amt: String(reply.refund.amountFen),
            real_reject_amt: String(reply.refund.amountFen),
          },
        ]
  return {
    ...success,
    out_trade_no: order.orderNumber,
    order_id: icbcOrderId(order, merchantId),
    refund_json_list: JSON.stringify(entries),
  }
}
