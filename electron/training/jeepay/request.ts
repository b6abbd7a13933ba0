import { jeepaySignatureMatches } from '../../channels/jeepay/sign.ts'
import { readJson, readRawMembers } from '../../channels/json-members.ts'
import type { RequestKind } from '../books.ts'
import {
  checkFields,
  type FieldBreach,
  type FieldRule,
  isWholeFen,
  jsonWithText,
  matching,
  oneOf,
} from '../field-rules.ts'
import type { Arrival } from '../listener.ts'

/** Who the training Jeepay knows: one application of one merchant. */
export type JeepayIdentity = { readonly mchNo: string; readonly appId: string; readonly appSecret: string }

/** The calls that are served, by path (jeepay.md §1). Its `close` is no call of a till (§6). */
export const jeepayServedPaths: ReadonlyMap<string, RequestKind> = new Map([
  ['/api/pay/unifiedOrder', 'pay'],
  ['/api/pay/query', 'query'],
  ['/api/refund/refundOrder', 'refund'],
  ['/api/refund/query', 'refund-query'],
])

export type JeepayRequestFields = Readonly<Record<string, string>>

/** Why a request is refused, with Jeepay's code and words; errors carry neither data nor a signature (§2). */
export type Refusal = {
  readonly code: number
  readonly message: string
  readonly breach: string
  readonly subject: string
}

const rule = (name: string, longestBytes: number, form?: (value: string) => boolean): FieldRule => ({
  name,
  required: true,
  longestBytes,
  ...(form === undefined ? {} : { form }),
})
const optional = (name: string, longestBytes: number, form?: (value: string) => boolean): FieldRule => ({
  ...rule(name, longestBytes, form),
  required: false,
})

const webAddress = matching(/^https?:\/\//)

/** jeepay.md §2. */
const everyCall: readonly FieldRule[] = [
  rule('mchNo', 64),
  rule('appId', 64),
  rule('version', 10, oneOf('1.0')),
  rule('signType', 32, oneOf('MD5')),
  rule('reqTime', 13, matching(/^\d{13}$/)),
]

const reach: readonly FieldRule[] = [optional('mchOrderNo', 64), optional('payOrderId', 64)]

/** jeepay.md §3. Jeepay counts characters; bytes are the stricter reading. */
const rules = {
  pay: [
    ...everyCall,
    rule('mchOrderNo', 64),
    rule('wayCode', 20, oneOf('AUTO_BAR', 'WX_BAR', 'ALI_BAR', 'YSF_BAR')),
    rule('amount', 16, isWholeFen),
    rule('currency', 3, oneOf('cny')),
    rule('subject', 64),
    rule('body', 256),
    optional('clientIp', 32),
    optional('notifyUrl', 128, webAddress),
    optional('returnUrl', 128),
    optional('expiredTime', 9, matching(/^[1-9]\d*$/)),
    rule('channelExtra', 512, jsonWithText(['authCode'])),
    optional('extParam', 128),
    optional('divisionMode', 1, oneOf('0', '1', '2')),
  ],
  query: [...everyCall, ...reach],
  refund: [
    ...everyCall,
    ...reach,
    rule('mchRefundNo', 64),
    rule('refundAmount', 16, isWholeFen),
    rule('currency', 3, oneOf('cny')),
    rule('refundReason', 256),
    optional('clientIp', 32),
    optional('notifyUrl', 128, webAddress),
    optional('channelExtra', 512),
    optional('extParam', 128),
  ],
  // Served here by our refund number only.
  'refund-query': [...everyCall, rule('mchRefundNo', 64)],
} as const satisfies Readonly<Record<Exclude<RequestKind, 'revoke'>, readonly FieldRule[]>>

export type JeepayCall = keyof typeof rules

/** Members that Jeepay's class has as numbers; all others are texts. */
const numbers = ['amount', 'refundAmount', 'expiredTime', 'divisionMode']

const refusal = (code: number, message: string, breach: string, subject: string): Refusal => ({
  code,
  message,
  breach,
  subject,
})
const malformed = ({ field, how }: FieldBreach): Refusal => refusal(11, `参数有误[${field}]`, `field-${how}`, field)

export type JeepayRequest = {
  readonly fields: JeepayRequestFields
  /** Members that no documentation has; Jeepay steps over them, and they must not be signed (§4). */
  readonly strangers: readonly string[]
}

/** Checks method, body, merchant, signature and fields, in this order. */
export function readJeepayRequest(
  kind: JeepayCall,
  arrival: Arrival,
  identity: JeepayIdentity,
): JeepayRequest | Refusal {
  if (arrival.method !== 'POST') return refusal(10, '系统异常', 'method', 'POST')
  if (!/^application\/json\b/i.test(arrival.contentType)) return refusal(10, '系统异常', 'content-type', 'json')
  if (arrival.body === 'too-large') return refusal(10, '系统异常', 'body', 'length')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(arrival.body)
  } catch {
    return refusal(10, '系统异常', 'body', 'utf-8')
  }
  const reading = readRawMembers(text)
  if (!reading.ok) return refusal(11, '参数有误', 'json', reading.problem)
  const { pieces: members } = reading
  const names = rules[kind].map(({ name }) => name)
  const fields: Record<string, string> = {}
  for (const name of names) {
    const raw = members.get(name)
    const value = raw === undefined ? undefined : readJson(raw)
    if (raw === undefined || value === null) continue
    if (numbers.includes(name) ? typeof value !== 'number' : typeof value !== 'string') {
      return malformed({ field: name, how: 'malformed' })
    }
    fields[name] = typeof value === 'string' ? value : raw
  }
  if (fields.mchNo !== identity.mchNo) return refusal(9999, '商户或商户应用不存在', 'identity', 'mchNo')
  if (fields.appId !== identity.appId) return refusal(9999, '商户或商户应用不存在', 'identity', 'appId')
  const sign = readJson(members.get('sign') ?? 'null')
  // Over the members that Jeepay knows: one more that the client signed makes the check fail (§4).
  if (typeof sign !== 'string' || !jeepaySignatureMatches(fields, sign, identity.appSecret)) {
    return refusal(9999, '验签失败', 'signature', 'sign')
  }
  const breach = fieldBreach(kind, fields)
  if (breach !== undefined) return malformed(breach)
  const strangers = [...members.keys()].filter((name) => name !== 'sign' && !names.includes(name))
  return { fields, strangers }
}

function fieldBreach(kind: JeepayCall, fields: JeepayRequestFields): FieldBreach | undefined {
  const breach = checkFields(fields, rules[kind])
  if (breach !== undefined) return breach
  return kind !== 'refund-query' && !fields.mchOrderNo && !fields.payOrderId
    ? { field: 'mchOrderNo', how: 'missing' }
    : undefined
}

/** What makes two pay requests the same one: all their members but the time. Holds the payment code. */
export function jeepayRequestText(fields: JeepayRequestFields): string {
  const names = Object.keys(fields).filter((name) => name !== 'reqTime')
  return JSON.stringify(names.sort().map((name) => [name, fields[name]]))
}
