import { readRawMembers } from '../../channels/json-members.ts'
import { type Fen, fen } from '../../till/money.ts'
import { shanghaiCompact } from '../../till/time.ts'
import type { RequestKind } from '../books.ts'
import { checkFields, type FieldRule, isWholeFen, matching, oneOf } from '../field-rules.ts'

/** The members of a checked `biz_content`; all of them are strings (icbc.md §3). */
export type IcbcContent = Readonly<Record<string, string>>

/** The first member that breaks a rule; no value is told, since a value may be a payment code. */
export type ContentBreach = {
  readonly field: string
  readonly how: 'missing' | 'too-long' | 'malformed' | 'unknown'
}

export type ContentReading =
  | { readonly ok: true; readonly content: IcbcContent }
  | { readonly ok: false; readonly breach: ContentBreach }

/** How far date and time of a trade may be from the bank's clock; ours, as for `timestamp`. */
const tradeToleranceMs = 600_000

const rule = (
  name: string,
  need: 'must' | 'may',
  longestBytes: number,
  form?: (value: string) => boolean,
): FieldRule => ({ name, required: need === 'must', longestBytes, ...(form === undefined ? {} : { form }) })

/** Letters and digits; no limit is confirmed, the till's own 32 are. */
const numberForm = matching(/^[0-9A-Za-z]{1,32}$/)
/** The bank's number: 12 or 15 digits of the merchant and 15 of the order, or those 15 alone (icbc.md §3). */
const orderIdForm = matching(/^\d{15}(\d{12}|\d{15})?$/)

const merchant = (merchantId: string): FieldRule => rule('mer_id', 'must', 15, oneOf(merchantId))
const orderNumber = (need: 'must' | 'may'): FieldRule => rule('out_trade_no', need, 32, numberForm)
const customer = rule('cust_id', 'may', 64)
const orderId = rule('order_id', 'may', 30, orderIdForm)
const operator = rule('oper_id', 'may', 32, matching(/^[0-9A-Za-z_-]+$/))
const rejectNumber = (need: 'must' | 'may'): FieldRule => rule('reject_no', need, 32, numberForm)

/** The members of each call (icbc.md §3), and no others. A reversal must not have `reject_amt`. */
const rulesOf = {
  pay: [
    rule('qr_code', 'must', 35, matching(/^[0-9A-Za-z]{16,35}$/)),
    orderNumber('must'),
    rule('order_amt', 'must', 16, isWholeFen),
    rule('trade_date', 'must', 8, matching(/^\d{8}$/)),
    rule('trade_time', 'must', 6, matching(/^\d{6}$/)),
  ],
  query: [orderNumber('may'), orderId, customer],
  revoke: [orderNumber('must'), orderId, rejectNumber('may'), customer, operator],
  refund: [
    orderNumber('may'),
    orderId,
    rejectNumber('must'),
    rule('reject_amt', 'must', 16, isWholeFen),
    operator,
    customer,
  ],
  'refund-query': [orderNumber('may'), orderId, rejectNumber('must')],
} as const satisfies Readonly<Record<RequestKind, readonly FieldRule[]>>

/** Reads `biz_content` and checks its members, in the order of the reference; the first breach is told (icbc.md §3). */
export function readIcbcContent(kind: RequestKind, text: string, merchantId: string, wallMs: number): ContentReading {
  const breach = (field: string, how: ContentBreach['how']): ContentReading => ({ ok: false, breach: { field, how } })
  const members = readRawMembers(text)
  if (!members.ok) return breach('biz_content', 'malformed')
  const rules: readonly FieldRule[] = [merchant(merchantId), ...rulesOf[kind]]
  const content: Record<string, string> = {}
  for (const [name, raw] of members.pieces) {
    if (!rules.some((each) => each.name === name)) return breach(name, 'unknown')
    const value: unknown = JSON.parse(raw)
    if (typeof value !== 'string') return breach(name, 'malformed') // amounts are strings, too
    content[name] = value
  }
  const broken = checkFields(content, rules)
  if (broken !== undefined) return { ok: false, breach: broken }
  if (!content['out_trade_no'] && !content['order_id']) return breach('out_trade_no', 'missing')
  if (kind === 'pay' && !isTradeTime(`${content['trade_date']}${content['trade_time']}`, wallMs)) {
    return breach('trade_date', 'malformed')
  }
  return { ok: true, content }
}

const isTradeTime = (compact: string, wallMs: number): boolean => {
  const iso = compact.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6+08:00')
  const tradeMs = Date.parse(iso)
  return (
    Number.isFinite(tradeMs) && shanghaiCompact(tradeMs) === compact && Math.abs(tradeMs - wallMs) <= tradeToleranceMs
  )
}

/** The amount of a checked pay or refund request. Throws a RangeError when it was not checked. */
export function icbcAmountOf({ order_amt: orderAmount, reject_amt: rejectAmount }: IcbcContent): Fen {
  return fen(Number(orderAmount ?? rejectAmount ?? Number.NaN))
}

/** What makes two pay requests the same one. Holds the payment code. */
export function icbcRequestText(content: IcbcContent): string {
  return JSON.stringify(
    Object.keys(content)
      .toSorted()
      .map((name) => [name, content[name]]),
  )
}
