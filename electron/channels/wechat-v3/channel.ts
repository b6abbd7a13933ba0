import type { Evidence, PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import { namesRequestField, orderDifference, readPaidFacts, readWechatV3Answer, type WechatV3Answer } from './answer.ts'
import { wechatV3Bill } from './bill-call.ts'
import {
  wechatV3CodeIn,
  wechatV3PayCodes,
  wechatV3QueryCodes,
  wechatV3ReverseCodes,
  wechatV3TradeStates,
} from './codes.ts'
import {
  encodeWechatV3Pay,
  encodeWechatV3Query,
  encodeWechatV3Refund,
  encodeWechatV3RefundQuery,
  encodeWechatV3Reverse,
} from './encode.ts'
import { type JsonObject, textAt } from './json.ts'
import {
  isDocumentedStatus,
  type WechatV3PayMeaning,
  type WechatV3ReverseMeaning,
  type WechatV3StateMeaning,
  wechatV3Meaning,
  wechatV3PayOutcomes,
  wechatV3PayStates,
  wechatV3PayTextOutcomes,
  wechatV3QueryOutcomes,
  wechatV3QueryStates,
  wechatV3ReverseOutcomes,
  wechatV3ReverseTextOutcomes,
} from './outcomes.ts'
import { decodeWechatV3Refund, decodeWechatV3RefundQuery } from './refund.ts'
import { type WechatV3Identity, type WechatV3Settings, wechatV3Identity } from './settings.ts'

export { checkWechatV3Settings, type WechatV3SettingsProblem } from './check.ts'
export type { WechatV3Settings } from './settings.ts'

type ErrorAnswer = Extract<WechatV3Answer, { readonly kind: 'error' }>

/**
 * WeChat Pay v3 payment-code payments: `codepay`, query, `reverse`, refund and its query, for merchants and service
 * providers (wechat.md §2.10–2.14, §4).
 *
 * The settings must have passed `checkWechatV3Settings`; keys are parsed here once, and one that does not parse throws.
 * Encoders are pure given time and nonce; decoders never throw.
 */
export function createWechatV3Channel(settings: WechatV3Settings): Channel {
  const identity = wechatV3Identity(settings)
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeWechatV3Pay(identity, request, context),
      decode: (order, response) => decodePay(identity, order, response),
    },
    query: {
      encode: (order, context) => encodeWechatV3Query(identity, order, context),
      decode: (order, response) => decodeQuery(identity, order, response),
    },
    revoke: {
      encode: (order, context) => encodeWechatV3Reverse(identity, order, context),
      decode: (order, response) => decodeReverse(identity, order, response),
    },
    refund: {
      encode: (refund, context) => encodeWechatV3Refund(identity, refund, context),
      decode: (refund, response) => decodeWechatV3Refund(identity, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeWechatV3RefundQuery(identity, refund, context),
      decode: (refund, response) => decodeWechatV3RefundQuery(identity, refund, response),
    },
    bill: wechatV3Bill(identity),
  }
}

const decodePay = (identity: WechatV3Identity, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readWechatV3Answer(identity, response, order.payStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'error') return { ...payErrorMeaning(answer), evidence }
  const { status, fields } = answer
  const tradeState = textAt(fields, 'trade_state')
  const isBare = status === 202
  if (status !== 200 && !isBare) return { kind: 'unknown', reason: 'http-status', evidence }
  const difference = orderDifference(identity, order, fields, isBare ? 'bare' : 'whole')
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (tradeState === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = wechatV3CodeIn(wechatV3TradeStates, tradeState)
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  // 202 says USERPAYING and nothing else (§4.2).
  if (isBare && state !== 'USERPAYING') return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning = wechatV3PayStates[state]
  return meaning.kind === 'paid' ? { ...readPaidFacts(identity, order, fields), evidence } : { ...meaning, evidence }
}

/** §4.2: what is unsigned, or comes with another status, is never final; the query decides. */
const payErrorMeaning = ({ status, isSigned, code: received, message, fields }: ErrorAnswer): WechatV3PayMeaning => {
  if (status >= 500) return { kind: 'unknown', reason: 'system-error' }
  const code = wechatV3CodeIn(wechatV3PayCodes, received)
  if (code === undefined) {
    // A wrong path (§4.2, row 404); any other code that nobody listed proves nothing.
    return status === 404
      ? { kind: 'failed-unless-query-differs', reason: 'configuration' }
      : { kind: 'unknown', reason: 'unlisted-code' }
  }
  if (code === 'PARAM_ERROR' && !namesRequestField(fields, message)) return { kind: 'unknown', reason: 'system-error' }
  const meaning = wechatV3Meaning(code, message, wechatV3PayTextOutcomes, wechatV3PayOutcomes)
  // The door refuses a signature before it looks at the order, and cannot sign for a merchant it does not know (§3.4).
  const isProof = isSigned || code === 'SIGN_ERROR'
  const isFinal = isProof && isDocumentedStatus(status, wechatV3PayOutcomes[code])
  return meaning.kind === 'failed' && !isFinal
    ? { kind: 'failed-unless-query-differs', reason: meaning.reason }
    : meaning
}

const decodeQuery = (identity: WechatV3Identity, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readWechatV3Answer(identity, response, order.payStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'error') return queryErrorOutcome(answer)
  const { status, fields } = answer
  if (status !== 200) return { kind: 'unknown', reason: 'http-status', evidence }
  const difference = orderDifference(identity, order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const tradeState = textAt(fields, 'trade_state')
  if (tradeState === '') return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = wechatV3CodeIn(wechatV3TradeStates, tradeState)
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  return queryOutcomeOf(identity, wechatV3QueryStates[state], order, fields, evidence)
}

const queryErrorOutcome = ({ status, isSigned, code: received, evidence }: ErrorAnswer): QueryOutcome => {
  if (status >= 500) return { kind: 'unknown', reason: 'system-error', evidence }
  const code = wechatV3CodeIn(wechatV3QueryCodes, received)
  if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const { meaning } = wechatV3QueryOutcomes[code]
  if (meaning.kind === 'unknown') return { ...meaning, evidence }
  if (!isSigned) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  return isDocumentedStatus(status, wechatV3QueryOutcomes[code])
    ? { ...meaning, evidence }
    : { kind: 'unknown', reason: 'unlisted-code', evidence }
}

const queryOutcomeOf = (
  identity: WechatV3Identity,
  meaning: WechatV3StateMeaning,
  order: OrderReference,
  fields: JsonObject,
  evidence: Evidence,
): QueryOutcome => {
  switch (meaning.kind) {
    case 'paid':
      return { ...readPaidFacts(identity, order, fields), evidence }
    case 'closed': {
      // REVOKED reads the same for closed and refunded; only the traces of a payment tell (§4.3, §8 P11).
      const showsPayment = textAt(fields, 'transaction_id') !== '' && textAt(fields, 'success_time') !== ''
      return { ...meaning, wasPaid: showsPayment ? 'yes' : 'unstated', evidence }
    }
    default:
      return { ...meaning, evidence }
  }
}

const decodeReverse = (identity: WechatV3Identity, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readWechatV3Answer(identity, response, order.payStartedWallMs)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  if (answer.kind === 'error') {
    const meaning = reverseErrorMeaning(answer)
    return meaning.kind === 'accepted' ? { ...meaning, effect: 'unstated', evidence } : { ...meaning, evidence }
  }
  const { status, fields } = answer
  if (status === 202) return { kind: 'try-again', reason: 'http-status', evidence }
  // Any other 2xx counts, and the overseas form is a 204 with nothing in it (§2.12).
  const difference = orderDifference(identity, order, fields, status === 204 ? 'bare' : 'whole')
  if (difference !== undefined) return { kind: 'try-again', reason: difference, evidence }
  return { kind: 'accepted', effect: 'unstated', evidence }
}

/** §4.4: what is unsigned ends nothing, but a refused signature wants a person. */
const reverseErrorMeaning = ({ status, isSigned, code: received, message }: ErrorAnswer): WechatV3ReverseMeaning => {
  if (status >= 500) return { kind: 'try-again', reason: 'system-error' }
  if (status === 429) return { kind: 'try-again', reason: 'rate-limited' }
  const code = wechatV3CodeIn(wechatV3ReverseCodes, received)
  if (code === undefined) return { kind: 'try-again', reason: 'unlisted-code' }
  const meaning = wechatV3Meaning<typeof code, WechatV3ReverseMeaning>(
    code,
    message,
    wechatV3ReverseTextOutcomes,
    wechatV3ReverseOutcomes,
  )
  if (meaning.kind === 'try-again') return meaning
  if (!isSigned && code !== 'SIGN_ERROR') return { kind: 'try-again', reason: 'unverifiable-answer' }
  return isDocumentedStatus(status, wechatV3ReverseOutcomes[code])
    ? meaning
    : { kind: 'try-again', reason: 'unlisted-code' }
}
