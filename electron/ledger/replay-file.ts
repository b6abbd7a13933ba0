import { foldEntries } from './fold.ts'
import { entryHash } from './journal.ts'
import type { JournalEntry } from './ledger.ts'

/**
 * One order's journal as a file that the simulation can play again (`npm run simulate -- --replay FILE`).
 *
 * The entries stand in it exactly as in the journal, with their hashes: what the channel answered and when, what people
 * did, when the till was started again. A journal holds no secret and no payment code, only its first two and last four
 * digits (I11), and so does the file.
 */
export type ReplayFile = {
  readonly format: 'scantill-replay'
  readonly version: 1
  readonly orderNumber: string
  readonly entries: readonly JournalEntry[]
}

/** A replay file as read; `problem` names the field, or the entry by its sequence number. */
export type ReplayFileReading =
  | { readonly ok: true; readonly file: ReplayFile }
  | { readonly ok: false; readonly problem: string }

const format = 'scantill-replay'

/** The file's text, for all entries of one order in the order of the journal. */
export function writeReplayFile(orderNumber: string, entries: readonly JournalEntry[]): string {
  const file: ReplayFile = { format, version: 1, orderNumber, entries }
  return `${JSON.stringify(file, null, 2)}\n`
}

const textFields = ['subjectId', 'type', 'payload', 'previousHash', 'hash'] as const

const refused = (problem: string): ReplayFileReading => ({ ok: false, problem })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a replay file and checks that its entries are whole and make an order. */
export function readReplayFile(text: string): ReplayFileReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused('the file is no JSON')
  }
  if (!isRecord(value)) return refused('the file is no JSON object')
  if (value.format !== format) return refused(`format: expected "${format}"`)
  if (value.version !== 1) return refused('version: this program reads version 1')
  if (typeof value.orderNumber !== 'string') return refused('orderNumber: expected a text')
  if (!Array.isArray(value.entries) || value.entries.length < 2) return refused('entries: expected two or more')
  for (const [place, entry] of value.entries.entries()) {
    const problem = entryProblem(entry, value.orderNumber)
    if (problem !== null) return refused(`entries[${place}]${problem}`)
  }
  // Each field was looked at above.
  const file = value as ReplayFile
  const folded = foldEntries(file.entries)
  if (folded.kind !== 'order') return refused(`entry ${folded.sequence}: ${folded.detail}`)
  return { ok: true, file }
}

function entryProblem(entry: unknown, orderNumber: string): string | null {
  if (!isRecord(entry)) return ': expected an object'
  if (!Number.isSafeInteger(entry.sequence) || !Number.isSafeInteger(entry.wallMs)) {
    return ': sequence and wallMs must be whole numbers'
  }
  const missing = textFields.find((field) => typeof entry[field] !== 'string')
  if (missing !== undefined) return `.${missing}: expected a text`
  if (entry.subject !== 'order' || entry.subjectId !== orderNumber) return `.subjectId: expected ${orderNumber}`
  if (entryHash(entry as JournalEntry) !== entry.hash) return `: entry ${entry.sequence} does not match its hash`
  return null
}
