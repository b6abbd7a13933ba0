import { readYuan } from '../../till/money.ts'
import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { HttpResponse, RefundReference } from '../channel.ts'
import { keepableText } from '../evidence.ts'
import { type AlipayFields, gatewayMeaning, readAlipayAnswer } from './answer.ts'
import { alipayCodeIn, alipayRefundSubCodes } from './codes.ts'
import { alipayRefundOutcomes } from './refund-outcomes.ts'
import type { AlipayIdentity } from './settings.ts'

type Difference = 'unverifiable-answer' | 'mismatched-answer' | undefined

/** The amount of a member in fen; undefined where it is absent, NaN where it is no amount. */
const amountIn = (text: string | undefined): number | undefined => {
  if (!text) return undefined
  const reading = readYuan(text)
  return reading.ok ? reading.amountFen : Number.NaN
}

const orderNumberDifference = (refund: RefundReference, { text }: AlipayFields): Difference => {
  if (!text.out_trade_no) return 'unverifiable-answer'
  return text.out_trade_no === refund.orderNumber ? undefined : 'mismatched-answer'
}

/**
 * Whether the answer to a refund request is about this refund. `refund_fee` is what the order was refunded in all, this
 * time included (alipay.md §2.5, unconfirmed), so it must lie between this refund and the whole order.
 */
const refundDifference = (refund: RefundReference, fields: AlipayFields): Difference => {
  const inAllFen = amountIn(fields.text.refund_fee)
  const isOther = inAllFen !== undefined && !(inAllFen >= refund.amountFen && inAllFen <= refund.orderAmountFen)
  return isOther ? 'mismatched-answer' : orderNumberDifference(refund, fields)
}

/** The answer to `alipay.trade.refund`: done only with `fund_change=Y` (alipay.md §3.4). Never throws. */
export function decodeAlipayRefund(
  identity: AlipayIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundOutcome {
  const answer = readAlipayAnswer(identity, 'alipay.trade.refund', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const { fields, subCode } = answer
  const meaning = gatewayMeaning(answer)
  switch (meaning.kind) {
    case 'unknown':
      return { ...meaning, evidence }
    case 'refused':
      return { kind: 'refused', reason: 'configuration', evidence }
    case 'awaiting-payer': // 10003 belongs to the pay call alone
      return { kind: 'unknown', reason: 'unlisted-code', evidence }
    case 'business-failure': {
      if (orderNumberDifference(refund, fields) === 'mismatched-answer') {
        return { kind: 'unknown', reason: 'mismatched-answer', evidence }
      }
      const code = alipayCodeIn(alipayRefundSubCodes, subCode)
      return code === undefined
        ? { kind: 'unknown', reason: 'unlisted-code', evidence }
        : { ...alipayRefundOutcomes[code], evidence }
    }
    case 'succeeded': {
      const difference = refundDifference(refund, fields)
      if (difference !== undefined) return { kind: 'unknown', reason: difference, evidence }
      return { kind: fields.text.fund_change === 'Y' ? 'done' : 'unproven', evidence }
    }
  }
}

/** The answer to `alipay.trade.fastpay.refund.query` (alipay.md §2.6, §3.4). Never throws. */
export function decodeAlipayRefundQuery(
  identity: AlipayIdentity,
  refund: RefundReference,
  response: HttpResponse,
): RefundQueryOutcome {
  const answer = readAlipayAnswer(identity, 'alipay.trade.fastpay.refund.query', response)
  const { evidence } = answer
  if (answer.kind === 'useless') return { kind: 'unknown', reason: answer.reason, evidence }
  const meaning = gatewayMeaning(answer)
  switch (meaning.kind) {
    case 'unknown':
      return { ...meaning, evidence }
    case 'refused':
      return { kind: 'unknown', reason: 'refused-request', evidence }
    case 'awaiting-payer':
      return { kind: 'unknown', reason: 'unlisted-code', evidence }
    case 'business-failure': // §3.4 lists none: others are unknown
      return {
        kind: 'unknown',
        reason: answer.subCode === 'ACQ.SYSTEM_ERROR' ? 'system-error' : 'unlisted-code',
        evidence,
      }
    case 'succeeded':
      return queryOutcome(refund, answer.fields, evidence)
  }
}

const queryOutcome = (
  refund: RefundReference,
  fields: AlipayFields,
  evidence: RefundQueryOutcome['evidence'],
): RefundQueryOutcome => {
  const { out_request_no: refundNumber = '', refund_status: status = '', total_amount: totalText } = fields.text
  const unknown = (reason: 'unverifiable-answer' | 'mismatched-answer' | 'unlisted-code'): RefundQueryOutcome => ({
    kind: 'unknown',
    reason,
    evidence: status === '' ? evidence : { ...evidence, tradeState: keepableText(status, 64) },
  })
  const orderNumber = fields.text.out_trade_no ?? ''
  if (orderNumber !== '' && orderNumber !== refund.orderNumber) return unknown('mismatched-answer')
  if (refundNumber !== '' && refundNumber !== refund.refundNumber) return unknown('mismatched-answer')
  const totalFen = amountIn(totalText)
  if (totalFen !== undefined && totalFen !== refund.orderAmountFen) return unknown('mismatched-answer')
  const amountFen = amountIn(fields.text.refund_amount)
  // Code 10000 without any refund data: the channel knows of none, or not yet (§3.4).
  if (status === '' && (amountFen === undefined || refundNumber === '')) return { kind: 'not-found', evidence }
  if (amountFen !== undefined && amountFen !== refund.amountFen) return unknown('mismatched-answer')
  if (amountFen === undefined || refundNumber === '' || orderNumber === '') return unknown('unverifiable-answer')
  // Data without a status is how older answers say that it was done (§3.4).
  return status === '' || status === 'REFUND_SUCCESS' ? { kind: 'done', evidence } : unknown('unlisted-code')
}
