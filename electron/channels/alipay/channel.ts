import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import {
  type AlipayAnswer,
  gatewayMeaning,
  orderDifference,
  readAlipayAnswer,
  readPaidFacts,
  showsPayment,
} from './answer.ts'
import { alipayBill } from './bill-call.ts'
import { alipayCancelSubCodes, alipayCodeIn, alipayQuerySubCodes, alipayTradeStatuses } from './codes.ts'
import {
  encodeAlipayCancel,
  encodeAlipayPay,
  encodeAlipayQuery,
  encodeAlipayRefund,
  encodeAlipayRefundQuery,
} from './encode.ts'
import {
  type AlipayCancelMeaning,
  alipayCancelOutcomes,
  alipayDoorRefusals,
  alipayPayMeaning,
  alipayQueryOutcomes,
  alipayTradeStates,
} from './outcomes.ts'
import { decodeAlipayRefund, decodeAlipayRefundQuery } from './refund.ts'
import { type AlipayIdentity, type AlipaySettings, alipayIdentity } from './settings.ts'

export { type AlipaySettingsProblem, checkAlipaySettings } from './check.ts'
export type { AlipaySettings, AlipayVerification } from './settings.ts'

type Readable = Extract<AlipayAnswer, { readonly kind: 'readable' }>

/**
 * Alipay 当面付 payment-code payments on the V2 gateway: `alipay.trade.pay`, `query`, `cancel`, `refund` and its
 * query (alipay.md §2, §3).
 *
 * The settings must have passed `checkAlipaySettings`; keys are parsed here once, and one that does not parse throws.
 * Encoders are pure given time and nonce; decoders never throw.
 */
export function createAlipayChannel(settings: AlipaySettings): Channel {
  const identity = alipayIdentity(settings)
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeAlipayPay(identity, request, context),
      decode: (order, response) => decodePay(identity, order, response),
    },
    query: {
      encode: (order, context) => encodeAlipayQuery(identity, order, context),
      decode: (order, response) => decodeQuery(identity, order, response),
    },
    revoke: {
      encode: (order, context) => encodeAlipayCancel(identity, order, context),
      decode: (order, response) => decodeCancel(identity, order, response),
    },
    refund: {
      encode: (refund, context) => encodeAlipayRefund(identity, refund, context),
      decode: (refund, response) => decodeAlipayRefund(identity, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeAlipayRefundQuery(identity, refund, context),
      decode: (refund, response) => decodeAlipayRefundQuery(identity, refund, response),
    },
    bill: alipayBill(identity),
  }
}

const decodePay = (identity: AlipayIdentity, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readAlipayAnswer(identity, 'alipay.trade.pay', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { fields, isSigned, subCode } = answer
  const meaning = gatewayMeaning(answer)
  const difference = orderDifference(order, fields)
  switch (meaning.kind) {
    case 'unknown':
      return { ...meaning, evidence }
    case 'refused': {
      const isProof = isSigned || alipayDoorRefusals.some((code) => code === subCode)
      return { kind: isProof ? 'failed' : 'failed-unless-query-differs', reason: 'configuration', evidence }
    }
    case 'succeeded':
      return { ...readPaidFacts(order, fields), evidence }
    case 'awaiting-payer':
      return difference === undefined
        ? { kind: 'awaiting-payer', evidence }
        : { kind: 'unknown', reason: difference, evidence }
    case 'business-failure': {
      if (difference === 'mismatched-answer') return { kind: 'unknown', reason: difference, evidence }
      const failure = alipayPayMeaning(subCode)
      // A failure that does not name the order is not enough to be final (§2.2: out_trade_no is always there).
      const isFinal = failure.kind === 'failed' && difference === undefined
      if (failure.kind !== 'failed' || isFinal) return { ...failure, evidence }
      return { kind: 'failed-unless-query-differs', reason: failure.reason, evidence }
    }
  }
}

const decodeQuery = (identity: AlipayIdentity, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readAlipayAnswer(identity, 'alipay.trade.query', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const meaning = gatewayMeaning(answer)
  switch (meaning.kind) {
    case 'unknown':
      return { ...meaning, evidence }
    case 'refused':
      return { kind: 'unknown', reason: 'refused-request', evidence }
    case 'awaiting-payer': // 10003 belongs to the pay call alone
      return { kind: 'unknown', reason: 'unlisted-code', evidence }
    case 'business-failure': {
      if (orderDifference(order, answer.fields) === 'mismatched-answer') {
        return { kind: 'unknown', reason: 'mismatched-answer', evidence }
      }
      const code = alipayCodeIn(alipayQuerySubCodes, answer.subCode)
      return code === undefined
        ? { kind: 'unknown', reason: 'unlisted-code', evidence }
        : { ...alipayQueryOutcomes[code], evidence }
    }
    case 'succeeded':
      return queryOutcome(order, answer)
  }
}

const queryOutcome = (order: OrderReference, answer: Readable): QueryOutcome => {
  const { fields, evidence } = answer
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (!fields.text.trade_status) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const status = alipayCodeIn(alipayTradeStatuses, fields.text.trade_status)
  if (status === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const state = alipayTradeStates[status]
  switch (state) {
    case 'awaiting-payer':
      return { kind: 'awaiting-payer', evidence }
    case 'paid':
      return { ...readPaidFacts(order, fields), evidence }
    case 'closed':
      return { kind: 'closed', wasPaid: showsPayment(fields) ? 'yes' : 'unstated', evidence }
  }
}

const decodeCancel = (identity: AlipayIdentity, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readAlipayAnswer(identity, 'alipay.trade.cancel', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  const meaning = gatewayMeaning(answer)
  if (answer.isSigned && meaning.kind !== 'succeeded' && answer.fields.text.retry_flag === 'Y') {
    return { kind: 'try-again', reason: 'system-error', evidence }
  }
  switch (meaning.kind) {
    case 'unknown':
      return { kind: 'try-again', reason: meaning.reason, evidence }
    case 'refused':
      return { kind: 'person-needed', evidence }
    case 'awaiting-payer': // 10003 belongs to the pay call alone
      return { kind: 'try-again', reason: 'unlisted-code', evidence }
    case 'business-failure': {
      const difference = orderDifference(order, answer.fields)
      if (difference === 'mismatched-answer') return { kind: 'try-again', reason: difference, evidence }
      const code = alipayCodeIn(alipayCancelSubCodes, answer.subCode)
      const unlisted: AlipayCancelMeaning = { kind: 'try-again', reason: 'unlisted-code' }
      return { ...(code === undefined ? unlisted : alipayCancelOutcomes[code]), evidence }
    }
    case 'succeeded':
      return cancelOutcome(order, answer)
  }
}

/** Code 10000 alone is no success: the retry flag must say that no more is needed (M12, alipay.md §3.3, §11). */
const cancelOutcome = (order: OrderReference, answer: Readable): RevokeOutcome => {
  const { fields, evidence } = answer
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'try-again', reason: difference, evidence }
  const { retry_flag: retryFlag, action } = fields.text
  if (retryFlag === 'Y') return { kind: 'try-again', reason: 'system-error', evidence }
  if (retryFlag !== 'N') return { kind: 'try-again', reason: 'unverifiable-answer', evidence }
  const effect = action === 'close' ? 'closed' : action === 'refund' ? 'refunded' : 'unstated'
  return { kind: 'accepted', effect, evidence }
}
