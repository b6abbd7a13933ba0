import type { DatabaseSync } from 'node:sqlite'
import { journalColumns } from './journal.ts'
import type { JournalEntry } from './ledger.ts'

/** All entries of one order, in the order of the journal. */
export type OrderHistory = { readonly orderNumber: string; readonly entries: readonly JournalEntry[] }

/** Every order that the journal knows, one after the other, however long the journal is. */
export function* orderHistories(db: DatabaseSync): Generator<OrderHistory, void, undefined> {
  const rows = db
    .prepare(`SELECT ${journalColumns} FROM journal WHERE subject = 'order' ORDER BY subject_id, sequence`)
    .iterate()
  let entries: JournalEntry[] = []
  for (const row of rows) {
    const entry = { ...row } as JournalEntry
    const former = entries[0]
    if (former && former.subjectId !== entry.subjectId) {
      yield { orderNumber: former.subjectId, entries }
      entries = []
    }
    entries.push(entry)
  }
  const last = entries[0]
  if (last) yield { orderNumber: last.subjectId, entries }
}

/** The entries of all sales, sale by sale. */
export function* saleEntries(db: DatabaseSync): Generator<JournalEntry, void, undefined> {
  const rows = db
    .prepare(`SELECT ${journalColumns} FROM journal WHERE subject = 'sale' ORDER BY subject_id, sequence`)
    .iterate()
  for (const row of rows) yield { ...row } as JournalEntry
}
