import type { PayOutcome, QueryOutcome, RevokeEffect, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import {
  fenIn,
  type IcbcAnswer,
  type IcbcFields,
  orderDifference,
  readIcbcAnswer,
  readPaidFacts,
  showsPayment,
} from './answer.ts'
import { icbcCodeIn, icbcPayStates, icbcQueryStates, icbcReturnCodeOf } from './codes.ts'
import { encodeIcbcPay, encodeIcbcQuery, encodeIcbcReject, encodeIcbcRejectQuery, encodeIcbcReverse } from './encode.ts'
import {
  type IcbcPayMeaning,
  type IcbcPayStateMeaning,
  type IcbcQueryStateMeaning,
  icbcConfirmedRefusal,
  icbcPayOutcomes,
  icbcPayStateOutcomes,
  icbcQueryOutcomes,
  icbcQueryStateOutcomes,
  icbcReverseOutcomes,
} from './outcomes.ts'
import { decodeIcbcReject, decodeIcbcRejectQuery } from './refund.ts'
import { type IcbcIdentity, type IcbcSettings, icbcIdentity } from './settings.ts'

export { checkIcbcSettings, type IcbcSettingsProblem } from './check.ts'
export type { IcbcSettings } from './settings.ts'

type Done = Extract<IcbcAnswer, { readonly kind: 'done' }>

/**
 * ICBC's QR payment-code payments on its open platform: 被扫支付, query V5, 冲正, 退货 and its query (icbc.md §1, §3, §5).
 *
 * The settings must have passed `checkIcbcSettings`; keys are parsed here once, and one that does not parse throws.
 * Encoders are pure given time and nonce; decoders never throw.
 */
export function createIcbcChannel(settings: IcbcSettings): Channel {
  const identity = icbcIdentity(settings)
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeIcbcPay(identity, request, context),
      decode: (order, response) => decodePay(identity, order, response),
    },
    query: {
      encode: (order, context) => encodeIcbcQuery(identity, order, context),
      decode: (order, response) => decodeQuery(identity, order, response),
    },
    revoke: {
      encode: (order, context) => encodeIcbcReverse(identity, order, context),
      decode: (order, response) => decodeReverse(identity, order, response),
    },
    refund: {
      encode: (refund, context) => encodeIcbcReject(identity, refund, context),
      decode: (refund, response) => decodeIcbcReject(identity, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeIcbcRejectQuery(identity, refund, context),
      decode: (refund, response) => decodeIcbcRejectQuery(identity, refund, response),
    },
  }
}

const decodePay = (identity: IcbcIdentity, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readIcbcAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { fields } = answer
  const difference = orderDifference(order, fields)
  if (difference === 'mismatched-answer') return { kind: 'unknown', reason: difference, evidence }
  if (answer.kind === 'refused') return { ...payRefusal(identity, answer.returnCode), evidence }
  if (!fields.pay_status) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = icbcCodeIn(icbcPayStates, fields.pay_status)
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning: IcbcPayStateMeaning = icbcPayStateOutcomes[state]
  switch (meaning.kind) {
    case 'paid':
      return { ...readPaidFacts(order, fields), evidence }
    case 'awaiting-payer':
      return difference === undefined ? { ...meaning, evidence } : { kind: 'unknown', reason: difference, evidence }
    case 'failed': // a failure that does not name the order is not enough to be final
      return difference === undefined
        ? { ...meaning, evidence }
        : { kind: 'failed-unless-query-differs', reason: meaning.reason, evidence }
    case 'failed-unless-query-differs':
      return { ...meaning, evidence }
  }
}

const payRefusal = ({ settings }: IcbcIdentity, returnCode: string): IcbcPayMeaning => {
  const code = icbcReturnCodeOf(returnCode)
  if (code !== undefined) return icbcPayOutcomes[code]
  return settings.refusalCodes.includes(returnCode)
    ? icbcConfirmedRefusal
    : { kind: 'unknown', reason: 'unlisted-code' }
}

const decodeQuery = (identity: IcbcIdentity, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readIcbcAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const difference = orderDifference(order, answer.fields)
  // "Does not exist" names no order by what was seen; where it names one, it must be this one.
  const isUnusable = difference === 'mismatched-answer' || (answer.kind === 'done' && difference !== undefined)
  if (isUnusable) return { kind: 'unknown', reason: difference, evidence }
  if (answer.kind === 'done') return queryOutcome(order, answer)
  const code = icbcReturnCodeOf(answer.returnCode)
  return code === undefined
    ? { kind: 'unknown', reason: 'unlisted-code', evidence }
    : { ...icbcQueryOutcomes[code], evidence }
}

const queryOutcome = (order: OrderReference, { fields, evidence }: Done): QueryOutcome => {
  if (!fields.pay_status) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = icbcCodeIn(icbcQueryStates, fields.pay_status)
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const meaning: IcbcQueryStateMeaning = icbcQueryStateOutcomes[state]
  switch (meaning.kind) {
    case 'paid':
      return { ...readPaidFacts(order, fields), evidence }
    case 'closed': {
      const byAmount = showsPayment(fields) ? 'yes' : 'unstated'
      return { kind: 'closed', wasPaid: meaning.wasPaid === 'by-amount' ? byAmount : meaning.wasPaid, evidence }
    }
    case 'awaiting-payer':
    case 'unknown':
      return { ...meaning, evidence }
  }
}

const decodeReverse = (identity: IcbcIdentity, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readIcbcAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  const difference = reverseDifference(order, answer.fields)
  const isUnusable = difference === 'mismatched-answer' || (answer.kind === 'done' && difference !== undefined)
  if (isUnusable) return { kind: 'try-again', reason: difference, evidence }
  if (answer.kind === 'done') return { kind: 'accepted', effect: reverseEffect(answer.fields), evidence }
  const code = icbcReturnCodeOf(answer.returnCode)
  if (code === undefined) return { kind: 'try-again', reason: 'unlisted-code', evidence }
  const meaning = icbcReverseOutcomes[code]
  return meaning.kind === 'accepted' ? { kind: 'accepted', effect: 'unstated', evidence } : { ...meaning, evidence }
}

/** A reversal gives back no more than the order; less where a part was a discount. */
const reverseDifference = (order: OrderReference, fields: IcbcFields): ReturnType<typeof orderDifference> => {
  const returned = [fenIn(fields.reject_amt), fenIn(fields.real_reject_amt)]
  const isOther = returned.some((amountFen) => amountFen !== undefined && !(amountFen <= order.amountFen))
  return isOther ? 'mismatched-answer' : orderDifference(order, fields)
}

/** `real_reject_amt` above 0 tells that money was taken and given back (§5 R1); of 0 only where nothing at all was. */
const reverseEffect = (fields: IcbcFields): RevokeEffect | 'unstated' => {
  const realFen = fenIn(fields.real_reject_amt)
  if (realFen === undefined) return 'unstated'
  if (realFen > 0) return 'refunded'
  return fenIn(fields.reject_amt) === 0 ? 'closed' : 'unstated'
}
