import { shanghaiCompact, shanghaiDateTime } from '../../till/time.ts'
import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import type { IcbcIdentity, IcbcPathName } from './settings.ts'
import { icbcSignature, icbcStringToSign } from './sign.ts'

type Parameters = Readonly<Record<string, string>>

/** How much of the nonce stands in `msg_id`: its length is unconfirmed (icbc.md §2), so it is kept short. */
const nonceCharacters = 12

/**
 * A signed request: every parameter in the form body, `biz_content` the very text that was signed (icbc.md §2, §4, §10
 * pitfall 3). `parameters` must hold everything but `sign`.
 */
export function signedIcbcRequest(
  { settings, privateKey }: Pick<IcbcIdentity, 'settings' | 'privateKey'>,
  path: string,
  parameters: Parameters,
): HttpRequest {
  const sign = icbcSignature(icbcStringToSign(path, parameters), privateKey, settings.signType)
  const pairs = Object.entries({ ...parameters, sign }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return {
    method: 'POST',
    url: `${settings.baseUrl.replace(/\/+$/, '')}${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: pairs.join('&'),
    clientCertificate: false,
  }
}

const request = (
  identity: IcbcIdentity,
  pathName: IcbcPathName,
  content: Parameters,
  { wallMs, nonce }: EncodingContext,
): HttpRequest => {
  const { settings } = identity
  return signedIcbcRequest(identity, settings.paths[pathName], {
    app_id: settings.appId,
    msg_id: `${shanghaiCompact(wallMs)}${nonce.slice(-nonceCharacters)}`,
    format: 'json',
    charset: 'UTF-8',
    sign_type: settings.signType,
    timestamp: shanghaiDateTime(wallMs),
    biz_content: JSON.stringify(content),
  })
}

const operator = ({ settings: { operId } }: IcbcIdentity): Parameters =>
  operId === undefined ? {} : { oper_id: operId }

/** 二维码被扫支付 (icbc.md §3); the wallet is the bank's business, the code goes as it is. */
export function encodeIcbcPay(identity: IcbcIdentity, pay: PayRequest, context: EncodingContext): HttpRequest {
  const compact = shanghaiCompact(pay.payStartedWallMs)
  const content = {
    qr_code: pay.paymentCode,
    mer_id: identity.settings.merchantId,
    out_trade_no: pay.orderNumber,
    order_amt: String(pay.amountFen),
    trade_date: compact.slice(0, 8),
    trade_time: compact.slice(8),
  }
  return request(identity, 'payPath', content, context)
}

/** 二维码查询 by our order number (icbc.md §3). */
export function encodeIcbcQuery(identity: IcbcIdentity, order: OrderReference, context: EncodingContext): HttpRequest {
  const content = { mer_id: identity.settings.merchantId, out_trade_no: order.orderNumber }
  return request(identity, 'queryPath', content, context)
}

/** 冲正 by our order number; `reject_amt` must not be sent for it (icbc.md §3). */
export function encodeIcbcReverse(
  identity: IcbcIdentity,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  const content = {
    mer_id: identity.settings.merchantId,
    out_trade_no: order.orderNumber,
    ...operator(identity),
  }
  return request(identity, 'reversePath', content, context)
}

/** 退货; every try with the same `reject_no` and amount (icbc.md §3, §5 F2, I8). */
export function encodeIcbcReject(
  identity: IcbcIdentity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const content = {
    mer_id: identity.settings.merchantId,
    out_trade_no: refund.orderNumber,
    reject_no: refund.refundNumber,
    reject_amt: String(refund.amountFen),
    ...operator(identity),
  }
  return request(identity, 'rejectPath', content, context)
}

/** The query of refunds, by order and refund number (icbc.md §3). */
export function encodeIcbcRejectQuery(
  identity: IcbcIdentity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const content = {
    mer_id: identity.settings.merchantId,
    out_trade_no: refund.orderNumber,
    reject_no: refund.refundNumber,
  }
  return request(identity, 'rejectQueryPath', content, context)
}
