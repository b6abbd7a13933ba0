import type { DatabaseSync } from 'node:sqlite'
import type { Damage } from './damage.ts'
import { readTillEntry } from './fold.ts'
import { entryHash, genesisPreviousHash, journalColumns, lastEntry } from './journal.ts'
import type { Breach, JournalEntry } from './ledger.ts'
import { programVersion, readVersion } from './migrations/migrate.ts'
import { isOwedCondition, type OrderRow, orderColumns } from './projections.ts'
import { entryBreaches } from './verify.ts'
import { orderBreaches } from './verify-projections.ts'

/** How much of the journal's end is walked at every start; the rest is walked by each backup and by `verify`. */
export const tailEntries = 1_000

/** Open orders whose rows are compared at every start; a till that has more is looked at for the newest of them. */
const openOrdersLooked = 500

/** A ledger's identity and end, as the journal has them. */
export type Ends = { readonly firstHash: string; readonly head: JournalEntry }

/** Both ends of the chain of an open ledger, or what is wrong with them. */
export function readEnds(db: DatabaseSync): Ends | Damage {
  const head = lastEntry(db)
  const row = db.prepare(`SELECT ${journalColumns} FROM journal WHERE sequence = 1`).get()
  const state = db.prepare('SELECT head_sequence AS sequence, head_hash AS hash FROM ledger_state').get()
  if (!head || !row || !state) {
    return broken(head?.sequence ?? 0, 'the journal has no beginning, no end, or nothing says where it ended')
  }
  const { sequence } = head
  if (entryHash(head) !== head.hash) return broken(sequence, 'the last entry does not match its hash')
  if (state.sequence !== sequence || state.hash !== head.hash) {
    return broken(sequence, `the journal ends at ${sequence}, but was last written at ${state.sequence}`)
  }
  const first = { ...row } as JournalEntry
  const reading = readTillEntry(first)
  if (!reading.ok) return { kind: 'unreadable-entry', sequence: 1, detail: reading.detail }
  return { firstHash: first.hash, head }
}

/**
 * What can be told of an open ledger within a fraction of a second, however long it is: its tables, both ends, the last
 * entries with their hashes and links, the rows of the orders in them and of the open ones, and how many orders
 * there are. Throws SQLite's error where a page cannot be read.
 */
export function quickDamage(db: DatabaseSync): Damage | null {
  const tables = new Set(
    db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name)),
  )
  for (const name of ['journal', 'ledger_state']) {
    if (!tables.has(name)) return broken(0, `the table ${name} is gone`)
  }
  const ends = readEnds(db)
  if ('kind' in ends) return ends
  const tail = tailOf(db, ends.head.sequence)
  for (const breach of tail.breaches) {
    if (breach.kind === 'chain') return broken(breach.sequence, breach.detail)
  }
  // An older form gets its tables when it is brought up to date.
  if (readVersion(db).version < programVersion) return null
  for (const name of ['orders', 'sales', 'ledger_run', 'staff', 'shifts', 'cash', 'shift_entries']) {
    if (!tables.has(name)) return { kind: 'projection-missing', detail: `the table ${name} is gone` }
  }
  return rowDamage(db, tail.orderNumbers)
}

const broken = (sequence: number, detail: string): Damage => ({ kind: 'chain-broken', sequence, detail })

type Tail = { readonly breaches: readonly Breach[]; readonly orderNumbers: ReadonlySet<string> }

function tailOf(db: DatabaseSync, headSequence: number): Tail {
  const from = Math.max(0, headSequence - tailEntries)
  const select = db.prepare(`SELECT ${journalColumns} FROM journal WHERE sequence >= ? ORDER BY sequence`)
  const breaches: Breach[] = []
  const orderNumbers = new Set<string>()
  let former: { readonly sequence: number; readonly hash: string } | null =
    from === 0 ? { sequence: 0, hash: genesisPreviousHash } : null
  for (const row of select.iterate(from)) {
    const entry = { ...row } as JournalEntry
    if (former) breaches.push(...entryBreaches(entry, former))
    if (entry.subject === 'order') orderNumbers.add(entry.subjectId)
    former = entry
  }
  return { breaches, orderNumbers }
}

function rowDamage(db: DatabaseSync, recent: ReadonlySet<string>): Damage | null {
  const counted = db.prepare('SELECT order_count AS orders FROM ledger_state').get()?.orders
  const rows = db.prepare('SELECT count(*) AS orders FROM orders').get()?.orders
  if (counted !== rows) {
    const detail = `${counted} orders were created, but ${rows} are in the list`
    return { kind: 'projection-missing', detail }
  }
  const open = db
    .prepare(`SELECT order_number AS id FROM orders WHERE ${isOwedCondition} ORDER BY sequence DESC LIMIT ?`)
    .all(openOrdersLooked)
  const entriesOf = db.prepare(
    `SELECT ${journalColumns} FROM journal WHERE subject = 'order' AND subject_id = ? ORDER BY sequence`,
  )
  const rowOf = db.prepare(`SELECT ${orderColumns} FROM orders WHERE order_number = ?`)
  for (const orderNumber of new Set([...recent, ...open.map(({ id }) => String(id))])) {
    const entries = entriesOf.all(orderNumber).map((row) => ({ ...row }) as JournalEntry)
    const row = rowOf.get(orderNumber)
    if (entries.length === 0) {
      return { kind: 'projection-differs', subjectId: orderNumber, detail: 'the row has no entry in the journal' }
    }
    for (const breach of orderBreaches({ orderNumber, entries }, row === undefined ? null : ({ ...row } as OrderRow))) {
      if (breach.kind === 'projection') {
        return { kind: 'projection-differs', subjectId: breach.subjectId, detail: breach.detail }
      }
    }
  }
  return null
}
