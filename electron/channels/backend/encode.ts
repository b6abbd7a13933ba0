import type { EncodingContext, HttpRequest, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { plainLabel, plainText, withinBytes } from '../text.ts'
import { type BackendCall, backendVersion } from './codes.ts'
import type { BackendSettings } from './settings.ts'
import { backendHeaders, backendPath, backendRequestText, backendSignature } from './sign.ts'

const fallbackSubject = '商品'
const longestTextBytes = 128

type Content = Readonly<Record<string, string | number>>

/** Who signs, and where to. */
export type BackendAddress = Pick<BackendSettings, 'baseUrl' | 'keyId' | 'key'>

/** A signed request of the contract (docs/backend-api.yaml, "Signing"); `content` is everything but the version. */
export function signedBackendRequest(
  { baseUrl, keyId, key }: BackendAddress,
  call: BackendCall,
  content: Content,
  { wallMs, nonce }: EncodingContext,
): HttpRequest {
  const body = JSON.stringify({ version: backendVersion, ...content })
  const timestamp = String(wallMs)
  const path = backendPath(call)
  const text = backendRequestText({ keyId, timestamp, nonce, method: 'POST', path, body })
  return {
    method: 'POST',
    url: `${baseUrl}${path}`,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      [backendHeaders.keyId]: keyId,
      [backendHeaders.timestamp]: timestamp,
      [backendHeaders.nonce]: nonce,
      [backendHeaders.signature]: backendSignature(text, key),
    },
    body,
    clientCertificate: false,
  }
}

/** `POST /v1/pay`; the payment code stands in the body alone. */
export function encodeBackendPay(address: BackendAddress, pay: PayRequest, context: EncodingContext): HttpRequest {
  const subject = [pay.subject, pay.store.name].map(textOf).find((text) => text !== '')
  const storeId = plainLabel(pay.store.id, 32)
  const tillId = plainLabel(pay.till.id, 32)
  const content = {
    orderNumber: pay.orderNumber,
    amountFen: pay.amountFen,
    currency: 'CNY',
    paymentCode: pay.paymentCode,
    subject: subject ?? fallbackSubject,
    ...(storeId === undefined ? {} : { storeId }),
    ...(tillId === undefined ? {} : { tillId }),
  }
  return signedBackendRequest(address, 'pay', content, context)
}

/** `POST /v1/query` and `POST /v1/revoke`: by our order number. */
export function encodeBackendOrder(
  address: BackendAddress,
  call: 'query' | 'revoke',
  { orderNumber }: OrderReference,
  context: EncodingContext,
): HttpRequest {
  return signedBackendRequest(address, call, { orderNumber }, context)
}

/** `POST /v1/refund`; every try has the same refund number (I8). */
export function encodeBackendRefund(
  address: BackendAddress,
  { orderNumber, refundNumber, amountFen, reason }: RefundReference,
  context: EncodingContext,
): HttpRequest {
  const words = textOf(reason)
  const content = { orderNumber, refundNumber, amountFen, ...(words === '' ? {} : { reason: words }) }
  return signedBackendRequest(address, 'refund', content, context)
}

/** `POST /v1/refund-query`. */
export function encodeBackendRefundQuery(
  address: BackendAddress,
  { orderNumber, refundNumber }: RefundReference,
  context: EncodingContext,
): HttpRequest {
  return signedBackendRequest(address, 'refund-query', { orderNumber, refundNumber }, context)
}

const textOf = (text: string): string => withinBytes(plainText(text), longestTextBytes)
