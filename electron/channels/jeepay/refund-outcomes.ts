import type { UnknownReason } from '../../till/outcome.ts'
import type { RefundFailureReason } from '../../till/refund/outcome.ts'
import type { JeepayErrorCode, JeepayRefundState } from './codes.ts'
import type { JeepayTextRow } from './outcomes.ts'

/** What every documented code and state of a refund and its query means, as data (jeepay.md §3, §7 F1–F6). */

const unknown = (reason: UnknownReason) => ({ kind: 'unknown', reason }) as const
const refused = (reason: RefundFailureReason) => ({ kind: 'refused', reason }) as const

export type JeepayRefundMeaning =
  | { readonly kind: 'unproven' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'refused'; readonly reason: RefundFailureReason }

/** `refundOrder` with a code other than 0; a refusal is confirmed by "does not exist" of the query. */
export const jeepayRefundErrors = {
  '9999': refused('refused'),
  '10': unknown('system-error'),
  '11': refused('configuration'),
  '12': unknown('system-error'),
  '5000': unknown('refused-request'),
  '5001': unknown('refused-request'),
  '5002': unknown('refused-request'),
  '5003': unknown('refused-request'),
  '5004': unknown('refused-request'),
} as const satisfies Readonly<Record<JeepayErrorCode, JeepayRefundMeaning>>

/** Texts of 9999. F6 is our own repeat, and F5 says that another refund of the order is still under way. */
export const jeepayRefundTexts: readonly JeepayTextRow<JeepayRefundMeaning>[] = [
  { codes: ['9999'], text: /^商户退款订单号.*已存在$/, meaning: { kind: 'unproven' } },
  { codes: ['9999'], text: /具有在途退款申请/, meaning: unknown('rate-limited') },
  { codes: ['9999'], text: /^订单不存在$/, meaning: refused('order-not-found') },
  { codes: ['9999'], text: /^(?:参数有误|验签失败)/, meaning: refused('configuration') },
  // Only the words on the screen hang on these two (unconfirmed): the meaning is that of 9999.
  { codes: ['9999'], text: /超出|全额退款/, meaning: refused('not-enough-left') },
  { codes: ['9999'], text: /状态不正确/, meaning: refused('not-refundable') },
]

export type JeepayRefundQueryMeaning =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** `refund/query` with a code other than 0. A query's failure is never a refund's failure. */
export const jeepayRefundQueryErrors = {
  '9999': unknown('refused-request'),
  '10': unknown('system-error'),
  '11': unknown('refused-request'),
  '12': unknown('system-error'),
  '5000': unknown('refused-request'),
  '5001': unknown('refused-request'),
  '5002': unknown('refused-request'),
  '5003': unknown('refused-request'),
  '5004': unknown('refused-request'),
} as const satisfies Readonly<Record<JeepayErrorCode, JeepayRefundQueryMeaning>>

/** The reference names no text for a refund that is not there; the order's own is taken, with or without its word. */
export const jeepayRefundQueryTexts: readonly JeepayTextRow<JeepayRefundQueryMeaning>[] = [
  { codes: ['9999'], text: /^(?:退款)?订单不存在$/, meaning: { kind: 'not-found' } },
]

/**
 * `state` in the answer to a refund request (F1–F4). 3 is what a broken call to WeChat leaves too, so a new number could
 * return the money twice: a person looks. 4 says only that Jeepay gave up asking.
 */
export const jeepayRefundStateOutcomes = {
  '0': { kind: 'accepted' },
  '1': { kind: 'accepted' },
  '2': { kind: 'done' },
  '3': { kind: 'person-needed', reason: 'channel-needs-person' },
  '4': { kind: 'person-needed', reason: 'channel-needs-person' },
} as const satisfies Readonly<
  Record<
    JeepayRefundState,
    { readonly kind: 'accepted' | 'done' } | { readonly kind: 'person-needed'; readonly reason: 'channel-needs-person' }
  >
>

/**
 * `state` of a refund query. 3 and 4 prove nothing here either, and asking on would never tell: Jeepay changes neither, so
 * they are a person's.
 */
export const jeepayRefundQueryStates = {
  '0': { kind: 'processing' },
  '1': { kind: 'processing' },
  '2': { kind: 'done' },
  '3': { kind: 'abnormal' },
  '4': { kind: 'abnormal' },
} as const satisfies Readonly<Record<JeepayRefundState, { readonly kind: 'processing' | 'done' | 'abnormal' }>>
