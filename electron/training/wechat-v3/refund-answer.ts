import type { BookedOrder } from '../books.ts'
import type { RefundState, TrainingRefund } from '../refunds.ts'
import { wechatTransactionId } from '../wechat-answer.ts'
import type { RefundQueryReply, RefundReply } from '../world.ts'
import { failed, type WechatV3Result, wireTime } from './answer.ts'

const spelt = {
  processing: 'PROCESSING',
  done: 'SUCCESS',
  closed: 'CLOSED',
  abnormal: 'ABNORMAL',
} as const satisfies Record<RefundState, string>

/** A refund as its request and its query are answered (wechat.md §2.13). */
const refundBody = ({ order }: BookedOrder, refund: TrainingRefund, state: RefundState) => ({
  refund_id: `5030009${wechatTransactionId(order).slice(7, 28)}${refund.refundNumber.slice(-2)}`,
  out_refund_no: refund.refundNumber,
  transaction_id: wechatTransactionId(order),
  out_trade_no: order.orderNumber,
  channel: 'ORIGINAL',
  user_received_account: '支付用户零钱',
  create_time: wireTime(refund.acceptedAtMs ?? order.openedAtMs),
  ...(state === 'done' ? { success_time: wireTime(refund.acceptedAtMs ?? order.openedAtMs) } : {}),
  status: spelt[state],
  funds_account: 'AVAILABLE',
  amount: {
    total: order.amountFen,
    refund: refund.amountFen,
    payer_total: order.chargedFen,
    payer_refund: refund.amountFen,
    settlement_refund: refund.amountFen,
    settlement_total: order.amountFen,
    discount_refund: 0,
    currency: 'CNY',
  },
})

/** What a refund request is answered: success means that it was taken in, no more. */
export function wechatV3RefundResult(reply: RefundReply): WechatV3Result | 'cut' {
  if (reply.kind === 'unknown-order') return failed(404, 'RESOURCE_NOT_EXISTS', '订单不存在')
  const { booked, refund, answer } = reply
  switch (answer) {
    case 'accepted':
    case 'repeated':
      return { status: 200, body: refundBody(booked, refund, 'processing') }
    case 'answer-lost':
      return 'cut'
    case 'system-error':
      return failed(500, 'SYSTEM_ERROR', '系统异常，请稍后重试')
    case 'balance-low':
      return failed(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起')
    case 'too-late':
      return failed(403, 'TRADE_OVERDUE', '订单已经超过退款期限')
    case 'payer-account':
      return failed(403, 'USER_ACCOUNT_ABNORMAL', '用户账户异常')
    case 'not-paid':
      return failed(404, 'RESOURCE_NOT_EXISTS', '订单未支付')
    case 'not-enough-left':
      return failed(400, 'INVALID_REQUEST', '累计退款金额大于支付金额')
    case 'discordant':
    case 'refused':
      return failed(400, 'INVALID_REQUEST', '退款单号已存在且参数不一致')
  }
}

/** What a refund query is answered. */
export function wechatV3RefundQueryResult(reply: RefundQueryReply): WechatV3Result {
  if (reply.kind === 'unknown-refund') return failed(404, 'RESOURCE_NOT_EXISTS', '退款单不存在')
  return { status: 200, body: refundBody(reply.booked, reply.refund, reply.state) }
}
