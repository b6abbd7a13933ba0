import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { differenceIn, readBackendAnswer } from './answer.ts'
import {
  backendPersonReasons,
  backendRefundQueryStates,
  backendRefundReasons,
  backendRefundStates,
  listedIn,
} from './codes.ts'
import { backendErrorOutcomes } from './outcomes.ts'
import { backendRefundOutcomes, backendRefundQueryOutcomes } from './refund-outcomes.ts'
import type { BackendSettings } from './settings.ts'

const numbersOf = ({ orderNumber, refundNumber }: RefundReference) => ({ orderNumber, refundNumber })

/** The answer to `POST /v1/refund`. Never throws. */
export function decodeBackendRefund(
  settings: BackendSettings,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  const answer = readBackendAnswer(settings, 'refund', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'turned-away') return { kind: 'refused', reason: 'configuration', evidence }
  const { code, fields } = answer
  const amount = code === 'ok' ? { amountFen: refund.amountFen } : {}
  const difference = differenceIn(fields, { texts: numbersOf(refund), ...amount })
  if (code !== 'ok' && difference !== 'mismatched-answer') return { ...backendErrorOutcomes[code].refund, evidence }
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const unlisted: RefundOutcome = { kind: 'unknown', reason: 'unlisted-code', evidence }
  const state = listedIn(backendRefundStates, fields.text('state'))
  if (state === undefined) return unlisted
  const kind = backendRefundOutcomes[state]
  switch (kind) {
    case 'done':
    case 'accepted':
      return { kind, evidence }
    case 'unknown':
      return { kind, reason: 'system-error', evidence }
    case 'refused': {
      const reason = listedIn(backendRefundReasons, fields.text('reason'))
      return reason === undefined ? unlisted : { kind, reason, evidence }
    }
    case 'person-needed': {
      const reason = listedIn(backendPersonReasons, fields.text('reason'))
      return reason === undefined ? unlisted : { kind, reason, evidence }
    }
  }
}

/** The answer to `POST /v1/refund-query`. Never throws. */
export function decodeBackendRefundQuery(
  settings: BackendSettings,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readBackendAnswer(settings, 'refund-query', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'turned-away') return { kind: 'unknown', reason: 'refused-request', evidence }
  const { code, fields } = answer
  if (code !== 'ok') return { kind: 'unknown', reason: backendErrorOutcomes[code].query, evidence }
  const state = listedIn(backendRefundQueryStates, fields.text('state'))
  // A refund that is not there has no amount.
  const amount = state === 'not-found' || state === 'unknown' ? {} : { amountFen: refund.amountFen }
  const difference = differenceIn(fields, { texts: numbersOf(refund), ...amount })
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  if (state === undefined) return { kind: 'unknown', reason: 'unlisted-code', evidence }
  const kind = backendRefundQueryOutcomes[state]
  return kind === 'unknown' ? { kind, reason: 'system-error', evidence } : { kind, evidence }
}
