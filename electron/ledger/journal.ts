import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { JournalEntry } from './ledger.ts'

/** What the first entry of every journal links to. */
export const genesisPreviousHash = '0'.repeat(64)

/** The type of the first entry, which holds the ledger's mark. */
export const genesisType = 'ledger-begun'

/** What is to be journaled; sequence and hashes are the journal's own business. */
export type JournalFact = Pick<JournalEntry, 'wallMs' | 'subject' | 'subjectId' | 'type' | 'payload'>

/** Where the chain ends. */
export type JournalHead = { readonly sequence: number; readonly hash: string }

/** Columns of a journal row, named as `JournalEntry` names them. */
export const journalColumns =
  'sequence, wall_ms AS wallMs, subject, subject_id AS subjectId, type, payload, previous_hash AS previousHash, hash'

/**
 * The hash of an entry, SHA-256 in lower-case hex (I12).
 *
 * What is hashed is every column but the hash itself, in the order of the table, each as `LENGTH:TEXT` with the length
 * in UTF-8 bytes, so that no two entries share a text: `1:7` `13:1700000000000` `5:order` …
 */
export function entryHash(entry: Omit<JournalEntry, 'hash'>): string {
  const { sequence, wallMs, subject, subjectId, type, payload, previousHash } = entry
  const columns: readonly unknown[] = [
    String(sequence),
    String(wallMs),
    subject,
    subjectId,
    type,
    payload,
    previousHash,
  ]
  let text = ''
  for (const column of columns) {
    // A torn page can hold what the table's own rules forbid; no hash matches it.
    if (typeof column !== 'string') return ''
    text += `${Buffer.byteLength(column)}:${column}`
  }
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Appends to the journal; the caller owns the transaction. */
export type JournalAppender = {
  /** Where the chain ends, entries of the running transaction included. */
  head(): JournalHead
  /** Adds one entry at the end of the chain and answers its sequence number. */
  append(fact: JournalFact): number
  /** Takes back the appender's idea of the end, after the rows themselves were rolled back. */
  returnTo(head: JournalHead): void
}

/** An appender that goes on after `head`. */
export function prepareJournal(db: DatabaseSync, from: JournalHead): JournalAppender {
  const insert = db.prepare(
    'INSERT INTO journal (sequence, wall_ms, subject, subject_id, type, payload, previous_hash, hash)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  let head = from
  return {
    head: () => head,
    append(fact) {
      const { wallMs, subject, subjectId, type, payload } = fact
      const sequence = head.sequence + 1
      const previousHash = head.hash
      const hash = entryHash({ sequence, wallMs, subject, subjectId, type, payload, previousHash })
      insert.run(sequence, wallMs, subject, subjectId, type, payload, previousHash, hash)
      head = { sequence, hash }
      return sequence
    },
    returnTo(former) {
      head = former
    },
  }
}

/** The last entry of the journal, or null while it is empty. */
export function lastEntry(db: DatabaseSync): JournalEntry | null {
  // STRICT tables hold what their columns say, here and in every cast of a row below.
  const row = db.prepare(`SELECT ${journalColumns} FROM journal ORDER BY sequence DESC LIMIT 1`).get()
  return row === undefined ? null : ({ ...row } as JournalEntry)
}
