import { assertNever } from '../../till/brand.ts'
import type { PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { fieldsDifference, type JeepayFields, merchantFields, readJeepayAnswer, readPaidFacts } from './answer.ts'
import { jeepayCodeIn, jeepayOrderStates } from './codes.ts'
import { encodeJeepayPay, encodeJeepayQuery, encodeJeepayRefund, encodeJeepayRefundQuery } from './encode.ts'
import {
  type JeepayStateMeaning,
  jeepayMeaning,
  jeepayPayErrors,
  jeepayPayStates,
  jeepayPayTexts,
  jeepayQueryErrors,
  jeepayQueryStates,
  jeepayQueryTexts,
} from './outcomes.ts'
import { decodeJeepayRefund, decodeJeepayRefundQuery } from './refund.ts'
import type { JeepaySettings } from './settings.ts'

export { checkJeepaySettings, type JeepaySettingsProblem } from './check.ts'
export type { JeepaySettings } from './settings.ts'

/**
 * Jeepay (计全支付) as a merchant's back end, as it is: payment codes by `AUTO_BAR`, the query of its own database,
 * refunds (jeepay.md §1–§3).
 *
 * It has no revoke (`close` is none, §6). The rules never ask for one (`ChannelPolicy.canRevoke`); should anybody encode
 * it all the same, the request is the harmless query, and whatever comes back needs a person. The settings must have
 * passed `checkJeepaySettings`; encoders are pure given time and nonce, decoders never throw.
 */
export function createJeepayChannel(settings: JeepaySettings): Channel {
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeJeepayPay(settings, request, context),
      decode: (order, response) => decodePay(settings, order, response),
    },
    query: {
      encode: (order, context) => encodeJeepayQuery(settings, order, context),
      decode: (order, response) => decodeQuery(settings, order, response),
    },
    revoke: {
      encode: (order, context) => encodeJeepayQuery(settings, order, context),
      decode: (_order, response) => withoutRevoke(response),
    },
    refund: {
      encode: (refund, context) => encodeJeepayRefund(settings, refund, context),
      decode: (refund, response) => decodeJeepayRefund(settings, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeJeepayRefundQuery(settings, refund, context),
      decode: (refund, response) => decodeJeepayRefundQuery(settings, refund, response),
    },
  }
}

const withoutRevoke = ({ status }: HttpResponse): RevokeOutcome => ({
  kind: 'person-needed',
  evidence: evidenceOf({ httpStatus: status }),
})

const decodePay = (settings: JeepaySettings, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readJeepayAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return { ...jeepayMeaning(answer.code, answer.message, jeepayPayTexts, jeepayPayErrors), evidence }
  }
  const { fields } = answer
  const difference = orderDifference(settings, order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const state = jeepayCodeIn(jeepayOrderStates, fields.orderState ?? '')
  if (state !== undefined) return { ...jeepayPayStates[state], evidence }
  return { kind: 'unknown', reason: fields.orderState ? 'unlisted-code' : 'unverifiable-answer', evidence }
}

const decodeQuery = (settings: JeepaySettings, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readJeepayAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return { ...jeepayMeaning(answer.code, answer.message, jeepayQueryTexts, jeepayQueryErrors), evidence }
  }
  const { fields } = answer
  const difference = orderDifference(settings, order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const state = jeepayCodeIn(jeepayOrderStates, fields.state ?? '')
  if (state === undefined) {
    return { kind: 'unknown', reason: fields.state ? 'unlisted-code' : 'unverifiable-answer', evidence }
  }
  const meaning: JeepayStateMeaning = jeepayQueryStates[state]
  switch (meaning.kind) {
    case 'paid':
      return { ...readPaidFacts(settings, order, fields), evidence }
    case 'refunded': {
      // The whole payment went back, by somebody else's hand: an end that shows the payment too (Q4).
      const facts = readPaidFacts(settings, order, fields)
      return facts.kind === 'paid' ? { kind: 'closed', wasPaid: 'yes', evidence } : { ...facts, evidence }
    }
    case 'awaiting-payer':
    case 'unknown':
      return { ...meaning, evidence }
    default:
      return assertNever(meaning, 'order state')
  }
}

/** Whether an answer names this order; amount and merchant count wherever they stand. */
const orderDifference = (settings: JeepaySettings, order: OrderReference, fields: JeepayFields) =>
  fieldsDifference(fields, {
    ...merchantFields(settings, fields),
    mchOrderNo: order.orderNumber,
    ...(fields.amount === undefined ? {} : { amount: String(order.amountFen) }),
  })
