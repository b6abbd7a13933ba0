import { createPrivateKey, type KeyObject } from 'node:crypto'
import { unionpaySignature } from '../../channels/unionpay/sign.ts'
import type { TrainingFault } from '../fault.ts'
import type { Answer } from '../listener.ts'
import type { UnionpayFields } from './request.ts'

/** What answers are signed with, and the certificate that they carry. */
export type AnswerKeys = { readonly privateKey: KeyObject; readonly certificate: string }

export const answerKeys = (privateKey: string, certificate: string): AnswerKeys => ({
  privateKey: createPrivateKey(privateKey),
  certificate,
})

/** What of a request comes back in its answer (unionpay.md §2.3). */
const echoed = ['version', 'encoding', 'bizType', 'accessType', 'merId', 'txnType', 'txnSubType', 'orderId', 'txnTime']

/** Makes an answer that belongs to another order or amount, where it has one. */
const spoil = (fields: UnionpayFields, fault: TrainingFault): UnionpayFields => {
  const { orderId, txnAmt } = fields
  if (fault === 'other-order' && orderId !== undefined) return { ...fields, orderId: `${orderId.slice(0, -1)}*` }
  if (fault === 'other-amount' && txnAmt !== undefined) return { ...fields, txnAmt: String(Number(txnAmt) + 1) }
  return fields
}

const written = (fields: UnionpayFields, turn: number): string => {
  const pairs = Object.entries(fields)
  // The odd case: an answer that is URL-encoded after all (unionpay.md §1, field notes).
  const encode = turn % 4 === 3 ? encodeURIComponent : (value: string) => value
  const body = pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&')
  return turn % 4 === 2 ? `{${body}}` : body
}

/**
 * An answer as UnionPay writes it: one line of `name=value` that is not URL-encoded, with the certificate that verifies
 * it inside what is signed. `turn` chooses the forms that have been seen: CR LF in the certificate, braces around all,
 * and URL-encoding (unionpay.md §1, §4).
 */
export function unionpayAnswer(
  request: UnionpayFields,
  result: UnionpayFields,
  turn: number,
  keys: AnswerKeys,
  fault: TrainingFault,
): Answer {
  const certificate = turn % 4 === 1 ? keys.certificate.replaceAll('\n', '\r\n') : keys.certificate
  const echo = echoed.flatMap((name) => (request[name] ? [[name, request[name]] as const] : []))
  const fields = spoil({ signMethod: '01', ...Object.fromEntries(echo), ...result, signPubKeyCert: certificate }, fault)
  const signed = fault === 'wrong-signature' ? { ...fields, respMsg: 'other' } : fields
  const signature = unionpaySignature(signed, keys.privateKey)
  return {
    kind: 'answer',
    status: 200,
    contentType: 'text/html;charset=UTF-8',
    body: written({ ...fields, signature }, turn),
    fault,
  }
}
