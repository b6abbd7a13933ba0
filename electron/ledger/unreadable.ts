import type { DatabaseSync } from 'node:sqlite'
import { foldEntries, readOrderEntry } from './fold.ts'
import { journalColumns } from './journal.ts'
import type { JournalEntry, UnreadableRecord } from './ledger.ts'

/** Finds what cannot be understood in an open ledger, again and again at little cost: the journal only grows. */
export type UnreadableSearch = { find(): readonly UnreadableRecord[] }

/** Orders whose row cannot be read are few or none; these are looked at anew each time. */
const tornRows = "SELECT order_number AS id FROM orders WHERE NOT json_valid(state) OR json_type(state) <> 'object'"

export function searchUnreadable(db: DatabaseSync): UnreadableSearch {
  const select = db.prepare(
    `SELECT ${journalColumns} FROM journal WHERE subject = 'order' AND sequence > ? ORDER BY sequence`,
  )
  const entriesOf = db.prepare(
    `SELECT ${journalColumns} FROM journal WHERE subject = 'order' AND subject_id = ? ORDER BY sequence`,
  )
  const torn = db.prepare(tornRows)
  let walkedTo = 0
  const found: UnreadableRecord[] = []

  const walkOn = (): void => {
    for (const row of select.iterate(walkedTo)) {
      const entry = { ...row } as JournalEntry
      const reading = readOrderEntry(entry)
      if (!reading.ok) found.push(recordOf(entry, reading.detail))
      walkedTo = entry.sequence
    }
  }
  const ofRow = (orderNumber: string): readonly UnreadableRecord[] => {
    const entries = entriesOf.all(orderNumber).map((row) => ({ ...row }) as JournalEntry)
    const first = entries[0]
    if (!first || found.some((record) => record.orderNumber === orderNumber)) return []
    // An order that the journal still tells is listed as the journal has it.
    return foldEntries(entries).kind === 'order' ? [] : [recordOf(first, 'its row in the list cannot be read')]
  }
  return {
    find() {
      walkOn()
      return [...found, ...torn.all().flatMap(({ id }) => ofRow(String(id)))]
    },
  }
}

const recordOf = ({ subjectId, sequence, wallMs, type }: JournalEntry, detail: string): UnreadableRecord => ({
  orderNumber: subjectId,
  sequence,
  wallMs,
  type,
  detail,
})
