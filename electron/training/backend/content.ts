import type { BackendCall } from '../../channels/backend/codes.ts'
import type { JsonFields } from '../../channels/backend/json.ts'
import type { FieldBreach } from '../field-rules.ts'

type MemberRule = {
  readonly name: string
  readonly required: boolean
  readonly form: (fields: JsonFields, name: string) => boolean
}

const matches =
  (pattern: RegExp): MemberRule['form'] =>
  (fields, name) =>
    pattern.test(fields.text(name) ?? '')

const shortText: MemberRule['form'] = (fields, name) => {
  const text = fields.text(name) ?? ''
  return text !== '' && Buffer.byteLength(text) <= 128 && !/\p{Cc}/u.test(text)
}

const number = /^[A-Za-z0-9]{1,32}$/
const refundNumberForm = /^[A-Za-z0-9]{1,64}$/
const label = /^[A-Za-z0-9_-]{1,32}$/
const isAmount: MemberRule['form'] = (fields, name) => (fields.whole(name) ?? 0) > 0

const isDate: MemberRule['form'] = (fields, name) => {
  const text = fields.text(name) ?? ''
  const atMs = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(atMs) && new Date(atMs).toISOString().startsWith(text)
}

const rule = (name: string, form: MemberRule['form'], required = true): MemberRule => ({ name, required, form })
const orderNumber = rule('orderNumber', matches(number))
const refundNumber = rule('refundNumber', matches(refundNumberForm))

/** The members of each request beside `version` (docs/backend-api.yaml, schemas). */
const rulesOf = {
  pay: [
    orderNumber,
    rule('amountFen', isAmount),
    rule('currency', matches(/^CNY$/)),
    rule('paymentCode', matches(/^[A-Za-z0-9]{16,64}$/)),
    rule('subject', shortText),
    rule('storeId', matches(label), false),
    rule('tillId', matches(label), false),
  ],
  query: [orderNumber],
  revoke: [orderNumber],
  refund: [orderNumber, refundNumber, rule('amountFen', isAmount), rule('reason', shortText, false)],
  'refund-query': [orderNumber, refundNumber],
  bill: [rule('date', isDate)],
} as const satisfies Readonly<Record<BackendCall, readonly MemberRule[]>>

/** The first member that breaks its rule; also one that the contract does not have. */
export function backendContentBreach(call: BackendCall, fields: JsonFields): FieldBreach | undefined {
  const rules: readonly MemberRule[] = rulesOf[call]
  for (const { name, required, form } of rules) {
    if (!fields.names.includes(name)) {
      if (required) return { field: name, how: 'missing' }
    } else if (!form(fields, name)) return { field: name, how: 'malformed' }
  }
  const other = fields.names.find((name) => name !== 'version' && !rules.some((each) => each.name === name))
  // The name is the till's own text and could hold anything, so it is not repeated.
  return other === undefined ? undefined : { field: 'unlisted', how: 'malformed' }
}
