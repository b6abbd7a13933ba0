import type { ChannelId, OrderNumber, PaymentCode } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest } from '../channel.ts'
import { writeFlatXml } from '../flat-xml.ts'
import type { WechatSettings } from './settings.ts'
import { wechatSignature } from './sign.ts'

/** For tests only. Invented merchant; the key is letters and digits in order. */
export const settings: WechatSettings = {
  id: 'wechat' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://pay.example.invalid',
  appId: 'wx1a2b3c4d5e6f7081',
  merchantId: '1600000001',
  apiKey: '0123456789abcdefGHIJKLMNOPQRSTUV',
  signType: 'HMAC-SHA256',
  connection: {},
}

export const order: OrderReference = {
  orderNumber: 'T20260301093015000123' as OrderNumber,
  amountFen: fen(1288),
  payStartedWallMs: Date.UTC(2026, 2, 1, 1, 30, 15),
}

export const payRequest: PayRequest = {
  ...order,
  paymentCode: '134500000000000017' as PaymentCode,
  subject: '晨光门店-日用百货',
  store: { id: 'S001', name: '一号店' },
  till: { id: '01' },
  callerAddress: '203.0.113.7',
}

export const context: EncodingContext = {
  wallMs: Date.UTC(2026, 2, 1, 1, 30, 15),
  nonce: 'k3T9vQ2mZ8xW5rY1pL7nB4cD6fG0hJ2s',
}

type Fields = Readonly<Record<string, string>>

/** Fields of an answer that both codes call a success, before anything about the order. */
export const head: Fields = {
  return_code: 'SUCCESS',
  return_msg: 'OK',
  appid: settings.appId,
  mch_id: settings.merchantId,
  nonce_str: 'Zx81mVq0LtP4sRy7',
  result_code: 'SUCCESS',
}

export const paidFields: Fields = {
  ...head,
  openid: 'oTestOpenId0000000000000001',
  is_subscribe: 'N',
  trade_type: 'MICROPAY',
  bank_type: 'OTHERS',
  total_fee: '1288',
  cash_fee: '1288',
  fee_type: 'CNY',
  transaction_id: '4200000000202603010000000001',
  out_trade_no: order.orderNumber,
  time_end: '20260301093018',
}

/** An answer as WeChat would send it: the fields, signed with the merchant's key. */
export function signedXml(fields: Fields, of: WechatSettings = settings): string {
  return writeFlatXml({ ...fields, sign: wechatSignature(fields, of.apiKey, of.signType) })
}

export function response(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}

export const signedResponse = (fields: Fields, of: WechatSettings = settings): HttpResponse =>
  response(signedXml(fields, of))

export const failure = (code: string, words = '', more: Fields = {}): HttpResponse =>
  signedResponse({ ...head, result_code: 'FAIL', err_code: code, err_code_des: words, ...more })
