import { createHash } from 'node:crypto'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber, TransactionId } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import type { JeepaySettings } from './settings.ts'
import { vectors } from './vectors.fixture.ts'

/** For tests only. The merchant of the vectors. */
export const settings: JeepaySettings = {
  id: 'jeepay' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://pay.example.invalid',
  mchNo: 'M1621873433',
  appId: '60cc09bce4b0f1c0b83761c9',
  appSecret: vectors.appSecret,
  connection: {},
}

export const order: OrderReference = {
  orderNumber: '20260318101530T01A0001' as OrderNumber,
  amountFen: fen(1250),
  payStartedWallMs: 1_773_800_130_000,
}

export const payRequest: PayRequest = {
  ...order,
  paymentCode: '134567890123456789' as PaymentCode,
  subject: '面包店 早餐',
  store: { id: 'S001', name: '面包店' },
  till: { id: '01' },
  callerAddress: '192.168.1.20',
}

export const refundReference: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: '4200002622202603180123456789' as TransactionId,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: '20260318101530T01A0001R1' as RefundNumber,
  amountFen: fen(250),
  reason: '退货',
}

export const context: EncodingContext = { wallMs: 1_773_800_130_000, nonce: 'k3T9vQ2mZ8xW5rY1pL7nB4cD6fG0hJ2s' }

export type Data = Readonly<Record<string, string | number | null>>

/** `data` of a pay answer; the state is given by the test. */
export const payData = (orderState: number, more: Data = {}): Data => ({
  payOrderId: 'P202603181015300010001',
  mchOrderNo: order.orderNumber,
  orderState,
  payDataType: 'none',
  payData: '',
  ...more,
})

/** `data` of a query, as in the vector but for the state. */
export const queryData = (state: number, more: Data = {}): Data => ({
  payOrderId: 'P202603181015300010001',
  mchNo: settings.mchNo,
  appId: settings.appId,
  mchOrderNo: order.orderNumber,
  ifCode: 'wxpay',
  wayCode: 'WX_BAR',
  amount: 1250,
  currency: 'cny',
  state,
  clientIp: '192.168.1.20',
  subject: '面包店 早餐',
  body: '面包店 早餐',
  channelOrderNo: '4200002622202603180123456789',
  errCode: null,
  successTime: 1_773_800_132_000,
  createdAt: 1_773_800_130_000,
  ...more,
})

/** `data` of a refund answer and of the refund query. */
export const refundData = (state: number, more: Data = {}): Data => ({
  refundOrderId: 'R202603181016300010001',
  mchRefundNo: refundReference.refundNumber,
  payAmount: 1250,
  refundAmount: 250,
  state,
  channelOrderNo: '50300009',
  ...more,
})

/** Signed here by a hand of its own, so that a mistake in the channel's signing shows. Its names need no folding. */
export function signedBody(data: Data, secret = settings.appSecret): string {
  const pieces = Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${value}&`)
    .sort((left, right) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1))
  const sign = createHash('md5')
    .update(`${pieces.join('')}key=${secret}`)
    .digest('hex')
    .toUpperCase()
  return JSON.stringify({ code: 0, msg: 'SUCCESS', data, sign })
}

export function response(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: {}, body: typeof body === 'string' ? new TextEncoder().encode(body) : body }
}

export const signed = (data: Data, secret?: string): HttpResponse => response(signedBody(data, secret))

export const errorBody = (code: number, msg: string): string => JSON.stringify({ code, msg })
export const refused = (code: number, msg = ''): HttpResponse => response(errorBody(code, msg))

/** An outcome in a few words: its kind and what qualifies it. */
export function told(outcome: object): string {
  const { kind, reason, wasPaid } = outcome as Readonly<Record<string, string | undefined>> // for printing
  return [kind, reason, wasPaid].filter((part) => part !== undefined).join(' ')
}
