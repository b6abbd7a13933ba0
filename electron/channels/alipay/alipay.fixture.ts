import { generateKeyPairSync } from 'node:crypto'
import type { ChannelId, OrderNumber, PaymentCode } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest } from '../channel.ts'
import type { AlipaySettings } from './settings.ts'
import { alipaySignature } from './sign.ts'

const pair = (): { readonly privateKey: string; readonly publicKey: string } =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** For tests only: keys of this run, the application's and Alipay's. */
export const appKeys: { readonly privateKey: string; readonly publicKey: string } = pair()
export const alipayKeys: { readonly privateKey: string; readonly publicKey: string } = pair()

export const settings: AlipaySettings = {
  id: 'alipay' as ChannelId, // ids are branded; a test names its own
  gateway: 'https://gateway.example.invalid/gateway.do',
  appId: '2021000000000001',
  appPrivateKey: appKeys.privateKey,
  verification: { mode: 'public-key', alipayPublicKey: alipayKeys.publicKey },
  connection: {},
}

export const order: OrderReference = {
  orderNumber: 'POS0120260318000101' as OrderNumber,
  amountFen: fen(3580),
  payStartedWallMs: Date.UTC(2026, 2, 18, 1, 12, 3),
}

export const payRequest: PayRequest = {
  ...order,
  paymentCode: '284321987654321098' as PaymentCode,
  subject: '收银台订单000101',
  store: { id: 'NJ_S_001', name: '一号店' },
  till: { id: 'T01' },
  callerAddress: '203.0.113.7',
}

export const context: EncodingContext = { wallMs: Date.UTC(2026, 2, 18, 1, 12, 3), nonce: '0'.repeat(32) }

export type Node = Readonly<Record<string, unknown>>

export const paidNode: Node = {
  code: '10000',
  msg: 'Success',
  buyer_pay_amount: '35.80',
  gmt_payment: '2026-03-18 09:12:05',
  out_trade_no: order.orderNumber,
  receipt_amount: '35.80',
  total_amount: '35.80',
  trade_no: '2026031822001400010500000001',
}

export function response(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}

/** The part of a method's name between `alipay_trade_` and `_response`. */
export type AnswerMethod = 'pay' | 'query' | 'cancel' | 'refund' | 'fastpay_refund_query'

/** The answer of a method with its node as Alipay would sign it. */
export function signedBody(method: AnswerMethod, node: Node | string, key = alipayKeys.privateKey): string {
  const text = typeof node === 'string' ? node : JSON.stringify(node)
  return `{"alipay_trade_${method}_response":${text},"sign":"${alipaySignature(text, key)}"}`
}

export const signed = (method: AnswerMethod, node: Node | string): HttpResponse => response(signedBody(method, node))

/** A signed business failure with code 40004 of this order. */
export const failure = (method: AnswerMethod, subCode: string, more: Node = {}): HttpResponse =>
  signed(method, {
    code: '40004',
    msg: 'Business Failed',
    sub_code: subCode,
    sub_msg: '业务失败',
    out_trade_no: order.orderNumber,
    ...more,
  })
