import type { TransactionId } from '../../till/ids.ts'
import { type Fen, readYuan } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { readJson, readRawMembers } from '../json-members.ts'
import { utf8Text } from '../text.ts'
import { type AlipayGatewayCode, alipayCodeIn, alipayGatewayCodes } from './codes.ts'
import type { AlipayMethod } from './encode.ts'
import { readSignedNode, type SignedNode } from './envelope.ts'
import { type AlipayGatewayMeaning, alipayGatewayOutcomes } from './outcomes.ts'
import type { AlipayIdentity } from './settings.ts'
import { alipaySignatureMatches } from './sign.ts'

/** Strings and numbers of an answer's node by name, numbers as they were written; other values stand under `raw`. */
export type AlipayFields = {
  readonly text: Readonly<Record<string, string>>
  readonly raw: ReadonlyMap<string, string>
}

export type AlipayAnswer =
  | {
      readonly kind: 'readable'
      /** Whether Alipay's signature was there and right; without it an answer can only be a refusal (§1.6, §11). */
      readonly isSigned: boolean
      readonly code: AlipayGatewayCode
      readonly subCode: string
      readonly fields: AlipayFields
      readonly evidence: Evidence
    }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

const isVerified = (identity: AlipayIdentity, node: SignedNode & { readonly ok: true }): boolean => {
  const { alipayPublicKey, certificates } = identity
  const { sign, signedText, certificateSerial } = node
  if (sign === undefined) return false
  // A renewed certificate names itself by another serial: not ours to trust, so the answer counts as unverified (§1.7).
  const isForeign = certificateSerial !== undefined && certificateSerial !== certificates?.alipayCertificateSerial
  if (certificates !== undefined && isForeign) return false
  if (alipaySignatureMatches(signedText, sign, alipayPublicKey)) return true
  // Some answers are signed before their slashes are escaped (§1.6 step 7).
  return signedText.includes('\\/') && alipaySignatureMatches(signedText.replaceAll('\\/', '/'), sign, alipayPublicKey)
}

const readFields = (signedText: string): AlipayFields | undefined => {
  const reading = readRawMembers(signedText)
  if (!reading.ok) return undefined
  const text: Record<string, string> = Object.create(null)
  for (const [name, raw] of reading.pieces) {
    const value = readJson(raw)
    if (typeof value === 'string') text[name] = value
    else if (typeof value === 'number') text[name] = raw
  }
  return { text, raw: reading.pieces }
}

/** Reads an answer, cuts its node and verifies it, in that order and over the text as received. Never throws (§1.6). */
export function readAlipayAnswer(identity: AlipayIdentity, method: AlipayMethod, response: HttpResponse): AlipayAnswer {
  const bare = evidenceOf({ httpStatus: response.status })
  if (response.status !== 200) return { kind: 'useless', reason: 'http-status', evidence: bare }
  const body = utf8Text(response.body)
  const node = body === undefined ? undefined : readSignedNode(body, `${method.replaceAll('.', '_')}_response`)
  const fields = node?.ok === true ? readFields(node.signedText) : undefined
  if (node?.ok !== true || fields === undefined) return { kind: 'useless', reason: 'unreadable-answer', evidence: bare }
  const { code: codeText = '', msg = '', sub_code: subCode = '', sub_msg: subMessage = '' } = fields.text
  const evidence = evidenceOf({
    httpStatus: response.status,
    code: `${codeText} ${subCode}`,
    message: subMessage || msg,
    tradeState: fields.text.trade_status,
  })
  const isSigned = isVerified(identity, node)
  // A signature that is there and wrong is never a refusal: nobody knows who wrote this.
  if (!isSigned && node.sign !== undefined) return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  if (codeText === '') return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  const code = alipayCodeIn(alipayGatewayCodes, codeText)
  if (code === undefined) return { kind: 'useless', reason: 'unlisted-code', evidence }
  return { kind: 'readable', isSigned, code, subCode, fields, evidence }
}

/** The code's row, with a refusal by an unexpected sub-code made an unlisted code, and unsigned answers only refusals. */
export function gatewayMeaning(answer: Extract<AlipayAnswer, { readonly kind: 'readable' }>): AlipayGatewayMeaning {
  const meaning: AlipayGatewayMeaning = alipayGatewayOutcomes[answer.code]
  const isListed =
    meaning.kind !== 'refused' || meaning.subCodePrefixes.some((prefix) => answer.subCode.startsWith(prefix))
  if (!isListed) return { kind: 'unknown', reason: answer.isSigned ? 'unlisted-code' : 'unverifiable-answer' }
  return answer.isSigned || meaning.kind === 'refused' ? meaning : { kind: 'unknown', reason: 'unverifiable-answer' }
}

/** Whether an answer names this order: `undefined`, or why it cannot be used. The amount counts where it is present. */
export function orderDifference(
  order: OrderReference,
  fields: AlipayFields,
): 'unverifiable-answer' | 'mismatched-answer' | undefined {
  const { out_trade_no: orderNumber = '', total_amount: amountText = '' } = fields.text
  if (orderNumber !== '' && orderNumber !== order.orderNumber) return 'mismatched-answer'
  const amount = amountText === '' ? undefined : readYuan(amountText)
  const isOtherAmount = amount !== undefined && !(amount.ok && amount.amountFen === order.amountFen)
  if (isOtherAmount) return 'mismatched-answer'
  return orderNumber === '' ? 'unverifiable-answer' : undefined
}

export type AlipayPaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: 'unverifiable-answer' | 'mismatched-answer' }

/** The facts of a paid order: number, amount and trade number must all be there, the first two equal (§2.2, rule). */
export function readPaidFacts(order: OrderReference, fields: AlipayFields): AlipayPaidReading {
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  const { total_amount: amountText, trade_no: tradeNumber } = fields.text
  if (!amountText || !tradeNumber) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The wire's trade number becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: tradeNumber as TransactionId, amountFen: order.amountFen }
}

/** Whether a closed order shows traces of a payment: a time when money went to the seller, or funds (§3.2). */
export function showsPayment(fields: AlipayFields): boolean {
  const { send_pay_date: paidAt, receipt_amount: receipt = '', buyer_pay_amount: buyerPaid = '' } = fields.text
  const funds = readJson(fields.raw.get('fund_bill_list') ?? 'null')
  const hasFunds = Array.isArray(funds) && funds.length > 0
  const isAboveZero = (text: string): boolean => {
    const amount = readYuan(text)
    return amount.ok && amount.amountFen > 0
  }
  return Boolean(paidAt) || hasFunds || isAboveZero(receipt) || isAboveZero(buyerPaid)
}
