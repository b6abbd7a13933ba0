import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { keepableText } from '../evidence.ts'
import { readFlatObject, readRawElements } from '../json-members.ts'
import { type Difference, fenIn, type IcbcFields, readIcbcAnswer } from './answer.ts'
import { icbcCodeIn, icbcRefundStates, icbcReturnCodeOf } from './codes.ts'
import { icbcRefundOutcomes, icbcRefundQueryOutcomes, icbcRefundStateOutcomes } from './refund-outcomes.ts'
import type { IcbcIdentity } from './settings.ts'

/** Whether the answer to a refund request is about this refund: order, refund number and amount, all of them there. */
const refundDifference = (refund: RefundReference, fields: IcbcFields): Difference => {
  const { out_trade_no: orderNumber = '', reject_no: refundNumber = '' } = fields
  const amountFen = fenIn(fields.reject_amt)
  const isOther =
    (orderNumber !== '' && orderNumber !== refund.orderNumber) ||
    (refundNumber !== '' && refundNumber !== refund.refundNumber) ||
    (amountFen !== undefined && amountFen !== refund.amountFen)
  if (isOther) return 'mismatched-answer'
  return orderNumber === '' || refundNumber === '' || amountFen === undefined ? 'unverifiable-answer' : undefined
}

/** The answer to 退货: `return_code` 0 means done or running, which only the query tells (icbc.md §5 F1). Never throws. */
export function decodeIcbcReject(
  identity: IcbcIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  const answer = readIcbcAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const difference = refundDifference(refund, answer.fields)
  if (answer.kind === 'done') {
    return difference === undefined ? { kind: 'accepted', evidence } : { kind: 'unknown', reason: difference, evidence }
  }
  if (difference === 'mismatched-answer') return { kind: 'unknown', reason: difference, evidence }
  const code = icbcReturnCodeOf(answer.returnCode)
  return code === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { ...icbcRefundOutcomes[code], evidence }
}

/** The answer to the query of refunds: the entry with our refund number, if order and amount are ours. Never throws. */
export function decodeIcbcRejectQuery(
  identity: IcbcIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readIcbcAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { out_trade_no: orderNumber = '' } = answer.fields
  if (orderNumber !== '' && orderNumber !== refund.orderNumber) {
    return { kind: 'unknown', reason: 'mismatched-answer', evidence }
  }
  if (answer.kind === 'refused') {
    const code = icbcReturnCodeOf(answer.returnCode)
    return code === undefined
      ? { kind: 'unknown', reason: 'unlisted-code', evidence }
      : { ...icbcRefundQueryOutcomes[code], evidence }
  }
  if (orderNumber === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  return entryOutcome(refund, answer.fields.refund_json_list, evidence)
}

/** `refund_json_list` is a JSON text, and lists every refund and reversal of the order (§3). */
const entryOutcome = (
  refund: RefundReference,
  listText: string | undefined,
  evidence: RefundQueryOutcome['evidence'],
): RefundQueryOutcome => {
  // An empty list says that there is none; a list that is not there says nothing.
  if (!listText) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const list = readRawElements(listText)
  const entries = list.ok ? list.pieces.map(readFlatObject) : [undefined]
  const named = entries.filter((entry) => entry?.reject_no === refund.refundNumber)
  // An entry that cannot be read may be ours, and two of one number contradict each other.
  if (entries.includes(undefined) || named.length > 1) return { kind: 'unknown', reason: 'unreadable-answer', evidence }
  const [entry] = named
  if (entry === undefined) {
    const isWhole = entries.every((each) => Boolean(each?.reject_no))
    return isWhole ? { kind: 'not-found', evidence } : { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  }
  const { reject_status: status = '' } = entry
  const known = status === '' ? evidence : { ...evidence, tradeState: keepableText(status, 64) }
  const amountFen = fenIn(entry.reject_amt)
  if (amountFen !== undefined && amountFen !== refund.amountFen) {
    return { kind: 'unknown', reason: 'mismatched-answer', evidence: known }
  }
  if (amountFen === undefined || status === '') {
    return { kind: 'unknown', reason: 'unverifiable-answer', evidence: known }
  }
  const state = icbcCodeIn(icbcRefundStates, status)
  return state === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence: known }
    : { ...icbcRefundStateOutcomes[state], evidence: known }
}
