import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { keepableText } from '../evidence.ts'
import { fieldsDifference, readWechatAnswer } from './answer.ts'
import { wechatCodeIn, wechatRefundCodes, wechatRefundQueryCodes, wechatRefundStates } from './codes.ts'
import { wechatDoorRefusals } from './outcomes.ts'
import { wechatRefundOutcomes, wechatRefundQueryOutcomes, wechatRefundStateOutcomes } from './refund-outcomes.ts'
import type { WechatSettings } from './settings.ts'

/** More refunds than an order can have (§5: 50). */
const mostListed = 100

/** The answer to `secapi/pay/refund`: SUCCESS only means that it was taken in (wechat.md §2.5). Never throws. */
export function decodeWechatRefund(
  settings: WechatSettings,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  const answer = readWechatAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return wechatDoorRefusals.some((row) => row.test(answer.message))
      ? { kind: 'refused', reason: 'configuration', evidence }
      : { kind: 'unknown', reason: 'system-error', evidence }
  }
  const { fields, succeeded } = answer
  // A refusal names nothing by the documentation; where it does, it must name this refund.
  const isNamed = (name: string): boolean => succeeded || Boolean(fields[name])
  const difference = fieldsDifference(fields, {
    ...(isNamed('out_trade_no') ? { out_trade_no: refund.orderNumber } : {}),
    ...(isNamed('out_refund_no') ? { out_refund_no: refund.refundNumber } : {}),
    ...(isNamed('refund_fee') ? { refund_fee: String(refund.amountFen) } : {}),
    ...(fields.total_fee ? { total_fee: String(refund.orderAmountFen) } : {}),
  })
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (succeeded) return { kind: 'accepted', evidence }
  const code = wechatCodeIn(wechatRefundCodes, fields.err_code ?? '')
  return code === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { ...wechatRefundOutcomes[code], evidence }
}

/** The answer to `refundquery`: the entry with our refund number, if its order and amounts are ours (§2.6). Never throws. */
export function decodeWechatRefundQuery(
  settings: WechatSettings,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readWechatAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    const isDoor = wechatDoorRefusals.some((row) => row.test(answer.message))
    return { kind: 'unknown', reason: isDoor ? 'refused-request' : 'system-error', evidence }
  }
  const { fields } = answer
  if (!answer.succeeded) {
    const code = wechatCodeIn(wechatRefundQueryCodes, fields.err_code ?? '')
    return code === undefined
      ? { kind: 'unknown', reason: 'unlisted-code', evidence }
      : { ...wechatRefundQueryOutcomes[code], evidence }
  }
  const place = Array.from({ length: mostListed }, (_, at) => at).find(
    (at) => fields[`out_refund_no_${at}`] === refund.refundNumber,
  )
  if (place === undefined) {
    const namesAnother = Object.keys(fields).some((name) => name.startsWith('out_refund_no_'))
    return { kind: 'unknown', reason: namesAnother ? 'mismatched-answer' : 'unverifiable-answer', evidence }
  }
  const difference = fieldsDifference(fields, {
    out_trade_no: refund.orderNumber,
    [`refund_fee_${place}`]: String(refund.amountFen),
    ...(fields.total_fee ? { total_fee: String(refund.orderAmountFen) } : {}),
  })
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const status = fields[`refund_status_${place}`] ?? ''
  const known = { ...evidence, ...(status === '' ? {} : { tradeState: keepableText(status, 64) }) }
  if (status === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence: known }
  const state = wechatCodeIn(wechatRefundStates, status)
  return state === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence: known }
    : { ...wechatRefundStateOutcomes[state], evidence: known }
}
