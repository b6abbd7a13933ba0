import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { fieldsDifference, readWechatV3Answer } from './answer.ts'
import { wechatV3CodeIn, wechatV3RefundCodes, wechatV3RefundQueryCodes, wechatV3RefundStates } from './codes.ts'
import { type JsonObject, textAt } from './json.ts'
import { wechatV3RefundOutcomes, wechatV3RefundQueryOutcomes, wechatV3RefundStateOutcomes } from './refund-outcomes.ts'
import type { WechatV3Identity } from './settings.ts'

/** Whether an answer names this refund of this order, with both amounts (wechat.md §2.13). */
const refundDifference = (refund: RefundReference, fields: JsonObject) =>
  fieldsDifference(fields, [
    { path: ['out_trade_no'], value: refund.orderNumber },
    { path: ['out_refund_no'], value: refund.refundNumber },
    { path: ['amount', 'refund'], value: String(refund.amountFen) },
    { path: ['amount', 'total'], value: String(refund.orderAmountFen) },
    { path: ['amount', 'currency'], value: 'CNY', isOptional: true },
    ...(refund.transactionId === null
      ? []
      : [{ path: ['transaction_id'], value: refund.transactionId, isOptional: true }]),
  ])

/** The answer to a refund: any state only means that it was taken in; the query tells (wechat.md §2.13). Never throws. */
export function decodeWechatV3Refund(
  identity: WechatV3Identity,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  const answer = readWechatV3Answer(identity, response, refund.refundStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'error') {
    if (answer.status >= 500) return { kind: 'unknown', reason: 'system-error', evidence }
    const code = wechatV3CodeIn(wechatV3RefundCodes, answer.code)
    // An unsigned refusal counts too: a query must confirm it before it ends anything.
    return code === undefined
      ? { kind: 'unknown', reason: 'unlisted-code', evidence }
      : { ...wechatV3RefundOutcomes[code], evidence }
  }
  if (answer.status !== 200) return { kind: 'unknown', reason: 'http-status', evidence }
  const difference = refundDifference(refund, answer.fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const status = textAt(answer.fields, 'status')
  if (status === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  return wechatV3CodeIn(wechatV3RefundStates, status) === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { kind: 'accepted', evidence }
}

/** The answer to a refund query, if number, order and amounts are ours (wechat.md §2.13). Never throws. */
export function decodeWechatV3RefundQuery(
  identity: WechatV3Identity,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readWechatV3Answer(identity, response, refund.refundStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'error') {
    if (answer.status >= 500) return { kind: 'unknown', reason: 'system-error', evidence }
    const code = wechatV3CodeIn(wechatV3RefundQueryCodes, answer.code)
    if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
    const meaning = wechatV3RefundQueryOutcomes[code]
    if (meaning.kind === 'unknown') return { ...meaning, evidence }
    if (!answer.isSigned) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
    return answer.status === 404 ? { ...meaning, evidence } : { kind: 'unknown', reason: 'unlisted-code', evidence }
  }
  if (answer.status !== 200) return { kind: 'unknown', reason: 'http-status', evidence }
  const difference = refundDifference(refund, answer.fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const status = textAt(answer.fields, 'status')
  if (status === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = wechatV3CodeIn(wechatV3RefundStates, status)
  return state === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { ...wechatV3RefundStateOutcomes[state], evidence }
}
