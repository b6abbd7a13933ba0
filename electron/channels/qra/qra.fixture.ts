import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { writeFlatXml } from '../flat-xml.ts'
import type { QraSettings } from './settings.ts'
import { type QraSigningKey, qraSignature } from './sign.ts'

const pair = (): { readonly privateKey: string; readonly publicKey: string } =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** For tests only: keys of this run, the merchant's and the platform's. */
export const merchantKeys: { readonly privateKey: string; readonly publicKey: string } = pair()
export const platformKeys: { readonly privateKey: string; readonly publicKey: string } = pair()

/** Invented merchant; the key is letters and digits in order. */
export const apiKey = '0123456789abcdefghijklmnopqrstuv'
export const md5Key: QraSigningKey = { signType: 'MD5', apiKey }

export const settings: QraSettings = {
  id: 'qra' as ChannelId, // ids are branded; a test names its own
  gateway: 'https://gateway.example.invalid/pay/gateway',
  merchantId: 'QRA000000000001',
  signing: { signType: 'MD5', apiKey },
  unnamedEnds: 'unverifiable',
  refundState: 'unknown',
  connection: {},
}

export const rsaSettings: QraSettings = {
  ...settings,
  signing: {
    signType: 'RSA_1_256',
    merchantPrivateKey: merchantKeys.privateKey,
    platformPublicKey: platformKeys.publicKey,
  },
}
export const platformKey: QraSigningKey = {
  signType: 'RSA_1_256',
  privateKey: createPrivateKey(platformKeys.privateKey),
}

/** The order of the vectors. */
export const order: OrderReference = {
  orderNumber: '20260318101530T01A0001' as OrderNumber,
  amountFen: fen(1250),
  payStartedWallMs: Date.UTC(2026, 2, 18, 2, 15, 30),
}

export const payRequest: PayRequest = {
  ...order,
  paymentCode: '134567890123456789' as PaymentCode,
  subject: '面包店 早餐',
  store: { id: 'S001', name: '一号店' },
  till: { id: '01' },
  callerAddress: '192.168.1.20',
}

export const refundReference: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: null,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: '20260318101530T01A0001R1' as RefundNumber,
  amountFen: fen(250),
  reason: '退一件',
}

export const context: EncodingContext = { wallMs: order.payStartedWallMs, nonce: 'k3T9vQ2mZ8xW5rY1pL7nB4cD6fG0hJ2s' }

export type Fields = Readonly<Record<string, string>>

/** Fields of an answer with two zeros, before anything about the order. */
export const head: Fields = {
  version: '2.0',
  charset: 'UTF-8',
  sign_type: 'MD5',
  mch_id: settings.merchantId,
  status: '0',
  result_code: '0',
  nonce_str: 'a1b2c3d4',
}

export const paymentFields: Fields = {
  ...head,
  out_trade_no: order.orderNumber,
  transaction_id: '101520034643202603180001',
  out_transaction_id: '4200002622202603180123456789',
  trade_type: 'pay.weixin.micropay',
  total_fee: '1250',
  fee_type: 'CNY',
  time_end: '20260318101532',
}
export const paidFields: Fields = { ...paymentFields, pay_result: '0' }
export const queriedFields: Fields = { ...paymentFields, trade_state: 'SUCCESS' }

export const refundFields: Fields = {
  ...head,
  out_trade_no: order.orderNumber,
  transaction_id: '101520034643202603180001',
  out_refund_no: refundReference.refundNumber,
  refund_id: '101520034643202603180002',
  refund_fee: '250',
}

export const refundEntry = (status: string, more: Fields = {}): Fields => ({
  ...head,
  out_trade_no: order.orderNumber,
  refund_count: '1',
  out_refund_no_0: refundReference.refundNumber,
  refund_id_0: '101520034643202603180002',
  refund_fee_0: '250',
  refund_status_0: status,
  ...more,
})

/** An answer as the gateway would send it. */
export const signedXml = (fields: Fields, key: QraSigningKey = md5Key): string =>
  writeFlatXml({ ...fields, sign: qraSignature(fields, key) })

export function response(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}

export const signed = (fields: Fields, key: QraSigningKey = md5Key): HttpResponse => response(signedXml(fields, key))

export const failure = (code: string, more: Fields = {}): HttpResponse =>
  signed({ ...head, result_code: '1', err_code: code, err_msg: '业务失败', ...more })

/** A refusal at the door, unsigned as it usually is. */
export const doorRefusal = (message: string, status = '400'): HttpResponse =>
  response(writeFlatXml({ status, message, version: '2.0', charset: 'UTF-8' }))

export const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`

export const without = (name: string, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
