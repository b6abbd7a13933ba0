import { shanghaiDate, shanghaiDateTime } from '../../till/time.ts'
import type { BookedOrder } from '../books.ts'
import { firstPayAnswer, type PayAnswer, type TrainingOrder } from '../stories.ts'
import { wechatTransactionId } from '../wechat-answer.ts'
import type { PayReply, RevokeReply } from '../world.ts'
import type { WechatV3Merchant } from './request.ts'

/** An answer before it is signed: HTTP status and JSON body (wechat.md §2.10–2.14). */
export type WechatV3Result = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/** An error body, signed as any answer once the merchant is known. */
export const failed = (status: number, code: string, message: string, detail?: unknown): WechatV3Result => ({
  status,
  body: { code, message, ...(detail === undefined ? {} : { detail }) },
})

/** RFC 3339 with the offset of Shanghai (wechat.md §2.1). */
export const wireTime = (wallMs: number): string => `${shanghaiDateTime(wallMs).replace(' ', 'T')}+08:00`

const systemError = failed(500, 'SYSTEM_ERROR', '系统异常，请稍后重试')
const notFound = failed(404, 'ORDER_NOT_EXIST', '订单不存在')

/** A code that has not the form of a WeChat code. */
export function codeFormRefusal(code: string): WechatV3Result | undefined {
  if (/^1[0-5]\d{16}$/.test(code)) return undefined
  return /^\d{16,24}$/.test(code)
    ? failed(400, 'AUTH_CODE_INVALID', '请扫描微信支付被扫条码/二维码')
    : failed(400, 'AUTH_CODE_ERROR', '付款码参数错误')
}

const head = ({ appId, merchantId }: WechatV3Merchant, { order, echo }: BookedOrder) => ({
  appid: appId,
  mchid: merchantId,
  out_trade_no: order.orderNumber,
  ...(echo.attach && order.paidAtMs !== null ? { attach: echo.attach } : {}),
})

/** The fields of a payment that was made (wechat.md §2.10). */
const payment = ({ order }: BookedOrder) => ({
  transaction_id: wechatTransactionId(order),
  trade_type: 'MICROPAY',
  bank_type: order.sequence % 2 === 0 ? 'CMB_CREDIT' : 'OTHERS',
  success_time: wireTime(order.paidAtMs ?? order.openedAtMs),
  payer: { openid: `oTraining${shanghaiDate(order.openedAtMs)}Practice` },
  amount: {
    total: order.amountFen,
    payer_total: order.chargedFen,
    currency: 'CNY',
    payer_currency: 'CNY',
  },
  ...(order.sequence % 3 === 0 ? { promotion_detail: [] } : {}),
})

const userPaying = (merchant: WechatV3Merchant, booked: BookedOrder): WechatV3Result =>
  booked.order.sequence % 4 === 0
    ? { status: 200, body: { ...head(merchant, booked), trade_state: 'USERPAYING' } }
    : { status: 202, body: { trade_state: 'USERPAYING' } }

/** The error about the answer's own field that has been seen with the customer charged (wechat.md §8 P1). */
const bankTypeError = failed(
  400,
  'PARAM_ERROR',
  '输入源(null)映射到值字段“银行类型”字符串规则校验失败，字节数 22，大于最大值 16',
  { field: null, value: null, issue: null, location: null },
)

const payResult = (answer: PayAnswer, merchant: WechatV3Merchant, booked: BookedOrder): WechatV3Result | 'cut' => {
  switch (answer) {
    case 'paid':
      return {
        status: 200,
        body: { ...head(merchant, booked), trade_state: 'SUCCESS', trade_state_desc: '支付成功', ...payment(booked) },
      }
    case 'confirming':
      return userPaying(merchant, booked)
    case 'system-error':
      return booked.order.sequence % 2 === 0 ? bankTypeError : systemError
    case 'connection-lost':
      return 'cut'
    case 'balance-low':
      return failed(403, 'NOT_ENOUGH', '用户账号余额不足')
    case 'code-expired':
      return failed(400, 'AUTH_CODE_EXPIRE', '二维码已过期，请用户在微信上刷新后再试')
    case 'code-invalid':
      return failed(400, 'AUTH_CODE_INVALID', '101 付款码无效，请重新扫码')
    case 'code-used':
      return failed(400, 'AUTH_CODE_INVALID', '101 每个二维码仅限使用一次')
  }
}

/** What `codepay` is answered; `cut` means that the connection ends without an answer. */
export function wechatV3PayResult(merchant: WechatV3Merchant, reply: PayReply): WechatV3Result | 'cut' {
  if (reply.kind === 'first') return payResult(reply.answer, merchant, reply.booked)
  const { booked, sameRequest } = reply
  if (!sameRequest) return failed(403, 'OUT_TRADE_NO_USED', '商户订单号重复')
  switch (booked.order.condition) {
    case 'paid':
      return failed(403, 'ORDER_PAID', '该订单已支付')
    case 'closed':
    case 'refunded':
      return failed(400, 'ORDER_REVERSED', '订单已撤销，请重新下单支付')
    case 'confirming':
    case 'unpaid':
      return userPaying(merchant, booked)
    case 'in-transit':
      return systemError
    case 'payment-failed':
    case 'refused':
      return payResult(firstPayAnswer(booked.order), merchant, booked)
  }
}

/** What a query is answered (wechat.md §2.11, §4.3). */
export function wechatV3QueryResult(merchant: WechatV3Merchant, booked: BookedOrder | undefined): WechatV3Result {
  if (booked === undefined) return notFound
  const { order } = booked
  const unpaid = (tradeState: string, words: string): WechatV3Result => ({
    status: 200,
    body: { ...head(merchant, booked), trade_state: tradeState, trade_state_desc: words },
  })
  const withPayment = (tradeState: string, words: string): WechatV3Result => {
    const { status, body } = unpaid(tradeState, words)
    return { status, body: { ...body, ...payment(booked) } }
  }
  switch (order.condition) {
    case 'refused':
      return notFound
    case 'in-transit':
      return order.queries % 2 === 1 ? notFound : systemError
    case 'confirming':
      return unpaid('USERPAYING', '需要用户输入支付密码')
    case 'unpaid':
      return unpaid('NOTPAY', '订单未支付')
    case 'payment-failed':
      return unpaid('PAYERROR', '支付失败，请撤销订单')
    case 'paid':
      return order.refunds > 0 ? withPayment('REFUND', '订单发生过退款') : withPayment('SUCCESS', '支付成功')
    case 'refunded':
      return order.refunds > 0 ? withPayment('REFUND', '订单发生过退款') : withPayment('REVOKED', '订单已撤销')
    case 'closed':
      return unpaid('REVOKED', '订单已撤销')
  }
}

/** What a reverse is answered (wechat.md §2.12, §4.4): there is no `recall`, so "call again" is a 202. */
export function wechatV3RevokeResult(merchant: WechatV3Merchant, reply: RevokeReply): WechatV3Result {
  if (reply.kind === 'unknown-order') return notFound
  const named = reversed(merchant, reply.booked.order)
  switch (reply.answer) {
    case 'closed':
    case 'refunded':
      return { status: 200, body: named }
    case 'call-again':
      return { status: 202, body: named }
    case 'system-error':
      return systemError
    case 'payer-confirming':
      return failed(403, 'USERPAYING', '正在支付中不能发起撤销')
    case 'no-such-order':
      return notFound
    case 'has-refunds':
      return failed(403, 'TRADE_ERROR', '订单发生过退款，不能撤销')
    case 'too-late':
      return failed(403, 'REVERSE_EXPIRE', '订单已超过可撤销的时间')
  }
}

const reversed = ({ appId, merchantId }: WechatV3Merchant, { orderNumber }: TrainingOrder) => ({
  appid: appId,
  mchid: merchantId,
  out_trade_no: orderNumber,
})
