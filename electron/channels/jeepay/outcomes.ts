import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { JeepayErrorCode, JeepayOrderState } from './codes.ts'

/**
 * What every documented code and state of Jeepay means for the order, as data (jeepay.md §5, §7). Codes that are in no
 * table are `unknown`.
 *
 * Jeepay's "failed", "revoked" and "closed" are what its own database was last told, and that may be wrong about the
 * money: a call to WeChat that broke off reads 3, so does Alipay's "unknown", and 6 is set by a clock (§5, §6). They
 * decide nothing (I4): the order stays unknown and, at the window's end, becomes a person's.
 */

/** Jeepay does not know what the wallet did, whatever word it has for that. */
const unproven = { kind: 'unknown', reason: 'ends-unproven' } as const

const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const checked = (reason: FailureReason) => ({ kind: 'failed-unless-query-differs', reason }) as const

export type JeepayPayMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  /** Unsigned, so one query decides (P5): "order does not exist" confirms it. */
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

export type JeepayQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** A row that holds only when the error's text says so; the first match counts. */
export type JeepayTextRow<Meaning> = {
  readonly codes: readonly JeepayErrorCode[]
  readonly text: RegExp
  readonly meaning: Meaning
}

/** `unifiedOrder` with a code other than 0 (P5, P6). */
export const jeepayPayErrors = {
  '9999': checked('payment-failed'),
  '10': unknown('system-error'),
  '11': checked('configuration'),
  '12': unknown('system-error'),
  '5000': unknown('refused-request'),
  '5001': unknown('refused-request'),
  '5002': unknown('refused-request'),
  '5003': unknown('refused-request'),
  '5004': unknown('refused-request'),
} as const satisfies Readonly<Record<JeepayErrorCode, JeepayPayMeaning>>

/**
 * Texts of 9999 (P4, P5). A wrong signature is looked at before the order is stored, and the query would be refused in
 * the same words: nothing could confirm it, and nothing needs to.
 */
export const jeepayPayTexts: readonly JeepayTextRow<JeepayPayMeaning>[] = [
  { codes: ['9999'], text: /^商户订单\[.*\]已存在$/, meaning: checked('order-number-used') },
  { codes: ['9999'], text: /^不支持的条码/, meaning: checked('code-invalid') },
  { codes: ['9999'], text: /^验签失败$/, meaning: { kind: 'failed', reason: 'configuration' } },
  { codes: ['9999'], text: /^商户应用不支持该支付方式/, meaning: checked('configuration') },
  { codes: ['9999'], text: /^参数有误/, meaning: checked('configuration') },
]

/** `query` with a code other than 0. A query's failure is never a payment's failure. */
export const jeepayQueryErrors = {
  '9999': unknown('refused-request'),
  '10': unknown('system-error'),
  '11': unknown('refused-request'),
  '12': unknown('system-error'),
  '5000': unknown('refused-request'),
  '5001': unknown('refused-request'),
  '5002': unknown('refused-request'),
  '5003': unknown('refused-request'),
  '5004': unknown('refused-request'),
} as const satisfies Readonly<Record<JeepayErrorCode, JeepayQueryMeaning>>

/** Q7: not stored, at this moment. */
export const jeepayQueryTexts: readonly JeepayTextRow<JeepayQueryMeaning>[] = [
  { codes: ['9999'], text: /^订单不存在$/, meaning: { kind: 'not-found' } },
]

/** What an order's state means; `paid` and `refunded` still depend on number, amount and merchant. */
export type JeepayStateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'refunded' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** `state` of a query (Q1–Q6). 0: stored, and nobody knows whether the wallet was reached. 4: no code path sets it. */
export const jeepayQueryStates = {
  '0': unproven,
  '1': { kind: 'awaiting-payer' },
  '2': { kind: 'paid' },
  '3': unproven,
  '4': unproven,
  '5': { kind: 'refunded' },
  '6': unproven,
} as const satisfies Readonly<Record<JeepayOrderState, JeepayStateMeaning>>

/**
 * `orderState` of a pay answer (P1–P3). The answer has no amount, so 2 is not enough to be paid (I3): the first query,
 * a second later, tells the amount. A payment cannot be refunded already.
 */
export const jeepayPayStates = {
  '0': unproven,
  '1': { kind: 'awaiting-payer' },
  '2': unknown('unverifiable-answer'),
  '3': unproven,
  '4': unproven,
  '5': unknown('unlisted-code'),
  '6': unproven,
} as const satisfies Readonly<
  Record<JeepayOrderState, Exclude<JeepayStateMeaning, { readonly kind: 'paid' | 'refunded' }>>
>

/** The text row that applies, or else the code's own row. */
export function jeepayMeaning<Meaning>(
  code: JeepayErrorCode,
  text: string,
  rows: readonly JeepayTextRow<Meaning>[],
  table: Readonly<Record<JeepayErrorCode, Meaning>>,
): Meaning {
  return rows.find((row) => row.codes.includes(code) && row.text.test(text.trim()))?.meaning ?? table[code]
}
