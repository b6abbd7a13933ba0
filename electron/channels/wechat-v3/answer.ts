import type { TransactionId } from '../../till/ids.ts'
import type { Fen } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { utf8Text } from '../text.ts'
import { type JsonObject, readJsonObject, textAt } from './json.ts'
import type { WechatV3Identity } from './settings.ts'
import { readWechatV3Signature, wechatV3AnswerMatches } from './sign.ts'

/** An answer after the checks that all calls share. */
export type WechatV3Answer =
  /** Status 2xx, signed by WeChat; nothing is said yet about merchant and order. `fields` is empty for an empty body. */
  | { readonly kind: 'success'; readonly status: number; readonly fields: JsonObject; readonly evidence: Evidence }
  /** Another status with an error body (wechat.md §2.14). */
  | {
      readonly kind: 'error'
      readonly status: number
      /** Errors from before the merchant was known have no signature (§3.4); a wrong one never gets here. */
      readonly isSigned: boolean
      readonly code: string
      readonly message: string
      readonly fields: JsonObject
      readonly evidence: Evidence
    }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

/** An answer's time may be off by this much (§3.4). */
const clockToleranceMs = 300_000

/**
 * Reads an answer and checks its signature over the bytes as received. Never throws (wechat.md §3.4).
 *
 * `startedWallMs` is when the payment or refund began: an answer that was signed more than 5 minutes before it is an old
 * one played again. Where the time of hearing is known, the answer must have been signed within 5 minutes of it.
 */
export function readWechatV3Answer(
  identity: WechatV3Identity,
  response: HttpResponse,
  startedWallMs: number,
): WechatV3Answer {
  const { status, body } = response
  const bare = evidenceOf({ httpStatus: status })
  const text = utf8Text(body)
  const isEmpty = body.length === 0
  // A mark before the text would be a byte that no JSON of WeChat has.
  const hasMark = body[0] === 0xef && body[1] === 0xbb
  const fields = text === undefined || hasMark ? undefined : isEmpty ? {} : readJsonObject(text)
  const isSuccess = status >= 200 && status < 300
  if (fields === undefined || (isEmpty && !isSuccess)) {
    const isStated = isSuccess || (status >= 400 && status < 500)
    return { kind: 'useless', reason: isStated ? 'unreadable-answer' : 'http-status', evidence: bare }
  }
  const code = textAt(fields, 'code')
  const message = textAt(fields, 'message')
  const evidence = evidenceOf({
    httpStatus: status,
    code,
    message: message || textAt(fields, 'trade_state_desc'),
    tradeState: textAt(fields, 'trade_state') || textAt(fields, 'status'),
  })
  const signature = readWechatV3Signature(response.headers)
  const isSigned =
    signature !== undefined &&
    isTimely(Number(signature.timestamp) * 1_000, startedWallMs, response.receivedWallMs) &&
    wechatV3AnswerMatches(body, signature, identity.platformKeys)
  // A signature that is there and wrong is a probe or a forgery: never a refusal, whatever the body says.
  if (!isSigned && (isSuccess || signature !== undefined)) {
    return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  }
  if (isSuccess) return { kind: 'success', status, fields, evidence }
  if (status < 400 || status > 599 || code === '') return { kind: 'useless', reason: 'http-status', evidence }
  return { kind: 'error', status, isSigned, code, message, fields, evidence }
}

/** Whether an answer's own time fits what the till knows of it; nobody knows when a replayed answer was heard. */
const isTimely = (signedMs: number, startedWallMs: number, receivedWallMs: number | undefined): boolean =>
  signedMs >= startedWallMs - clockToleranceMs &&
  (receivedWallMs === undefined || Math.abs(receivedWallMs - signedMs) <= clockToleranceMs)

/** `undefined` when all fields have the value that they must have; a missing one is never "equal". */
export function fieldsDifference(
  fields: JsonObject,
  expected: readonly FieldExpectation[],
): 'unverifiable-answer' | 'mismatched-answer' | undefined {
  const received = expected.map(({ path, value, isOptional = false }) => {
    return { value, isOptional, actual: textAt(fields, ...path) }
  })
  if (received.some(({ value, actual }) => actual !== '' && actual !== (value ?? ''))) return 'mismatched-answer'
  const isMissing = received.some(
    ({ value, isOptional, actual }) => !isOptional && value !== undefined && actual === '',
  )
  return isMissing ? 'unverifiable-answer' : undefined
}

/** A value that a field must have; `undefined` for a field that must not be there with another. */
export type FieldExpectation = {
  readonly path: readonly string[]
  readonly value: string | undefined
  readonly isOptional?: boolean
}

const merchantExpectations = (
  { appId, merchantId, subMerchantId, subAppId }: WechatV3Identity,
  isOptional: boolean,
): readonly FieldExpectation[] => {
  const isProvider = subMerchantId !== undefined
  const own = isProvider ? undefined : merchantId
  const provider = isProvider ? merchantId : undefined
  return [
    { path: ['mchid'], value: own, isOptional },
    { path: ['appid'], value: isProvider ? undefined : appId, isOptional: true },
    { path: ['sp_mchid'], value: provider, isOptional },
    { path: ['sp_appid'], value: isProvider ? appId : undefined, isOptional: true },
    { path: ['sub_mchid'], value: subMerchantId, isOptional },
    ...(subAppId === undefined ? [] : [{ path: ['sub_appid'], value: subAppId, isOptional: true }]),
  ]
}

/**
 * Whether an answer names this merchant and order: `undefined`, or why it cannot be used. Amount and currency count
 * where they are present; with `bare` (the 202, §4.2) everything does.
 */
export function orderDifference(
  identity: WechatV3Identity,
  order: OrderReference,
  fields: JsonObject,
  form: 'whole' | 'bare' = 'whole',
): 'unverifiable-answer' | 'mismatched-answer' | undefined {
  const isOptional = form === 'bare'
  return fieldsDifference(fields, [
    ...merchantExpectations(identity, isOptional),
    { path: ['out_trade_no'], value: order.orderNumber, isOptional },
    { path: ['amount', 'total'], value: String(order.amountFen), isOptional: true },
    { path: ['amount', 'currency'], value: 'CNY', isOptional: true },
  ])
}

export type WechatV3PaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: 'unverifiable-answer' | 'mismatched-answer' }

/** The facts of a paid order: merchant, number, amount and transaction id must all be there (§2.10, §2.11). */
export function readPaidFacts(
  identity: WechatV3Identity,
  order: OrderReference,
  fields: JsonObject,
): WechatV3PaidReading {
  const difference = orderDifference(identity, order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  const transactionId = textAt(fields, 'transaction_id')
  if (textAt(fields, 'amount', 'total') === '' || transactionId === '') {
    return { kind: 'unknown', reason: 'unverifiable-answer' }
  }
  // The wire's transaction id becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: transactionId as TransactionId, amountFen: order.amountFen }
}

/**
 * Whether a PARAM_ERROR is about a field of the request. One about the answer's own (`detail.location` null, 银行类型)
 * has been seen with the customer charged (§4.2, §8 P1).
 */
export function namesRequestField(fields: JsonObject, message: string): boolean {
  const location = textAt(fields, 'detail', 'location').toLowerCase()
  return ['body', 'query', 'path', 'url', 'header'].includes(location) && !/银行类型|bank_?type|输入源/i.test(message)
}
