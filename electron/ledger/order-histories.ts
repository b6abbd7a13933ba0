import type { DatabaseSync } from 'node:sqlite'
import { journalColumns } from './journal.ts'
import type { JournalEntry } from './ledger.ts'

/** All entries of one order, in the order of the journal. */
export type OrderHistory = { readonly orderNumber: string; readonly entries: readonly JournalEntry[] }

/** Every order that the journal knows, one after the other, however long the journal is. */
export function* orderHistories(db: DatabaseSync): Generator<OrderHistory, void, undefined> {
  for (const entries of histories(db, 'order')) yield { orderNumber: entries[0].subjectId, entries }
}

/** All entries of one refund, in the order of the journal. */
export type RefundHistory = { readonly refundNumber: string; readonly entries: readonly JournalEntry[] }

/** Every refund that the journal knows, one after the other. */
export function* refundHistories(db: DatabaseSync): Generator<RefundHistory, void, undefined> {
  for (const entries of histories(db, 'refund')) yield { refundNumber: entries[0].subjectId, entries }
}

/** All entries of one print job, in the order of the journal. */
export type PrintHistory = { readonly jobId: string; readonly entries: readonly JournalEntry[] }

/** Every print job that the journal knows, one after the other. */
export function* printHistories(db: DatabaseSync): Generator<PrintHistory, void, undefined> {
  for (const entries of histories(db, 'print')) yield { jobId: entries[0].subjectId, entries }
}

type Entries = readonly [JournalEntry, ...JournalEntry[]]

/**
 * The entries of each subject of one kind, one after the other. The subject stands in the text, not as a parameter: only so
 * is the partial index of its entries used.
 */
export function* histories(
  db: DatabaseSync,
  subject: 'order' | 'refund' | 'print' | 'shift' | 'staff' | 'cash',
): Generator<Entries, void, undefined> {
  const rows = db
    .prepare(`SELECT ${journalColumns} FROM journal WHERE subject = '${subject}' ORDER BY subject_id, sequence`)
    .iterate()
  let entries: [JournalEntry, ...JournalEntry[]] | null = null
  for (const row of rows) {
    const entry = { ...row } as JournalEntry
    if (entries !== null && entries[0].subjectId === entry.subjectId) {
      entries.push(entry)
      continue
    }
    if (entries !== null) yield entries
    entries = [entry]
  }
  if (entries !== null) yield entries
}

/** The entries of all sales, sale by sale. */
export function* saleEntries(db: DatabaseSync): Generator<JournalEntry, void, undefined> {
  const rows = db
    .prepare(`SELECT ${journalColumns} FROM journal WHERE subject = 'sale' ORDER BY subject_id, sequence`)
    .iterate()
  for (const row of rows) yield { ...row } as JournalEntry
}
