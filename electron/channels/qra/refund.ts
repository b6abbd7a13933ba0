import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { keepableText } from '../evidence.ts'
import { fieldsDifference, type QraFields, readQraAnswer } from './answer.ts'
import { qraCodeIn, qraRefundCodes, qraRefundQueryCodes, qraRefundStates } from './codes.ts'
import { qraDoorRefusals } from './outcomes.ts'
import { qraRefundOutcomes, qraRefundQueryOutcomes, qraRefundStateOutcomes } from './refund-outcomes.ts'
import type { QraIdentity } from './settings.ts'

/** More refunds than an order of any wallet behind the gateway can have. */
const mostListed = 100

const isAboutKeys = (message: string): boolean => qraDoorRefusals.some((row) => row.test(message))

/** The answer to `unified.trade.refund`: two zeros only mean that it was taken in (swiftpass.md §5 F1). Never throws. */
export function decodeQraRefund(identity: QraIdentity, refund: RefundReference, response: HttpResponse): RefundOutcome {
  const answer = readQraAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return isAboutKeys(answer.message)
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
  const code = qraCodeIn(qraRefundCodes, fields.err_code)
  return code === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { ...qraRefundOutcomes[code], evidence }
}

/** Where our refund stands in the numbered list: its place, or none, and whether the list has others. */
const placeOf = (fields: QraFields, refundNumber: string): { readonly at: number } | 'another' | 'nothing' => {
  const places = Array.from({ length: mostListed }, (_, at) => at)
  const at = places.find((place) => fields[`out_refund_no_${place}`] === refundNumber)
  if (at !== undefined) return { at }
  return Object.keys(fields).some((name) => name.startsWith('out_refund_no_')) ? 'another' : 'nothing'
}

/** The answer to `unified.trade.refundquery`: the entry with our refund number, if its order and amounts are ours. Never throws. */
export function decodeQraRefundQuery(
  identity: QraIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readQraAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    const reason = isAboutKeys(answer.message) ? 'refused-request' : 'system-error'
    return { kind: 'unknown', reason, evidence }
  }
  const { fields } = answer
  if (!answer.succeeded) {
    const code = qraCodeIn(qraRefundQueryCodes, fields.err_code)
    return code === undefined
      ? { kind: 'unknown', reason: 'unlisted-code', evidence }
      : { ...qraRefundQueryOutcomes[code], evidence }
  }
  const place = placeOf(fields, refund.refundNumber)
  if (place === 'another') return { kind: 'unknown', reason: 'mismatched-answer', evidence }
  if (place === 'nothing') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const difference = fieldsDifference(fields, {
    out_trade_no: refund.orderNumber,
    [`refund_fee_${place.at}`]: String(refund.amountFen),
    ...(fields.total_fee ? { total_fee: String(refund.orderAmountFen) } : {}),
  })
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const status = fields[`refund_status_${place.at}`] ?? ''
  if (status === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const known = { ...evidence, tradeState: keepableText(status, 64) }
  const state = qraCodeIn(qraRefundStates, status)
  return state === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence: known }
    : { ...qraRefundStateOutcomes[state], evidence: known }
}
