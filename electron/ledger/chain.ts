import type { DatabaseSync } from 'node:sqlite'
import type { OrderNumber } from '../till/ids.ts'
import { journalColumns, lastEntry } from './journal.ts'
import type { ChainLink, JournalEntry, OrderChain } from './ledger.ts'

/** Foreign entries that are kept beside each of an order's own entries, on either side, where many stand in between. */
export const linksBeside = 32

const linkColumns = 'sequence, previous_hash AS previousHash, hash'

/** An order's entries within the chain, read as one state of the ledger; null where there is no such order. */
export function readOrderChain(db: DatabaseSync, orderNumber: OrderNumber): OrderChain | null {
  db.exec('BEGIN')
  try {
    const entries = db
      .prepare(`SELECT ${journalColumns} FROM journal WHERE subject = 'order' AND subject_id = ? ORDER BY sequence`)
      .all(orderNumber)
      .map((row) => ({ ...row }) as JournalEntry)
    const genesis = db.prepare(`SELECT ${journalColumns} FROM journal ORDER BY sequence LIMIT 1`).get()
    const head = lastEntry(db)
    if (entries.length === 0 || genesis === undefined || head === null) return null
    return {
      entries,
      links: linksOf(db, entries),
      head: { sequence: head.sequence, hash: head.hash },
      genesis: { ...genesis } as JournalEntry,
    }
  } finally {
    if (db.isTransaction) db.exec('COMMIT')
  }
}

/** The links at these places of the journal, ascending. */
export function chainLinksAt(db: DatabaseSync, sequences: readonly number[]): readonly ChainLink[] {
  const select = db.prepare(`SELECT ${linkColumns} FROM journal WHERE sequence = ?`)
  return [...new Set(sequences)]
    .sort((a, b) => a - b)
    .flatMap((sequence) => {
      const row = select.get(sequence)
      return row === undefined ? [] : [{ ...row } as ChainLink]
    })
}

function linksOf(db: DatabaseSync, entries: readonly JournalEntry[]): readonly ChainLink[] {
  const select = db.prepare(`SELECT ${linkColumns} FROM journal WHERE sequence BETWEEN ? AND ? ORDER BY sequence`)
  const between = (from: number, to: number): readonly ChainLink[] =>
    from > to ? [] : select.all(from, to).map((row) => ({ ...row }) as ChainLink)
  return entries.flatMap((entry, index) => {
    const own: ChainLink = { sequence: entry.sequence, previousHash: entry.previousHash, hash: entry.hash }
    const former = entries[index - 1]
    if (!former) return [own]
    const [first, last] = [former.sequence + 1, entry.sequence - 1]
    if (last - first < 2 * linksBeside) return [...between(first, last), own]
    return [...between(first, first + linksBeside - 1), ...between(last - linksBeside + 1, last), own]
  })
}
