import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber, TransactionId } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import { writeCertificate } from '../../training/certificate.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import type { UnionpaySettings } from './settings.ts'
import { unionpaySignature } from './sign.ts'

/** For tests only: keys and certificates of this run, and answers as UnionPay would send them. */

const dayMs = 86_400_000
export const payStartedWallMs = Date.UTC(2026, 2, 18, 2, 15, 30) // 10:15:30 in Shanghai

type Pair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

const rsaPair = (modulusLength = 2048): Pair => generateKeyPairSync('rsa', { modulusLength })
const pemOf = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()

export const merchantKeys: Pair = rsaPair()
export const gatewayKeys: Pair = rsaPair()
export const shortKeys: Pair = rsaPair(1024)

const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const foreignAuthorityKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const authorityName = 'Test authority'

let serial = 0

/** A certificate with this common name; of the test's authority unless `issuer` says otherwise. */
export function certificateOf(
  subject: string,
  publicKey: KeyObject,
  { issuer = authorityKeys, endMs = payStartedWallMs + dayMs, kind = 'client' as 'client' | 'authority' } = {},
): string {
  serial += 1
  return writeCertificate({
    kind,
    subject,
    publicKey,
    issuer: { subject: authorityName, ...issuer },
    serial: Buffer.alloc(16, serial),
    notBeforeMs: payStartedWallMs - 30 * dayMs,
    notAfterMs: endMs,
  })
}

export const unionpayName = '041@8310000000083040@中国银联股份有限公司@00000002'
export const testName = '041@TEST@00040000:SIGN@00000010'
export const authority: string = certificateOf(authorityName, authorityKeys.publicKey, { kind: 'authority' })
export const foreignIssuer: Pair = foreignAuthorityKeys
export const gatewayCertificate: string = certificateOf(unionpayName, gatewayKeys.publicKey)
export const merchantCertificate: string = certificateOf(testName, merchantKeys.publicKey)
export const privatePem: string = pemOf(merchantKeys.privateKey)
export const publicPem: string = pemOf(merchantKeys.publicKey)
export const shortPem: string = pemOf(shortKeys.privateKey)

export const settings: UnionpaySettings = {
  id: 'unionpay' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://gateway.example.invalid',
  fileUrl: 'https://filedownload.95516.com/',
  queryPath: 'queryTrans.do',
  merchantId: '777290058110048',
  terminalId: '01080209',
  merchantPrivateKey: privatePem,
  certId: '68759663125',
  unionpayCert: authority,
  channelType: '08',
  backUrl: 'http://www.specialUrl.com',
  trustPay00: false,
  sameDayFullRefund: 'refund',
  connection: {},
}

export const order: OrderReference = {
  orderNumber: '20260318101530T01A0001' as OrderNumber,
  amountFen: fen(1250),
  payStartedWallMs,
}

export const payRequest: PayRequest = {
  ...order,
  paymentCode: '6223456789012345678' as PaymentCode,
  subject: '日用百货',
  store: { id: 'S001', name: '一号店' },
  till: { id: '01' },
  callerAddress: '203.0.113.7',
}

/** An hour later: what is sent must not depend on it. */
export const context: EncodingContext = { wallMs: payStartedWallMs + 3_600_000, nonce: '0'.repeat(32) }

export const reference: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs,
  transactionId: '202603181015301234568' as TransactionId,
  refundStartedWallMs: payStartedWallMs + 86_400_000,
  refundNumber: '20260318101530T01A0001R01' as RefundNumber,
  amountFen: fen(250),
  reason: '',
}

export type Fields = Readonly<Record<string, string>>

const head: Fields = {
  version: '5.1.0',
  encoding: 'UTF-8',
  signMethod: '01',
  bizType: '000000',
  accessType: '0',
  merId: settings.merchantId,
  signPubKeyCert: gatewayCertificate,
}
const payment: Fields = { orderId: order.orderNumber, txnTime: '20260318101530' }
const refunded: Fields = { orderId: reference.refundNumber, txnTime: '20260319101530' }
const amount: Fields = { txnAmt: '1250', currencyCode: '156' }
const queryId: Fields = { queryId: '202603181015301234568' }

/** Whole answers of each call; a test changes what it is about. */
export const payAnswer: Fields = {
  ...head,
  txnType: '01',
  txnSubType: '06',
  ...payment,
  ...amount,
  ...queryId,
  respCode: '00',
  respMsg: '成功[0000000]',
}
export const queryAnswer: Fields = {
  ...head,
  txnType: '00',
  txnSubType: '00',
  ...payment,
  ...amount,
  ...queryId,
  origRespCode: '00',
  origRespMsg: '成功[0000000]',
  respCode: '00',
  respMsg: '成功[0000000]',
}
export const reversalAnswer: Fields = {
  ...head,
  txnType: '99',
  txnSubType: '01',
  ...payment,
  respCode: '00',
  respMsg: '成功[0000000]',
}
export const refundAnswer: Fields = {
  ...head,
  txnType: '04',
  txnSubType: '00',
  ...refunded,
  txnAmt: '250',
  currencyCode: '156',
  queryId: '202603191015301234569',
  respCode: '00',
  respMsg: '成功[0000000]',
}
export const refundQueryAnswer: Fields = {
  ...queryAnswer,
  ...refunded,
  txnAmt: '250',
  queryId: '202603191015301234569',
}

/** The body as UnionPay writes it, signed: not URL-encoded (unionpay.md, field notes). */
export function signedBody(fields: Fields, privateKey: KeyObject = gatewayKeys.privateKey): string {
  const kept = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
  const all = { ...kept, signature: unionpaySignature(kept, privateKey) }
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

export function response(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}

export const signed = (fields: Fields, privateKey?: KeyObject): HttpResponse => response(signedBody(fields, privateKey))

/** What an outcome says, short enough for a table. */
export const told = (outcome: { readonly kind: string; readonly reason?: string; readonly wasPaid?: string }): string =>
  [outcome.kind, outcome.reason, outcome.wasPaid].filter((part) => part !== undefined).join(' ')
