import type { KeyObject } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { readFlatXml } from '../../channels/flat-xml.ts'
import { type QraSignType, type QraVerifyingKey, qraSignatureMatches } from '../../channels/qra/sign.ts'
import type { RequestKind } from '../books.ts'
import { checkFields, type FieldBreach, type FieldRule, isWholeFen, matching, oneOf } from '../field-rules.ts'
import type { Arrival } from '../listener.ts'

/** Who the training gateway knows: one merchant, by a key for MD5 and by a public key for RSA. */
export type QraServerIdentity = {
  readonly merchantId: string
  readonly apiKey: string
  readonly merchantPublicKey: KeyObject
}

/** The calls that are served, by `service` (swiftpass.md §1). */
const services: ReadonlyMap<string, RequestKind | 'bill'> = new Map([
  ['unified.trade.micropay', 'pay'],
  ['unified.trade.query', 'query'],
  ['unified.micropay.reverse', 'revoke'],
  ['unified.trade.refund', 'refund'],
  ['unified.trade.refundquery', 'refund-query'],
  ['pay.bill.merchant', 'bill'],
])

export type QraFields = Readonly<Record<string, string>>

/** Why the door refuses a request: answered with a `status` other than 0 and no signature (§3). */
export type DoorRefusal = { readonly message: string; readonly breach: string; readonly subject: string }

/** A request that was signed by our merchant and is whole. */
export type SignedRequest = {
  readonly kind: RequestKind | 'bill'
  readonly fields: QraFields
  readonly signType: QraSignType
}

const refusal = (message: string, breach: string, subject: string): DoorRefusal => ({ message, breach, subject })

/** Checks method, size, encoding, XML, merchant, signature, service and fields, in this order. */
export function readSignedRequest(arrival: Arrival, identity: QraServerIdentity): SignedRequest | DoorRefusal {
  if (arrival.method !== 'POST') return refusal('请使用POST方法', 'method', 'POST')
  if (arrival.body === 'too-large') return refusal('请求数据过大', 'body', 'length')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(arrival.body)
  } catch {
    return refusal('编码格式错误，请使用UTF-8', 'body', 'utf-8')
  }
  const reading = readFlatXml(text)
  if (!reading.ok) return refusal('XML格式错误', 'xml', reading.problem)
  const { fields } = reading
  if (fields.mch_id !== identity.merchantId) return refusal('商户号不存在', 'identity', 'mch_id')
  const key = verifyingKey(fields, identity)
  if (key === undefined) return refusal('签名类型错误', 'signature', 'sign_type')
  if (!qraSignatureMatches(fields, key)) return refusal('验证签名不通过', 'signature', 'sign')
  const kind = services.get(fields.service ?? '')
  if (kind === undefined) return refusal('接口不存在', 'service', 'service')
  const breach = checkQraFields(kind, fields)
  if (breach !== undefined) return refusal(`参数错误：${breach.field}`, `field-${breach.how}`, breach.field)
  return { kind, fields, signType: key.signType }
}

/** Without `sign_type` MD5 is assumed (§2). */
const verifyingKey = (
  { sign_type: signType = 'MD5' }: QraFields,
  { apiKey, merchantPublicKey: publicKey }: QraServerIdentity,
): QraVerifyingKey | undefined => {
  if (signType === 'MD5') return { signType, apiKey }
  return signType === 'RSA_1_256' || signType === 'RSA_1_1' ? { signType, publicKey } : undefined
}

const required = (name: string, longestBytes: number, form?: (value: string) => boolean): FieldRule => ({
  name,
  required: true,
  longestBytes,
  ...(form === undefined ? {} : { form }),
})

const optional = (name: string, longestBytes: number, form?: (value: string) => boolean): FieldRule => ({
  ...required(name, longestBytes, form),
  required: false,
})

/** §2: 5–32 letters, digits and `_`. */
const orderNumberForm = matching(/^[0-9A-Za-z_]{5,32}$/)
const compactTime = matching(/^\d{14}$/)

const everyCall: readonly FieldRule[] = [
  required('service', 32),
  optional('version', 8, oneOf('2.0')),
  optional('charset', 8, oneOf('UTF-8')),
  optional('sign_type', 9),
  required('mch_id', 32),
  required('nonce_str', 32),
  required('sign', 1_024),
]

/** §2; agents and groups do not sign for the practice merchant. */
const rules = {
  pay: [
    ...everyCall,
    required('out_trade_no', 32, orderNumberForm),
    required('body', 127),
    required('total_fee', 16, isWholeFen),
    required('mch_create_ip', 16, isIPv4),
    required('auth_code', 128, matching(/^\d{16,24}$/)),
    optional('device_info', 32),
    optional('attach', 127),
    optional('goods_detail', 6_000),
    optional('time_start', 14, compactTime),
    optional('time_expire', 14, compactTime),
    optional('op_user_id', 32),
    optional('op_shop_id', 32),
    optional('op_device_id', 32),
    optional('goods_tag', 32),
    optional('sub_appid', 32),
    optional('need_receipt', 8),
  ],
  query: [...everyCall, optional('out_trade_no', 32, orderNumberForm), optional('transaction_id', 32)],
  revoke: [...everyCall, required('out_trade_no', 32, orderNumberForm)],
  refund: [
    ...everyCall,
    optional('out_trade_no', 32, orderNumberForm),
    optional('transaction_id', 32),
    required('out_refund_no', 32, matching(/^[0-9A-Za-z_]{1,32}$/)),
    required('total_fee', 16, isWholeFen),
    required('refund_fee', 16, isWholeFen),
    required('op_user_id', 32),
    optional('refund_channel', 16, oneOf('ORIGINAL')),
  ],
  // The bill's gateway has its own version of the form (§8).
  bill: [
    ...everyCall.filter(({ name }) => name !== 'version'),
    optional('version', 8, oneOf('1.0')),
    required('bill_date', 8, matching(/^\d{8}$/)),
    required('bill_type', 8, oneOf('ALL', 'SUCCESS', 'REFUND')),
  ],
  // Of the four numbers the one that works for every wallet; the others are not served here.
  'refund-query': [...everyCall, required('out_refund_no', 32, matching(/^[0-9A-Za-z_]{1,32}$/))],
} as const satisfies Readonly<Record<RequestKind | 'bill', readonly FieldRule[]>>

type Breach = FieldBreach | { readonly field: string; readonly how: 'unknown' }

function checkQraFields(kind: RequestKind | 'bill', fields: QraFields): Breach | undefined {
  const known: readonly FieldRule[] = rules[kind]
  const unknown = Object.keys(fields).find((field) => !known.some(({ name }) => name === field))
  if (unknown !== undefined) return { field: unknown, how: 'unknown' }
  const needsNumber = kind === 'query' || kind === 'refund'
  if (needsNumber && !fields.transaction_id && !fields.out_trade_no) return { field: 'out_trade_no', how: 'missing' }
  // The times only work as a pair (§2).
  if (Boolean(fields.time_start) !== Boolean(fields.time_expire)) return { field: 'time_expire', how: 'missing' }
  return checkFields(fields, known)
}

/** What makes two pay requests the same one: all their fields but nonce and signature. Holds the payment code. */
export function qraRequestText(fields: QraFields): string {
  const names = Object.keys(fields).filter((name) => name !== 'nonce_str' && name !== 'sign')
  return JSON.stringify(names.sort().map((name) => [name, fields[name]]))
}
