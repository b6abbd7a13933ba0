import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LedgerProblem, LedgerReader } from '../ledger/ledger.ts'
import { fen } from '../till/money.ts'
import { type BookEntry, bookOrder, bookRefund } from '../till/reconcile/book.ts'
import { type BillDay, neighbourDate } from './bill-day.ts'
import { writeWholeFile } from './whole-file.ts'

/** One order or refund of a till, with the channel that it went to. */
type ExportedEntry = BookEntry & { readonly channel: string }

const formatName = 'scantill-till-orders'

const entrySchema = z.strictObject({
  channel: z.string().max(64),
  expectation: z.enum([
    'paid',
    'returned',
    'returned-otherwise',
    'closed',
    'failed',
    'open',
    'refund-done',
    'refund-failed',
    'refund-open',
  ]),
  number: z.string().regex(/^[0-9A-Za-z]{6,32}$/),
  orderNumber: z.string().regex(/^[0-9A-Za-z]{6,32}$/),
  amountFen: z.int().min(0),
  fromWallMs: z.int(),
  toWallMs: z.int(),
  revokeWasSent: z.boolean(),
})

const exportSchema = z.strictObject({
  format: z.literal(formatName),
  formatVersion: z.literal(1),
  storeId: z.string().regex(/^[0-9A-Za-z]{2,8}$/),
  tillId: z.string().regex(/^[0-9A-Za-z]{1,4}$/),
  /** The business date of its middle day, `yyyyMMdd`. */
  date: z.string().regex(/^20\d{6}$/),
  exportedWallMs: z.int(),
  /** SHA-256 over the entries' JSON: a file that was cut off or edited is told. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  entries: z.array(entrySchema),
})

/** A day of a till as another till of the same merchant number needs it, to settle its lines in the common bill. */
export type TillExport = z.infer<typeof exportSchema>

const dayMs = 86_400_000
const refundsBeforeMs = 31 * dayMs

/** The orders and refunds of a till around a day, without payment codes or secrets: numbers, amounts, ends, times. */
export async function exportTill(
  reader: LedgerReader,
  own: { readonly storeId: string; readonly tillId: string },
  { date, beginsWallMs, endsWallMs }: BillDay,
  exportedWallMs: number,
): Promise<TillExport | LedgerProblem> {
  const fromWallMs = beginsWallMs - 2 * dayMs
  const orders = await reader.orders({ fromWallMs, toWallMs: endsWallMs + dayMs })
  if (!orders.ok) return orders.problem
  const refunds = await reader.refundsBetween(beginsWallMs - refundsBeforeMs, endsWallMs + dayMs)
  if (!refunds.ok) return refunds.problem
  const entries: readonly ExportedEntry[] = [
    ...orders.value.map((order) => ({ channel: order.channel, ...bookOrder(order) })),
    ...refunds.value.map((refund) => ({ channel: refund.channel, ...bookRefund(refund) })),
  ]
  const sha256 = hashOf(entries)
  return { format: formatName, formatVersion: 1, ...own, date, exportedWallMs, sha256, entries: [...entries] }
}

const hashOf = (entries: readonly ExportedEntry[]): string =>
  createHash('sha256').update(JSON.stringify(entries)).digest('hex')

/** Whether a file's first bytes are those of another till's export, and not a bill's. */
export const isTillExport = (beginning: Uint8Array): boolean =>
  Buffer.from(beginning.subarray(0, 64)).toString('latin1').startsWith(`{"format":"${formatName}"`)

export type TillImport =
  | { readonly kind: 'till-imported'; readonly till: string; readonly date: string; readonly orders: number }
  /** It is this very till's: its orders are known. */
  | { readonly kind: 'own-till' }
  /** It was cut off, edited, or is no export of this version. */
  | { readonly kind: 'damaged-export' }

/** Keeps another till's export; a newer one of the same day takes its place. Throws when the disk refuses. */
export async function importTill(
  dataDirectory: string,
  own: { readonly storeId: string; readonly tillId: string },
  text: string,
): Promise<TillImport> {
  const read = readExport(text)
  if (read === null) return { kind: 'damaged-export' }
  const { storeId, tillId, date, entries } = read
  if (storeId === own.storeId && tillId === own.tillId) return { kind: 'own-till' }
  const till = `${storeId}${tillId}`
  await writeWholeFile(join(otherTillsFolder(dataDirectory), `${till}-${date}.json`), text)
  return { kind: 'till-imported', till, date, orders: entries.length }
}

/** What other tills of the merchant told of a channel around a day; later exports are newer and come first. */
export async function otherTillEntries(
  dataDirectory: string,
  channel: string,
  { date }: BillDay,
): Promise<readonly BookEntry[]> {
  const folder = otherTillsFolder(dataDirectory)
  const dates = [neighbourDate(date, 1), date, neighbourDate(date, -1)]
  const names = await readdir(folder).catch(() => [])
  const entries: BookEntry[] = []
  for (const wanted of dates) {
    for (const name of names.filter((one) => one.endsWith(`-${wanted}.json`)).sort()) {
      const read = readExport(await readFile(join(folder, name), 'utf8').catch(() => ''))
      for (const { channel: ofChannel, amountFen, ...entry } of read?.entries ?? []) {
        if (ofChannel === channel) entries.push({ ...entry, amountFen: fen(amountFen) })
      }
    }
  }
  return entries
}

const otherTillsFolder = (dataDirectory: string): string => join(dataDirectory, 'reconciliation', 'other-tills')

function readExport(text: string): TillExport | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const read = exportSchema.safeParse(value)
  if (!read.success) return null
  const isWhole =
    hashOf(read.data.entries.map((entry) => ({ ...entry, amountFen: fen(entry.amountFen) }))) === read.data.sha256
  return isWhole ? read.data : null
}
