import { yuanText } from '../../till/money.ts'
import { shanghaiDateTime } from '../../till/time.ts'
import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { plainLabel, plainText, withinBytes } from '../text.ts'
import type { AlipayIdentity } from './settings.ts'
import { alipaySignature, alipayStringToSign } from './sign.ts'

export type AlipayMethod =
  | 'alipay.trade.pay'
  | 'alipay.trade.query'
  | 'alipay.trade.cancel'
  | 'alipay.trade.refund'
  | 'alipay.trade.fastpay.refund.query'
  | 'alipay.data.dataservice.bill.downloadurl.query'

/** An abandoned order closes by itself soon after the cashier's own deadline (alipay.md §2.1, rule). */
const timeoutExpress = '2m'
const fallbackSubject = '商品'
const longestSubject = 256
/** alipay.md §2.5, in bytes: its unit is unconfirmed, and the smaller one is safe. */
const longestRefundReasonBytes = 256

const percentEncoded = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')

/**
 * A signed V2 request: common parameters in the URL's query, `biz_content` in the form body, both exactly as signed
 * (alipay.md §1.2–1.4). `parameters` must hold everything but `sign`.
 */
export function signedAlipayRequest(
  identity: Pick<AlipayIdentity, 'privateKey'>,
  gateway: string,
  parameters: Readonly<Record<string, string>>,
): HttpRequest {
  const { biz_content: content = '', ...common } = parameters
  const sign = alipaySignature(alipayStringToSign(parameters), identity.privateKey)
  return {
    method: 'POST',
    url: `${gateway}${gateway.includes('?') ? '&' : '?'}${percentEncoded({ ...common, sign })}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: percentEncoded({ biz_content: content }),
    clientCertificate: false,
  }
}

const request = (
  identity: AlipayIdentity,
  method: AlipayMethod,
  content: Readonly<Record<string, string>>,
  context: EncodingContext,
): HttpRequest => {
  const { settings, certificates } = identity
  return signedAlipayRequest(identity, settings.gateway, {
    app_id: settings.appId,
    method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: shanghaiDateTime(context.wallMs),
    version: '1.0',
    ...(settings.appAuthToken === undefined ? {} : { app_auth_token: settings.appAuthToken }),
    ...(certificates === undefined
      ? {}
      : {
          app_cert_sn: certificates.appCertificateSerial,
          alipay_root_cert_sn: certificates.rootCertificateSerial,
        }),
    biz_content: JSON.stringify(content),
  })
}

/** A subject without what Alipay refuses: `/`, `=`, `&`, control characters, emoji (alipay.md §2.1, §8 pitfall 6). */
const subjectOf = (text: string): string =>
  Array.from(plainText(text.replace(/[/=&]/g, ' ')))
    .slice(0, longestSubject)
    .join('')
    .trim()

/** `alipay.trade.pay`, scene `bar_code` (alipay.md §2.1). */
export function encodeAlipayPay(identity: AlipayIdentity, pay: PayRequest, context: EncodingContext): HttpRequest {
  const subject = [pay.subject, pay.store.name].map(subjectOf).find((text) => text !== '')
  const storeId = plainLabel(pay.store.id, 32)
  const terminalId = plainLabel(pay.till.id, 32)
  const content = {
    out_trade_no: pay.orderNumber,
    scene: 'bar_code',
    auth_code: pay.paymentCode,
    subject: subject ?? fallbackSubject,
    total_amount: yuanText(pay.amountFen),
    product_code: 'FACE_TO_FACE_PAYMENT',
    timeout_express: timeoutExpress,
    ...(storeId === undefined ? {} : { store_id: storeId }),
    ...(terminalId === undefined ? {} : { terminal_id: terminalId }),
  }
  return request(identity, 'alipay.trade.pay', content, context)
}

/** `alipay.trade.query` by our order number (alipay.md §2.3). */
export function encodeAlipayQuery(
  identity: AlipayIdentity,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  return request(identity, 'alipay.trade.query', { out_trade_no: order.orderNumber }, context)
}

/** `alipay.trade.cancel` by our order number (alipay.md §2.4). */
export function encodeAlipayCancel(
  identity: AlipayIdentity,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  return request(identity, 'alipay.trade.cancel', { out_trade_no: order.orderNumber }, context)
}

/** `alipay.trade.refund`; every try with the same `out_request_no` and amount (alipay.md §2.5, I8). */
export function encodeAlipayRefund(
  identity: AlipayIdentity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const reason = withinBytes(plainText(refund.reason), longestRefundReasonBytes)
  const content = {
    out_trade_no: refund.orderNumber,
    refund_amount: yuanText(refund.amountFen),
    out_request_no: refund.refundNumber,
    ...(reason === '' ? {} : { refund_reason: reason }),
  }
  return request(identity, 'alipay.trade.refund', content, context)
}

/** `alipay.data.dataservice.bill.downloadurl.query` for the trades of one day, `yyyy-MM-dd` (alipay.md §2.7). */
export function encodeAlipayBill(identity: AlipayIdentity, day: string, context: EncodingContext): HttpRequest {
  const content = { bill_type: 'trade', bill_date: day }
  return request(identity, 'alipay.data.dataservice.bill.downloadurl.query', content, context)
}

/** `alipay.trade.fastpay.refund.query` by order and refund number (alipay.md §2.6). */
export function encodeAlipayRefundQuery(
  identity: AlipayIdentity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const content = { out_trade_no: refund.orderNumber, out_request_no: refund.refundNumber }
  return request(identity, 'alipay.trade.fastpay.refund.query', content, context)
}
