import type { TransactionId } from '../../till/ids.ts'
import type { Fen } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { readJson, readRawMembers } from '../json-members.ts'
import { utf8Text } from '../text.ts'
import { type JeepayErrorCode, jeepayCodeIn, jeepayErrorCodes } from './codes.ts'
import type { JeepaySettings } from './settings.ts'
import { jeepaySignatureMatches } from './sign.ts'

/** The members of an answer's `data` by name, numbers as they were written; null and empty ones are absent. */
export type JeepayFields = Readonly<Record<string, string>>

/** An answer after the checks that all calls share. */
export type JeepayAnswer =
  /** `code` 0 and data that this application's Jeepay signed; nothing is said yet about the order. */
  | { readonly kind: 'verified'; readonly fields: JeepayFields; readonly evidence: Evidence }
  /** `code` other than 0: never signed (jeepay.md §2). */
  | {
      readonly kind: 'refused'
      readonly code: JeepayErrorCode
      readonly message: string
      readonly evidence: Evidence
    }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

export type Difference = 'unverifiable-answer' | 'mismatched-answer' | undefined

/** The object's members as texts; undefined where it is none, has a name twice, or a value that is no plain one. */
const plainFields = (text: string): JeepayFields | undefined => {
  const reading = readRawMembers(text)
  if (!reading.ok) return undefined
  const fields: Record<string, string> = Object.create(null)
  for (const [name, raw] of reading.pieces) {
    const value = readJson(raw)
    if (value === null || value === '') continue
    if (typeof value === 'string') fields[name] = value
    else if (typeof value === 'number' || typeof value === 'boolean') fields[name] = raw
    else return undefined
  }
  return fields
}

/** The value of a top member as text; '' where it is missing, null or no plain value. */
const topText = (raw: string | undefined): string => {
  const value = raw === undefined ? undefined : readJson(raw)
  if (typeof value === 'string') return value
  return typeof value === 'number' && raw !== undefined ? raw : ''
}

/** Reads an answer and checks its signature over the members of `data`. Never throws (jeepay.md §2, §4). */
export function readJeepayAnswer(settings: JeepaySettings, response: HttpResponse): JeepayAnswer {
  const bare = evidenceOf({ httpStatus: response.status })
  const useless = (reason: UnknownReason, evidence: Evidence = bare): JeepayAnswer => ({
    kind: 'useless',
    reason,
    evidence,
  })
  // Jeepay answers 200 whatever happened; everything else comes from something in front of it.
  if (response.status !== 200) return useless('http-status')
  const text = utf8Text(response.body)
  const reading = text === undefined ? undefined : readRawMembers(text)
  if (reading === undefined || !reading.ok) return useless('unreadable-answer')
  const { pieces: members } = reading
  const code = topText(members.get('code'))
  const message = topText(members.get('msg'))
  if (code === '') return useless('unverifiable-answer')
  if (code !== '0') {
    const evidence = evidenceOf({ httpStatus: response.status, code, message })
    const known = jeepayCodeIn(jeepayErrorCodes, code)
    return known === undefined
      ? useless('unlisted-code', evidence)
      : { kind: 'refused', code: known, message, evidence }
  }
  const data = members.get('data')
  const fields = data === undefined ? undefined : plainFields(data)
  if (fields === undefined) return useless('unverifiable-answer')
  if (!jeepaySignatureMatches(fields, topText(members.get('sign')), settings.appSecret)) {
    return useless('unverifiable-answer')
  }
  const evidence = evidenceOf({
    httpStatus: response.status,
    code: fields.errCode,
    message: fields.errMsg,
    tradeState: fields.orderState ?? fields.state,
  })
  return { kind: 'verified', fields, evidence }
}

/** `undefined` when all fields have the value that they must have; a missing one is never "equal". */
export function fieldsDifference(fields: JeepayFields, expected: JeepayFields): Difference {
  const received = Object.entries(expected).map(([name, value]) => ({ value, actual: fields[name] }))
  if (received.some(({ value, actual }) => actual !== undefined && actual !== value)) return 'mismatched-answer'
  return received.some(({ actual }) => actual === undefined) ? 'unverifiable-answer' : undefined
}

/** What must be equal wherever it stands, though not every answer has it (jeepay.md §3). */
export function merchantFields(settings: JeepaySettings, fields: JeepayFields): JeepayFields {
  const { mchNo, appId } = settings
  const present = Object.entries({ mchNo, appId, currency: 'cny' }).filter(([name]) => fields[name] !== undefined)
  return Object.fromEntries(present)
}

export type JeepayPaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: 'unverifiable-answer' | 'mismatched-answer' }

/**
 * The facts of a paid order in a query. Merchant, application, number and amount must be there and equal; the wallet's
 * own number counts as the transaction, Jeepay's where that is missing.
 */
export function readPaidFacts(
  settings: JeepaySettings,
  order: OrderReference,
  fields: JeepayFields,
): JeepayPaidReading {
  const { mchNo, appId } = settings
  const difference = fieldsDifference(fields, {
    ...merchantFields(settings, fields),
    mchNo,
    appId,
    mchOrderNo: order.orderNumber,
    amount: String(order.amountFen),
  })
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  const transaction = fields.channelOrderNo ?? fields.payOrderId
  if (transaction === undefined) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The wire's transaction id becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: transaction as TransactionId, amountFen: order.amountFen }
}
