import { z } from 'zod'
import { type Fen, fen, readYuan } from '../till/money.ts'
import type { WantedCollection } from './collections.ts'
import { failed, type PosResult } from './failure.ts'
import { referenceForm } from './names.ts'
import type { WantedRefund } from './refunds.ts'

const reference = z.string().regex(referenceForm)
const amount = {
  amountFen: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  amount: z.string().max(20).optional(),
}
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u)

const collection = z.strictObject({
  reference,
  ...amount,
  subject: line(40).optional(),
  cashier: line(40).optional(),
  paymentCode: z.string().min(1).max(64).optional(),
  anotherCustomer: z.boolean().default(false),
})

const refund = z.strictObject({ refundReference: reference, ...amount, reason: z.string().min(1).max(200) })

/** The amount, which is said once: in fen, or in yuan as text. */
function amountOf(said: {
  readonly amountFen?: number | undefined
  readonly amount?: string | undefined
}): PosResult<Fen> {
  if (said.amountFen !== undefined && said.amount !== undefined) return failed('bad-request', { field: 'amount' })
  if (said.amountFen !== undefined) return { ok: true, value: fen(said.amountFen) }
  if (said.amount === undefined) return failed('bad-request', { field: 'amountFen' })
  const read = readYuan(said.amount)
  return read.ok
    ? { ok: true, value: read.amountFen }
    : failed('amount-refused', { field: 'amount', reason: read.problem })
}

/** Names the first field that is wrong and nothing of its value, which may be a payment code (I11). */
function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): PosResult<z.output<Schema>> {
  const read = schema.safeParse(body)
  if (read.success) return { ok: true, value: read.data }
  const issue = read.error.issues[0]
  // The name of an unknown field is the sender's own text, and a misplaced code could be one.
  const field = issue?.code === 'unrecognized_keys' ? '' : (issue?.path.join('.') ?? '')
  return failed('bad-request', { field })
}

/** `POST /collections`. */
export function readCollection(body: unknown): PosResult<WantedCollection> {
  const read = parse(collection, body)
  if (!read.ok) return read
  const said = amountOf(read.value)
  if (!said.ok) return said
  const { subject = null, cashier = null, paymentCode = null, anotherCustomer } = read.value
  const { reference: name } = read.value
  return { ok: true, value: { reference: name, amountFen: said.value, subject, cashier, paymentCode, anotherCustomer } }
}

/** `POST /collections/{reference}/refunds`. */
export function readRefund(name: string, body: unknown): PosResult<WantedRefund> {
  const read = parse(refund, body)
  if (!read.ok) return read
  const said = amountOf(read.value)
  if (!said.ok) return said
  const { refundReference, reason } = read.value
  return { ok: true, value: { reference: name, refundReference, amountFen: said.value, reason } }
}
