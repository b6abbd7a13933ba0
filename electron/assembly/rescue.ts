import type { RescueAnswer } from '../api/contract.ts'
import { readOrderEntry } from '../ledger/fold.ts'
import type { LedgerProblem, LedgerReader, LedgerResult, OrderFilter } from '../ledger/ledger.ts'
import type { Clock } from '../runner/ports.ts'
import type { Runner } from '../runner/runner.ts'
import { type BillReading, isOwnOrderNumber, readBillNumber } from '../till/bill-barcode.ts'
import { assertNever } from '../till/brand.ts'
import type { OrderNumber } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import type { QueryOutcome } from '../till/outcome.ts'
import { refundedFen } from '../till/refund/left.ts'
import { shanghaiDayStartMs } from '../till/time.ts'

/** The answer of `rescue.find`, with orders as the ledger has them. */
export type RescueFinding = RescueAnswer<Order, LedgerProblem>

export type RescueParts = {
  readonly reader: Pick<LedgerReader, 'order' | 'orders' | 'journalOf' | 'refundsOfOrder'>
  readonly runner: Pick<Runner, 'act' | 'settled' | 'open'>
  readonly clock: Clock
  readonly own: { readonly store: string; readonly till: string }
}

/** As many as a cashier can look through while a customer waits. */
const mostChoices = 6
/** Open orders that are asked when no order has a transaction id; more would keep the customer waiting. */
const mostAsked = 3
/** The end of a number that is surely meant as one; three digits could be an amount. */
const tailLength = 4
/** A bill says when the wallet took the money, which may be a while after the till's request. */
const timeBeforeMs = 5 * 60_000
const timeAfterMs = 60_000
const minuteMs = 60_000

/**
 * What became of the payment behind what a customer shows or reads out (M9, M15; “my phone says paid”): finds the order,
 * asks its channel once, and answers by what the ledger holds then. `by` stands in the journal as who asked.
 */
export async function findRescue(
  parts: RescueParts,
  text: string,
  by: 'cashier' | 'staff' = 'cashier',
): Promise<RescueFinding> {
  const reading = readBillNumber(text)
  switch (reading.kind) {
    case 'payment-code':
      return { kind: 'payment-code', wallet: reading.wallet }
    case 'empty':
    case 'not-a-bill-number':
      return { kind: 'not-a-bill-number' }
    case 'order-number':
      return byOrderNumber(parts, reading.orderNumber, by)
    case 'transaction-id':
      return byTransactionId(parts, reading, by)
    case 'part':
      return byPart(parts, reading.text, by)
    default:
      return assertNever(reading, 'bill reading')
  }
}

async function byOrderNumber(
  parts: RescueParts,
  orderNumber: OrderNumber,
  by: 'cashier' | 'staff',
): Promise<RescueFinding> {
  const found = await parts.reader.order(orderNumber)
  if (!found.ok) return { kind: 'ledger-trouble', problem: found.problem }
  if (found.value) return asked(parts, found.value, by)
  return isOwnOrderNumber(orderNumber, parts.own)
    ? { kind: 'unknown-number', of: 'order-number' }
    : { kind: 'other-till', orderNumber }
}

/**
 * The till knows a transaction id only from an answer; an order whose answers were lost has none yet. So where no order
 * has the id, the wallet's newest open orders are asked, one of which may turn out to be it.
 */
async function byTransactionId(
  parts: RescueParts,
  { transactionId, wallet }: Extract<BillReading, { readonly kind: 'transaction-id' }>,
  by: 'cashier' | 'staff',
): Promise<RescueFinding> {
  const find = () => parts.reader.orders({ transactionId, limit: 1 })
  const found = await find()
  if (!found.ok) return { kind: 'ledger-trouble', problem: found.problem }
  const [known] = found.value
  if (known) return asked(parts, known, by)
  const open = parts.runner.open().filter((order) => order.wallet === wallet && order.transactionId === null)
  for (const before of open.slice(-mostAsked).reverse()) {
    const answer = await asked(parts, before, by)
    if (answer.kind === 'ledger-trouble') return answer
    if ('order' in answer && answer.order.transactionId === transactionId) return answer
  }
  return { kind: 'unknown-number', of: 'transaction-id' }
}

async function byPart(parts: RescueParts, text: string, by: 'cashier' | 'staff'): Promise<RescueFinding> {
  const found = await ordersOfToday(parts, text)
  if (!found.ok) return { kind: 'ledger-trouble', problem: found.problem }
  const [first, ...others] = found.value
  if (!first) return { kind: 'unknown-number', of: 'part' }
  const ends = first.orderNumber.endsWith(text.toUpperCase()) || first.transactionId?.endsWith(text) === true
  if (others.length === 0 && text.length >= tailLength && ends) return asked(parts, first, by)
  return { kind: 'several', orders: found.value.slice(0, mostChoices), more: found.value.length > mostChoices }
}

/** Today's orders that fit a part of a number, an amount or a time of day, newest first; one more than is shown. */
function ordersOfToday({ reader, clock }: RescueParts, text: string): Promise<LedgerResult<readonly Order[]>> {
  const fromWallMs = shanghaiDayStartMs(clock.now().wallMs)
  const filter: OrderFilter = { fromWallMs, toWallMs: fromWallMs + 24 * 60 * minuteMs, limit: mostChoices + 1 }
  if (!text.includes(':')) return reader.orders({ ...filter, text })
  const [hour, minute, second = '0'] = text.split(':')
  const saidMs = fromWallMs + (Number(hour) * 60 + Number(minute)) * minuteMs + Number(second) * 1_000
  return reader.orders({ ...filter, fromWallMs: saidMs - timeBeforeMs, toWallMs: saidMs + timeAfterMs })
}

/** Asks the order's channel once, and says what is known then. */
async function asked(parts: RescueParts, before: Order, by: 'cashier' | 'staff'): Promise<RescueFinding> {
  const { reader, runner } = parts
  const { orderNumber } = before
  // An answer that is on its way is waited for; it may be the one that counts.
  await runner.settled(orderNumber)
  const outcome = await runner.act(orderNumber, 'query', by)
  if (outcome.kind === 'ledger-trouble') return outcome
  const after = (await runner.settled(orderNumber)) ?? (outcome.kind === 'no-such-order' ? before : outcome.order)
  const journal = await reader.journalOf(orderNumber)
  if (!journal.ok) return { kind: 'ledger-trouble', problem: journal.problem }
  const refunds = await reader.refundsOfOrder(orderNumber)
  if (!refunds.ok) return { kind: 'ledger-trouble', problem: refunds.problem }
  const entries = journal.value.slice(before.version)
  const answers = entries.flatMap((entry): readonly QueryOutcome[] => {
    const reading = readOrderEntry(entry)
    return reading.ok && reading.value.type === 'query-answered' ? [reading.value.outcome] : []
  })
  return answerAbout({ before, after, refundedFen: refundedFen(refunds.value), said: answers.at(-1)?.kind ?? null })
}

/** What is known of an order after it was asked about; `said` is the channel's last word, null when none came. */
export function answerAbout({
  before,
  after: order,
  refundedFen: backFen,
  said,
}: {
  readonly before: Pick<Order, 'status'>
  readonly after: Order
  readonly refundedFen: number
  readonly said: QueryOutcome['kind'] | null
}): RescueFinding {
  const heard = said !== null && said !== 'unknown'
  const { status, settlement } = order
  if (settlement?.kind === 'by-refund' || (status === 'paid' && backFen >= order.amountFen)) {
    return { kind: 'returned', order, by: 'refund', heard }
  }
  if (settlement?.kind === 'by-hand') return { kind: 'settled-by-hand', order, heard }
  switch (status) {
    case 'paid':
      // The money went back in the merchant's back office; the till's order does not change by it.
      if (said === 'closed') return { kind: 'returned', order, by: 'outside', heard }
      if (before.status !== 'paid') return { kind: 'now-paid', order }
      return { kind: 'paid-here', order, refundedFen: backFen, heard: said === 'paid' }
    case 'revoked':
      if (order.revokeEffect === 'refunded') return { kind: 'returned', order, by: 'revoke', heard }
      return { kind: 'never-charged', order, heard }
    case 'failed':
      return { kind: 'never-charged', order, heard }
    case 'created':
    case 'paying':
    case 'awaiting-payer':
    case 'unknown':
    case 'revoking':
    case 'attention': {
      const money = order.moneyWasTaken ? 'taken' : 'not-known'
      return { kind: 'not-known-yet', order, money, next: status === 'attention' ? 'person' : 'asks-on', heard }
    }
    default:
      return assertNever(status, 'order status')
  }
}
