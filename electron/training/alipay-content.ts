import { type Fen, readYuan } from '../till/money.ts'
import { shanghaiDayStartMs } from '../till/time.ts'
import type { RequestKind } from './books.ts'
import { checkFields, type FieldBreach, type FieldRule, matching, oneOf } from './field-rules.ts'

/** The text members of a `biz_content`; objects and lists in it are of other products and not looked at. */
export type AlipayContent = Readonly<Record<string, string>>

const dayMs = 86_400_000
/** alipay.md §2.1: the default of `timeout_express` for face-to-face payments. */
const defaultUnpaidMs = 3 * 3_600_000

const orderNumberRule = (required: boolean): FieldRule => ({
  name: 'out_trade_no',
  required,
  longestBytes: 64,
  form: matching(/^[0-9A-Za-z_]{1,64}$/),
})

const isCollectable = (value: string): boolean => {
  if (!/^(0|[1-9]\d*)(\.\d{1,2})?$/.test(value)) return false
  const reading = readYuan(value)
  return reading.ok && reading.amountFen >= 1 && reading.amountFen <= 10_000_000_000
}

/** alipay.md §2.1: `/ = &` are not allowed; at most 256 characters, of three bytes in Chinese. */
const isSubject = (value: string): boolean => [...value].length <= 256 && !/[/=&]/.test(value)

const payRules: readonly FieldRule[] = [
  orderNumberRule(true),
  { name: 'scene', required: false, longestBytes: 32, form: oneOf('bar_code') },
  { name: 'subject', required: true, longestBytes: 1_024, form: isSubject },
  { name: 'total_amount', required: true, longestBytes: 11, form: isCollectable },
  {
    name: 'product_code',
    required: false,
    longestBytes: 64,
    form: oneOf('FACE_TO_FACE_PAYMENT', 'OFFLINE_PAYMENT'),
  },
  { name: 'seller_id', required: false, longestBytes: 28, form: matching(/^2088\d{12}$/) },
  { name: 'body', required: false, longestBytes: 128 },
  { name: 'operator_id', required: false, longestBytes: 28 },
  { name: 'store_id', required: false, longestBytes: 32, form: matching(/^[\x21-\x7e]+$/) },
  { name: 'terminal_id', required: false, longestBytes: 32 },
  { name: 'timeout_express', required: false, longestBytes: 6, form: (value) => expressMs(value, 0) !== undefined },
  { name: 'time_expire', required: false, longestBytes: 32, form: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) },
]

const reachRules: readonly FieldRule[] = [
  { name: 'trade_no', required: false, longestBytes: 64, form: matching(/^\d{1,64}$/) },
  orderNumberRule(false),
]

const requestNumberRule: FieldRule = {
  name: 'out_request_no',
  required: true,
  longestBytes: 64,
  form: matching(/^[0-9A-Za-z_-]{1,64}$/),
}

/** alipay.md §2.5; `out_request_no` may only be left out for a full refund, and a sound till always sends it. */
const refundRules: readonly FieldRule[] = [
  ...reachRules,
  { name: 'refund_amount', required: true, longestBytes: 11, form: isCollectable },
  requestNumberRule,
  { name: 'refund_reason', required: false, longestBytes: 256 },
  { name: 'operator_id', required: false, longestBytes: 30 },
  { name: 'store_id', required: false, longestBytes: 32 },
  { name: 'terminal_id', required: false, longestBytes: 32 },
]

/** alipay.md §2.6. */
const refundQueryRules: readonly FieldRule[] = [...reachRules, requestNumberRule]

/** Members that must be texts where they are; a number for an amount is a mistake in V2 (alipay.md, head). */
const textMembers = [...payRules.map(({ name }) => name), 'trade_no', 'auth_code', 'refund_amount', 'out_request_no']

export type ContentReading =
  | { readonly ok: true; readonly content: AlipayContent }
  | { readonly ok: false; readonly breach: FieldBreach }

const malformed = (field: string): ContentReading => ({ ok: false, breach: { field, how: 'malformed' } })

/**
 * Reads `biz_content` and checks its members (alipay.md §2.1, §2.3, §2.4); the first that breaks a rule is told.
 * `auth_code` is the caller's business: its mistakes have answers of their own.
 */
export function readAlipayContent(kind: RequestKind, text: string): ContentReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return malformed('biz_content')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('biz_content')
  const members = Object.entries(value)
  const wrong = members.find(([name, member]) => textMembers.includes(name) && typeof member !== 'string')
  if (wrong !== undefined) return malformed(wrong[0])
  const content = Object.fromEntries(
    members.filter((member): member is [string, string] => typeof member[1] === 'string'),
  )
  const breach = checkContent(kind, content)
  return breach === undefined ? { ok: true, content } : { ok: false, breach }
}

const checkContent = (kind: RequestKind, content: AlipayContent): FieldBreach | undefined => {
  if (kind === 'pay') return checkFields(content, payRules)
  if (!content.trade_no && !content.out_trade_no) return { field: 'out_trade_no', how: 'missing' }
  if (kind === 'refund') return checkFields(content, refundRules)
  return checkFields(content, kind === 'refund-query' ? refundQueryRules : reachRules)
}

/** The amount of a checked pay request. Throws a RangeError when it was not checked. */
export function amountOf(content: AlipayContent): Fen {
  const reading = readYuan(content.total_amount ?? '')
  if (!reading.ok) throw new RangeError('total_amount was not checked')
  return reading.amountFen
}

/** The amount of a checked refund request. Throws a RangeError when it was not checked. */
export function refundAmountOf(content: AlipayContent): Fen {
  return amountOf({ total_amount: content.refund_amount ?? '' })
}

/** `timeout_express` in milliseconds: 1m–15d in `m`, `h` or `d`, or `1c` for the end of the day (alipay.md §2.1). */
function expressMs(text: string, wallMs: number): number | undefined {
  if (text === '1c') return shanghaiDayStartMs(wallMs) + dayMs - wallMs
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(text)
  if (match === null) return undefined
  const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: dayMs }
  const ms = Number(match[1]) * (units[match[2] ?? ''] ?? Number.NaN)
  return ms <= 15 * dayMs ? ms : undefined
}

/** How long the trade may stay unpaid; `time_expire` wins over `timeout_express`. Negative when it is past already. */
export function unpaidForMs(content: AlipayContent, wallMs: number): number {
  if (content.time_expire) return Date.parse(`${content.time_expire.replace(' ', 'T')}+08:00`) - wallMs
  return (content.timeout_express && expressMs(content.timeout_express, wallMs)) || defaultUnpaidMs
}

/** What makes two pay requests the same one. Holds the payment code. */
export function alipayRequestText(content: AlipayContent): string {
  const names = Object.keys(content).sort()
  return JSON.stringify(names.map((name) => [name, content[name]]))
}
