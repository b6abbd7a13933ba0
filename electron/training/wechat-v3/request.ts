import { createPublicKey, verify } from 'node:crypto'
import { isIP } from 'node:net'
import { readJsonObject } from '../../channels/wechat-v3/json.ts'
import { wechatV3RequestText, wechatV3Scheme } from '../../channels/wechat-v3/sign.ts'
import type { RequestKind } from '../books.ts'
import { checkFields, type FieldRule, isWholeFen, matching, oneOf } from '../field-rules.ts'
import type { Arrival } from '../listener.ts'

/** Who the training WeChat knows: one direct merchant, which verifies answers with the WeChat Pay public key. */
export type WechatV3Merchant = {
  readonly appId: string
  readonly merchantId: string
  readonly merchantSerial: string
  readonly merchantPublicKey: string
  readonly publicKeyId: string
}

/** A call by its method and path, with the number that the path names (wechat.md §1.2). */
export type WechatV3Call = { readonly kind: RequestKind; readonly number: string }

const routes: readonly (readonly [method: string, path: RegExp, kind: RequestKind])[] = [
  ['POST', /^\/v3\/pay\/transactions\/codepay$/, 'pay'],
  ['GET', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/, 'query'],
  ['POST', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/reverse$/, 'revoke'],
  ['POST', /^\/v3\/refund\/domestic\/refunds$/, 'refund'],
  ['GET', /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/, 'refund-query'],
]

/** The call that an arrival makes; undefined for any other method or path. */
export function wechatV3Call({ method, target }: Arrival): WechatV3Call | undefined {
  const path = target.split('?')[0] ?? ''
  for (const [wantedMethod, pattern, kind] of routes) {
    const found = method === wantedMethod ? pattern.exec(path) : null
    if (found !== null) return { kind, number: decodeURIComponent(found[1] ?? '') }
  }
  return undefined
}

/** Why a request is refused; those of the door are answered without a signature (wechat.md §3.4). */
export type Refusal = {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly breach: string
  readonly subject: string
  /** The field, where the refusal is about one (§2.14). */
  readonly detail?: { readonly field: string; readonly location: 'body' | 'query' | 'path' }
}

/** The clock of a request may be this far off (wechat.md §3.3). */
const clockToleranceSeconds = 300

const door = (status: number, code: string, message: string, breach: string, subject: string): Refusal => ({
  status,
  code,
  message,
  breach,
  subject,
})
const unsigned = (subject: string): Refusal => door(401, 'SIGN_ERROR', '签名错误', 'signature', subject)

/** Checks headers, size, encoding, identity, clock and signature, in this order; gives the body's text. */
export function readSignedCall(
  { method, target, headers, body }: Arrival,
  merchant: WechatV3Merchant,
  wallMs: number,
): { readonly text: string } | Refusal {
  const { accept = '', 'user-agent': agent = '', 'content-type': contentType = '' } = headers
  if (!accept.includes('json') || agent === '') {
    return door(
      400,
      'INVALID_REQUEST',
      'Http头缺少Accept或User-Agent',
      'header',
      agent === '' ? 'user-agent' : 'accept',
    )
  }
  if (method === 'POST' && !/^application\/json(;|$)/.test(contentType)) {
    return door(400, 'INVALID_REQUEST', 'Http头Content-Type错误', 'header', 'content-type')
  }
  if (headers['wechatpay-serial'] !== merchant.publicKeyId) {
    return door(400, 'INVALID_REQUEST', '微信支付公钥ID错误', 'header', 'wechatpay-serial')
  }
  if (body === 'too-large') return door(400, 'INVALID_REQUEST', '请求过大', 'body', 'length')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return door(400, 'INVALID_REQUEST', '请使用UTF-8', 'body', 'utf-8')
  }
  const authorization = readAuthorization(headers.authorization ?? '')
  if (authorization === undefined) return unsigned('authorization')
  const { mchid, serial_no: serial, timestamp = '', nonce_str: nonce = '', signature = '' } = authorization
  if (mchid !== merchant.merchantId) return unsigned('mchid')
  if (serial !== merchant.merchantSerial) return unsigned('serial_no')
  if (Math.abs(wallMs / 1_000 - Number(timestamp)) > clockToleranceSeconds) return unsigned('timestamp')
  if (method !== 'GET' && method !== 'POST') return unsigned('method')
  const signedText = wechatV3RequestText({ method, pathAndQuery: target, timestamp, nonce, body: text })
  const key = createPublicKey(merchant.merchantPublicKey)
  const isRight = verify('sha256', Buffer.from(signedText), key, Buffer.from(signature, 'base64'))
  return isRight ? { text } : unsigned('signature')
}

const authorizationItems = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const

/** The five items, in any order, each once (wechat.md §3.3); undefined for anything else. */
function readAuthorization(header: string): Readonly<Record<string, string>> | undefined {
  const [scheme, list = '', ...rest] = header.split(' ')
  if (scheme !== wechatV3Scheme || rest.length > 0) return undefined
  const items = list.split(',').map((item) => /^(\w+)="([^"]+)"$/.exec(item))
  const entries = items.map((item) => [item?.[1] ?? '', item?.[2] ?? ''] as const)
  const isWhole = authorizationItems.every((name) => entries.filter(([found]) => found === name).length === 1)
  return isWhole && entries.length === authorizationItems.length ? Object.fromEntries(entries) : undefined
}

type Rule = FieldRule & { readonly type: 'string' | 'number' | 'boolean' }

const text = (name: string, longestBytes: number, form?: (value: string) => boolean): Rule => ({
  name,
  type: 'string',
  required: true,
  longestBytes,
  ...(form === undefined ? {} : { form }),
})
const amount = (name: string): Rule => ({ name, type: 'number', required: true, longestBytes: 16, form: isWholeFen })
const optional = (rule: Rule): Rule => ({ ...rule, required: false })
const flag = (name: string): Rule => ({ name, type: 'boolean', required: false, longestBytes: 5 })

/** wechat.md §2.1: digits, letters, `_ - *`; v3's models say from 6 characters on. */
export const wechatV3OrderNumber = matching(/^[0-9A-Za-z_\-*]{6,32}$/)
export const wechatV3RefundNumber = matching(/^[0-9A-Za-z_\-|*@]{1,64}$/)
const transactionId = matching(/^\d{1,32}$/)

const rules: Readonly<Record<'pay' | 'revoke' | 'refund', readonly Rule[]>> = {
  /** wechat.md §2.10; the goods' details are not served here. */
  pay: [
    text('appid', 32),
    text('mchid', 32),
    text('description', 127),
    text('out_trade_no', 32, wechatV3OrderNumber),
    optional(text('attach', 128)),
    optional(text('goods_tag', 32)),
    flag('support_fapiao'),
    text('payer.auth_code', 128),
    amount('amount.total'),
    optional(text('amount.currency', 16, oneOf('CNY'))),
    optional(text('scene_info.device_id', 32)),
    optional(text('scene_info.device_ip', 45, (value) => isIP(value) !== 0)),
    optional(text('scene_info.store_info.id', 32)),
    optional(text('scene_info.store_info.out_id', 32)),
    flag('settle_info.profit_sharing'),
  ],
  /** wechat.md §2.12. */
  revoke: [text('appid', 32), text('mchid', 32)],
  /** wechat.md §2.13. */
  refund: [
    optional(text('transaction_id', 32, transactionId)),
    optional(text('out_trade_no', 32, wechatV3OrderNumber)),
    text('out_refund_no', 64, wechatV3RefundNumber),
    optional(text('reason', 80)),
    optional(text('notify_url', 256)),
    optional(text('funds_account', 32, oneOf('AVAILABLE', 'UNSETTLED'))),
    amount('amount.refund'),
    amount('amount.total'),
    text('amount.currency', 16, oneOf('CNY')),
  ],
}

/** The members of a request by their paths, such as `amount.total`; numbers and flags as texts. */
export type WechatV3Fields = Readonly<Record<string, string>>

const refused = (breach: string, field: string, location: 'body' | 'query' | 'path'): Refusal => ({
  ...door(400, 'PARAM_ERROR', `参数错误：${field}`, breach, field),
  detail: { field: `/${field.replaceAll('.', '/')}`, location },
})

/** Reads the body of a signed POST and checks every member: none unknown, none null, no 4-byte characters (§1.3, §2). */
export function readBody(
  kind: 'pay' | 'revoke' | 'refund',
  body: string,
  merchant: WechatV3Merchant,
): { readonly fields: WechatV3Fields } | Refusal {
  if (/[\u{10000}-\u{10FFFF}]/u.test(body)) return refused('field-malformed', 'utf-8', 'body')
  if (readJsonObject(body) === undefined) return refused('json', 'body', 'body')
  const fields: Record<string, string> = {}
  const types: Record<string, string> = {}
  const problem = flatten(JSON.parse(body), '', (path, value) => {
    fields[path] = String(value)
    types[path] = typeof value
  })
  if (problem !== undefined) return refused('field-malformed', problem, 'body')
  for (const path of Object.keys(fields)) {
    const rule = rules[kind].find(({ name }) => name === path)
    if (rule === undefined) return refused('field-unknown', path, 'body')
    if (types[path] !== rule.type) return refused('field-malformed', path, 'body')
  }
  const breach = checkFields(fields, rules[kind])
  if (breach !== undefined) return refused(`field-${breach.how}`, breach.field, 'body')
  if (kind !== 'refund' && fields.appid !== merchant.appId) return refused('identity', 'appid', 'body')
  if (kind !== 'refund' && fields.mchid !== merchant.merchantId) return refused('identity', 'mchid', 'body')
  const lacks = missingOneOf(kind, fields)
  return lacks === undefined ? { fields } : refused('field-missing', lacks, 'body')
}

/** What must be there in one of two ways: the store's number, and the order's. */
function missingOneOf(kind: string, fields: WechatV3Fields): string | undefined {
  const store = 'scene_info.store_info'
  if (kind === 'pay' && !fields[`${store}.id`] && !fields[`${store}.out_id`]) return store
  return kind === 'refund' && !fields.transaction_id && !fields.out_trade_no ? 'out_trade_no' : undefined
}

/** Gives every leaf with its path; the path of the first null or list, of which these calls have none. */
function flatten(
  value: unknown,
  path: string,
  leaf: (path: string, value: string | number | boolean) => void,
): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    leaf(path, value)
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return path
  for (const [name, member] of Object.entries(value)) {
    const problem = flatten(member, path === '' ? name : `${path}.${name}`, leaf)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Checks path and query of a call (wechat.md §1.2): the query names the merchant, and nothing else is there. */
export function checkTarget(
  { kind, number }: WechatV3Call,
  target: string,
  body: string,
  { merchantId }: WechatV3Merchant,
): Refusal | undefined {
  const query = new URLSearchParams(target.split('?')[1] ?? '')
  const wanted: Readonly<Record<string, string>> = kind === 'query' ? { mchid: merchantId } : {}
  for (const [name, value] of query) if (wanted[name] !== value) return refused('field-unknown', name, 'query')
  for (const name of Object.keys(wanted)) if (!query.has(name)) return refused('field-missing', name, 'query')
  if (kind === 'query' || kind === 'revoke') {
    if (!wechatV3OrderNumber(number)) return refused('field-malformed', 'out_trade_no', 'path')
  }
  if (kind === 'refund-query' && !wechatV3RefundNumber(number)) {
    return refused('field-malformed', 'out_refund_no', 'path')
  }
  const isGet = kind === 'query' || kind === 'refund-query'
  return isGet && body !== '' ? refused('body', 'body', 'body') : undefined
}
