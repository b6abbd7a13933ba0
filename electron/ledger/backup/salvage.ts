import { copyFileSync, existsSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { openDamaged } from '../diagnose.ts'
import { entryHash, type JournalHead, journalColumns } from '../journal.ts'
import type { JournalEntry } from '../ledger.ts'

/** What a damaged file still gave. */
export type Salvage = {
  /** Entries that continue the chain from where the backup ends, without a gap. */
  readonly entries: readonly JournalEntry[]
  /** Order numbers that stand behind a gap, or in a list only: they cannot be brought over. */
  readonly lostOrders: readonly string[]
}

/** How far behind a gap further entries are looked for. */
const sequencesBehindGap = 20_000

/** Pages that a cut file is lengthened by, with nothing in them, so that SQLite reads what is there. */
const paddingBytes = 64 * 1024 * 1024

/**
 * Reads on in a damaged ledger from where a backup ends: every entry that links to the one before it and matches its
 * hash is as good as one in the backup. Works on copies in `scratch`, so that the damaged files stay as they are.
 *
 * Looks with and without the file's log, since one of the two may be the damage, and takes the longer chain.
 */
export function salvage(path: string, from: JournalHead, scratch: string): Salvage {
  const copy = join(scratch, 'damaged.sqlite')
  if (!existsSync(path)) return { entries: [], lostOrders: [] }
  copyFileSync(path, copy)
  truncateSync(copy, statSync(copy).size + paddingBytes)
  const alone = readOn(copy, 'without-log', from)
  if (!existsSync(`${path}-wal`)) return alone
  copyFileSync(`${path}-wal`, `${copy}-wal`)
  const whole = readOn(copy, 'with-log', from)
  const [longer, shorter] = whole.entries.length >= alone.entries.length ? [whole, alone] : [alone, whole]
  const known = new Set(longer.entries.map(({ subjectId }) => subjectId))
  const lost = new Set([...longer.lostOrders, ...shorter.lostOrders])
  for (const entry of shorter.entries) if (entry.subject === 'order') lost.add(entry.subjectId)
  return { entries: longer.entries, lostOrders: [...lost].filter((orderNumber) => !known.has(orderNumber)) }
}

function readOn(path: string, way: 'with-log' | 'without-log', from: JournalHead): Salvage {
  let db: DatabaseSync | null = null
  try {
    db = openDamaged(path, way)
    const opened = db
    const entryAt = (sequence: number): JournalEntry | null => {
      try {
        const row = opened.prepare(`SELECT ${journalColumns} FROM journal WHERE sequence = ?`).get(sequence)
        return row === undefined ? null : ({ ...row } as JournalEntry)
      } catch {
        return null
      }
    }
    const entries: JournalEntry[] = []
    let head = from
    for (let next = entryAt(head.sequence + 1); next && continues(next, head); next = entryAt(head.sequence + 1)) {
      entries.push(next)
      head = next
    }
    return { entries, lostOrders: ordersBehind(opened, head.sequence, entries, entryAt) }
  } catch {
    // Not even its list of tables can be read: nothing to bring over.
    return { entries: [], lostOrders: [] }
  } finally {
    db?.close()
  }
}

const continues = (entry: JournalEntry, head: JournalHead): boolean =>
  entry.previousHash === head.hash && entryHash(entry) === entry.hash

/** The orders that were made behind the last good entry, from whatever still names them. */
function ordersBehind(
  db: DatabaseSync,
  headSequence: number,
  entries: readonly JournalEntry[],
  entryAt: (sequence: number) => JournalEntry | null,
): readonly string[] {
  const known = new Set(entries.map(({ subjectId }) => subjectId))
  const found = new Set<string>()
  for (let sequence = headSequence + 1; sequence <= headSequence + sequencesBehindGap; sequence += 1) {
    const entry = entryAt(sequence)
    if (entry?.subject === 'order') found.add(entry.subjectId)
  }
  try {
    const rows = db
      .prepare('SELECT order_number AS id FROM orders WHERE sequence > ? ORDER BY sequence')
      .iterate(headSequence)
    for (const { id } of rows) found.add(String(id))
  } catch {
    // The list is damaged too, from here on.
  }
  return [...found].filter((orderNumber) => !known.has(orderNumber))
}
