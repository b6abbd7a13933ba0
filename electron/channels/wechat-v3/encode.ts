import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { plainLabel, plainText, withinBytes } from '../text.ts'
import type { WechatV3Identity } from './settings.ts'
import { wechatV3Authorization } from './sign.ts'

/** Shown in the wallet where neither subject nor store name leaves anything printable. */
const fallbackDescription = '商品'
/** wechat.md §2.10: s(127); counted in bytes, the smaller reading. */
const longestDescriptionBytes = 127
/** wechat.md §2.13. */
const longestRefundReasonBytes = 80
/** wechat.md §2.10: `store_info.out_id` and `device_id`. */
const longestLabel = 32
/** wechat.md §2.10: `device_ip`. */
const longestAddress = 45

type Body = Readonly<Record<string, unknown>>

/** Who asks, as bodies say it: the merchant, or the provider and its sub-merchant (wechat.md §2.1, §2.12). */
const merchantOf = ({ appId, merchantId, subMerchantId, subAppId }: WechatV3Identity): Body =>
  subMerchantId === undefined
    ? { appid: appId, mchid: merchantId }
    : {
        sp_appid: appId,
        sp_mchid: merchantId,
        ...(subAppId === undefined ? {} : { sub_appid: subAppId }),
        sub_mchid: subMerchantId,
      }

const transactionsPath = ({ subMerchantId }: WechatV3Identity): string =>
  subMerchantId === undefined ? '/v3/pay/transactions' : '/v3/pay/partner/transactions'

/** A signed request; the body is serialised once, and those bytes are signed and sent (wechat.md §1.3, §3.3). */
export const signedRequest = (
  identity: WechatV3Identity,
  pathAndQuery: string,
  content: Body | undefined,
  context: EncodingContext,
): HttpRequest => {
  const method = content === undefined ? 'GET' : 'POST'
  const body = content === undefined ? '' : JSON.stringify(content)
  const timestamp = String(Math.floor(context.wallMs / 1_000))
  const authorization = wechatV3Authorization({ method, pathAndQuery, timestamp, nonce: context.nonce, body }, identity)
  const { wechatpayPublicKey } = identity
  return {
    method,
    url: `${identity.baseUrl.replace(/\/+$/, '')}${pathAndQuery}`,
    headers: {
      accept: 'application/json',
      'user-agent': 'Scantill',
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      authorization,
      // Asks for answers signed with the public key; before the switch WeChat goes on with its certificate (§3.4).
      ...(wechatpayPublicKey === undefined ? {} : { 'wechatpay-serial': wechatpayPublicKey.id }),
    },
    body,
    clientCertificate: false,
  }
}

/** The store, by WeChat's number or the merchant's own code: one of the two is always there (wechat.md §2.10). */
const storeOf = ({ storeId, storeOutId }: WechatV3Identity, store: PayRequest['store']): Body => {
  const ownCode = storeOutId ?? (withinBytes(plainText(store.id), longestLabel) || 'store')
  return { ...(storeId === undefined ? {} : { id: storeId }), out_id: ownCode }
}

/** `POST /v3/pay/transactions/codepay` or the partner's (wechat.md §2.10). */
export function encodeWechatV3Pay(
  identity: WechatV3Identity,
  request: PayRequest,
  context: EncodingContext,
): HttpRequest {
  const description = [request.subject, request.store.name]
    .map((text) => withinBytes(plainText(text), longestDescriptionBytes))
    .find((text) => text !== '')
  const device = plainLabel(`${request.store.id}-${request.till.id}`, longestLabel)
  const address = request.callerAddress
  const content = {
    ...merchantOf(identity),
    description: description ?? fallbackDescription,
    out_trade_no: request.orderNumber,
    payer: { auth_code: request.paymentCode },
    amount: { total: request.amountFen, currency: 'CNY' },
    scene_info: {
      ...(device === undefined ? {} : { device_id: device }),
      ...(address === '' || address.length > longestAddress ? {} : { device_ip: address }),
      store_info: storeOf(identity, request.store),
    },
  }
  return signedRequest(identity, `${transactionsPath(identity)}/codepay`, content, context)
}

const orderPath = (identity: WechatV3Identity, order: OrderReference): string =>
  `${transactionsPath(identity)}/out-trade-no/${encodeURIComponent(order.orderNumber)}`

/** `GET …/out-trade-no/{out_trade_no}` with the merchant in the query (wechat.md §1.2 rows 10, 10p). */
export function encodeWechatV3Query(
  identity: WechatV3Identity,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  const { merchantId, subMerchantId } = identity
  const query =
    subMerchantId === undefined
      ? new URLSearchParams({ mchid: merchantId })
      : new URLSearchParams({ sp_mchid: merchantId, sub_mchid: subMerchantId })
  return signedRequest(identity, `${orderPath(identity, order)}?${query}`, undefined, context)
}

/** `POST …/out-trade-no/{out_trade_no}/reverse` (wechat.md §2.12); no client certificate. */
export function encodeWechatV3Reverse(
  identity: WechatV3Identity,
  order: OrderReference,
  context: EncodingContext,
): HttpRequest {
  return signedRequest(identity, `${orderPath(identity, order)}/reverse`, merchantOf(identity), context)
}

/** `POST /v3/refund/domestic/refunds`; every try with the same `out_refund_no` (wechat.md §2.13, I8). */
export function encodeWechatV3Refund(
  identity: WechatV3Identity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const reason = withinBytes(plainText(refund.reason), longestRefundReasonBytes)
  const content = {
    ...(identity.subMerchantId === undefined ? {} : { sub_mchid: identity.subMerchantId }),
    out_trade_no: refund.orderNumber,
    out_refund_no: refund.refundNumber,
    ...(reason === '' ? {} : { reason }),
    amount: { refund: refund.amountFen, total: refund.orderAmountFen, currency: 'CNY' },
  }
  return signedRequest(identity, '/v3/refund/domestic/refunds', content, context)
}

/** `GET /v3/refund/domestic/refunds/{out_refund_no}` (wechat.md §1.2 row 13). */
export function encodeWechatV3RefundQuery(
  identity: WechatV3Identity,
  refund: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const { subMerchantId } = identity
  const query = subMerchantId === undefined ? '' : `?${new URLSearchParams({ sub_mchid: subMerchantId })}`
  const path = `/v3/refund/domestic/refunds/${encodeURIComponent(refund.refundNumber)}${query}`
  return signedRequest(identity, path, undefined, context)
}
