import type { UnknownReason } from '../../till/outcome.ts'
import {
  type AlipayCancelSubCode,
  type AlipayGatewayCode,
  type AlipayQuerySubCode,
  type AlipayTradeStatus,
  alipayCodeIn,
  alipayFamilyOf,
  alipayPaySubCodes,
} from './codes.ts'
import { type AlipayPayMeaning, alipayPayFamilyOutcomes, alipayPayOutcomes } from './pay-outcomes.ts'

/**
 * What the gateway's codes, the query's states and the cancel's codes mean, as data (alipay.md §3.1–3.3, §11); the pay
 * call's own sub-codes are in `pay-outcomes.ts`.
 */

/** What a `code` says before any sub-code is looked at. */
export type AlipayGatewayMeaning =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'business-failure' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  /** Refused by the gateway (CONFIG) where the sub-code begins so; with any other sub-code it is an unlisted code. */
  | { readonly kind: 'refused'; readonly subCodePrefixes: readonly string[] }

export const alipayGatewayOutcomes = {
  10000: { kind: 'succeeded' },
  10003: { kind: 'awaiting-payer' },
  20000: { kind: 'unknown', reason: 'system-error' },
  20001: { kind: 'refused', subCodePrefixes: ['aop.', 'isv.'] },
  40001: { kind: 'refused', subCodePrefixes: ['isv.'] },
  40002: { kind: 'refused', subCodePrefixes: ['isv.'] },
  40003: { kind: 'refused', subCodePrefixes: [''] },
  40004: { kind: 'business-failure' },
  40005: { kind: 'unknown', reason: 'rate-limited' },
  40006: { kind: 'refused', subCodePrefixes: ['isv.'] },
} as const satisfies Readonly<Record<AlipayGatewayCode, AlipayGatewayMeaning>>

/**
 * Sub-codes that prove that a request never got past the gateway: its signature or application was not accepted, so the
 * business layer never saw it (alipay.md §1.6). Only these end a payment when the refusal itself is unsigned.
 */
export const alipayDoorRefusals = [
  'isv.invalid-signature',
  'isv.missing-signature',
  'isv.missing-signature-type',
  'isv.missing-signature-key',
  'isv.invalid-signature-type',
  'isv.missing-signature-config',
  'isv.invalid-app-id',
  'isv.missing-app-id',
] as const

/** What a `trade_status` means (alipay.md §3.2, §5); `paid` still depends on number, amount and trade number. */
export const alipayTradeStates = {
  WAIT_BUYER_PAY: 'awaiting-payer',
  TRADE_SUCCESS: 'paid',
  TRADE_FINISHED: 'paid',
  TRADE_CLOSED: 'closed',
} as const satisfies Readonly<Record<AlipayTradeStatus, 'awaiting-payer' | 'paid' | 'closed'>>

export type AlipayQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** `alipay.trade.query` with code 40004 (alipay.md §3.2). A query's failure is never a payment's failure. */
export const alipayQueryOutcomes = {
  'ACQ.TRADE_NOT_EXIST': { kind: 'not-found' },
  'ACQ.SYSTEM_ERROR': { kind: 'unknown', reason: 'system-error' },
  'ACQ.INVALID_PARAMETER': { kind: 'unknown', reason: 'refused-request' },
  'ACQ.ENTERPRISE_PAY_BIZ_ERROR': { kind: 'unknown', reason: 'system-error' },
} as const satisfies Readonly<Record<AlipayQuerySubCode, AlipayQueryMeaning>>

export type AlipayCancelMeaning =
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }
  | { readonly kind: 'not-revocable' }
  | { readonly kind: 'person-needed' }

/** `alipay.trade.cancel` with code 40004 (alipay.md §3.3). `retry_flag=Y` turns any of them into one more try. */
export const alipayCancelOutcomes = {
  'ACQ.SYSTEM_ERROR': { kind: 'try-again', reason: 'system-error' },
  'AQC.SYSTEM_ERROR': { kind: 'try-again', reason: 'system-error' },
  'ACQ.TRADE_NOT_EXIST': { kind: 'try-again', reason: 'order-not-found' },
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': { kind: 'person-needed' },
  'ACQ.TRADE_CANCEL_TIME_OUT': { kind: 'not-revocable' },
  'ACQ.TRADE_HAS_FINISHED': { kind: 'person-needed' },
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': { kind: 'person-needed' },
  'ACQ.REASON_TRADE_BEEN_FREEZEN': { kind: 'person-needed' },
  'ACQ.CANCEL_NOT_ALLOWED': { kind: 'person-needed' },
  'ACQ.INVALID_PARAMETER': { kind: 'person-needed' },
} as const satisfies Readonly<Record<AlipayCancelSubCode, AlipayCancelMeaning>>

/** What a pay answer with code 40004 means: the exact sub-code's row, else its family's, else unknown (§3.1). */
export function alipayPayMeaning(subCode: string): AlipayPayMeaning {
  const code = alipayCodeIn(alipayPaySubCodes, subCode)
  if (code !== undefined) return alipayPayOutcomes[code]
  const family = alipayFamilyOf(subCode)
  return family === undefined ? { kind: 'unknown', reason: 'unlisted-code' } : alipayPayFamilyOutcomes[family]
}
