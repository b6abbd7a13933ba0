import type { Evidence, PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import { orderDifference, type QraFields, readPaidFacts, readQraAnswer } from './answer.ts'
import { qraBill } from './bill-call.ts'
import { qraCodeIn, qraPayCodes, qraQueryCodes, qraReverseCodes, qraTradeStates } from './codes.ts'
import { encodeQraPay, encodeQraQuery, encodeQraRefund, encodeQraRefundQuery, encodeQraReverse } from './encode.ts'
import {
  type QraPayMeaning,
  type QraStateMeaning,
  qraDoorRefusals,
  qraPayOutcomes,
  qraQueryOutcomes,
  qraQueryStates,
  qraReverseDoorRefusals,
  qraReverseOutcomes,
  qraUnlistedRefusal,
} from './outcomes.ts'
import { decodeQraRefund, decodeQraRefundQuery } from './refund.ts'
import { type QraIdentity, type QraSettings, qraIdentity } from './settings.ts'

const says = (message: string, rows: readonly RegExp[]): boolean => rows.some((row) => row.test(message))

/** `undefined`, or that the answer names another order or amount; what a refusal does not name is not missed. */
const mismatch = (order: OrderReference, fields: QraFields): 'mismatched-answer' | undefined =>
  orderDifference(order, fields) === 'mismatched-answer' ? 'mismatched-answer' : undefined

/**
 * Payment codes through a SwiftPass-form gateway, such as UnionPay's QRA: `micropay`, `query`, `reverse`, and refunds
 * (swiftpass.md §1–§5).
 *
 * The settings must have passed `checkQraSettings`. Encoders are pure given time and nonce; decoders never throw.
 */
export function createQraChannel(settings: QraSettings): Channel {
  const identity = qraIdentity(settings)
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeQraPay(identity, request, context),
      decode: (order, response) => decodePay(identity, order, response),
    },
    query: {
      encode: (order, context) => encodeQraQuery(identity, order, context),
      decode: (order, response) => decodeQuery(identity, order, response),
    },
    revoke: {
      encode: (order, context) => encodeQraReverse(identity, order, context),
      decode: (order, response) => decodeReverse(identity, order, response),
    },
    refund: {
      encode: (refund, context) => encodeQraRefund(identity, refund, context),
      decode: (refund, response) => decodeQraRefund(identity, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeQraRefundQuery(identity, refund, context),
      decode: (refund, response) => decodeQraRefundQuery(identity, refund, response),
    },
    bill: qraBill(identity),
  }
}

const decodePay = (identity: QraIdentity, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readQraAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    // §5 P4: nothing was charged by the documentation, and the answer is unsigned, so a query must agree.
    return says(answer.message, qraDoorRefusals)
      ? { kind: 'failed-unless-query-differs', reason: 'configuration', evidence }
      : { kind: 'unknown', reason: 'system-error', evidence }
  }
  const { fields } = answer
  if (!answer.succeeded) {
    const difference = mismatch(order, fields)
    if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
    return { ...refusedPayMeaning(fields), evidence }
  }
  const paid = readPaidFacts(order, fields)
  if (paid.kind !== 'paid') return { ...paid, evidence }
  // All three fields must say so (§9 pitfall 1); the rest is for the query (§5 P1b, P1c).
  if (!fields.pay_result) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  if (fields.pay_result !== '0') return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const isSettled = !fields.need_query || fields.need_query === 'N'
  return isSettled ? { ...paid, evidence } : { kind: 'unknown', reason: 'system-error', evidence }
}

/** `need_query` N is final, everything else and its absence mean "ask" (§5 P2, P3, §9 pitfall 2). */
const refusedPayMeaning = (fields: QraFields): QraPayMeaning => {
  const code = qraCodeIn(qraPayCodes, fields.err_code)
  const meaning: QraPayMeaning | undefined = code === undefined ? undefined : qraPayOutcomes[code]
  if (meaning?.kind === 'awaiting-payer') return meaning
  if (fields.need_query === 'N') return meaning ?? qraUnlistedRefusal
  return { kind: 'unknown', reason: meaning === undefined ? 'unlisted-code' : 'system-error' }
}

const decodeQuery = (identity: QraIdentity, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readQraAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    const reason = says(answer.message, qraDoorRefusals) ? 'refused-request' : 'system-error'
    return { kind: 'unknown', reason, evidence }
  }
  const { fields } = answer
  const difference = mismatch(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (!answer.succeeded) {
    const code = qraCodeIn(qraQueryCodes, fields.err_code)
    return code === undefined
      ? { kind: 'unknown', reason: 'unlisted-code', evidence }
      : { ...qraQueryOutcomes[code], evidence }
  }
  if (!fields.trade_state) return { kind: 'unknown', reason: 'unverifiable-answer', evidence }
  const state = qraCodeIn(qraTradeStates, fields.trade_state)
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  return queryOutcome(identity.settings, qraQueryStates[state], order, fields, evidence)
}

const queryOutcome = (
  { unnamedEnds, refundState }: QraSettings,
  meaning: QraStateMeaning,
  order: OrderReference,
  fields: QraFields,
  evidence: Evidence,
): QueryOutcome => {
  // Answers about an order that waits name nothing (vectors); what ends it must say whose end it is.
  const isUnnamed = orderDifference(order, fields) !== undefined && unnamedEnds === 'unverifiable'
  const unverifiable = { kind: 'unknown', reason: 'unverifiable-answer', evidence } as const
  switch (meaning.kind) {
    case 'paid':
      return { ...readPaidFacts(order, fields), evidence }
    case 'closed':
      // A platform number proves nothing (field notes); a time of payment does.
      return isUnnamed ? unverifiable : { kind: 'closed', wasPaid: fields.time_end ? 'yes' : 'unstated', evidence }
    case 'turned-to-refund':
      if (isUnnamed) return unverifiable
      return refundState === 'closed'
        ? { kind: 'closed', wasPaid: 'yes', evidence }
        : { kind: 'unknown', reason: 'unlisted-code', evidence }
    case 'awaiting-payer':
    case 'unpaid':
    case 'revoke-needed':
      return { ...meaning, evidence }
  }
}

const decodeReverse = (identity: QraIdentity, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readQraAnswer(identity, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return says(answer.message, qraReverseDoorRefusals)
      ? { kind: 'person-needed', evidence }
      : { kind: 'try-again', reason: 'system-error', evidence }
  }
  const { fields } = answer
  const difference = mismatch(order, fields)
  if (difference !== undefined) return { kind: 'try-again', reason: difference, evidence }
  if (answer.succeeded) {
    // Whether this answer can have such a flag is unconfirmed (§5 R2); where it does, it is not done.
    const isAskedFor = Boolean(fields.need_query) && fields.need_query !== 'N'
    return isAskedFor
      ? { kind: 'try-again', reason: 'system-error', evidence }
      : { kind: 'accepted', effect: 'unstated', evidence }
  }
  const code = qraCodeIn(qraReverseCodes, fields.err_code)
  if (code === undefined) return { kind: 'try-again', reason: 'unlisted-code', evidence }
  const meaning = qraReverseOutcomes[code]
  return meaning.kind === 'accepted' ? { kind: 'accepted', effect: 'unstated', evidence } : { ...meaning, evidence }
}
