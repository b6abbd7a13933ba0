import type { FailureReason, UnknownReason } from '../../till/outcome.ts'
import type { WechatV3PayCode, WechatV3QueryCode, WechatV3ReverseCode, WechatV3TradeState } from './codes.ts'

/**
 * What every documented code of WeChat Pay v3 means for the order, as data (wechat.md §4.2–4.4). Codes that are in no
 * table are `unknown`. A code counts in full only with the HTTP status that it is documented with (§2.14: "decide on
 * code + HTTP status"); how it counts with another one says `answer.ts`.
 */

export type WechatV3PayMeaning =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

export type WechatV3QueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

export type WechatV3ReverseMeaning =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'try-again'; readonly reason: UnknownReason }
  | { readonly kind: 'payer-confirming' }
  | { readonly kind: 'not-revocable' }
  | { readonly kind: 'person-needed' }

/** What a `trade_state` means; `paid` and the closed ones still depend on the rest of the answer. */
export type WechatV3StateMeaning =
  | { readonly kind: 'paid' }
  | { readonly kind: 'awaiting-payer' }
  | { readonly kind: 'unpaid' }
  | { readonly kind: 'revoke-needed'; readonly reason: FailureReason }
  | { readonly kind: 'closed'; readonly alarm?: 'impossible-state' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

export type WechatV3PayStateMeaning =
  | Exclude<WechatV3StateMeaning, { readonly kind: 'closed' | 'unpaid' }>
  | { readonly kind: 'failed-unless-query-differs'; readonly reason: FailureReason }

/** A code's row: the status that it is documented with, or `4xx` where the reference names the class only. */
export type WechatV3Row<Meaning> = { readonly status: number | '4xx'; readonly meaning: Meaning }

/** A row that holds only when the answer's message says so; the first match counts. */
export type WechatV3TextRow<Code extends string, Meaning> = {
  readonly codes: readonly Code[]
  readonly text: RegExp
  readonly meaning: Meaning
}

const failed = (reason: FailureReason) => ({ kind: 'failed', reason }) as const
/** The references' ◇: seen with money taken, so one query decides. */
const checked = (reason: FailureReason) => ({ kind: 'failed-unless-query-differs', reason }) as const
const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const tryAgain = (reason: UnknownReason) => ({ kind: 'try-again', reason }) as const
const personNeeded = { kind: 'person-needed' } as const
const row = <const Meaning>(status: number | '4xx', meaning: Meaning) => ({ status, meaning }) as const

/** `codepay` with an error body (§4.2). PARAM_ERROR depends on what it names: `namesRequestField` in `answer.ts`. */
export const wechatV3PayOutcomes = {
  PARAM_ERROR: row(400, checked('configuration')),
  INVALID_REQUEST: row(400, checked('configuration')),
  ORDER_CLOSED: row(400, failed('closed-by-channel')),
  ORDER_REVERSED: row(400, failed('closed-by-channel')),
  APPID_MCHID_NOT_MATCH: row(400, failed('configuration')),
  MCH_NOT_EXISTS: row(400, failed('configuration')),
  SIGN_ERROR: row(401, failed('configuration')),
  NO_AUTH: row(403, failed('configuration')),
  NOT_ENOUGH: row(403, checked('balance-low')),
  TRADE_ERROR: row(403, checked('payment-failed')),
  RULE_LIMIT: row(403, checked('risk-refused')),
  ACCOUNT_ERROR: row(403, checked('payer-account')),
  USER_ACCOUNT_ABNORMAL: row(403, checked('payer-account')),
  OUT_TRADE_NO_USED: row(403, checked('order-number-used')),
  ORDER_PAID: row(403, checked('order-number-used')),
  AUTH_CODE_EXPIRE: row('4xx', checked('code-expired')),
  AUTH_CODE_ERROR: row('4xx', checked('code-invalid')),
  AUTH_CODE_INVALID: row('4xx', checked('code-invalid')),
  BUYER_MISMATCH: row('4xx', checked('order-number-used')),
  NOT_SUPPORT_CARD: row('4xx', checked('card-refused')),
  // Documented as not accepted; the query shows whether there is an order after all.
  RATELIMIT_EXCEEDED: row(429, checked('payment-failed')),
  FREQUENCY_LIMITED: row(429, checked('payment-failed')),
  SYSTEM_ERROR: row(500, unknown('system-error')),
  BANK_ERROR: row(500, unknown('system-error')),
  SERVICE_UNAVAILABLE: row(503, unknown('system-error')),
} as const satisfies Readonly<Record<WechatV3PayCode, WechatV3Row<WechatV3PayMeaning>>>

const frequencyText = /频率|频繁|过快|frequen|too (?:fast|many)/i

/** Rows that depend on the text, as in v2 (§4.1, §12); they come before `wechatV3PayOutcomes`. */
export const wechatV3PayTextOutcomes: readonly WechatV3TextRow<WechatV3PayCode, WechatV3PayMeaning>[] = [
  { codes: ['INVALID_REQUEST'], text: frequencyText, meaning: checked('payment-failed') },
  { codes: ['INVALID_REQUEST'], text: /重复|repeat/i, meaning: checked('order-number-used') },
  {
    codes: ['NO_AUTH', 'APPID_MCHID_NOT_MATCH'],
    text: /商户无权限使用该付款码/,
    meaning: checked('code-invalid'),
  },
  { codes: ['TRADE_ERROR'], text: /用户取消支付/, meaning: checked('payer-cancelled') },
  { codes: ['TRADE_ERROR'], text: /更换订单号/, meaning: checked('order-number-used') },
  { codes: ['AUTH_CODE_INVALID', 'AUTH_CODE_ERROR'], text: /过期/, meaning: checked('code-expired') },
]

/** The query with an error body (§4.3). A query's failure is never a payment's failure. */
export const wechatV3QueryOutcomes = {
  ORDER_NOT_EXIST: row(404, { kind: 'not-found' }),
  PARAM_ERROR: row(400, unknown('refused-request')),
  INVALID_REQUEST: row(400, unknown('refused-request')),
  APPID_MCHID_NOT_MATCH: row(400, unknown('refused-request')),
  MCH_NOT_EXISTS: row(400, unknown('refused-request')),
  SIGN_ERROR: row(401, unknown('refused-request')),
  NO_AUTH: row(403, unknown('refused-request')),
  RATELIMIT_EXCEEDED: row(429, unknown('rate-limited')),
  FREQUENCY_LIMITED: row(429, unknown('rate-limited')),
  SYSTEM_ERROR: row(500, unknown('system-error')),
  BANK_ERROR: row(500, unknown('system-error')),
  SERVICE_UNAVAILABLE: row(503, unknown('system-error')),
} as const satisfies Readonly<Record<WechatV3QueryCode, WechatV3Row<WechatV3QueryMeaning>>>

/**
 * `trade_state` of a query (§4.3).
 *
 * REFUND says that somebody began to give money back, all or a part, and not how much. The till refunds only orders that
 * it showed as paid, so an order that is still undecided was refunded by someone else: it stays unknown and ends with a
 * person. CLOSED cannot be for a payment-code order (M13).
 */
export const wechatV3QueryStates = {
  SUCCESS: { kind: 'paid' },
  REFUND: unknown('unlisted-code'),
  USERPAYING: { kind: 'awaiting-payer' },
  NOTPAY: { kind: 'unpaid' },
  ACCEPT: { kind: 'awaiting-payer' },
  PAYERROR: { kind: 'revoke-needed', reason: 'payment-failed' },
  REVOKED: { kind: 'closed' },
  CLOSED: { kind: 'closed', alarm: 'impossible-state' },
} as const satisfies Readonly<Record<WechatV3TradeState, WechatV3StateMeaning>>

/** `trade_state` of a `codepay` answer (§4.2). */
export const wechatV3PayStates = {
  SUCCESS: { kind: 'paid' },
  REFUND: unknown('unlisted-code'),
  USERPAYING: { kind: 'awaiting-payer' },
  NOTPAY: { kind: 'awaiting-payer' },
  ACCEPT: { kind: 'awaiting-payer' },
  PAYERROR: { kind: 'revoke-needed', reason: 'payment-failed' },
  REVOKED: checked('closed-by-channel'),
  CLOSED: checked('closed-by-channel'),
} as const satisfies Readonly<Record<WechatV3TradeState, WechatV3PayStateMeaning>>

/** `reverse` with an error body (§4.4). There is no `recall`: a query confirms whatever it says. */
export const wechatV3ReverseOutcomes = {
  USER_PAYING: row('4xx', { kind: 'payer-confirming' }),
  ORDER_REVERSED: row('4xx', { kind: 'accepted' }),
  ORDER_CLOSED: row('4xx', { kind: 'accepted' }),
  REVERSE_EXPIRE: row('4xx', { kind: 'not-revocable' }),
  ORDER_NOT_EXIST: row(404, tryAgain('order-not-found')),
  TRADE_ERROR: row('4xx', personNeeded),
  ORDER_PAID: row('4xx', personNeeded),
  PARAM_ERROR: row(400, personNeeded),
  INVALID_REQUEST: row(400, personNeeded),
  APPID_MCHID_NOT_MATCH: row('4xx', personNeeded),
  MCH_NOT_EXISTS: row('4xx', personNeeded),
  SIGN_ERROR: row(401, personNeeded),
  NO_AUTH: row(403, personNeeded),
  RATELIMIT_EXCEEDED: row(429, tryAgain('rate-limited')),
  FREQUENCY_LIMITED: row(429, tryAgain('rate-limited')),
  SYSTEM_ERROR: row(500, tryAgain('system-error')),
  BANK_ERROR: row(500, tryAgain('system-error')),
  SERVICE_UNAVAILABLE: row(503, tryAgain('system-error')),
} as const satisfies Readonly<Record<WechatV3ReverseCode, WechatV3Row<WechatV3ReverseMeaning>>>

/** Rows of `reverse` that depend on the text, as in v2 (§4.4). */
export const wechatV3ReverseTextOutcomes: readonly WechatV3TextRow<WechatV3ReverseCode, WechatV3ReverseMeaning>[] = [
  { codes: ['INVALID_REQUEST', 'TRADE_ERROR'], text: /正在支付中/, meaning: { kind: 'payer-confirming' } },
  { codes: ['INVALID_REQUEST'], text: /支付场景不支持/, meaning: { kind: 'not-revocable' } },
  { codes: ['INVALID_REQUEST'], text: frequencyText, meaning: tryAgain('rate-limited') },
]

/** Whether a code came with the status that it is documented with. */
export function isDocumentedStatus(status: number, row: WechatV3Row<unknown>): boolean {
  return row.status === '4xx' ? status >= 400 && status < 500 : row.status === status
}

/** The meaning of the text row that applies, or else of the code's own row. */
export function wechatV3Meaning<Code extends string, Meaning>(
  code: Code,
  text: string,
  rows: readonly WechatV3TextRow<Code, Meaning>[],
  table: Readonly<Record<Code, WechatV3Row<Meaning>>>,
): Meaning {
  return rows.find((row) => row.codes.includes(code) && row.text.test(text))?.meaning ?? table[code].meaning
}
