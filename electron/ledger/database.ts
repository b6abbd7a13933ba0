import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { newestManifest } from './backup/backup-files.ts'
import { withLastBackup } from './backup/last-good.ts'
import { isMendedByRebuild, LedgerDamage } from './damage.ts'
import { diagnose } from './diagnose.ts'
import { prepareFingerprints, type RandomBytes } from './fingerprints.ts'
import { readTillEntry } from './fold.ts'
import { beginHeadNote, forgetHeadNote, noteHead } from './head-note.ts'
import { genesisPreviousHash, genesisType, journalColumns, lastEntry, prepareJournal } from './journal.ts'
import type { JournalEntry, LedgerProblem, LedgerResult } from './ledger.ts'
import { ledgerFileName } from './ledger-file.ts'
import { applicationId, migrate, programVersion, readVersion, remakeMissingTables } from './migrations/migrate.ts'
import { busyTimeoutMs, hasLog, openForReading } from './open-for-reading.ts'
import { readEnds } from './opened-ledger.ts'
import { damaged, problemOf } from './problem.ts'
import { rebuildProjections } from './rebuild.ts'
import { inTransaction } from './transaction.ts'

/** Room that is made at each opening unless told otherwise; written twice, because deleting overwrites. */
const reservedBytesByDefault = 4 * 1024 * 1024

/** What kind of file stands where the ledger should be. */
export type FileKind = 'none' | 'ledger' | { readonly problem: LedgerProblem }

/**
 * Says what stands at `path` without changing it: no ledger yet, a ledger that this program can open, or why it cannot.
 */
export function inspectFile(path: string, isHolder: boolean): FileKind {
  let db: DatabaseSync | null = null
  try {
    if (!existsSync(path) || statSync(path).size === 0) return 'none'
    db = openForReading(path, isHolder)
    const { application, version } = readVersion(db)
    const tables = Number(db.prepare('SELECT count(*) AS tables FROM sqlite_master').get()?.tables)
    if (application === 0 && version === 0 && tables === 0) return 'none'
    if (application !== applicationId) {
      return { problem: damaged(path, { kind: 'not-a-ledger', detail: 'another program’s SQLite file' }) }
    }
    if (version > programVersion) {
      return { problem: { kind: 'newer-file', path, fileVersion: version, programVersion } }
    }
    return 'ledger'
  } catch (error) {
    const problem = problemOf(error, path)
    if (!problem) throw error
    return { problem }
  } finally {
    db?.close()
  }
}

export type WriterDatabaseOptions = {
  readonly dataDirectory: string
  readonly random: RandomBytes
  readonly wallMs: number
  /** Further PRAGMA statements, for tests: a small `max_page_count`, `query_only`. */
  readonly pragmas?: readonly string[]
  /** Room to make for the next commits, in bytes; none for ledgers that live shortly. */
  readonly reservedBytes?: number
  /** Opens a ledger whose projections are missing or wrong as well, to make them anew. */
  readonly forRebuild?: boolean
}

export type WriterDatabase = {
  readonly db: DatabaseSync
  readonly path: string
  readonly dataDirectory: string
  readonly ledgerMark: string
  readonly head: JournalEntry
}

/**
 * Opens the ledger of a data folder for writing: makes it where there is none, brings an older one to this program's
 * form, and checks that the journal's end is what it says. The caller holds the data folder's lock.
 */
export function openWriterDatabase(options: WriterDatabaseOptions): LedgerResult<WriterDatabase> {
  const path = join(options.dataDirectory, ledgerFileName)
  const found = findDamage(path, options)
  if (found) return { ok: false, problem: withLastBackup(found, options.dataDirectory) }
  beginHeadNote(options.dataDirectory)
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
    setUp(db)
    for (const pragma of options.pragmas ?? []) db.exec(`PRAGMA ${pragma}`)
    const opened = db
    inTransaction(opened, () => bringUpToDate(opened, options))
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    reserveRoom(db, path, options.reservedBytes ?? reservedBytesByDefault)
    const { dataDirectory } = options
    const run = readRun(db)
    noteHead(dataDirectory, run.head)
    return { ok: true, value: { db, path, dataDirectory, ...run } }
  } catch (error) {
    db?.close()
    const problem = problemOf(error, path)
    if (!problem) throw error
    return { ok: false, problem }
  }
}

/** What stands against opening, found without writing anything. */
function findDamage(path: string, { dataDirectory, forRebuild = false }: WriterDatabaseOptions): LedgerProblem | null {
  const kind = inspectFile(path, true)
  if (kind === 'none') {
    return newestManifest(dataDirectory) === null ? null : damaged(path, { kind: 'missing' })
  }
  const first = typeof kind === 'object' ? kind.problem : null
  // A log or a cut that makes the file unreadable is named by a closer look.
  const isLookedAt = first === null || (first.kind === 'damaged' && (first.damage.kind === 'torn-page' || hasLog(path)))
  if (!isLookedAt) return first
  try {
    const damage = diagnose(path, dataDirectory)
    return damage === null || (forRebuild && isMendedByRebuild(damage)) ? first : damaged(path, damage)
  } catch (error) {
    const problem = problemOf(error, path)
    if (!problem) throw error
    return problem
  }
}

/** Notes that the ledger is closed in order and closes it: from then on a missing log means nothing. */
export function closeWriterDatabase(db: DatabaseSync, path: string): void {
  try {
    db.exec('UPDATE ledger_run SET is_open = 0')
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    forgetHeadNote(dirname(path))
  } catch (error) {
    // What was committed stands in the log; the next start finds it there.
    if (!problemOf(error, path)) throw error
  } finally {
    db.close()
  }
}

/** Makes the data folder where there is none. */
export function makeDataFolder(dataDirectory: string): LedgerResult<null> {
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
    return { ok: true, value: null }
  } catch (error) {
    const problem = problemOf(error, dataDirectory)
    if (!problem) throw error
    return { ok: false, problem }
  }
}

function setUp(db: DatabaseSync): void {
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -16384;
  `)
}

function bringUpToDate(db: DatabaseSync, { random, wallMs, forRebuild }: WriterDatabaseOptions): void {
  if (readVersion(db).version < programVersion) {
    const { rebuild } = migrate(db)
    if (rebuild) rebuildProjections(db)
  }
  if (forRebuild) remakeMissingTables(db)
  prepareFingerprints(db, random).forgetOld(wallMs)
  if (lastEntry(db) === null) begin(db, random, wallMs)
  if (Number(db.prepare('UPDATE ledger_run SET is_open = 1').run().changes) === 1) return
  db.prepare('INSERT INTO ledger_run (id, is_open, ledger_mark) VALUES (1, 1, ?)').run(journaledMark(db))
}

/** The first entry of a new ledger. */
function begin(db: DatabaseSync, random: RandomBytes, wallMs: number): void {
  if (db.prepare('SELECT 1 FROM ledger_state').get()) {
    throw new LedgerDamage({ kind: 'chain-broken', sequence: 0, detail: 'the journal is empty, but was not' })
  }
  const payload = JSON.stringify({ ledgerMark: drawLedgerMark(random) })
  const appender = prepareJournal(db, { sequence: 0, hash: genesisPreviousHash })
  appender.append({ wallMs, subject: 'till', subjectId: '', type: genesisType, payload })
  const { sequence, hash } = appender.head()
  db.prepare('INSERT INTO ledger_state (id, head_sequence, head_hash, order_count) VALUES (1, ?, ?, 0)').run(
    sequence,
    hash,
  )
}

/**
 * Makes the write-ahead log as long as it gets between two checkpoints, and leaves free pages in the file. A commit that
 * only overwrites takes about half the time of one that makes its file longer, and is not refused by a full disk.
 * The next write after this begins the log anew. No room for it is no reason not to open: `probe` tells what is.
 */
function reserveRoom(db: DatabaseSync, path: string, reservedBytes: number): void {
  if (reservedBytes === 0) return
  try {
    inTransaction(db, () => db.prepare('INSERT INTO probe (filler) VALUES (zeroblob(?))').run(reservedBytes))
    inTransaction(db, () => db.exec('DELETE FROM probe'))
    db.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } catch (error) {
    if (!problemOf(error, path)) throw error
  }
}

/** The end of the chain and the mark of the next order numbers. */
function readRun(db: DatabaseSync): { readonly ledgerMark: string; readonly head: JournalEntry } {
  const ends = readEnds(db)
  if ('kind' in ends) throw new LedgerDamage(ends)
  const ledgerMark = db.prepare('SELECT ledger_mark AS mark FROM ledger_run').get()?.mark
  return { ledgerMark: String(ledgerMark), head: ends.head }
}

/** The mark that the journal gave last: with its first entry, or with the last restore. */
export function journaledMark(db: DatabaseSync): string {
  const rows = db
    .prepare(`SELECT ${journalColumns} FROM journal WHERE subject = 'till' ORDER BY sequence DESC`)
    .iterate()
  for (const row of rows) {
    const reading = readTillEntry({ ...row } as JournalEntry)
    if (reading.ok) return reading.value.ledgerMark
  }
  throw new LedgerDamage({ kind: 'unreadable-entry', sequence: 1, detail: 'the ledger’s mark is missing' })
}

/** Four characters without those that are easily mistaken for others; 32 of them, so that every byte is fair. */
export function drawLedgerMark(random: RandomBytes): string {
  const characters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  return Array.from(random(4), (byte) => characters[byte & 31]).join('')
}
