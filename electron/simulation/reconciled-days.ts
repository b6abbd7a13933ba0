import type { BillFormat } from '../channels/bill-reading.ts'
import { billDay, neighbourDate, placeInDay } from '../reconcile/bill-day.ts'
import { isWholeBill } from '../reconcile/run.ts'
import { type BookEntry, bookOrder, bookRefund } from '../till/reconcile/book.ts'
import { createBookTable } from '../till/reconcile/book-table.ts'
import { createBillMatch, type Difference, type MatchResult } from '../till/reconcile/match.ts'
import { shanghaiDate } from '../till/time.ts'
import type { Movement } from '../training/movements.ts'
import type { Disk } from './disk.ts'
import type { Wallet } from './wallet.ts'
import { walletMovements } from './wallet-movements.ts'

/** A simulated store at its end, when everything has come to rest. */
export type StoreAtRest = {
  readonly storeId: string
  readonly tills: readonly { readonly tillId: string; readonly disk: Disk }[]
  readonly channels: readonly { readonly id: string; readonly wallet: Wallet }[]
  readonly fromMs: number
  readonly toMs: number
}

/** How a channel writes a day's movements, and reads them again. */
export type BillWriter = {
  readonly format: BillFormat
  readonly write: (movements: readonly Movement[], dayStartMs: number) => Uint8Array
}

export type ReconciledDay = {
  readonly tillId: string
  readonly channel: string
  readonly date: string
  readonly result: MatchResult
  /** What the matching says and the wallet's own books deny, in sentences; empty is how it must be. */
  readonly contradictions: readonly string[]
}

/**
 * Writes each day's bill of each channel from the wallet's books, and matches it with each till's ledger. Every day is
 * matched twice, as a manager would once the neighbouring bills are there. `writerOf` is undefined for a channel without
 * bills.
 */
export function reconcileStore(
  store: StoreAtRest,
  writerOf: (channel: string) => BillWriter | undefined,
): readonly ReconciledDay[] {
  const days: ReconciledDay[] = []
  for (const { tillId, disk } of store.tills) {
    for (const { id, wallet } of store.channels) {
      const writer = writerOf(id)
      if (writer === undefined) continue
      const seenOf = new Map<string, readonly string[]>()
      const once = (): readonly ReconciledDay[] =>
        datesOf(store).map((date) => {
          const result = matchDate({ store, tillId, disk, channel: id, wallet, writer, date, seenOf })
          seenOf.set(date, result.seenNearMidnight)
          return { tillId, channel: id, date, result, contradictions: contradictions(result, wallet, disk, tillId) }
        })
      once()
      days.push(...once())
    }
  }
  return days
}

/** One day more on either side: clocks that are off move orders out of the simulated days. */
function datesOf({ fromMs, toMs }: StoreAtRest): readonly string[] {
  const dates: string[] = []
  const last = neighbourDate(shanghaiDate(toMs), 1)
  for (let date = neighbourDate(shanghaiDate(fromMs), -1); date <= last; date = neighbourDate(date, 1)) dates.push(date)
  return dates
}

type DateOfTill = {
  readonly store: StoreAtRest
  readonly tillId: string
  readonly disk: Disk
  readonly channel: string
  readonly wallet: Wallet
  readonly writer: BillWriter
  readonly date: string
  readonly seenOf: ReadonlyMap<string, readonly string[]>
}

function matchDate({ store, tillId, disk, channel, wallet, writer, date, seenOf }: DateOfTill): MatchResult {
  const day = billDay(date, writer.format)
  if (day === null) throw new RangeError('not a date')
  const entries: readonly BookEntry[] = [
    ...[...disk.orders.values()].filter((order) => order.channel === channel).map(bookOrder),
    ...[...disk.refunds.values()].filter((refund) => refund.channel === channel).map(bookRefund),
  ]
  const table = createBookTable(entries.length)
  for (const entry of entries) table.add(entry, placeInDay(entry, day))
  const around = [neighbourDate(date, -1), neighbourDate(date, 1)]
  const seen = new Set(around.flatMap((one) => seenOf.get(one) ?? []))
  const isKnown = around.every((one) => seenOf.has(one))
  const match = createBillMatch(table, {
    day: writer.format.hasCalendarDay ? Number(date) : null,
    own: { storeId: store.storeId, tillId },
    elsewhere: (number) => (seen.has(number) ? 'seen' : isKnown ? 'not-seen' : 'no-bill'),
    foreignRefundIsRevoke: writer.format.foreignRefundIsRevoke,
  })
  const movements = walletMovements(wallet, day.beginsWallMs, day.endsWallMs)
  if (movements.length === 0) return match.finish(true)
  const reader = writer.format.openReader({ date, merchantId: null }, match.take)
  reader.push(writer.write(movements, day.beginsWallMs))
  const reading = reader.end()
  if (!reading.ok) throw new Error(`the bill of ${channel} is not read as one: ${reading.problem}`)
  return match.finish((duplicates) => isWholeBill(reading.findings, duplicates))
}

/** Holds each difference against the wallet's books, by a second and naive reading of what each cause claims. */
function contradictions(result: MatchResult, wallet: Wallet, disk: Disk, tillId: string): readonly string[] {
  const found: string[] = []
  const gap = result.differences.reduce((sum, { differenceFen }) => sum + differenceFen, 0)
  if (result.billNetFen - result.bookNetFen !== gap) found.push(`the differences make ${gap} fen, and the day does not`)
  for (const difference of result.differences) {
    const why = denied(difference, wallet, disk, tillId)
    if (why !== null) found.push(`${difference.cause} of ${difference.refundNumber ?? difference.orderNumber}: ${why}`)
  }
  return found
}

function denied({ cause, orderNumber, ours }: Difference, wallet: Wallet, disk: Disk, tillId: string): string | null {
  const book = wallet.books.get(orderNumber)
  const order = [...disk.orders.values()].find((one) => one.orderNumber === orderNumber)
  const charged = (book?.chargedFen ?? 0) > 0
  const returned = (book?.refundedFen ?? 0) > 0
  switch (cause) {
    case 'another-till':
      return order === undefined && book !== undefined ? null : `it is an order of till ${tillId}`
    case 'paid-there-unknown-here':
      return charged && order?.status !== 'paid' ? null : 'the till knows of the money'
    case 'late-success-after-revoke':
      return charged && !returned && (order?.revokes ?? 0) > 0 ? null : 'the wallet holds no money of a revoked order'
    case 'revoke-made-refund':
      return charged && returned && order?.revokeEffect !== 'refunded' ? null : 'no revoke gave back unknown money'
    case 'revoked-there-not-here':
      return charged && returned && order?.status !== 'revoked' ? null : 'the till holds it for revoked too'
    case 'other-day-line':
      // A clock that was off, or an order that went through a midnight.
      return charged && ours !== null ? null : 'the wallet never charged it'
    case 'refund-in-flight':
      return ours !== null && ours.place !== 'outside' ? null : 'nothing is in flight'
    case 'refunded-there-not-here': {
      const isDone = [...wallet.refunds.values()].some((one) => one.orderNumber === orderNumber)
      return isDone ? null : 'the wallet refunded nothing'
    }
    case 'paid-here-missing-there':
    case 'charged-twice':
    case 'amount-differs':
    case 'revoked-here-missing-there':
    case 'refunded-here-missing-there':
    case 'another-merchant':
    case 'unknown-order':
    case 'duplicated-line':
    case 'fee-differs':
    case 'bill-incomplete':
      return 'no fault of the simulated world makes this'
  }
}
