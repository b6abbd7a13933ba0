import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { plainText, withinBytes } from '../text.ts'
import type { JeepaySettings } from './settings.ts'
import { jeepaySignature } from './sign.ts'

/** The calls of a till, by path (jeepay.md §1). */
export const jeepayPaths = {
  pay: '/api/pay/unifiedOrder',
  query: '/api/pay/query',
  refund: '/api/refund/refundOrder',
  queryRefund: '/api/refund/query',
} as const

/** Jeepay tells the wallet from the code by itself (jeepay.md §3). */
const wayCode = 'AUTO_BAR'
const currency = 'cny'
/** jeepay.md §3 counts no unit; in bytes the figures are safe in every reading. */
const longestSubjectBytes = 64
const longestRefundReasonBytes = 256
const longestClientIp = 32
const fallbackSubject = '商品'
const fallbackRefundReason = '退款'

/** Numbers are JSON numbers, because Jeepay's own class has them as such; everything else is text. */
type Members = Readonly<Record<string, string | number>>

const signedRequest = (
  settings: JeepaySettings,
  path: string,
  members: Members,
  { wallMs }: EncodingContext,
): HttpRequest => {
  const all: Members = {
    mchNo: settings.mchNo,
    appId: settings.appId,
    version: '1.0',
    signType: 'MD5',
    reqTime: String(wallMs),
    ...members,
  }
  const texts = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]))
  return {
    method: 'POST',
    url: `${settings.baseUrl.replace(/\/+$/, '')}${path}`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ...all, sign: jeepaySignature(texts, settings.appSecret) }),
    clientCertificate: false,
  }
}

/**
 * `POST /api/pay/unifiedOrder`, way `AUTO_BAR` (jeepay.md §3). `expiredTime` is left at Jeepay's two hours: a short one
 * makes Jeepay drop a payment that succeeds late (§8).
 */
export function encodeJeepayPay(settings: JeepaySettings, pay: PayRequest, context: EncodingContext): HttpRequest {
  const subject =
    [pay.subject, pay.store.name]
      .map((text) => withinBytes(plainText(text), longestSubjectBytes))
      .find((text) => text !== '') ?? fallbackSubject
  const members = {
    mchOrderNo: pay.orderNumber,
    wayCode,
    amount: pay.amountFen,
    currency,
    subject,
    body: subject,
    ...(pay.callerAddress === '' || pay.callerAddress.length > longestClientIp ? {} : { clientIp: pay.callerAddress }),
    channelExtra: JSON.stringify({ authCode: pay.paymentCode }),
  }
  return signedRequest(settings, jeepayPaths.pay, members, context)
}

/** `POST /api/pay/query` by our order number; it reads Jeepay's own database and asks no wallet (jeepay.md §1, §3). */
export function encodeJeepayQuery(
  settings: JeepaySettings,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  return signedRequest(settings, jeepayPaths.query, { mchOrderNo: order.orderNumber }, context)
}

/** `POST /api/refund/refundOrder`; every try with the same `mchRefundNo` and amount (jeepay.md §3, I8). */
export function encodeJeepayRefund(
  settings: JeepaySettings,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const reason = withinBytes(plainText(refund.reason), longestRefundReasonBytes)
  const members = {
    mchOrderNo: refund.orderNumber,
    mchRefundNo: refund.refundNumber,
    refundAmount: refund.amountFen,
    currency,
    refundReason: reason === '' ? fallbackRefundReason : reason,
  }
  return signedRequest(settings, jeepayPaths.refund, members, context)
}

/** `POST /api/refund/query` by our refund number (jeepay.md §3). */
export function encodeJeepayRefundQuery(
  settings: JeepaySettings,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  return signedRequest(settings, jeepayPaths.queryRefund, { mchRefundNo: refund.refundNumber }, context)
}
