import { jeepaySignature } from '../../channels/jeepay/sign.ts'
import type { TrainingFault } from '../fault.ts'
import type { Answer } from '../listener.ts'
import { flatlySaid } from '../wire-fault.ts'
import type { JeepaySaying } from './wire-faults.ts'

/** `data` of an answer; null members are written, and are not signed (jeepay.md §4). */
export type JeepayData = Readonly<Record<string, string | number | null>>

/** What a call came to: data to be signed, or a code with its words. */
export type JeepayResult =
  | { readonly kind: 'data'; readonly data: JeepayData }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }

export const dataOf = (data: JeepayData): JeepayResult => ({ kind: 'data', data })
/** A business refusal in words. */
export const refusedWith = (message: string): JeepayResult => ({ kind: 'error', code: 9999, message })

/** The plain answer as a fault of the table makes it; an error has no data that could say otherwise. */
export function jeepaySaid(says: JeepaySaying, plain: JeepayResult | undefined): JeepayResult {
  if ('error' in says) return { kind: 'error', code: says.error, message: says.message }
  return plain?.kind === 'error' ? plain : dataOf(flatlySaid(says.data, plain?.data))
}

/** Makes an answer that belongs to another order, refund or amount, where it has one. */
const spoilt = (data: JeepayData, fault: TrainingFault): JeepayData => {
  const changed = (names: readonly string[], change: (value: string | number) => string | number): JeepayData => {
    const found = names.find((name) => data[name] !== undefined && data[name] !== null)
    return found === undefined ? data : { ...data, [found]: change(data[found] ?? '') }
  }
  if (fault === 'other-order')
    return changed(['mchOrderNo', 'mchRefundNo'], (value) => `${String(value).slice(0, -1)}*`)
  if (fault === 'other-amount') return changed(['amount', 'refundAmount'], (value) => Number(value) + 1)
  return data
}

/** The answer as it is sent: always HTTP 200, errors without data and without a signature (jeepay.md §2). */
export function jeepayAnswer(result: JeepayResult, appSecret: string, fault: TrainingFault): Answer {
  return { kind: 'answer', status: 200, contentType: 'application/json;charset=UTF-8', body: bodyOf(), fault }

  function bodyOf(): string {
    if (result.kind === 'error') return JSON.stringify({ code: result.code, msg: result.message })
    const data = spoilt(result.data, fault)
    const secret = fault === 'wrong-signature' ? appSecret.split('').reverse().join('') : appSecret
    const texts = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value ?? '')]))
    return JSON.stringify({ code: 0, msg: 'SUCCESS', data, sign: jeepaySignature(texts, secret) })
  }
}
