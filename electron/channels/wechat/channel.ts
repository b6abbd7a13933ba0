import type { Evidence, PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import { orderDifference, readPaidFacts, readWechatAnswer } from './answer.ts'
import { wechatBill } from './bill-call.ts'
import { wechatCodeIn, wechatPayCodes, wechatQueryCodes, wechatReverseCodes, wechatTradeStates } from './codes.ts'
import {
  encodeWechatPay,
  encodeWechatQuery,
  encodeWechatRefund,
  encodeWechatRefundQuery,
  encodeWechatReverse,
} from './encode.ts'
import {
  type WechatReverseMeaning,
  type WechatStateMeaning,
  wechatDoorRefusals,
  wechatMeaning,
  wechatPayOutcomes,
  wechatPayStates,
  wechatPayTextOutcomes,
  wechatQueryOutcomes,
  wechatQueryStates,
  wechatQueryTextOutcomes,
  wechatReverseDoorRefusals,
  wechatReverseOutcomes,
  wechatReverseTextOutcomes,
} from './outcomes.ts'
import { decodeWechatRefund, decodeWechatRefundQuery } from './refund.ts'
import type { WechatSettings } from './settings.ts'

export { checkWechatSettings, type WechatSettingsProblem } from './check.ts'
export type { WechatSettings } from './settings.ts'

type Fields = Readonly<Record<string, string>>

const says = (message: string, rows: readonly RegExp[]): boolean => rows.some((row) => row.test(message))

/**
 * WeChat Pay v2 payment-code payments: `micropay`, `orderquery`, `secapi/pay/reverse`, and refunds (wechat.md §2.2–2.6, §4).
 *
 * The settings must have passed `checkWechatSettings`. Encoders are pure given time and nonce; decoders never throw.
 */
export function createWechatChannel(settings: WechatSettings): Channel {
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeWechatPay(settings, request, context),
      decode: (order, response) => decodePay(settings, order, response),
    },
    query: {
      encode: (order, context) => encodeWechatQuery(settings, order, context),
      decode: (order, response) => decodeQuery(settings, order, response),
    },
    revoke: {
      encode: (order, context) => encodeWechatReverse(settings, order, context),
      decode: (order, response) => decodeReverse(settings, order, response),
    },
    refund: {
      encode: (refund, context) => encodeWechatRefund(settings, refund, context),
      decode: (refund, response) => decodeWechatRefund(settings, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeWechatRefundQuery(settings, refund, context),
      decode: (refund, response) => decodeWechatRefundQuery(settings, refund, response),
    },
    bill: wechatBill(settings),
  }
}

const decodePay = (settings: WechatSettings, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readWechatAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return says(answer.message, wechatDoorRefusals)
      ? { kind: 'failed', reason: 'configuration', evidence }
      : { kind: 'unknown', reason: 'system-error', evidence }
  }
  const { fields } = answer
  if (!answer.succeeded) {
    const difference = fields.out_trade_no ? orderDifference(order, fields) : undefined
    if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
    const code = wechatCodeIn(wechatPayCodes, fields.err_code ?? '')
    if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
    const text = fields.err_code_des ?? ''
    return { ...wechatMeaning(code, text, wechatPayTextOutcomes, wechatPayOutcomes), evidence }
  }
  const state = wechatCodeIn(wechatTradeStates, fields.trade_state || 'SUCCESS')
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning = wechatPayStates[state]
  if (meaning.kind === 'paid') return { ...readPaidFacts(order, fields), evidence }
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  return { ...meaning, evidence }
}

const decodeQuery = (settings: WechatSettings, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readWechatAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    const reason = says(answer.message, wechatDoorRefusals) ? 'refused-request' : 'system-error'
    return { kind: 'unknown', reason, evidence }
  }
  const { fields } = answer
  const difference = answer.succeeded || fields.out_trade_no ? orderDifference(order, fields) : undefined
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (!answer.succeeded) {
    const code = wechatCodeIn(wechatQueryCodes, fields.err_code ?? '')
    if (code === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
    const text = fields.err_code_des ?? ''
    return { ...wechatMeaning(code, text, wechatQueryTextOutcomes, wechatQueryOutcomes), evidence }
  }
  if (!fields.trade_state) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = wechatCodeIn(wechatTradeStates, fields.trade_state)
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  return queryOutcomeOf(wechatQueryStates[state], order, fields, evidence)
}

const queryOutcomeOf = (
  meaning: WechatStateMeaning,
  order: OrderReference,
  fields: Fields,
  evidence: Evidence,
): QueryOutcome => {
  switch (meaning.kind) {
    case 'paid':
      return { ...readPaidFacts(order, fields), evidence }
    case 'closed':
      // REVOKED reads the same for closed and refunded; only the traces of a payment tell (§4.3, §8 P11).
      return { ...meaning, wasPaid: fields.transaction_id && fields.time_end ? 'yes' : 'unstated', evidence }
    default:
      return { ...meaning, evidence }
  }
}

const decodeReverse = (settings: WechatSettings, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readWechatAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return says(answer.message, wechatReverseDoorRefusals)
      ? { kind: 'person-needed', evidence }
      : { kind: 'try-again', reason: 'system-error', evidence }
  }
  const { fields } = answer
  const difference = fields.out_trade_no ? orderDifference(order, fields) : undefined
  if (difference !== undefined) return { kind: 'try-again', reason: difference, evidence }
  const meaning = reverseMeaning(answer.succeeded, fields)
  return meaning.kind === 'accepted' ? { ...meaning, effect: 'unstated', evidence } : { ...meaning, evidence }
}

/** The table's row corrected by `recall`: the whole answer must say so (M12, §4.4). */
const reverseMeaning = (succeeded: boolean, fields: Fields): WechatReverseMeaning => {
  const { recall } = fields
  const again = { kind: 'try-again', reason: 'system-error' } as const
  if (succeeded) {
    if (recall === 'N') return { kind: 'accepted' }
    return recall === 'Y' ? again : { kind: 'try-again', reason: 'unverifiable-answer' }
  }
  const code = wechatCodeIn(wechatReverseCodes, fields.err_code ?? '')
  if (code === undefined) {
    return recall === 'N' ? { kind: 'person-needed' } : { kind: 'try-again', reason: 'unlisted-code' }
  }
  const meaning: WechatReverseMeaning = wechatMeaning(
    code,
    fields.err_code_des ?? '',
    wechatReverseTextOutcomes,
    wechatReverseOutcomes,
  )
  const isEnd = meaning.kind !== 'try-again' && meaning.kind !== 'payer-confirming'
  return isEnd && recall === 'Y' ? again : meaning
}
