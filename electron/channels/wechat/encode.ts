import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { writeFlatXml } from '../flat-xml.ts'
import { plainLabel, plainText, withinBytes } from '../text.ts'
import type { WechatSettings } from './settings.ts'
import { wechatSignature } from './sign.ts'

/** Shown in the wallet where neither subject nor store name leaves anything printable. */
const fallbackBody = '商品'
/** wechat.md §2.2: 127 or 128 by page; the smaller one is safe. */
const longestBodyBytes = 127
const longestSceneBytes = 256
/** wechat.md §2.5. */
const longestRefundReasonBytes = 80

type Parameters = Readonly<Record<string, string>>

/** What every signed request holds. */
export const commonParameters = (settings: WechatSettings, context: EncodingContext): Parameters => ({
  appid: settings.appId,
  mch_id: settings.merchantId,
  ...(settings.subAppId === undefined ? {} : { sub_appid: settings.subAppId }),
  ...(settings.subMerchantId === undefined ? {} : { sub_mch_id: settings.subMerchantId }),
  nonce_str: context.nonce,
  sign_type: settings.signType,
})

/** A request with its signature, as the wire has it (wechat.md §3.1). */
export const signedRequest = (
  settings: WechatSettings,
  path: string,
  parameters: Parameters,
  clientCertificate: boolean,
): HttpRequest => {
  const sign = wechatSignature(parameters, settings.apiKey, settings.signType)
  return {
    method: 'POST',
    url: `${settings.baseUrl.replace(/\/+$/, '')}${path}`,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: writeFlatXml({ ...parameters, sign }),
    clientCertificate,
  }
}

/** `scene_info` with the merchant's store, or nothing when the store's id is no plain label (wechat.md §2.2). */
const sceneOf = (store: PayRequest['store']): string | undefined => {
  const id = plainLabel(store.id, 32)
  if (id === undefined) return undefined
  const name = plainText(store.name)
  const scene = JSON.stringify({ store_info: name === '' ? { id } : { id, name } })
  return Buffer.byteLength(scene) <= longestSceneBytes ? scene : undefined
}

/** `POST /pay/micropay` (wechat.md §2.2). */
export function encodeWechatPay(settings: WechatSettings, request: PayRequest, context: EncodingContext): HttpRequest {
  const body = [request.subject, request.store.name, fallbackBody]
    .map((text) => withinBytes(plainText(text), longestBodyBytes))
    .find((text) => text !== '')
  const device = plainLabel(`${request.store.id}-${request.till.id}`, 32)
  const scene = sceneOf(request.store)
  const parameters = {
    ...commonParameters(settings, context),
    ...(device === undefined ? {} : { device_info: device }),
    body: body ?? fallbackBody,
    out_trade_no: request.orderNumber,
    total_fee: String(request.amountFen),
    spbill_create_ip: request.callerAddress,
    auth_code: request.paymentCode,
    ...(scene === undefined ? {} : { scene_info: scene }),
  }
  return signedRequest(settings, '/pay/micropay', parameters, false)
}

/** `POST /pay/orderquery` by our order number (wechat.md §2.3). */
export function encodeWechatQuery(
  settings: WechatSettings,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  const parameters = { ...commonParameters(settings, context), out_trade_no: order.orderNumber }
  return signedRequest(settings, '/pay/orderquery', parameters, false)
}

/** `POST /secapi/pay/reverse` by our order number, over mutual TLS (wechat.md §2.4). */
export function encodeWechatReverse(
  settings: WechatSettings,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  const parameters = { ...commonParameters(settings, context), out_trade_no: order.orderNumber }
  return signedRequest(settings, '/secapi/pay/reverse', parameters, true)
}

/** `POST /secapi/pay/refund` over mutual TLS; every try with the same `out_refund_no` (wechat.md §2.5, I8). */
export function encodeWechatRefund(
  settings: WechatSettings,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const reason = withinBytes(plainText(refund.reason), longestRefundReasonBytes)
  const parameters = {
    ...commonParameters(settings, context),
    out_trade_no: refund.orderNumber,
    out_refund_no: refund.refundNumber,
    total_fee: String(refund.orderAmountFen),
    refund_fee: String(refund.amountFen),
    refund_fee_type: 'CNY',
    ...(reason === '' ? {} : { refund_desc: reason }),
  }
  return signedRequest(settings, '/secapi/pay/refund', parameters, true)
}

/** `POST /pay/refundquery` by our refund number, which also serves orders with many refunds (wechat.md §2.6). */
export function encodeWechatRefundQuery(
  settings: WechatSettings,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const parameters = { ...commonParameters(settings, context), out_refund_no: refund.refundNumber }
  return signedRequest(settings, '/pay/refundquery', parameters, false)
}
