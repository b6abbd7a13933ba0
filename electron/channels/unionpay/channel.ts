import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import { echoDifference, readPaidFacts, readUnionpayAnswer } from './answer.ts'
import { unionpayBill } from './bill-call.ts'
import { unionpayCodeIn } from './codes.ts'
import {
  encodeUnionpayPay,
  encodeUnionpayQuery,
  encodeUnionpayRefund,
  encodeUnionpayRefundQuery,
  encodeUnionpayReversal,
  paymentKey,
  unionpayTrades,
} from './encode.ts'
import { unionpayPayOutcomes, unionpayQueryOutcomes, unionpayReversalOutcomes, unionpayStates } from './outcomes.ts'
import { decodeUnionpayRefund, decodeUnionpayRefundQuery } from './refund.ts'
import { type UnionpayIdentity, type UnionpaySettings, unionpayIdentity } from './settings.ts'

export { checkUnionpaySettings, type UnionpaySettingsProblem } from './check.ts'
export type { UnionpaySettings } from './settings.ts'

/**
 * UnionPay QR payment-code payments (被扫) on the ACP gateway 5.1.0: 消费, 交易状态查询, 冲正, 退货 and 消费撤销
 * (unionpay.md §2, §5, §6).
 *
 * The settings must have passed `checkUnionpaySettings`; key and certificates are parsed here once, and one that does
 * not parse throws. Encoders are pure; the times in requests are those of order and refund, for number and time together
 * are a trade's key. Decoders never throw.
 */
export function createUnionpayChannel(settings: UnionpaySettings): Channel {
  const identity = unionpayIdentity(settings)
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request) => encodeUnionpayPay(identity, request),
      decode: (order, response) => decodePay(identity, order, response),
    },
    query: {
      encode: (order) => encodeUnionpayQuery(identity, order),
      decode: (order, response) => decodeQuery(identity, order, response),
    },
    revoke: {
      encode: (order) => encodeUnionpayReversal(identity, order),
      decode: (order, response) => decodeReversal(identity, order, response),
    },
    refund: {
      encode: (refund) => encodeUnionpayRefund(identity, refund),
      decode: (refund, response) => decodeUnionpayRefund(identity, refund, response),
    },
    queryRefund: {
      encode: (refund) => encodeUnionpayRefundQuery(identity, refund),
      decode: (refund, response) => decodeUnionpayRefundQuery(identity, refund, response),
    },
    bill: unionpayBill(identity),
  }
}

const decodePay = (identity: UnionpayIdentity, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readUnionpayAnswer(identity, response, order.payStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { fields } = answer
  const difference = echoDifference(fields, unionpayTrades.pay, paymentKey(order), order.amountFen)
  if (difference === 'mismatched-answer') return { kind: 'unknown', reason: difference, evidence }
  const code = unionpayCodeIn(answer.respCode)
  if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning = unionpayPayOutcomes[code]
  if (meaning.kind === 'failed') {
    // A failure that does not name the order is not enough to be final.
    return difference === undefined
      ? { ...meaning, evidence }
      : { kind: 'failed-unless-query-differs', reason: meaning.reason, evidence }
  }
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (meaning.kind !== 'accepted') return { ...meaning, evidence }
  // Taken in, and a query decides (§6 P1), unless the merchant's contract says that 00 is paid.
  return identity.settings.trustPay00
    ? { ...readPaidFacts(fields, order.amountFen), evidence }
    : { kind: 'awaiting-payer', evidence }
}

const decodeQuery = (identity: UnionpayIdentity, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readUnionpayAnswer(identity, response, order.payStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { fields } = answer
  const difference = echoDifference(fields, unionpayTrades.query, paymentKey(order), order.amountFen)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const code = unionpayCodeIn(answer.respCode)
  if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning = unionpayQueryOutcomes[code]
  if (meaning.kind !== 'answered') return { ...meaning, evidence }
  if (!fields['origRespCode']) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const origCode = unionpayCodeIn(fields['origRespCode'])
  if (origCode === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const state = unionpayStates[origCode]
  return state.kind === 'paid' ? { ...readPaidFacts(fields, order.amountFen), evidence } : { ...state, evidence }
}

const decodeReversal = (identity: UnionpayIdentity, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readUnionpayAnswer(identity, response, order.payStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  const difference = echoDifference(answer.fields, unionpayTrades.reversal, paymentKey(order), order.amountFen)
  if (difference === 'mismatched-answer') return { kind: 'try-again', reason: difference, evidence }
  const code = unionpayCodeIn(answer.respCode)
  if (code === undefined) return { kind: 'try-again', reason: 'unlisted-code', evidence }
  const meaning = unionpayReversalOutcomes[code]
  // A refusal to look at the request need not name the order; what is said about the order must.
  if (meaning.kind !== 'person-needed' && difference !== undefined) {
    return { kind: 'try-again', reason: difference, evidence }
  }
  return meaning.kind === 'accepted' ? { ...meaning, effect: 'unstated', evidence } : { ...meaning, evidence }
}
