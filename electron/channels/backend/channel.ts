import { assertNever } from '../../till/brand.ts'
import type { TransactionId } from '../../till/ids.ts'
import type { Evidence, FailureReason, PaidFacts, PayOutcome, QueryOutcome, RevokeOutcome } from '../../till/outcome.ts'
import type { Channel, HttpResponse, OrderReference } from '../channel.ts'
import { differenceIn, readBackendAnswer } from './answer.ts'
import { backendBill } from './bill-call.ts'
import {
  backendEffects,
  backendFailureReasons,
  backendPayStates,
  backendQueryStates,
  backendRevokeStates,
  backendWasPaid,
  listedIn,
} from './codes.ts'
import { encodeBackendOrder, encodeBackendPay, encodeBackendRefund, encodeBackendRefundQuery } from './encode.ts'
import type { JsonFields } from './json.ts'
import { type BackendPayMeaning, backendErrorOutcomes } from './outcomes.ts'
import { decodeBackendRefund, decodeBackendRefundQuery } from './refund.ts'
import type { BackendSettings } from './settings.ts'

/**
 * Payments through the merchant's own back end, by our contract (docs/backend-api.yaml).
 *
 * The settings must have passed `checkBackendSettings`. Encoders are pure given time and nonce; decoders never throw.
 */
export function createBackendChannel(settings: BackendSettings): Channel {
  return {
    id: settings.id,
    connection: settings.connection,
    pay: {
      encode: (request, context) => encodeBackendPay(settings, request, context),
      decode: (order, response) => decodePay(settings, order, response),
    },
    query: {
      encode: (order, context) => encodeBackendOrder(settings, 'query', order, context),
      decode: (order, response) => decodeQuery(settings, order, response),
    },
    revoke: {
      encode: (order, context) => encodeBackendOrder(settings, 'revoke', order, context),
      decode: (order, response) => decodeRevoke(settings, order, response),
    },
    refund: {
      encode: (refund, context) => encodeBackendRefund(settings, refund, context),
      decode: (refund, response) => decodeBackendRefund(settings, refund, response),
    },
    queryRefund: {
      encode: (refund, context) => encodeBackendRefundQuery(settings, refund, context),
      decode: (refund, response) => decodeBackendRefundQuery(settings, refund, response),
    },
    bill: backendBill(settings),
  }
}

/** What both answers about an order's state have in common; `undefined` where the order has no facts of a payment. */
const paidFacts = (order: OrderReference, fields: JsonFields): PaidFacts | undefined => {
  const transactionId = fields.text('transactionId') ?? ''
  if (!/^[\x21-\x7e]{1,64}$/.test(transactionId)) return undefined
  return { transactionId: transactionId as TransactionId, amountFen: order.amountFen }
}

const paidOutcome = (order: OrderReference, fields: JsonFields, evidence: Evidence) => {
  const facts = paidFacts(order, fields)
  return facts === undefined
    ? ({ kind: 'unknown', reason: 'unverifiable-answer', evidence } as const)
    : ({ kind: 'paid', ...facts, evidence } as const)
}

const ending = (
  kind: 'failed' | 'failed-unless-query-differs' | 'revoke-needed',
  reason: FailureReason,
  evidence: Evidence,
): PayOutcome => {
  switch (kind) {
    case 'failed':
      return { kind, reason, evidence }
    case 'failed-unless-query-differs':
      return { kind, reason, evidence }
    case 'revoke-needed':
      return { kind, reason, evidence }
  }
}

/** A refusal that does not name the order is not enough to be final; one of another order says nothing. */
const refusedPay = (
  meaning: BackendPayMeaning,
  difference: 'mismatched-answer' | 'unverifiable-answer' | undefined,
  evidence: Evidence,
): PayOutcome => {
  if (difference === 'mismatched-answer') return { kind: 'unknown', reason: difference, evidence }
  if (meaning.kind === 'unknown') return { ...meaning, evidence }
  return ending(difference === undefined ? meaning.kind : 'failed-unless-query-differs', meaning.reason, evidence)
}

const decodePay = (settings: BackendSettings, order: OrderReference, response: HttpResponse): PayOutcome => {
  const answer = readBackendAnswer(settings, 'pay', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  // Nobody who can be verified refused it, so one query decides.
  if (answer.kind === 'turned-away') return { kind: 'failed-unless-query-differs', reason: 'configuration', evidence }
  const { code, fields } = answer
  const { orderNumber, amountFen } = order
  const expected = { texts: { orderNumber }, ...(code === 'ok' ? { amountFen } : {}) }
  const difference = differenceIn(fields, expected)
  if (code !== 'ok') return refusedPay(backendErrorOutcomes[code].pay, difference, evidence)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const state = listedIn(backendPayStates, fields.text('state'))
  switch (state) {
    case undefined:
      return { kind: 'unknown', reason: 'unlisted-code', evidence }
    case 'paid':
      return paidOutcome(order, fields, evidence)
    case 'awaiting-payer':
      return { kind: state, evidence }
    case 'unknown':
      return { kind: state, reason: 'system-error', evidence }
    case 'failed':
    case 'failed-unless-query-differs':
    case 'revoke-needed': {
      const reason = listedIn(backendFailureReasons, fields.text('reason'))
      return reason === undefined
        ? { kind: 'unknown', reason: 'unlisted-code', evidence }
        : ending(state, reason, evidence)
    }
    default:
      return assertNever(state, 'state of a payment')
  }
}

const decodeQuery = (settings: BackendSettings, order: OrderReference, response: HttpResponse): QueryOutcome => {
  const answer = readBackendAnswer(settings, 'query', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'turned-away') return { kind: 'unknown', reason: 'refused-request', evidence }
  const { code, fields } = answer
  if (code !== 'ok') return { kind: 'unknown', reason: backendErrorOutcomes[code].query, evidence }
  const unlisted: QueryOutcome = { kind: 'unknown', reason: 'unlisted-code', evidence }
  const state = listedIn(backendQueryStates, fields.text('state'))
  const { orderNumber } = order
  // An order that is not there has no amount.
  const amount = state === 'not-found' || state === 'unknown' ? {} : { amountFen: order.amountFen }
  const difference = differenceIn(fields, { texts: { orderNumber }, ...amount })
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  switch (state) {
    case undefined:
      return unlisted
    case 'paid':
      return paidOutcome(order, fields, evidence)
    case 'awaiting-payer':
    case 'unpaid':
    case 'not-found':
      return { kind: state, evidence }
    case 'unknown':
      return { kind: state, reason: 'system-error', evidence }
    case 'revoke-needed': {
      const reason = listedIn(backendFailureReasons, fields.text('reason'))
      return reason === undefined ? unlisted : { kind: state, reason, evidence }
    }
    case 'closed': {
      const wasPaid = listedIn(backendWasPaid, fields.text('wasPaid'))
      return wasPaid === undefined ? unlisted : { kind: state, wasPaid, evidence }
    }
    default:
      return assertNever(state, 'state of an order')
  }
}

const decodeRevoke = (settings: BackendSettings, order: OrderReference, response: HttpResponse): RevokeOutcome => {
  const answer = readBackendAnswer(settings, 'revoke', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'try-again', reason: answer.reason, evidence }
  if (answer.kind === 'turned-away') return { kind: 'person-needed', evidence }
  const { code, fields } = answer
  const { orderNumber } = order
  const difference = differenceIn(fields, { texts: { orderNumber } })
  if (code !== 'ok' && difference !== 'mismatched-answer') return { ...backendErrorOutcomes[code].revoke, evidence }
  if (difference !== undefined) return { kind: 'try-again', reason: difference, evidence }
  const state = listedIn(backendRevokeStates, fields.text('state'))
  switch (state) {
    case undefined:
      return { kind: 'try-again', reason: 'unlisted-code', evidence }
    case 'accepted': {
      const effect = listedIn(backendEffects, fields.text('effect'))
      return effect === undefined
        ? { kind: 'try-again', reason: 'unverifiable-answer', evidence }
        : { kind: state, effect, evidence }
    }
    case 'try-again':
      return { kind: state, reason: 'system-error', evidence }
    case 'payer-confirming':
    case 'not-revocable':
    case 'person-needed':
      return { kind: state, evidence }
    default:
      return assertNever(state, 'state of a revoke')
  }
}
