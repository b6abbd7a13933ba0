import type { TransactionId } from '../../till/ids.ts'
import type { Fen } from '../../till/money.ts'
import type { Evidence, UnknownReason } from '../../till/outcome.ts'
import type { HttpResponse, OrderReference } from '../channel.ts'
import { evidenceOf } from '../evidence.ts'
import { readFlatXml } from '../flat-xml.ts'
import { utf8Text } from '../text.ts'
import type { QraIdentity } from './settings.ts'
import { qraSignatureMatches } from './sign.ts'

export type QraFields = Readonly<Record<string, string>>

/** An answer after the checks that all calls share. */
export type QraAnswer =
  /** Signed by the gateway for this merchant; nothing is said yet about the order. */
  | {
      readonly kind: 'verified'
      readonly fields: QraFields
      /** `result_code` is 0. */
      readonly succeeded: boolean
      readonly evidence: Evidence
    }
  /** `status` is not 0: the message was not understood, and the answer usually has no signature (swiftpass.md §3). */
  | { readonly kind: 'refused'; readonly message: string; readonly evidence: Evidence }
  | { readonly kind: 'useless'; readonly reason: UnknownReason; readonly evidence: Evidence }

export type Difference = 'unverifiable-answer' | 'mismatched-answer'

/** `undefined` when all fields have the value that they must have; a missing one is never "equal". */
export function fieldsDifference(fields: QraFields, expected: QraFields): Difference | undefined {
  const received = Object.entries(expected).map(([name, value]) => ({ value, actual: fields[name] ?? '' }))
  if (received.some(({ value, actual }) => actual !== '' && actual !== value)) return 'mismatched-answer'
  return received.some(({ actual }) => actual === '') ? 'unverifiable-answer' : undefined
}

/** Reads an answer, checks its signature and its merchant. Never throws (swiftpass.md §3, §4). */
export function readQraAnswer({ settings, verifyingKey }: QraIdentity, response: HttpResponse): QraAnswer {
  const bare = evidenceOf({ httpStatus: response.status })
  if (response.status !== 200) return { kind: 'useless', reason: 'http-status', evidence: bare }
  const text = utf8Text(response.body)
  const reading = text === undefined ? undefined : readFlatXml(text)
  if (reading === undefined || !reading.ok) return { kind: 'useless', reason: 'unreadable-answer', evidence: bare }
  const { fields } = reading
  const { status, result_code: resultCode, message = '' } = fields
  if (!status) return { kind: 'useless', reason: 'unverifiable-answer', evidence: bare }
  const evidence = evidenceOf({
    httpStatus: response.status,
    code: status !== '0' ? status : resultCode === '0' ? '' : fields.err_code || resultCode,
    message: fields.err_msg || message,
    tradeState: fields.trade_state,
  })
  const isSigned = qraSignatureMatches(fields, verifyingKey)
  // A refusal needs no signature; one that has a wrong signature is somebody else's.
  if (!isSigned && (status === '0' || fields.sign)) return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  if (status !== '0') return { kind: 'refused', message, evidence }
  const difference = fieldsDifference(fields, { mch_id: settings.merchantId })
  if (difference !== undefined) return { kind: 'useless', reason: difference, evidence }
  if (!resultCode) return { kind: 'useless', reason: 'unverifiable-answer', evidence }
  return { kind: 'verified', fields, succeeded: resultCode === '0', evidence }
}

/** Whether an answer names this order: `undefined`, or why it cannot be used. Amount and currency count where they are present. */
export function orderDifference(order: OrderReference, fields: QraFields): Difference | undefined {
  return fieldsDifference(fields, {
    out_trade_no: order.orderNumber,
    ...(fields.total_fee ? { total_fee: String(order.amountFen) } : {}),
    ...(fields.fee_type ? { fee_type: 'CNY' } : {}),
  })
}

export type QraPaidReading =
  | { readonly kind: 'paid'; readonly transactionId: TransactionId; readonly amountFen: Fen }
  | { readonly kind: 'unknown'; readonly reason: Difference }

/** The facts of a paid order: number, amount and the platform's own number must all be there, the first two equal (§5 P1). */
export function readPaidFacts(order: OrderReference, fields: QraFields): QraPaidReading {
  const difference = orderDifference(order, fields)
  if (difference !== undefined) return { kind: 'unknown', reason: difference }
  if (!fields.total_fee || !fields.transaction_id) return { kind: 'unknown', reason: 'unverifiable-answer' }
  // The wire's transaction id becomes ours here and nowhere else.
  return { kind: 'paid', transactionId: fields.transaction_id as TransactionId, amountFen: order.amountFen }
}
