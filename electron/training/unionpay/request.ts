import type { KeyObject } from 'node:crypto'
import { unionpaySignatureMatches } from '../../channels/unionpay/sign.ts'
import { shanghaiCompact } from '../../till/time.ts'
import { checkFields, type FieldRule, isWholeFen, matching, oneOf } from '../field-rules.ts'
import type { Arrival } from '../listener.ts'

/** Who the training UnionPay knows: one direct merchant with one signing certificate. */
export type UnionpayServerIdentity = {
  readonly merchantId: string
  /** Decimal serial number of the merchant's certificate. */
  readonly certId: string
  readonly merchantPublicKey: KeyObject
}

export type UnionpayCall = 'pay' | 'query' | 'reversal' | 'undo' | 'refund' | 'file'
export type UnionpayFields = Readonly<Record<string, string>>

/** A request that our merchant signed and whose fields are in order. */
export type UnionpayRequest = { readonly call: UnionpayCall; readonly fields: UnionpayFields }

/** Why the door refuses a request, with the code and as much of the request as could be read (unionpay.md §5). */
export type DoorRefusal = {
  readonly respCode: string
  readonly breach: string
  readonly subject: string
  readonly fields: UnionpayFields
}

const servicePath = '/gateway/api/backTransReq.do'
const queryPath = '/gateway/api/queryTrans.do'
/** The file host has no path (unionpay.md §1). */
const filePath = '/'

/** The paths that are served (unionpay.md §1). */
export const unionpayPaths: readonly string[] = [servicePath, queryPath, filePath]

/** The calls by `txnType` and `txnSubType`, with the address that takes them (unionpay.md §1, §2.2). */
const calls: Readonly<Record<string, { readonly call: UnionpayCall; readonly path: string }>> = {
  '01 06': { call: 'pay', path: servicePath },
  '00 00': { call: 'query', path: queryPath },
  '99 01': { call: 'reversal', path: servicePath },
  '31 00': { call: 'undo', path: servicePath },
  '04 00': { call: 'refund', path: servicePath },
  '76 01': { call: 'file', path: filePath },
}

const minuteMs = 60_000
/** How far a payment's `txnTime` may be from now; no figure is documented (unionpay.md §2.2: "must be now"). */
const payToleranceMs = 10 * minuteMs
/** A refund that nobody could tell the result of comes again with its first time. */
const refundToleranceMs = 24 * 60 * minuteMs

const required = (name: string, longestBytes: number, form: (value: string) => boolean): FieldRule => ({
  name,
  required: true,
  longestBytes,
  form,
})
const optional = (name: string, longestBytes: number, form: (value: string) => boolean): FieldRule => ({
  ...required(name, longestBytes, form),
  required: false,
})

const isAmount = (value: string): boolean => isWholeFen(value) && value.length <= 12
const channelType = required('channelType', 2, oneOf('07', '08'))
const backUrl = required('backUrl', 256, matching(/^https?:\/\/\S+$/))
const money: readonly FieldRule[] = [required('txnAmt', 12, isAmount), required('currencyCode', 3, oneOf('156'))]
const reserved = optional('reqReserved', 1024, matching(/^[^&={}[\]"']+$/))

/** unionpay.md §2.1; number and time of every trade, 8 to 32 letters and digits (§2.2). */
const everyCall: readonly FieldRule[] = [
  required('version', 5, oneOf('5.1.0')),
  required('encoding', 5, oneOf('UTF-8')),
  required('certId', 128, matching(/^\d+$/)),
  required('signMethod', 2, oneOf('01')),
  required('signature', 1024, matching(/^[A-Za-z0-9+/]+={0,2}$/)),
  required('txnType', 2, matching(/^\d\d$/)),
  required('txnSubType', 2, matching(/^\d\d$/)),
  required('bizType', 6, oneOf('000000')),
  required('accessType', 1, oneOf('0')),
  required('merId', 15, matching(/^[0-9A-Za-z]{15}$/)),
  required('orderId', 32, matching(/^[0-9A-Za-z]{8,32}$/)),
  required('txnTime', 14, matching(/^\d{14}$/)),
]

const refundRules: readonly FieldRule[] = [
  ...everyCall,
  channelType,
  backUrl,
  ...money,
  required('origQryId', 21, matching(/^\d{20,21}$/)),
  reserved,
]

/** unionpay.md §2.2. */
const rules: Readonly<Record<UnionpayCall, readonly FieldRule[]>> = {
  pay: [
    ...everyCall,
    channelType,
    backUrl,
    ...money,
    required('qrNo', 20, matching(/^\d+$/)),
    optional('termId', 8, matching(/^[0-9A-Za-z]{8}$/)),
    reserved,
  ],
  query: everyCall,
  reversal: [...everyCall, channelType],
  undo: refundRules,
  refund: refundRules,
  file: [
    ...everyCall.filter(({ name }) => name !== 'orderId'),
    required('fileType', 2, oneOf('00')),
    required('settleDate', 4, matching(/^\d{4}$/)),
  ],
}

/** Checks transport, form, signature and fields of a request, in this order (unionpay.md §1, §2, §4). */
export function readUnionpayRequest(
  arrival: Arrival,
  identity: UnionpayServerIdentity,
  wallMs: number,
): UnionpayRequest | DoorRefusal {
  const form = formOf(arrival)
  if (typeof form === 'string') return { respCode: '10', breach: 'body', subject: form, fields: {} }
  const fields = form
  const refused = (respCode: string, breach: string, subject: string): DoorRefusal => ({
    respCode,
    breach,
    subject,
    fields,
  })
  if (arrival.target.includes('?')) return refused('10', 'target', 'query string')
  if (fields['merId'] !== identity.merchantId) return refused('31', 'identity', 'merId')
  if (fields['certId'] !== identity.certId) return refused('11', 'identity', 'certId')
  if (!unionpaySignatureMatches(fields, identity.merchantPublicKey)) return refused('11', 'signature', 'signature')
  const trade = calls[`${fields['txnType']} ${fields['txnSubType']}`]
  if (trade === undefined || trade.path !== arrival.target) return refused('10', 'field-malformed', 'txnType')
  const { call } = trade
  const breach = checkFields(fields, rules[call])
  if (breach !== undefined) return refused(breach.how === 'missing' ? '13' : '10', `field-${breach.how}`, breach.field)
  const foreign = Object.keys(fields).find((name) => rules[call].every((rule) => rule.name !== name))
  if (foreign !== undefined) return refused('10', 'field-unknown', foreign)
  return isTimely(call, fields['txnTime'] ?? '', wallMs)
    ? { call, fields }
    : refused('10', 'field-malformed', 'txnTime')
}

/** A query and a reversal have the payment's time; the others, about now (unionpay.md §2.2). */
const isTimely = (call: UnionpayCall, txnTime: string, wallMs: number): boolean => {
  if (call === 'query' || call === 'reversal') return true
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(txnTime) ?? []
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
  const oldestMs = wallMs - (call === 'pay' ? payToleranceMs : refundToleranceMs)
  return shanghaiCompact(atMs) === txnTime && atMs >= oldestMs && atMs <= wallMs + payToleranceMs
}

/** The fields of a form, each once and with a value, URL-encoded in UTF-8; or what is wrong with it. */
const formOf = ({ contentType, body }: Arrival): UnionpayFields | string => {
  if (!/^application\/x-www-form-urlencoded(;\s*charset=utf-8)?$/i.test(contentType)) return 'content-type'
  if (body === 'too-large') return 'length'
  const fields = new Map<string, string>()
  for (const pair of Buffer.from(body).toString('latin1').split('&')) {
    const [, name = '', value = ''] = /^([A-Za-z]\w*)=([\w.~!*'()%+-]+)$/.exec(pair) ?? []
    if (name === '') return 'form'
    if (fields.has(name)) return 'duplicate'
    try {
      fields.set(name, decodeURIComponent(value.replaceAll('+', ' ')))
    } catch {
      return 'url-encoding'
    }
  }
  return Object.fromEntries(fields)
}

/** What makes two pay requests the same one: all their fields but the signature. Holds the payment code. */
export function unionpayRequestText(fields: UnionpayFields): string {
  const names = Object.keys(fields).filter((name) => name !== 'signature')
  return JSON.stringify(names.sort().map((name) => [name, fields[name]]))
}
