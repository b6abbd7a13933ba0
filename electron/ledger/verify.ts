import type { DatabaseSync } from 'node:sqlite'
import { readSaleEntry, readTillEntry } from './fold.ts'
import { entryHash, genesisPreviousHash, journalColumns } from './journal.ts'
import type { Breach, JournalEntry, Verification } from './ledger.ts'
import { compareProjections } from './verify-projections.ts'

/** How far a verification has come, in events of the journal. */
export type VerificationProgress = { readonly done: number; readonly total: number }

const entriesPerStep = 500

const foldedSubjects: ReadonlySet<string> = new Set(['order', 'refund', 'print', 'shift', 'staff', 'cash'])

/**
 * Checks the whole ledger against itself (I12, design §8 `verify`): the file's own structure, every hash, link and
 * sequence number of the journal, every payload, and every projection against what the journal makes.
 *
 * Runs in steps, so that a worker can answer lists in between, and needs a connection of its own: it looks at one
 * state of the ledger from its first step to its last, whatever is written meanwhile. Broken entries are reported and
 * left as they are. Throws SQLite's error where the file cannot be read at all.
 */
export function* verifyLedger(db: DatabaseSync): Generator<VerificationProgress, Verification, undefined> {
  db.exec('BEGIN')
  try {
    const total = Number(db.prepare('SELECT count(*) AS events FROM journal').get()?.events)
    const broken: Breach[] = []
    broken.push(...fileBreaches(db))
    // The journal is walked twice, and the entries of shifts once. Rows that belong to nothing never count beyond the end.
    const rows = 2 * total + Number(db.prepare('SELECT count(*) AS entries FROM shift_entries').get()?.entries)
    const progress = (walked: number) => ({ done: Math.min(total, Math.floor((total * walked) / rows)), total })
    for (const walked of walkChain(db, broken)) yield progress(walked)
    for (const walked of compareProjections(db, broken)) yield progress(total + walked)
    yield { done: total, total }
    return { events: total, broken }
  } finally {
    if (db.isTransaction) db.exec('COMMIT')
  }
}

/** Pages, indexes and column types, by SQLite's own check. */
function fileBreaches(db: DatabaseSync): readonly Breach[] {
  const lines = db
    .prepare('PRAGMA integrity_check(20)')
    .all()
    .map((row) => String(row.integrity_check))
  return lines
    .filter((line) => line !== 'ok')
    .map((line) => ({ kind: 'chain', sequence: 0, detail: `the file: ${line}` }))
}

function* walkChain(db: DatabaseSync, broken: Breach[]): Generator<number, void, undefined> {
  const select = db.prepare(`SELECT ${journalColumns} FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?`)
  let former = { sequence: 0, hash: genesisPreviousHash }
  let walked = 0
  let orderCount = 0
  let ledgerMark: string | null = null
  while (true) {
    const entries = select.all(former.sequence, entriesPerStep).map((row) => ({ ...row }) as JournalEntry)
    for (const entry of entries) {
      broken.push(...entryBreaches(entry, former))
      if (entry.subject === 'order' && entry.type === 'created') orderCount += 1
      if (entry.subject === 'till') ledgerMark = markOf(entry) ?? ledgerMark
      former = entry
    }
    walked += entries.length
    yield walked
    if (entries.length < entriesPerStep) break
  }
  const state = db.prepare('SELECT head_sequence AS sequence, head_hash AS hash, order_count FROM ledger_state').get()
  if (!state || state.sequence !== former.sequence || state.hash !== former.hash) {
    const detail = `the journal ends at ${former.sequence}, but was last written at ${state?.sequence ?? 'nowhere'}`
    broken.push({ kind: 'chain', sequence: former.sequence, detail })
  }
  if (state && state.order_count !== orderCount) {
    const detail = `${orderCount} orders were created, but ${state.order_count} are counted`
    broken.push({ kind: 'projection', subjectId: '', detail })
  }
  const run = db.prepare('SELECT ledger_mark AS mark FROM ledger_run').get()
  if (run?.mark !== ledgerMark) {
    const detail = 'order numbers would not bear the mark that the journal gives them'
    broken.push({ kind: 'projection', subjectId: '', detail })
  }
}

function markOf(entry: JournalEntry): string | null {
  const reading = readTillEntry(entry)
  return reading.ok ? reading.value.ledgerMark : null
}

/** What is wrong with one entry, given the one before it. What an order's payload says is the fold's to judge. */
export function* entryBreaches(
  entry: JournalEntry,
  former: { readonly sequence: number; readonly hash: string },
): Generator<Breach, void, undefined> {
  const { sequence } = entry
  if (sequence !== former.sequence + 1) {
    const detail = `entries from ${former.sequence + 1} to ${sequence - 1} are missing`
    yield { kind: 'chain', sequence, detail }
  }
  if (entry.previousHash !== former.hash) {
    yield { kind: 'chain', sequence, detail: 'the entry does not link to the one before it' }
  }
  if (entryHash(entry) !== entry.hash) {
    yield { kind: 'chain', sequence, detail: 'the entry does not match its hash' }
  }
  if ((sequence === 1) !== (entry.subject === 'till' && entry.type === 'ledger-begun')) {
    yield { kind: 'chain', sequence, detail: 'the journal must begin, once, with the ledger’s own first entry' }
  }
  // What these say is their fold's to judge.
  if (foldedSubjects.has(entry.subject)) return
  const reading = entry.subject === 'sale' ? readSaleEntry(entry) : readTillEntry(entry)
  if (!reading.ok) yield { kind: 'unreadable-entry', sequence, detail: reading.detail }
}
