import type { BillFindings, ExpectedBill } from '../channels/bill-reading.ts'
import type { ChannelBill } from '../channels/channel.ts'
import type { LedgerProblem, LedgerReader } from '../ledger/ledger.ts'
import type { ChannelId, OrderNumber } from '../till/ids.ts'
import { type BookEntry, bookOrder, bookRefund } from '../till/reconcile/book.ts'
import { type BookTable, createBookTable } from '../till/reconcile/book-table.ts'
import { type BillMatch, createBillMatch, type MatchOptions, type MatchResult } from '../till/reconcile/match.ts'
import { ownerOfNumber } from '../till/reconcile/whose-order.ts'
import { type BillDay, neighbourDate, placeInDay } from './bill-day.ts'
import { runsOfDay } from './kept-bills.ts'
import { otherTillEntries } from './other-tills.ts'
import { type BillFileProblem, type ExpectedHash, readBillFile, type WatchBytes } from './read-bill.ts'
import { isWholeBill } from './run.ts'

/** What matching needs of the till. */
export type MatchingTill = {
  readonly dataDirectory: string
  readonly reader: LedgerReader
  readonly own: MatchOptions['own']
}

export type DayMatching =
  | { readonly kind: 'matched'; readonly findings: BillFindings; readonly result: MatchResult }
  | { readonly kind: 'bad-file'; readonly problem: BillFileProblem }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }

/** Orders begun this long before the day can have been paid on it; older ones are looked up by their number. */
const ordersBeforeMs = 2 * 86_400_000
const refundsBeforeMs = 31 * 86_400_000
const afterMs = 86_400_000

/** A bill without a line: what a channel means that says that nothing moved. */
const emptyFindings: BillFindings = {
  lines: 0,
  badLines: [],
  badLineCount: 0,
  stated: { lines: 0, charges: 0, returns: 0, chargedFen: 0, returnedFen: 0, feeFen: 0 },
  counted: { lines: 0, charges: 0, returns: 0, chargedFen: 0, returnedFen: 0, feeFen: 0 },
  gaps: [],
  wasEncodedAnew: false,
}

/** Matches a day's bill with the ledger; `path` null stands for a bill without a line. */
export async function matchDay(
  till: MatchingTill,
  channel: { readonly id: ChannelId; readonly bill: ChannelBill },
  day: BillDay,
  path: string | null,
  hash: ExpectedHash,
  watch?: WatchBytes,
): Promise<DayMatching> {
  const table = await loadBooks(till, channel.id, day)
  if ('problem' in table) return { kind: 'ledger-trouble', problem: table.problem }
  const first = await matchOnce(till, channel, day, path, hash, table.table, watch)
  if (first.kind !== 'matched') return first
  // Numbers of this till that were begun long before: the ledger is asked for each, and the file is matched once more.
  const missing = await lookUp(till, channel.id, first.result)
  if ('problem' in missing) return { kind: 'ledger-trouble', problem: missing.problem }
  if (missing.found.length === 0) return first
  const again = await loadBooks(till, channel.id, day)
  if ('problem' in again) return { kind: 'ledger-trouble', problem: again.problem }
  for (const entry of missing.found) again.table.add(entry, placeInDay(entry, day))
  return matchOnce(till, channel, day, path, hash, again.table, watch)
}

async function matchOnce(
  till: MatchingTill,
  { id, bill }: { readonly id: ChannelId; readonly bill: ChannelBill },
  day: BillDay,
  path: string | null,
  hash: ExpectedHash,
  table: BookTable,
  watch?: WatchBytes,
): Promise<DayMatching> {
  const options: MatchOptions = {
    day: bill.format.hasCalendarDay ? Number(day.date) : null,
    own: till.own,
    elsewhere: await neighbours(till.dataDirectory, id, day.date),
    foreignRefundIsRevoke: bill.format.foreignRefundIsRevoke,
  }
  let match: BillMatch = createBillMatch(table, options)
  if (path === null) return { kind: 'matched', findings: emptyFindings, result: match.finish(true) }
  const expected: ExpectedBill = {
    date: day.date,
    merchantId: bill.merchantId,
    ...(bill.subMerchantId === undefined ? {} : { subMerchantId: bill.subMerchantId }),
  }
  const begin = (): BillMatch['take'] => {
    match = createBillMatch(table, options)
    return match.take
  }
  const reading = await readBillFile(path, bill, expected, hash, begin, watch)
  if (!reading.ok) return { kind: 'bad-file', problem: reading.problem }
  const { findings } = reading
  return { kind: 'matched', findings, result: match.finish((duplicates) => isWholeBill(findings, duplicates)) }
}

/** What the bills of the days before and after have of an entry near midnight. */
async function neighbours(dataDirectory: string, channel: string, date: string): Promise<MatchOptions['elsewhere']> {
  const before = (await runsOfDay(dataDirectory, channel, neighbourDate(date, -1))).at(-1)
  const after = (await runsOfDay(dataDirectory, channel, neighbourDate(date, 1))).at(-1)
  const seen = new Set([...(before?.seenNearMidnight ?? []), ...(after?.seenNearMidnight ?? [])])
  return (number) => (seen.has(number) ? 'seen' : before && after ? 'not-seen' : 'no-bill')
}

async function loadBooks(
  { reader, dataDirectory }: Pick<MatchingTill, 'reader' | 'dataDirectory'>,
  channel: ChannelId,
  day: BillDay,
): Promise<{ readonly table: BookTable } | { readonly problem: LedgerProblem }> {
  const { beginsWallMs, endsWallMs } = day
  const orders = await reader.orders({ fromWallMs: beginsWallMs - ordersBeforeMs, toWallMs: endsWallMs + afterMs })
  if (!orders.ok) return { problem: orders.problem }
  const refunds = await reader.refundsBetween(beginsWallMs - refundsBeforeMs, endsWallMs + afterMs)
  if (!refunds.ok) return { problem: refunds.problem }
  const own = orders.value.filter((order) => order.channel === channel)
  const table = createBookTable(own.length + refunds.value.length)
  // Oldest first, as the bill mostly is: what stands together in the file stands together in memory.
  for (const order of own.toReversed()) {
    const entry = bookOrder(order)
    table.add(entry, placeInDay(entry, day))
  }
  for (const refund of refunds.value) {
    if (refund.channel !== channel) continue
    const entry = bookRefund(refund)
    table.add(entry, placeInDay(entry, day))
  }
  for (const entry of await otherTillEntries(dataDirectory, channel, day)) table.add(entry, placeInDay(entry, day))
  return { table }
}

async function lookUp(
  till: MatchingTill,
  channel: ChannelId,
  { differences }: MatchResult,
): Promise<{ readonly found: readonly BookEntry[] } | { readonly problem: LedgerProblem }> {
  const numbers = new Set(
    differences
      .filter(({ cause, orderNumber }) => {
        return cause === 'unknown-order' && ownerOfNumber(orderNumber, till.own).kind === 'this-till'
      })
      .map(({ orderNumber }) => orderNumber),
  )
  const found: BookEntry[] = []
  for (const number of numbers) {
    const order = await till.reader.order(number as OrderNumber)
    if (!order.ok) return { problem: order.problem }
    if (order.value === null || order.value.channel !== channel) continue
    found.push(bookOrder(order.value))
    const refunds = await till.reader.refundsOfOrder(number as OrderNumber)
    if (!refunds.ok) return { problem: refunds.problem }
    found.push(...refunds.value.map(bookRefund))
  }
  return { found }
}
