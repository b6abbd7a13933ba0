import { shanghaiCompact } from '../../till/time.ts'
import type { HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { plainText, withinBytes } from '../text.ts'
import { unionpayDayEndMs } from './day.ts'
import { writeForm } from './form.ts'
import type { UnionpayIdentity } from './settings.ts'
import { unionpaySignature } from './sign.ts'

type Fields = Readonly<Record<string, string>>

/** The kind of a trade: `txnType` and `txnSubType` (unionpay.md §2.2). */
export type UnionpayTrade = { readonly txnType: string; readonly txnSubType: string }

export const unionpayTrades = {
  pay: { txnType: '01', txnSubType: '06' },
  query: { txnType: '00', txnSubType: '00' },
  reversal: { txnType: '99', txnSubType: '01' },
  undo: { txnType: '31', txnSubType: '00' },
  refund: { txnType: '04', txnSubType: '00' },
  file: { txnType: '76', txnSubType: '01' },
} as const satisfies Readonly<Record<string, UnionpayTrade>>

/** What names a trade at the gateway: number and time are one key (unionpay.md §11 pitfall 2). */
export type UnionpayKey = { readonly orderId: string; readonly txnTime: string }

/** The payment's key, the same in its pay request, its queries and its reversals. */
export function paymentKey({ orderNumber, payStartedWallMs }: OrderReference | RefundReference): UnionpayKey {
  return { orderId: orderNumber, txnTime: shanghaiCompact(payStartedWallMs) }
}

/** A refund's own key, the same for every try and for its queries (I8). */
export function refundKey({ refundNumber, refundStartedWallMs }: RefundReference): UnionpayKey {
  return { orderId: refundNumber, txnTime: shanghaiCompact(refundStartedWallMs) }
}

/** An undo is not begun so late that a second try of it would meet the end of the day. */
const undoMarginMs = 10 * 60_000

/**
 * How money goes back: by a refund (退货); or by an undo (消费撤销), where the settings want one, for the whole amount on
 * the payment's own UnionPay day (unionpay.md §7). The same for every try, since a refund's times do not change.
 */
export function refundTrade(identity: UnionpayIdentity, refund: RefundReference): UnionpayTrade {
  const isInTime = refund.refundStartedWallMs < unionpayDayEndMs(refund.payStartedWallMs) - undoMarginMs
  const isUndo =
    identity.settings.sameDayFullRefund === 'undo' && refund.amountFen === refund.orderAmountFen && isInTime
  return isUndo ? unionpayTrades.undo : unionpayTrades.refund
}

const request = (
  identity: UnionpayIdentity,
  path: 'queryTrans.do' | 'backTransReq.do',
  trade: UnionpayTrade,
  key: UnionpayKey,
  more: Fields = {},
): HttpRequest =>
  signedUnionpayRequest(identity, `${identity.settings.baseUrl.replace(/\/+$/, '')}/gateway/api/${path}`, {
    ...trade,
    ...key,
    ...more,
  })

/** A request to an address with the fields that all have, signed (unionpay.md §2.1, §4). */
export const signedUnionpayRequest = (
  { settings, privateKey }: UnionpayIdentity,
  url: string,
  own: Fields,
): HttpRequest => {
  const fields: Fields = {
    version: '5.1.0',
    encoding: 'UTF-8',
    certId: settings.certId,
    signMethod: '01',
    bizType: '000000',
    accessType: '0',
    merId: settings.merchantId,
    ...own,
  }
  const signature = unionpaySignature(fields, privateKey)
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    body: writeForm({ ...fields, signature }),
    clientCertificate: false,
  }
}

/** 被扫消费: pay with a scanned code (unionpay.md §2.2). The subject has no field of its own and is not sent. */
export function encodeUnionpayPay(identity: UnionpayIdentity, pay: PayRequest): HttpRequest {
  const { channelType, backUrl, terminalId } = identity.settings
  return request(identity, 'backTransReq.do', unionpayTrades.pay, paymentKey(pay), {
    channelType,
    backUrl,
    txnAmt: String(pay.amountFen),
    currencyCode: '156',
    qrNo: pay.paymentCode,
    ...(terminalId === undefined ? {} : { termId: terminalId }),
  })
}

/** 交易状态查询 of the payment, by its own number and time (unionpay.md §2.2). */
export function encodeUnionpayQuery(
  identity: UnionpayIdentity,
  reference: OrderReference | RefundReference,
): HttpRequest {
  return request(identity, identity.settings.queryPath, unionpayTrades.query, paymentKey(reference))
}

/** 冲正 of the payment, with its own number and time; a repeat is the same call (unionpay.md §2.2, §6 R2). */
export function encodeUnionpayReversal(identity: UnionpayIdentity, order: OrderReference): HttpRequest {
  const { channelType } = identity.settings
  return request(identity, 'backTransReq.do', unionpayTrades.reversal, paymentKey(order), { channelType })
}

/** The wire takes 1024; the bill's column for it holds less, and a till's reasons are short (unionpay.md §2.2, §9). */
const longestReasonBytes = 96

/** The reason as the merchant's own field, which comes back in queries and the bill; base64 keeps its signs harmless. */
const reservedOf = (reason: string): Fields => {
  const text = withinBytes(plainText(reason), longestReasonBytes)
  return text === '' ? {} : { reqReserved: Buffer.from(text, 'utf8').toString('base64url') }
}

/**
 * 退货 or 消费撤销 by UnionPay's number of the payment (unionpay.md §2.2).
 *
 * A payment whose number no answer ever told cannot be refunded over the wire. Then nothing that moves money is sent:
 * the request is a query of the payment, and `decodeUnionpayRefund` refuses the refund whatever comes back.
 */
export function encodeUnionpayRefund(identity: UnionpayIdentity, refund: RefundReference): HttpRequest {
  if (refund.transactionId === null) return encodeUnionpayQuery(identity, refund)
  const { channelType, backUrl } = identity.settings
  return request(identity, 'backTransReq.do', refundTrade(identity, refund), refundKey(refund), {
    channelType,
    backUrl,
    txnAmt: String(refund.amountFen),
    currencyCode: '156',
    origQryId: refund.transactionId,
    ...reservedOf(refund.reason),
  })
}

/** 交易状态查询 of a refund, by the refund's own number and time (unionpay.md §6 F1, F2). */
export function encodeUnionpayRefundQuery(identity: UnionpayIdentity, refund: RefundReference): HttpRequest {
  return request(identity, identity.settings.queryPath, unionpayTrades.query, refundKey(refund))
}
