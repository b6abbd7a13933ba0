import type { TransactionId } from '../../till/ids.ts'
import type { Fen } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { readFlatObject, readJson, readRawMembers } from '../json-members.ts'
import { utf8Text } from '../text.ts'
import type { IcbcIdentity } from './settings.ts'
import { icbcAnswerSignatureMatches } from './sign.ts'

/** The strings and numbers of `response_biz_content` by name, numbers as they were written. */
export type IcbcFields = Readonly<Record<string, string>>

/** An answer that the gateway signed; nothing is said yet about the order. */
export type IcbcAnswer =
  /** `return_code` 0: technically done, which is not "paid" (icbc.md §10 pitfall 5). */
  | { readonly kind: 'done'; readonly fields: IcbcFields; readonly evidence: Evidence }
  | {
      readonly kind: 'refused'
      readonly returnCode: string
      readonly fields: IcbcFields
      readonly evidence: Evidence
    }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

export type Difference = 'unverifiable-answer' | 'mismatched-answer' | undefined

/**
 * Reads an answer, cuts `response_biz_content` out as raw text and verifies it, in that order. Never throws (icbc.md §2,
 * §4). `return_code` comes as a string or a number and is compared as text.
 */
export function readIcbcAnswer(identity: IcbcIdentity, response: HttpResponse): IcbcAnswer {
  const bare = evidenceOf({ httpStatus: response.status })
  if (response.status !== 200) return { kind: 'useless', reason: 'http-status', evidence: bare }
  const body = utf8Text(response.body)
  const envelope = body === undefined ? undefined : readRawMembers(body)
  const signedText = envelope?.ok === true ? envelope.pieces.get('response_biz_content') : undefined
  const fields = signedText === undefined ? undefined : readFlatObject(signedText)
  if (envelope?.ok !== true || signedText === undefined || fields === undefined) {
    return { kind: 'useless', reason: 'unreadable-answer', evidence: bare }
  }
  const { return_code: returnCode = '' } = fields
  const evidence = evidenceOf({
    httpStatus: response.status,
    code: returnCode === '0' ? '' : returnCode,
    message: fields.return_msg,
    tradeState: fields.pay_status,
  })
  const sign = readJson(envelope.pieces.get('sign') ?? '')
  const { settings, icbcPublicKey } = identity
  const isSigned =
    typeof sign === 'string' && icbcAnswerSignatureMatches(signedText, sign, icbcPublicKey, settings.answerDigest)
  if (!isSigned || returnCode === '') return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  // No answer of these calls is documented to name the merchant; where one does, it must be ours.
  if (fields.mer_id && fields.mer_id !== settings.merchantId) {
    return { kind: 'useless', reason: 'mismatched-answer', evidence }
  }
  return returnCode === '0' ? { kind: 'done', fields, evidence } : { kind: 'refused', returnCode, fields, evidence }
}

/** A whole number of fen of a field: undefined where it is absent or empty, NaN where it is no amount. */
export function fenIn(text: string | undefined): number | undefined {
  if (!text) return undefined
  return /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
}

/** Whether an answer names this order: `undefined`, or why it cannot be used. The amount counts where it is present. */
export function orderDifference(order: OrderReference, fields: IcbcFields): Difference {
  const { out_trade_no: orderNumber = '' } = fields
  if (orderNumber !== '' && orderNumber !== order.orderNumber) return 'mismatched-answer'
  const totalFen = fenIn(fields.total_amt)
  if (totalFen !== undefined && totalFen !== order.amountFen) return 'mismatched-answer'
  return orderNumber === '' ? 'unverifiable-answer' : undefined
}

export type IcbcPaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: 'unverifiable-answer' | 'mismatched-answer' }

/** The facts of a paid order: number, amount and the bank's number must all be there, the first two equal (§5 P1). */
export function readPaidFacts(order: OrderReference, fields: IcbcFields): IcbcPaidReading {
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  const { total_amt: total, order_id: orderId } = fields
  if (!total || !orderId) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The wire's order_id becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: orderId as TransactionId, amountFen: order.amountFen }
}

/** Whether an order that was reversed shows that the customer had paid: `payment_amt` is what they really paid (§3). */
export function showsPayment(fields: IcbcFields): boolean {
  return (fenIn(fields.payment_amt) ?? 0) > 0
}
