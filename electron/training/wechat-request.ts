import { isIP } from 'node:net'
import { readFlatXml } from '../channels/flat-xml.ts'
import { type WechatSignType, wechatSignatureMatches } from '../channels/wechat/sign.ts'
import { shanghaiCompact } from '../till/time.ts'
import type { RequestKind } from './books.ts'
import {
  checkFields,
  type FieldBreach,
  type FieldRule,
  isWholeFen,
  jsonWithText,
  matching,
  oneOf,
} from './field-rules.ts'
import type { Arrival } from './listener.ts'

/** Who the training WeChat knows: one direct merchant. */
export type WechatIdentity = { readonly appId: string; readonly merchantId: string; readonly apiKey: string }

/** The calls that are served, by path (wechat.md §1.2). */
export const wechatPaths = {
  '/pay/micropay': 'pay',
  '/pay/orderquery': 'query',
  '/secapi/pay/reverse': 'revoke',
  '/secapi/pay/refund': 'refund',
  '/pay/refundquery': 'refund-query',
} as const satisfies Record<string, RequestKind>

export type WechatFields = Readonly<Record<string, string>>

/** Why the door refuses a request: answered with `return_code=FAIL` and no signature (wechat.md §4.1). */
export type DoorRefusal = { readonly returnMessage: string; readonly breach: string; readonly subject: string }

/** A request that was signed by our merchant; its fields are still to be checked. */
export type SignedRequest = { readonly fields: WechatFields; readonly signType: WechatSignType }

const refusal = (returnMessage: string, breach: string, subject: string): DoorRefusal => ({
  returnMessage,
  breach,
  subject,
})

/** Checks method, size, encoding, XML, identity and signature, in this order. */
export function readSignedRequest(arrival: Arrival, identity: WechatIdentity): SignedRequest | DoorRefusal {
  if (arrival.method !== 'POST') return refusal('请使用POST方法', 'method', 'POST')
  if (arrival.body === 'too-large') return refusal('POST数据过大', 'body', 'length')
  if (arrival.body.length === 0) return refusal('POST数据为空', 'body', 'empty')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(arrival.body)
  } catch {
    return refusal('编码格式错误，请使用UTF-8', 'body', 'utf-8')
  }
  const reading = readFlatXml(text)
  if (!reading.ok) return refusal('XML格式错误', 'xml', reading.problem)
  const { fields } = reading
  if (fields.appid !== identity.appId) return refusal('appid不存在', 'identity', 'appid')
  if (fields.mch_id !== identity.merchantId) return refusal('mch_id不存在', 'identity', 'mch_id')
  const signType = signTypeOf(fields)
  if (signType === undefined) return refusal('签名类型错误', 'signature', 'sign_type')
  if (!wechatSignatureMatches(fields, identity.apiKey, signType)) return refusal('签名失败', 'signature', 'sign')
  return { fields, signType }
}

/** Without `sign_type` MD5 is assumed (wechat.md §3.1). */
const signTypeOf = ({ sign_type: signType }: WechatFields): WechatSignType | undefined => {
  if (!signType) return 'MD5'
  return signType === 'MD5' || signType === 'HMAC-SHA256' ? signType : undefined
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

/** wechat.md §2.1: digits, letters, `_ - | *`; the `@` of some pages is not allowed here. */
const orderNumberForm = matching(/^[0-9A-Za-z_\-|*]{1,32}$/)
const compactTime = matching(/^\d{14}$/)

const everyCall: readonly FieldRule[] = [required('nonce_str', 32), optional('sign_type', 32)]

/** wechat.md §2.2. */
const payRules: readonly FieldRule[] = [
  ...everyCall,
  optional('device_info', 32),
  optional('version', 32, oneOf('1.0')),
  required('body', 127),
  optional('detail', 6_000, jsonWithText([])),
  optional('attach', 127),
  required('out_trade_no', 32, orderNumberForm),
  required('total_fee', 16, isWholeFen),
  optional('fee_type', 16, oneOf('CNY')),
  required('spbill_create_ip', 64, (value) => isIP(value) !== 0),
  optional('goods_tag', 32),
  optional('limit_pay', 32, oneOf('no_credit')),
  optional('time_start', 14, compactTime),
  optional('time_expire', 14, compactTime),
  optional('receipt', 8, oneOf('Y')),
  required('auth_code', 128),
  optional('profit_sharing', 1, oneOf('Y', 'N')),
  optional('scene_info', 256, jsonWithText(['store_info', 'id'])),
]

/** wechat.md §2.3 and §2.4: one of the two numbers; `transaction_id` wins. */
const reachRules: readonly FieldRule[] = [
  ...everyCall,
  optional('transaction_id', 32, matching(/^\d{1,32}$/)),
  optional('out_trade_no', 32, orderNumberForm),
]

/** wechat.md §2.1 and §2.5. */
const refundNumberForm = matching(/^[0-9A-Za-z_\-|*@]{1,64}$/)

/** wechat.md §2.5; by our order number or WeChat's own. */
const refundRules: readonly FieldRule[] = [
  ...reachRules,
  required('out_refund_no', 64, refundNumberForm),
  required('total_fee', 16, isWholeFen),
  required('refund_fee', 16, isWholeFen),
  optional('refund_fee_type', 8, oneOf('CNY')),
  optional('refund_desc', 80),
  optional('refund_account', 30, oneOf('REFUND_SOURCE_UNSETTLED_FUNDS', 'REFUND_SOURCE_RECHARGE_FUNDS')),
  optional('notify_url', 256),
]

/** wechat.md §2.6; served here by our refund number only. */
const refundQueryRules: readonly FieldRule[] = [...everyCall, required('out_refund_no', 64, refundNumberForm)]

/** The first field of a signed request that breaks a rule (wechat.md §2). `wallMs` is for times that must lie ahead. */
export function checkWechatFields(kind: RequestKind, fields: WechatFields, wallMs: number): FieldBreach | undefined {
  // A direct merchant has no sub-merchants; the fields belong to provider mode (wechat.md §2.1).
  if (fields.sub_mch_id || fields.sub_appid) return { field: 'sub_mch_id', how: 'malformed' }
  if (kind === 'pay') {
    const breach = checkFields(fields, payRules)
    if (breach !== undefined) return breach
    const tooSoon = fields.time_expire !== undefined && fields.time_expire <= shanghaiCompact(wallMs + 60_000)
    return tooSoon ? { field: 'time_expire', how: 'malformed' } : undefined
  }
  if (kind === 'refund-query') return checkFields(fields, refundQueryRules)
  if (!fields.transaction_id && !fields.out_trade_no) return { field: 'out_trade_no', how: 'missing' }
  return checkFields(fields, kind === 'refund' ? refundRules : reachRules)
}

/** What makes two pay requests the same one: all their fields but nonce and signature. Holds the payment code. */
export function wechatRequestText(fields: WechatFields): string {
  const names = Object.keys(fields).filter((name) => name !== 'nonce_str' && name !== 'sign')
  return JSON.stringify(names.sort().map((name) => [name, fields[name]]))
}
