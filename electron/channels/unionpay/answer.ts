import type { TransactionId } from '../../till/ids.ts'
import type { Fen } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { utf8Text } from '../text.ts'
import { trustedKey } from './certificate.ts'
import type { UnionpayKey, UnionpayTrade } from './encode.ts'
import { decodedForm, readForm } from './form.ts'
import type { UnionpayIdentity } from './settings.ts'
import { unionpaySignatureMatches } from './sign.ts'

export type UnionpayFields = Readonly<Record<string, string>>

/** An answer after the checks that all calls share. */
export type UnionpayAnswer =
  /** Signed by UnionPay for this merchant; nothing is said yet about the order. */
  | {
      readonly kind: 'verified'
      readonly fields: UnionpayFields
      readonly respCode: string
      readonly evidence: Evidence
    }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

type Difference = 'unverifiable-answer' | 'mismatched-answer' | undefined

/** `undefined` when all fields have the value that they must have; a missing one is never "equal". */
const fieldsDifference = (fields: UnionpayFields, expected: UnionpayFields): Difference => {
  const received = Object.entries(expected).map(([name, value]) => ({ value, actual: fields[name] ?? '' }))
  if (received.some(({ value, actual }) => actual !== '' && actual !== value)) return 'mismatched-answer'
  return received.some(({ actual }) => actual === '') ? 'unverifiable-answer' : undefined
}

/**
 * Whether an answer carries UnionPay's signature, by the certificate that came with it: of UnionPay's name, under a
 * certificate of the settings, not the merchant's own, and not expired when the order or refund began (unionpay.md §4).
 * A decoder has no clock, so that time stands for now.
 */
const isSignedByUnionpay = (identity: UnionpayIdentity, fields: UnionpayFields, startedWallMs: number): boolean => {
  if (fields['signMethod'] !== '01') return false
  const { anchors, companies, ownPublicKey } = identity
  const key = trustedKey(fields['signPubKeyCert'] ?? '', anchors, companies, startedWallMs)
  return key !== undefined && !key.equals(ownPublicKey) && unionpaySignatureMatches(fields, key)
}

/** Reads an answer, checks its signature and its merchant. Never throws (unionpay.md §1, §4, §6 P3). */
export function readUnionpayAnswer(
  identity: UnionpayIdentity,
  response: HttpResponse,
  startedWallMs: number,
): UnionpayAnswer {
  const bare = evidenceOf({ httpStatus: response.status })
  if (response.status !== 200) return { kind: 'useless', reason: 'http-status', evidence: bare }
  const text = utf8Text(response.body)
  const reading = text === undefined ? undefined : readForm(text)
  if (reading === undefined || !reading.ok) return { kind: 'useless', reason: 'unreadable-answer', evidence: bare }
  const decoded = decodedForm(reading.fields)
  const readings = decoded === undefined ? [reading.fields] : [reading.fields, decoded]
  const signed = readings.find((each) => isSignedByUnionpay(identity, each, startedWallMs))
  const fields = signed ?? decoded ?? reading.fields
  const respCode = fields['respCode'] ?? ''
  const evidence = evidenceOf({
    httpStatus: response.status,
    code: respCode,
    message: fields['origRespMsg'] || fields['respMsg'],
    tradeState: fields['origRespCode'],
  })
  if (signed === undefined) return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  const difference = fieldsDifference(fields, { merId: identity.settings.merchantId })
  if (difference !== undefined) return { kind: 'useless', reason: difference, evidence }
  if (respCode === '') return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  return { kind: 'verified', fields, respCode, evidence }
}

/**
 * Whether an answer is to this very request: `undefined`, or why it cannot be used. The kind of trade, number and time
 * must be there; what else is echoed counts where it is present (unionpay.md §2.3).
 */
export function echoDifference(
  fields: UnionpayFields,
  trade: UnionpayTrade,
  key: UnionpayKey,
  amountFen: Fen,
): Difference {
  const also = { txnAmt: String(amountFen), currencyCode: '156', bizType: '000000', accessType: '0' }
  const echoed = Object.entries(also).filter(([name]) => fields[name])
  return fieldsDifference(fields, { ...trade, ...key, ...Object.fromEntries(echoed) })
}

export type UnionpayPaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: 'unverifiable-answer' }

/** The facts of a payment whose echo was compared: the amount must be there, and the number that refunds need (§2.3). */
export function readPaidFacts(fields: UnionpayFields, amountFen: Fen): UnionpayPaidReading {
  const { txnAmt, queryId } = fields
  if (!txnAmt || !queryId) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The wire's number becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: queryId as TransactionId, amountFen }
}
