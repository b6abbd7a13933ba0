import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { prepareFingerprints, type RandomBytes } from './fingerprints.ts'
import { readTillEntry } from './fold.ts'
import { entryHash, genesisPreviousHash, genesisType, journalColumns, lastEntry, prepareJournal } from './journal.ts'
import type { JournalEntry, LedgerProblem, LedgerResult } from './ledger.ts'
import { applicationId, migrate, programVersion, readVersion } from './migrations/migrate.ts'
import { isWritable, LedgerDamage, problemOf } from './problem.ts'
import { rebuildProjections } from './rebuild.ts'
import { inTransaction } from './transaction.ts'

export const ledgerFileName = 'ledger.sqlite'

/** How long a statement waits for another program that has the file open, in milliseconds. */
export const busyTimeoutMs = 2_000

/** Room that is made at each opening unless told otherwise; written twice, because deleting overwrites. */
const reservedBytesByDefault = 4 * 1024 * 1024

/** What kind of file stands where the ledger should be. */
export type FileKind = 'none' | 'ledger' | { readonly problem: LedgerProblem }

/**
 * Opens a file for reading, in a way that makes nothing beside it where that can be known to be safe: by the holder of
 * the data folder, or where nothing can be made. `immutable` takes no locks and no log (sqlite.org/uri.html §3.3), so
 * it must not meet a writer.
 */
export function openForReading(path: string, isHolder: boolean): DatabaseSync {
  const url = pathToFileURL(path)
  const hasLog = existsSync(`${path}-wal`)
  if (!hasLog && (isHolder || !isWritable(dirname(path)))) url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true, timeout: busyTimeoutMs })
}

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
      return { problem: { kind: 'damaged', path, detail: 'this SQLite file is no ledger of ours' } }
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
}

export type WriterDatabase = {
  readonly db: DatabaseSync
  readonly path: string
  readonly ledgerMark: string
  readonly head: JournalEntry
}

/**
 * Opens the ledger of a data folder for writing: makes it where there is none, brings an older one to this program's
 * form, and checks that the journal's end is what it says. The caller holds the data folder's lock.
 */
export function openWriterDatabase(options: WriterDatabaseOptions): LedgerResult<WriterDatabase> {
  const path = join(options.dataDirectory, ledgerFileName)
  const kind = inspectFile(path, true)
  if (typeof kind === 'object') return { ok: false, problem: kind.problem }
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
    setUp(db)
    for (const pragma of options.pragmas ?? []) db.exec(`PRAGMA ${pragma}`)
    const opened = db
    inTransaction(opened, () => bringUpToDate(opened, options))
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    reserveRoom(db, path, options.reservedBytes ?? reservedBytesByDefault)
    return { ok: true, value: { db, path, ...checkEnds(db) } }
  } catch (error) {
    db?.close()
    const problem = problemOf(error, path)
    if (!problem) throw error
    return { ok: false, problem }
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

function bringUpToDate(db: DatabaseSync, { random, wallMs }: WriterDatabaseOptions): void {
  if (readVersion(db).version < programVersion) {
    const { rebuild } = migrate(db)
    if (rebuild) rebuildProjections(db)
  }
  prepareFingerprints(db, random).forgetOld(wallMs)
  if (lastEntry(db) !== null) return
  if (db.prepare('SELECT 1 FROM ledger_state').get()) throw new LedgerDamage('the journal is empty, but was not')
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

/** Both ends of the chain; `verify` walks what lies between. */
function checkEnds(db: DatabaseSync): { readonly ledgerMark: string; readonly head: JournalEntry } {
  const head = lastEntry(db)
  const first = db.prepare(`SELECT ${journalColumns} FROM journal WHERE sequence = 1`).get()
  const state = db.prepare('SELECT head_sequence AS sequence, head_hash AS hash FROM ledger_state').get()
  if (!head || !first || !state) throw new LedgerDamage('the journal has no beginning or no end')
  if (entryHash(head) !== head.hash) throw new LedgerDamage('the last entry of the journal does not match its hash')
  if (state.sequence !== head.sequence || state.hash !== head.hash) {
    throw new LedgerDamage('the journal does not end where it ended when it was last written')
  }
  const reading = readTillEntry({ ...first } as JournalEntry)
  if (!reading.ok) throw new LedgerDamage(`the first entry of the journal: ${reading.detail}`)
  return { ledgerMark: reading.value.ledgerMark, head }
}

/** Four characters without those that are easily mistaken for others; 32 of them, so that every byte is fair. */
function drawLedgerMark(random: RandomBytes): string {
  const characters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  return Array.from(random(4), (byte) => characters[byte & 31]).join('')
}
