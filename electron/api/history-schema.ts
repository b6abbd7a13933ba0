import { z } from 'zod'
import { orderStatuses } from '../till/order/order.ts'
import { walletRules } from '../till/payment-code.ts'
import { refundStatuses } from '../till/refund/refund.ts'
import type { ExportWish, HistoryFilter, HistoryState } from './contract.ts'

/** What filters of the history, and wishes for exports of it, must look like at the door; a part of `schema.ts`. */

const states = [...new Set<HistoryState>([...orderStatuses, ...refundStatuses, 'recorded'])]
const wallets = walletRules.map(({ wallet }) => wallet)

/** A text of these characters; ids of shifts and channels have them. */
const identifier = (most: number) =>
  z
    .string()
    .regex(/^[0-9A-Za-z._-]+$/)
    .max(most)

const shiftId = identifier(40)
const day = z.string().regex(/^\d{8}$/)
const minute = z.int().min(0).max(1_439)
const amount = z.string().max(32)

export const historyFilter = z
  .strictObject({
    kinds: z
      .array(z.enum(['order', 'refund', 'revocation', 'cash']))
      .min(1)
      .max(4)
      .readonly()
      .nullable(),
    firstDay: day.nullable(),
    lastDay: day.nullable(),
    firstMinute: minute.nullable(),
    lastMinute: minute.nullable(),
    shiftId: shiftId.nullable(),
    cashier: z.int().min(0).max(9_999).nullable(),
    channel: identifier(64).nullable(),
    wallet: z.enum(wallets).nullable(),
    tender: z.enum(['code', 'cash']).nullable(),
    states: z.array(z.enum(states)).min(1).max(states.length).readonly().nullable(),
    leastAmount: amount.nullable(),
    mostAmount: amount.nullable(),
    lastDigits: z
      .string()
      .regex(/^[0-9A-Za-z]{4}$/)
      .nullable(),
    number: identifier(64).nullable(),
  })
  .readonly() satisfies z.ZodType<HistoryFilter>

export const historyPageWish = z
  .strictObject({
    filter: historyFilter,
    /** `next` of a former page. */
    before: z
      .string()
      .regex(/^[01]-\d{1,16}-\d{1,16}$/)
      .nullable(),
    limit: z.int().min(1).max(100),
    doubtfulFirst: z.boolean(),
  })
  .readonly()

export const exportWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('transactions'), filter: historyFilter }).readonly(),
  z.strictObject({ kind: z.literal('totals'), filter: historyFilter }).readonly(),
  z.strictObject({ kind: z.literal('shift'), shiftId }).readonly(),
  z.strictObject({ kind: z.literal('reconciliation'), channel: identifier(64), date: day }).readonly(),
]) satisfies z.ZodType<ExportWish>
