import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { type Difference, fieldsDifference, type JeepayFields, merchantFields, readJeepayAnswer } from './answer.ts'
import { jeepayCodeIn, jeepayRefundStates } from './codes.ts'
import { jeepayMeaning } from './outcomes.ts'
import {
  jeepayRefundErrors,
  jeepayRefundQueryErrors,
  jeepayRefundQueryStates,
  jeepayRefundQueryTexts,
  jeepayRefundStateOutcomes,
  jeepayRefundTexts,
} from './refund-outcomes.ts'
import type { JeepaySettings } from './settings.ts'

/** Whether an answer is about this refund: its number and both amounts; the answer does not name our order (§3). */
const refundDifference = (settings: JeepaySettings, refund: RefundReference, fields: JeepayFields): Difference =>
  fieldsDifference(fields, {
    ...merchantFields(settings, fields),
    mchRefundNo: refund.refundNumber,
    refundAmount: String(refund.amountFen),
    payAmount: String(refund.orderAmountFen),
    ...(fields.mchOrderNo === undefined ? {} : { mchOrderNo: refund.orderNumber }),
  })

/** The answer to `refundOrder` (jeepay.md §3, §7). Never throws. */
export function decodeJeepayRefund(
  settings: JeepaySettings,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  const answer = readJeepayAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    return { ...jeepayMeaning(answer.code, answer.message, jeepayRefundTexts, jeepayRefundErrors), evidence }
  }
  const { fields } = answer
  const difference = refundDifference(settings, refund, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const state = jeepayCodeIn(jeepayRefundStates, fields.state ?? '')
  if (state !== undefined) return { ...jeepayRefundStateOutcomes[state], evidence }
  return { kind: 'unknown', reason: fields.state ? 'unlisted-code' : 'unverifiable-answer', evidence }
}

/** The answer to `refund/query` by our refund number (jeepay.md §3, §7). Never throws. */
export function decodeJeepayRefundQuery(
  settings: JeepaySettings,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readJeepayAnswer(settings, response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  if (answer.kind === 'refused') {
    const { code, message } = answer
    return { ...jeepayMeaning(code, message, jeepayRefundQueryTexts, jeepayRefundQueryErrors), evidence }
  }
  const { fields } = answer
  const difference = refundDifference(settings, refund, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
  const state = jeepayCodeIn(jeepayRefundStates, fields.state ?? '')
  if (state !== undefined) return { ...jeepayRefundQueryStates[state], evidence }
  return { kind: 'unknown', reason: fields.state ? 'unlisted-code' : 'unverifiable-answer', evidence }
}
