import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { writeFlatXml } from '../flat-xml.ts'
import { plainLabel, plainText, withinBytes } from '../text.ts'
import type { QraIdentity } from './settings.ts'
import { qraSignature } from './sign.ts'

/** Shown in the wallet where neither subject nor store name leaves anything printable. */
const fallbackBody = '商品'
/** String(127), counted as bytes to be safe (swiftpass.md §2). */
const longestBodyBytes = 127
/** `mch_create_ip` is an IPv4 of the till or server (§2); a caller known by IPv6 only gives this. */
const fallbackAddress = '127.0.0.1'

/** The calls' names; the address is always the same (swiftpass.md §1). */
export const qraServices = {
  pay: 'unified.trade.micropay',
  query: 'unified.trade.query',
  reverse: 'unified.micropay.reverse',
  refund: 'unified.trade.refund',
  refundQuery: 'unified.trade.refundquery',
  bill: 'pay.bill.merchant',
} as const
export type QraService = (typeof qraServices)[keyof typeof qraServices]

type Parameters = Readonly<Record<string, string>>

/** A call's request: the common fields, its own, nonce and signature, in the order of the vectors. */
export function signedQraRequest(
  { settings, signingKey }: QraIdentity,
  service: QraService,
  own: Parameters,
  context: EncodingContext,
  url: string = settings.gateway,
): HttpRequest {
  const parameters: Parameters = {
    service,
    // The bill's host knows another version than the pay host (§9 pitfall 9).
    version: service === qraServices.bill ? '1.0' : '2.0',
    charset: 'UTF-8',
    sign_type: signingKey.signType,
    mch_id: settings.merchantId,
    ...(settings.signAgentno === undefined ? {} : { sign_agentno: settings.signAgentno }),
    ...(settings.groupno === undefined ? {} : { groupno: settings.groupno }),
    ...own,
    nonce_str: context.nonce,
  }
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: writeFlatXml({ ...parameters, sign: qraSignature(parameters, signingKey) }),
    clientCertificate: false,
  }
}

/** Four groups of decimal digits; whether each is a byte is the machine's business. */
const isIpv4 = (address: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)

/** `unified.trade.micropay` (§2). QQ Wallet refuses the call without `device_info`, so it is sent whenever it can be. */
export function encodeQraPay(identity: QraIdentity, request: PayRequest, context: EncodingContext): HttpRequest {
  const body = [request.subject, request.store.name, fallbackBody]
    .map((text) => withinBytes(plainText(text), longestBodyBytes))
    .find((text) => text !== '')
  const device = plainLabel(`${request.store.id}-${request.till.id}`, 32) ?? plainLabel(request.till.id, 32)
  const own = {
    out_trade_no: request.orderNumber,
    body: body ?? fallbackBody,
    total_fee: String(request.amountFen),
    mch_create_ip: isIpv4(request.callerAddress) ? request.callerAddress : fallbackAddress,
    auth_code: request.paymentCode,
    ...(device === undefined ? {} : { device_info: device }),
  }
  return signedQraRequest(identity, qraServices.pay, own, context)
}

/** `unified.trade.query` by our order number (§2). */
export function encodeQraQuery(identity: QraIdentity, order: OrderReference, context: EncodingContext): HttpRequest {
  return signedQraRequest(identity, qraServices.query, { out_trade_no: order.orderNumber }, context)
}

/** `unified.micropay.reverse`, which takes our order number only (§2). */
export function encodeQraReverse(identity: QraIdentity, order: OrderReference, context: EncodingContext): HttpRequest {
  return signedQraRequest(identity, qraServices.reverse, { out_trade_no: order.orderNumber }, context)
}

/** `unified.trade.refund`; every try with the same `out_refund_no` (§2, §5 F2, I8). It has no field for a reason. */
export function encodeQraRefund(identity: QraIdentity, refund: RefundReference, context: EncodingContext): HttpRequest {
  const { opUserId, merchantId } = identity.settings
  const own = {
    out_trade_no: refund.orderNumber,
    out_refund_no: refund.refundNumber,
    total_fee: String(refund.orderAmountFen),
    refund_fee: String(refund.amountFen),
    op_user_id: opUserId ?? merchantId,
  }
  return signedQraRequest(identity, qraServices.refund, own, context)
}

/** `unified.trade.refundquery` by our refund number, which Alipay's orders need (§2). */
export function encodeQraRefundQuery(
  identity: QraIdentity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  return signedQraRequest(identity, qraServices.refundQuery, { out_refund_no: refund.refundNumber }, context)
}
