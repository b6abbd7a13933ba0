import { generateKeyPairSync } from 'node:crypto'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { type IcbcSettings, icbcDefaultPaths } from './settings.ts'
import { type IcbcSignType, icbcSignature } from './sign.ts'

const pair = (): { readonly privateKey: string; readonly publicKey: string } =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** For tests only: keys of this run, the merchant's and the gateway's. */
export const merchantKeys: { readonly privateKey: string; readonly publicKey: string } = pair()
export const gatewayKeys: { readonly privateKey: string; readonly publicKey: string } = pair()

export const settings: IcbcSettings = {
  id: 'icbc' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://gateway.example.invalid',
  appId: '10000000000000004097',
  merchantId: '020001010001',
  privateKey: merchantKeys.privateKey,
  icbcPublicKey: gatewayKeys.publicKey,
  signType: 'RSA2',
  answerDigest: 'SHA1',
  paths: icbcDefaultPaths,
  refusalCodes: [],
  connection: {},
}

export const order: OrderReference = {
  orderNumber: 'T01A000120260318101530' as OrderNumber,
  amountFen: fen(1250),
  payStartedWallMs: Date.UTC(2026, 2, 18, 2, 15, 30),
}

export const payRequest: PayRequest = {
  ...order,
  paymentCode: '6223456789012345678' as PaymentCode,
  subject: '收银台订单000101',
  store: { id: 'NJ_S_001', name: '一号店' },
  till: { id: 'T01' },
  callerAddress: '203.0.113.7',
}

export const refundReference: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: null,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: `${order.orderNumber}R01` as RefundNumber,
  amountFen: fen(250),
  reason: '退一件',
}

export const context: EncodingContext = { wallMs: order.payStartedWallMs, nonce: `${'0'.repeat(20)}abcdefABCDEF` }

export type Content = Readonly<Record<string, unknown>>

const head = { return_code: '0', return_msg: 'success', msg_id: 'm1' } as const
const orderId = '020001010001000552603180001'

/** `response_biz_content` of a paid order, in pay and query. */
export const paidContent: Content = {
  ...head,
  pay_status: '1',
  cust_id: 'c1',
  card_no: '622208****1234',
  total_amt: '1250',
  payment_amt: '1250',
  out_trade_no: order.orderNumber,
  order_id: orderId,
  pay_time: '20260318',
}

/** An order in a state, without amounts. */
export const stateContent = (payStatus: string): Content => ({
  ...head,
  pay_status: payStatus,
  out_trade_no: order.orderNumber,
  order_id: orderId,
})

/** A reversal of a paid order. */
export const reversedContent: Content = {
  ...head,
  out_trade_no: order.orderNumber,
  order_id: orderId,
  real_reject_amt: '1250',
  reject_amt: '1250',
}

/** A refund that was taken in. */
export const rejectedContent: Content = {
  ...head,
  out_trade_no: order.orderNumber,
  order_id: orderId,
  reject_no: refundReference.refundNumber,
  real_reject_amt: '250',
  reject_amt: '250',
}

/** A refused call, which names no order. */
export const refusedContent = (returnCode: string | number): Content => ({
  return_code: returnCode,
  return_msg: 'refused',
  msg_id: 'm1',
})

/** A refund query with the entries of its list, which is a JSON text. */
export const listedContent = (entries: unknown): Content => ({
  ...head,
  out_trade_no: order.orderNumber,
  order_id: orderId,
  refund_json_list: typeof entries === 'string' ? entries : JSON.stringify(entries),
})

export function response(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}

/** An answer as the gateway would sign it: SHA-1 over the raw text, whatever the request used (icbc.md §4). */
export function signedBody(
  content: Content | string,
  key = gatewayKeys.privateKey,
  signType: IcbcSignType = 'RSA',
): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return `{"response_biz_content":${text},"sign":"${icbcSignature(text, key, signType)}"}`
}

export const signed = (content: Content | string): HttpResponse => response(signedBody(content))

/** The kind of an outcome with its reason, for short expectations. */
export const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`
