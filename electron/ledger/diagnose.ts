import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { type BackupManifest, newestManifest } from './backup/backup-files.ts'
import type { Damage } from './damage.ts'
import { readHeadNote } from './head-note.ts'
import { journalColumns } from './journal.ts'
import type { JournalEntry } from './ledger.ts'
import { hasLog, openForReading, openImmutable } from './open-for-reading.ts'
import { quickDamage } from './opened-ledger.ts'
import { problemOf } from './problem.ts'

/** What one way of looking at the file shows. */
type Look = {
  readonly damage: Damage | null
  /** Hash of the journal's first entry; null where it cannot be read. */
  readonly firstHash: string | null
  /** The last entry; null where it cannot be read. */
  readonly head: JournalEntry | null
  readonly isOpen: boolean
}

/**
 * Tells what is wrong with the ledger at `path` before anything is written: null where nothing is. The caller holds the
 * data folder's lock, so that nobody writes meanwhile, and has found a ledger of this program or an older one there.
 *
 * Looks with connections that can only read: one that may write would, when it is closed, move a log that does not
 * belong to the file into it.
 */
export function diagnose(path: string, dataDirectory: string): Damage | null {
  const alone = look(path, 'without-log')
  if (!hasLog(path))
    return alone.damage ?? lostLog(alone, path, dataDirectory) ?? rolledBack(alone, path, dataDirectory)
  const whole = look(path, 'with-log')
  return foreignLog(alone, whole, path) ?? whole.damage ?? rolledBack(whole, path, dataDirectory)
}

/** Opens a damaged file as far as it goes: `defensive` off lets SQLite read a file that is shorter than it should be. */
export function openDamaged(path: string, way: 'with-log' | 'without-log'): DatabaseSync {
  const url = pathToFileURL(path)
  if (way === 'without-log') url.searchParams.set('immutable', '1')
  const db = new DatabaseSync(url, { readOnly: true, defensive: false })
  db.exec('PRAGMA writable_schema = ON')
  return db
}

function openPlainly(path: string, way: 'with-log' | 'without-log'): DatabaseSync {
  return way === 'without-log' ? openImmutable(path) : new DatabaseSync(pathToFileURL(path), { readOnly: true })
}

function look(path: string, way: 'with-log' | 'without-log'): Look {
  let db: DatabaseSync | null = null
  try {
    db = openPlainly(path, way)
    const opened = db
    const row = (sql: string) => readOrNull(() => opened.prepare(sql).get() ?? null)
    const first = row('SELECT hash FROM journal WHERE sequence = 1')
    const head = row(`SELECT ${journalColumns} FROM journal ORDER BY sequence DESC LIMIT 1`)
    const run = row('SELECT is_open AS isOpen FROM ledger_run')
    const damage = damageOf(path, way, () => quickDamage(opened))
    return {
      damage,
      firstHash: first === null ? null : String(first.hash),
      head: head === null ? null : ({ ...head } as JournalEntry),
      isOpen: run?.isOpen === 1,
    }
  } catch (error) {
    const damage = damageOf(path, way, () => {
      throw error
    })
    return { damage, firstHash: null, head: null, isOpen: false }
  } finally {
    db?.close()
  }
}

function readOrNull<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}

/** What a look at the file found; SQLite's refusal to read on is told as cut short or torn. */
function damageOf(path: string, way: 'with-log' | 'without-log', look: () => Damage | null): Damage | null {
  try {
    return look()
  } catch (error) {
    const problem = problemOf(error, path)
    if (problem?.kind !== 'damaged') throw error
    return (problem.damage.kind === 'torn-page' ? cutShort(path, way) : null) ?? problem.damage
  }
}

/**
 * Whether the file is shorter than its header promises: the one thing that stops SQLite from reading even the header's
 * own fields, unless it is told to bear it.
 */
export function cutShort(path: string, way: 'with-log' | 'without-log'): Damage | null {
  const bytes = statSync(path).size
  const isShort = !readsHeader(() => openPlainly(path, way)) && readsHeader(() => openDamaged(path, way))
  return isShort || bytes % 512 !== 0 ? { kind: 'truncated', bytes } : null
}

function readsHeader(open: () => DatabaseSync): boolean {
  let db: DatabaseSync | null = null
  try {
    db = open()
    db.prepare('PRAGMA user_version').get()
    return true
  } catch {
    return false
  } finally {
    db?.close()
  }
}

/**
 * The till had the file open when it ended, and its log is gone. A process that ends without closing the ledger, but
 * does end its threads, has SQLite move the log into the file and delete it (sqlite.org/wal.html §4), with the index
 * beside it: then the file holds the entry that was noted last, and nothing is missing.
 */
function lostLog(seen: Look, path: string, dataDirectory: string): Damage | null {
  if (!seen.isOpen) return null
  const noted = readHeadNote(dataDirectory)
  const isMoved =
    !existsSync(`${path}-shm`) && noted !== null && (noted.sequence === 0 || holds(path, noted.sequence, noted.hash))
  return isMoved ? null : { kind: 'wal-missing' }
}

/** A log that leads to another ledger, or to one that does not hold what the file already holds. */
function foreignLog(alone: Look, whole: Look, path: string): Damage | null {
  const foreign = (detail: string): Damage => ({ kind: 'foreign-wal', detail })
  if (alone.firstHash !== null && whole.firstHash !== null && alone.firstHash !== whole.firstHash) {
    return foreign('with its log the file is another ledger')
  }
  if (whole.damage && alone.damage === null && alone.head) {
    return foreign(`the file is whole by itself up to event ${alone.head.sequence}, and broken with its log`)
  }
  if (whole.damage === null && alone.head && !holds(path, alone.head.sequence, alone.head.hash)) {
    return foreign(`with its log the file no longer holds event ${alone.head.sequence}, which it holds without`)
  }
  return null
}

/** Whether the ledger, with its log where it has one, holds this very entry. */
function holds(path: string, sequence: number, hash: string): boolean {
  const db = openForReading(path, true)
  try {
    return db.prepare('SELECT hash FROM journal WHERE sequence = ?').get(sequence)?.hash === hash
  } finally {
    db.close()
  }
}

/** The newest backup is of this very ledger and is not in it: something older stands in its place. */
function rolledBack(seen: Look, path: string, dataDirectory: string): Damage | null {
  const { head, firstHash } = seen
  const backup = newestManifest(dataDirectory, (manifest: BackupManifest) => manifest.firstHash === firstHash)
  if (!head || !backup || holds(path, backup.headSequence, backup.headHash)) return null
  return { kind: 'rolled-back', sequence: head.sequence, backupSequence: backup.headSequence }
}
