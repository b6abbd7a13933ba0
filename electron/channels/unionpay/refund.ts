import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { echoDifference, readUnionpayAnswer } from './answer.ts'
import { unionpayCodeIn } from './codes.ts'
import { refundKey, refundTrade, unionpayTrades } from './encode.ts'
import { unionpayQueryOutcomes } from './outcomes.ts'
import { unionpayRefundOutcomes, unionpayRefundStates } from './refund-outcomes.ts'
import type { UnionpayIdentity } from './settings.ts'

/**
 * The answer to 退货 or 消费撤销: `00` means taken in (unionpay.md §6 F1–F3). Never throws.
 *
 * Without UnionPay's number of the payment no refund was sent (see `encodeUnionpayRefund`), so there is nothing to
 * read: the refund is refused, and its query, which finds nothing, confirms that no money moved.
 */
export function decodeUnionpayRefund(
  identity: UnionpayIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  if (refund.transactionId === null) {
    const evidence = { httpStatus: response.status, message: 'not sent: no queryId of the payment is known' }
    return { kind: 'refused', reason: 'not-refundable', evidence }
  }
  const answer = readUnionpayAnswer(identity, response, refund.refundStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const trade = refundTrade(identity, refund)
  const difference = echoDifference(answer.fields, trade, refundKey(refund), refund.amountFen)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const code = unionpayCodeIn(answer.respCode)
  return code === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { ...unionpayRefundOutcomes[code], evidence }
}

/** The answer to 交易状态查询 of a refund by its own number and time (unionpay.md §6 F1, F2). Never throws. */
export function decodeUnionpayRefundQuery(
  identity: UnionpayIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readUnionpayAnswer(identity, response, refund.refundStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { fields } = answer
  const difference = echoDifference(fields, unionpayTrades.query, refundKey(refund), refund.amountFen)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const code = unionpayCodeIn(answer.respCode)
  if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning = unionpayQueryOutcomes[code]
  if (meaning.kind !== 'answered') return { ...meaning, evidence }
  if (!fields['origRespCode']) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const origCode = unionpayCodeIn(fields['origRespCode'])
  if (origCode === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const state = unionpayRefundStates[origCode]
  // Which refund it was is known by its number; how much went back must be told as well.
  if (state.kind === 'done' && !fields['txnAmt']) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  return { ...state, evidence }
}
