import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { drawLedgerMark } from '../database.ts'
import type { RandomBytes } from '../fingerprints.ts'
import { forgetHeadNote } from '../head-note.ts'
import { genesisPreviousHash, type JournalHead, prepareJournal } from '../journal.ts'
import type { JournalEntry, LedgerProblem } from '../ledger.ts'
import { ledgerFileName } from '../ledger-file.ts'
import { takeDataFolder } from '../lock.ts'
import { migrate } from '../migrations/migrate.ts'
import { preparePrintJobs } from '../print-projection.ts'
import { doubtOpenPrintJobs } from '../print-writer.ts'
import { problemOf } from '../problem.ts'
import { rebuildProjections } from '../rebuild.ts'
import { inTransaction } from '../transaction.ts'
import { backupPath, listBackups, manifestPath, syncToDisk } from './backup-files.ts'
import { checkFile } from './check-file.ts'
import { type Salvage, salvage } from './salvage.ts'

export type RestoreOptions = {
  readonly dataDirectory: string
  /** A backup's name; null makes the ledger from the damaged file alone. */
  readonly backup: string | null
  readonly random: RandomBytes
  readonly wallMs: number
}

/** What a restore did. */
export type Restored = {
  readonly backup: string | null
  /** Where the backup ended. */
  readonly backupSequence: number
  /** Entries of the damaged file that were brought over after it. */
  readonly salvaged: number
  /** Orders that the backup does not hold and the salvage brought over. */
  readonly salvagedOrders: readonly string[]
  /** Orders that the damaged file names and that could not be brought over: to be looked for at the wallets. */
  readonly lostOrders: readonly string[]
  /** Where the damaged files are now; null where there were none. */
  readonly setAside: string | null
  readonly events: number
}

export type RestoreResult =
  | { readonly kind: 'restored'; readonly restored: Restored }
  | { readonly kind: 'no-such-backup' }
  /** The backup does not verify; nothing was changed. */
  | { readonly kind: 'backup-damaged'; readonly detail: string }
  /** No backup was named, and the damaged file proves nothing either; nothing was changed. */
  | { readonly kind: 'nothing-salvaged' }
  | { readonly kind: 'problem'; readonly problem: LedgerProblem }

const unfinishedFolder = 'restoring-'
const setAsidePattern = /^damaged-\d{8}-\d{6}(-\d+)?$/

/**
 * Puts a backup in the ledger's place, with everything after it that the damaged file can still prove.
 *
 * The new ledger is made and verified beside the old one first; then the damaged files are moved into a folder of their
 * own, and nothing is deleted. The new ledger's next order numbers bear a mark that none of its former ones had, so that
 * no number can ever be used twice, whatever the lost end held; the journal says so in an entry of its own.
 */
export function restoreLedger(options: RestoreOptions): RestoreResult {
  const { dataDirectory, backup } = options
  const source = backup === null ? null : backupPath(dataDirectory, backup)
  if (source !== null && !listBackups(dataDirectory).some(({ name }) => name === backup))
    return { kind: 'no-such-backup' }
  const lock = takeDataFolder(dataDirectory)
  if (!lock.ok) return { kind: 'problem', problem: lock.problem }
  let scratch: string | null = null
  try {
    const check = source === null ? null : checkFile(source)
    if (check && !check.ok) return { kind: 'backup-damaged', detail: check.detail }
    scratch = mkdtempSync(join(dataDirectory, unfinishedFolder))
    const head: JournalHead = check?.ok ? check.ends.head : { sequence: 0, hash: genesisPreviousHash }
    const saved = longest(damagedFiles(dataDirectory), head, scratch)
    if (check === null && saved.entries.length === 0) return { kind: 'nothing-salvaged' }
    const made = join(scratch, ledgerFileName)
    makeLedger({ ...options, source, made, head, entries: saved.entries })
    const whole = checkFile(made)
    if (!whole.ok) return { kind: 'backup-damaged', detail: whole.detail }
    const lostOrders = notIn(made, saved.lostOrders)
    syncToDisk(made)
    const setAside = moveAside(options, made)
    forgetHeadNote(dataDirectory)
    renameSync(made, join(dataDirectory, ledgerFileName))
    syncToDisk(dataDirectory)
    const salvagedOrders = saved.entries.filter(({ type }) => type === 'created').map(({ subjectId }) => subjectId)
    const restored = { backup, backupSequence: head.sequence, salvaged: saved.entries.length, setAside }
    return {
      kind: 'restored',
      restored: { ...restored, salvagedOrders, lostOrders, events: whole.events },
    }
  } catch (error) {
    const problem = problemOf(error, dataDirectory)
    if (!problem) throw error
    return { kind: 'problem', problem }
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true })
    lock.value.release()
  }
}

/** The ledger in place, and those that former restores set aside: one that was cut off may have moved it already. */
function damagedFiles(dataDirectory: string): readonly string[] {
  const former = readdirSync(dataDirectory).filter((name) => setAsidePattern.test(name))
  return [
    dataDirectory,
    ...former
      .toSorted()
      .toReversed()
      .map((name) => join(dataDirectory, name)),
  ].map((folder) => join(folder, ledgerFileName))
}

function longest(paths: readonly string[], head: JournalHead, scratch: string): Salvage {
  let best: Salvage = { entries: [], lostOrders: [] }
  // What older damage lost was told when it was mended.
  let lostOrders: readonly string[] | null = null
  for (const path of paths) {
    if (!existsSync(path)) continue
    const own = mkdtempSync(join(scratch, 'salvage-'))
    const found = salvage(path, head, own)
    rmSync(own, { recursive: true, force: true })
    lostOrders ??= found.lostOrders
    if (found.entries.length > best.entries.length) best = found
  }
  return { entries: best.entries, lostOrders: lostOrders ?? [] }
}

function notIn(path: string, orderNumbers: readonly string[]): readonly string[] {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const order = db.prepare('SELECT 1 FROM orders WHERE order_number = ?')
    return orderNumbers.filter((orderNumber) => !order.get(orderNumber))
  } finally {
    db.close()
  }
}

type Making = RestoreOptions & {
  readonly source: string | null
  readonly made: string
  readonly head: JournalHead
  readonly entries: readonly JournalEntry[]
}

function makeLedger({ source, made, head, entries, backup, random, wallMs }: Making): void {
  if (source !== null) copyFileSync(source, made)
  const db = new DatabaseSync(made, { enableForeignKeyConstraints: true })
  try {
    db.exec('PRAGMA secure_delete = ON; PRAGMA recursive_triggers = ON')
    inTransaction(db, () => {
      migrate(db)
      const insert = db.prepare(
        'INSERT INTO journal (sequence, wall_ms, subject, subject_id, type, payload, previous_hash, hash)' +
          ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      for (const { sequence, wallMs: at, subject, subjectId, type, payload, previousHash, hash } of entries) {
        insert.run(sequence, at, subject, subjectId, type, payload, previousHash, hash)
      }
      const ledgerMark = freshMark(db, random)
      const journal = prepareJournal(db, entries.at(-1) ?? head)
      const payload = JSON.stringify({ ledgerMark, backup, backupSequence: head.sequence, salvaged: entries.length })
      journal.append({ wallMs, subject: 'till', subjectId: '', type: 'restored', payload })
      rebuildProjections(db)
      doubtOpenPrintJobs(journal, preparePrintJobs(db), wallMs)
      const end = journal.head()
      const orders = Number(
        db.prepare("SELECT count(*) AS orders FROM journal WHERE subject = 'order' AND type = 'created'").get()?.orders,
      )
      db.prepare(
        'INSERT OR REPLACE INTO ledger_state (id, head_sequence, head_hash, order_count) VALUES (1, ?, ?, ?)',
      ).run(end.sequence, end.hash, orders)
      db.prepare('INSERT OR REPLACE INTO ledger_run (id, is_open, ledger_mark) VALUES (1, 0, ?)').run(ledgerMark)
    })
  } finally {
    db.close()
  }
}

/** A mark that no entry of the journal gave before. */
function freshMark(db: DatabaseSync, random: RandomBytes): string {
  const former = new Set(
    db
      .prepare("SELECT payload FROM journal WHERE subject = 'till'")
      .all()
      .map(({ payload }) => /"ledgerMark":"([0-9A-Z]{4})"/.exec(String(payload))?.[1]),
  )
  let mark = drawLedgerMark(random)
  while (former.has(mark)) mark = drawLedgerMark(random)
  return mark
}

/**
 * Moves what stands in the ledger's place, and backups that the new ledger does not continue, into a folder that says
 * when. The log goes before the file: a file without its log is noticed at the next start, a log beside another file
 * would have to be.
 */
function moveAside({ dataDirectory, wallMs }: RestoreOptions, made: string): string | null {
  const files = ['-wal', '-shm', '-journal', ''].map((end) => join(dataDirectory, `${ledgerFileName}${end}`))
  const present = files.filter((file) => existsSync(file))
  const strangers = backupsBeside(dataDirectory, made)
  if (present.length === 0 && strangers.length === 0) return null
  const folder = freshFolder(dataDirectory, wallMs)
  mkdirSync(join(folder, 'backups'), { recursive: true, mode: 0o700 })
  for (const file of present) renameSync(file, join(folder, basename(file)))
  for (const file of strangers) renameSync(file, join(folder, 'backups', basename(file)))
  syncToDisk(folder)
  return folder
}

function freshFolder(dataDirectory: string, wallMs: number): string {
  const time = new Date(wallMs + 8 * 3_600_000).toISOString().replace(/\D/g, '')
  const name = join(dataDirectory, `damaged-${time.slice(0, 8)}-${time.slice(8, 14)}`)
  let folder = name
  for (let count = 2; existsSync(folder); count += 1) folder = `${name}-${count}`
  return folder
}

/** Files of backups whose end the new ledger does not hold: they would pass for its own later. */
function backupsBeside(dataDirectory: string, made: string): readonly string[] {
  const db = new DatabaseSync(made, { readOnly: true })
  try {
    const entry = db.prepare('SELECT 1 FROM journal WHERE sequence = ? AND hash = ?')
    return listBackups(dataDirectory)
      .filter(({ manifest }) => manifest && !entry.get(manifest.headSequence, manifest.headHash))
      .flatMap(({ name, path }) => [path, manifestPath(dataDirectory, name)])
      .filter((file) => existsSync(file))
  } finally {
    db.close()
  }
}
