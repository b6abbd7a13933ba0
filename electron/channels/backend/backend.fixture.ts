import { randomBytes } from 'node:crypto'
import type { ChannelId, OrderNumber, PaymentCode, RefundNumber } from '../../till/ids.ts'
import { fen } from '../../till/money.ts'
import type { EncodingContext, HttpResponse, OrderReference, PayRequest, RefundReference } from '../channel.ts'
import { type BackendCall, backendVersion } from './codes.ts'
import type { BackendSettings } from './settings.ts'
import { backendAnswerText, backendHeaders, backendPath, backendSignature } from './sign.ts'

/** For tests only: a secret of this run. */
export const key: string = randomBytes(24).toString('hex')
export const otherKey: string = randomBytes(24).toString('hex')

export const settings: BackendSettings = {
  id: 'backend' as ChannelId, // ids are branded; a test names its own
  baseUrl: 'https://pay.example.invalid/tills',
  keyId: 'store-1.2026',
  key,
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

export const refund: RefundReference = {
  orderNumber: order.orderNumber,
  orderAmountFen: order.amountFen,
  payStartedWallMs: order.payStartedWallMs,
  transactionId: null,
  refundStartedWallMs: order.payStartedWallMs + 60_000,
  refundNumber: 'POS0120260318000101R1' as RefundNumber,
  amountFen: fen(100),
  reason: '退货',
}

export const context: EncodingContext = { wallMs: Date.UTC(2026, 2, 18, 1, 12, 3), nonce: 'n'.repeat(32) }

export type Body = Readonly<Record<string, unknown>>

export const paid: Body = {
  version: backendVersion,
  code: 'ok',
  orderNumber: order.orderNumber,
  state: 'paid',
  amountFen: 3580,
  transactionId: '4200002345202603181234567890',
}

export type Signing = { readonly status?: number; readonly key?: string; readonly keyId?: string }

/** The answer to a call, as the back end signs it. */
export function signed(call: BackendCall, body: Body | string, signing: Signing = {}): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { status = 200, keyId = settings.keyId } = signing
  const timestamp = String(context.wallMs)
  const { nonce } = context
  const path = backendPath(call)
  const signingText = backendAnswerText({ keyId, timestamp, nonce, method: 'POST', path, status, body: text })
  return {
    status,
    headers: {
      [backendHeaders.keyId]: keyId,
      [backendHeaders.timestamp]: timestamp,
      [backendHeaders.nonce]: nonce,
      [backendHeaders.signature]: backendSignature(signingText, signing.key ?? key),
    },
    body: new TextEncoder().encode(text),
  }
}
