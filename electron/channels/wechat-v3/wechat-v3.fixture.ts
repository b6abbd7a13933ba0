import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber, TransactionId } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import type { WechatV3Settings } from './settings.ts'

const pair = (): { readonly privateKey: string; readonly publicKey: string } =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** For tests only: keys of this run, the merchant's, WeChat's and somebody else's. */
export const merchantKeys: { readonly privateKey: string; readonly publicKey: string } = pair()
export const platformKeys: { readonly privateKey: string; readonly publicKey: string } = pair()
export const foreignKeys: { readonly privateKey: string; readonly publicKey: string } = pair()

export const publicKeyId = 'PUB_KEY_ID_0116000000012026030100000001000001'

export const settings: WechatV3Settings = {
  id: 'wechat' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://pay.example.invalid',
  appId: 'wx1a2b3c4d5e6f7081',
  merchantId: '1600000001',
  merchantSerial: '3A1F5C7E9B2D4068A1C3E5F70B2D4F6891A3C5E7',
  merchantPrivateKey: merchantKeys.privateKey,
  wechatpayPublicKey: { id: publicKeyId, key: platformKeys.publicKey },
  platformCertificates: [],
  connection: {},
}

export const order: OrderReference = {
  orderNumber: 'T20260301093015000123' as OrderNumber,
  amountFen: fen(1288),
  payStartedWallMs: 1_772_328_615_000,
}

/** The request behind the vector `v3-codepay-post`. */
export const payRequest: PayRequest = {
  ...order,
  paymentCode: '134500000000000017' as PaymentCode,
  subject: '晨光门店-日用百货',
  store: { id: 'POS', name: '一号店' },
  till: { id: '01' },
  callerAddress: '203.0.113.7',
}

export const refund: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: '4200009999202603010000000123' as TransactionId,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: `${order.orderNumber}R01` as RefundNumber,
  amountFen: fen(580),
  reason: '退一件',
}

export const context: EncodingContext = {
  wallMs: 1_772_328_615_999,
  nonce: '9F3C1B7A5D2E4860A1B2C3D4E5F60718',
}

export type Body = Readonly<Record<string, unknown>>

export const paidBody: Body = {
  amount: { currency: 'CNY', payer_currency: 'CNY', payer_total: 1288, total: 1288 },
  appid: settings.appId,
  bank_type: 'OTHERS',
  mchid: settings.merchantId,
  out_trade_no: order.orderNumber,
  payer: { openid: 'oTestOpenId0000000000000001' },
  success_time: '2026-03-01T09:30:18+08:00',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  trade_type: 'MICROPAY',
  transaction_id: '4200009999202603010000000123',
}

export const refundBody: Body = {
  refund_id: '50300009992026030100000001',
  out_refund_no: refund.refundNumber,
  transaction_id: '4200009999202603010000000123',
  out_trade_no: order.orderNumber,
  channel: 'ORIGINAL',
  user_received_account: '支付用户零钱',
  create_time: '2026-03-01T09:31:18+08:00',
  status: 'PROCESSING',
  amount: { total: 1288, refund: 580, payer_total: 1288, payer_refund: 580, currency: 'CNY' },
}

/** An unpaid order's answer: its state and no payment. */
export const stateBody = (tradeState: string, more: Body = {}): Body => ({
  appid: settings.appId,
  mchid: settings.merchantId,
  out_trade_no: order.orderNumber,
  trade_state: tradeState,
  ...more,
})

/** The headers that sign a body as WeChat does, by hand: a mistake in `sign.ts` cannot hide here. */
export function signingHeaders(
  body: string,
  { key = platformKeys.privateKey, serial = publicKeyId, timestamp = '1772328690' } = {},
): Readonly<Record<string, string>> {
  const nonce = 'c5ac7061fccab6bf3e254dcf98995b8c'
  const text = `${timestamp}\n${nonce}\n${body}\n`
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': sign('sha256', Buffer.from(text), createPrivateKey(key)).toString('base64'),
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

export const unsigned = (body: Body | string, status = 200): HttpResponse => ({
  status,
  headers: {},
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

/** An answer as WeChat would send it. */
export function signed(
  body: Body | string,
  status = 200,
  signing: Parameters<typeof signingHeaders>[1] = {},
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { ...unsigned(text, status), headers: signingHeaders(text, signing) }
}

export const errorBody = (code: string, message = '失败', more: Body = {}): Body => ({ code, message, ...more })

/** An outcome in short: its kind, and its reason where it has one. */
export const told = (outcome: { readonly kind: string; readonly reason?: string }): string =>
  outcome.reason === undefined ? outcome.kind : `${outcome.kind} ${outcome.reason}`

export type Vectors = {
  readonly keys: {
    readonly merchant: { readonly mchid: string; readonly serial_no: string; readonly public_key_pem: string }
    readonly wechatpay_public_key_mode: { readonly id: string; readonly public_key_pem: string }
    readonly platform_certificate_mode: { readonly serial: string; readonly certificate_pem: string }
  }
  readonly v3_requests: readonly {
    readonly name: string
    readonly method: 'GET' | 'POST'
    readonly canonical_url: string
    readonly timestamp: string
    readonly nonce_str: string
    readonly body: string
    readonly message: string
    readonly signature: string
    readonly authorization: string
  }[]
  readonly v3_responses: readonly {
    readonly name: string
    readonly http_status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly message: string
    readonly valid: boolean
  }[]
}

// The file's shape is fixed by the assertions of the tests.
export const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors

/** Settings that verify what the vectors' WeChat signed, in both modes. */
export const vectorSettings: WechatV3Settings = {
  ...settings,
  wechatpayPublicKey: {
    id: vectors.keys.wechatpay_public_key_mode.id,
    key: vectors.keys.wechatpay_public_key_mode.public_key_pem,
  },
  platformCertificates: [vectors.keys.platform_certificate_mode.certificate_pem],
}

/** A vector's answer as the transport would hand it over. */
export const vectorResponse = (name: string): HttpResponse => {
  const vector = vectors.v3_responses.find((each) => each.name === name)
  if (vector === undefined) throw new Error(`no vector ${name}`)
  const headers = Object.entries(vector.headers).map(([header, value]) => [header.toLowerCase(), value])
  return { ...unsigned(vector.body, vector.http_status), headers: Object.fromEntries(headers) }
}
