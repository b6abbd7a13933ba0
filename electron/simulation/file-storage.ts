import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWriterDatabase } from '../ledger/database.ts'
import { foldEntries } from '../ledger/fold.ts'
import { journalColumns } from '../ledger/journal.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import { ledgerFileName } from '../ledger/ledger-file.ts'
import { takeDataFolder } from '../ledger/lock.ts'
import { randomSource } from '../ledger/random.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { makeWriter } from '../ledger/writer.ts'
import type { OrderNumber } from '../till/ids.ts'
import { emptyDisk } from './disk.ts'
import { type OpenFile, openFileLedger, type PowerLine } from './file-ledger.ts'
import type { Generator } from './generator.ts'
import { type LedgerImage, tornBytes } from './power-cut.ts'
import type { TillStorage } from './till-storage.ts'

export type FileStorageOptions = {
  readonly generator: Generator
  /** Leaves commits unsynced, which is a mutation: a power cut takes back what was reported as durable. */
  readonly isUnsynced: boolean
}

/**
 * A data folder with the production ledger's real files: its lock, its opening, its writer, SQLite itself. Each process
 * gets a folder of its own with the bytes that the one before it left, because a connection cannot be killed within one
 * process. What a power cut leaves follows SQLite's promise for `synchronous = FULL`: the log is synced at each commit,
 * the database before the log is begun anew.
 */
export function createFileStorage({ generator, isUnsynced }: FileStorageOptions): TillStorage {
  // In memory where the system has such a folder: nothing here must outlive this process.
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'scantill-simulation-'))
  const random = randomSource(Uint8Array.from({ length: 32 }, () => generator.integer(0, 255)))
  const disk = emptyDisk()
  const contradicted = new Set<string>()
  let folders = 0
  let open: OpenFile | null = null
  let left: LedgerImage | null = null

  const folderOf = (count: number): string => join(root, String(count))
  const pathOf = (count: number): string => join(folderOf(count), ledgerFileName)
  // SQLite's locks of this process on these files go with each of these reads; nobody else has them open.
  const read = (path: string): Uint8Array => (existsSync(path) ? readFileSync(path) : new Uint8Array())
  const image = (): LedgerImage => ({ main: read(pathOf(folders)), log: read(`${pathOf(folders)}-wal`) })

  const catchUp = (): readonly JournalEntry[] => {
    if (open === null) return []
    const rows = open.database.db
      .prepare(`SELECT ${journalColumns} FROM journal WHERE sequence > ? ORDER BY sequence`)
      .all(disk.entries.length)
    // STRICT columns, as the ledger's own reader has it.
    const entries = rows.map((row) => ({ ...row }) as JournalEntry)
    for (const entry of entries) {
      disk.entries.push(entry)
      if (entry.subject !== 'order') continue
      const orderNumber = entry.subjectId as OrderNumber
      const former = disk.entriesOfOrder.get(orderNumber)
      if (former) former.push(entry)
      else disk.entriesOfOrder.set(orderNumber, [entry])
    }
    return entries
  }

  const readAll = (): void => {
    const former = new Map(disk.orders)
    disk.entries.length = 0
    disk.entriesOfOrder.clear()
    disk.orders.clear()
    catchUp()
    for (const [orderNumber, entries] of disk.entriesOfOrder) {
      const kept = former.get(orderNumber)
      if (kept?.version === entries.length) {
        disk.orders.set(orderNumber, kept)
        continue
      }
      const folded = foldEntries(entries)
      if (folded.kind === 'order') disk.orders.set(orderNumber, folded.order)
    }
  }

  /** What a sync that never came leaves behind. */
  const unsynced = isUnsynced ? [image()] : null
  const remember = (): void => {
    if (unsynced === null) return
    unsynced.push(image())
    if (unsynced.length > 4) unsynced.shift()
  }

  const catchUpAfterCommit = (): readonly JournalEntry[] => {
    remember()
    return catchUp()
  }

  const cut: PowerLine['cut'] = (write, how) => {
    const before = unsynced?.[0] ?? image()
    write()
    const after = image()
    left = how === 'power-cut' ? before : torn(before, after)
  }
  /** A checkpoint leaves the log as it is until the database is synced; a commit leaves the database as it is. */
  const torn = (before: LedgerImage, after: LedgerImage): LedgerImage => ({
    main: tornBytes(before.main, after.main, generator),
    log: after.log.length < before.log.length ? before.log : tornBytes(before.log, after.log, generator),
  })

  const shut = (): void => {
    open?.writer.close()
    open?.lock.release()
    open = null
  }

  return {
    disk,
    hasFiles: true,
    open(host) {
      if (left !== null) {
        rmSync(folderOf(folders), { recursive: true, force: true })
        folders += 1
        mkdirSync(folderOf(folders))
        writeFileSync(pathOf(folders), left.main)
        // It is there from the opening on, also while it is empty: an open ledger without its log is refused.
        writeFileSync(`${pathOf(folders)}-wal`, left.log)
        left = null
      } else mkdirSync(folderOf(folders), { recursive: true })
      const dataDirectory = folderOf(folders)
      const lock = takeDataFolder(dataDirectory)
      if (!lock.ok) return lock
      const database = openWriterDatabase({ dataDirectory, random, wallMs: host.wallMs(), reservedBytes: 0 })
      if (!database.ok) {
        lock.value.release()
        return database
      }
      open = { lock: lock.value, database: database.value, writer: makeWriter(database.value, random) }
      contradicted.clear()
      readAll()
      return { ok: true, value: openFileLedger(open, host, { cut, catchUp: catchUpAfterCommit, disk, contradicted }) }
    },
    abandon() {
      if (open === null) return
      left ??= image()
      shut()
    },
    verify() {
      if (open === null) return []
      const steps = verifyLedger(open.database.db)
      for (;;) {
        const step = steps.next()
        if (step.done) return step.value.broken.map(({ kind, detail }) => `${kind}: ${detail}`)
      }
    },
    end() {
      shut()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
