import { yuanText } from '../till/money.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { type AlipayNode, alipayTradeNumber, failed, success, unavailable } from './alipay-answer.ts'
import type { RefundQueryReply, RefundReply } from './world.ts'

/** What a refund request is answered; a repeated one moves nothing and says `fund_change` N (alipay.md §2.5, §3.4). */
export function alipayRefundNode(reply: RefundReply): AlipayNode | 'cut' {
  if (reply.kind === 'unknown-order') return failed('ACQ.TRADE_NOT_EXIST', '交易不存在')
  const { booked, refund, answer } = reply
  const { order } = booked
  switch (answer) {
    case 'accepted':
    case 'repeated':
      return {
        ...success,
        buyer_logon_id: '138****0001',
        fund_change: answer === 'accepted' ? 'Y' : 'N',
        gmt_refund_pay: shanghaiDateTime(refund.acceptedAtMs ?? 0),
        out_trade_no: order.orderNumber,
        refund_fee: yuanText(order.refundedFen),
        // 0.00 has been seen beside `fund_change` Y (alipay.md §11).
        send_back_fee: order.sequence % 2 === 0 ? '0.00' : yuanText(refund.amountFen),
        trade_no: alipayTradeNumber(order),
      }
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return unavailable
    case 'balance-low':
      return failed('ACQ.SELLER_BALANCE_NOT_ENOUGH', '卖家余额不足')
    case 'discordant':
      return failed('ACQ.DISCORDANT_REPEAT_REQUEST', '不一致的请求')
    case 'not-enough-left':
      return failed('ACQ.REASON_TRADE_REFUND_FEE_ERR', '退款金额无效')
    case 'too-late':
      return failed('ACQ.TRADE_HAS_FINISHED', '交易已完结')
    case 'not-paid':
      return failed('ACQ.TRADE_STATUS_ERROR', '交易状态不合法')
    case 'refused':
      return failed('ACQ.TRADE_NOT_ALLOW_REFUND', '当前交易不允许退款')
    case 'payer-account':
      return failed('ACQ.BUYER_ERROR', '买家状态异常')
  }
}

/** What a refund query is answered: 10000 without refund data where there is none (alipay.md §2.6, §3.4). */
export function alipayRefundQueryNode(reply: RefundQueryReply): AlipayNode {
  if (reply.kind === 'unknown-refund') {
    return reply.booked === undefined ? failed('ACQ.TRADE_NOT_EXIST', '交易不存在') : success
  }
  const { order } = reply.booked
  const { refundNumber, amountFen } = reply.refund
  // Older answers have no status: their data alone says that it was refunded (§3.4).
  const status = order.sequence % 3 === 0 ? {} : { refund_status: 'REFUND_SUCCESS' }
  return {
    ...success,
    out_request_no: refundNumber,
    out_trade_no: order.orderNumber,
    refund_amount: yuanText(amountFen),
    ...status,
    total_amount: yuanText(order.amountFen),
    trade_no: alipayTradeNumber(order),
  }
}
