import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { LedgerProblem } from '../ledger.ts'
import { ledgerFileName } from '../ledger-file.ts'
import { openForReading } from '../open-for-reading.ts'
import { problemOf } from '../problem.ts'
import {
  type BackupManifest,
  type BackupReason,
  backupFolder,
  backupName,
  backupPath,
  fileHash,
  listBackups,
  manifestPath,
  syncToDisk,
} from './backup-files.ts'
import { checkFile } from './check-file.ts'
import { backupsToForget, type Retention, usualRetention } from './retention.ts'

export type BackupOptions = {
  readonly dataDirectory: string
  readonly reason: BackupReason
  readonly wallMs: number
  /** The program's version, for the manifest. */
  readonly program: string
  readonly retention?: Retention
  /** What must stay free on the disk after a backup, so that payments find room. */
  readonly spareBytes?: number
}

/** How far a backup is: the copy's bytes, then its check. */
export type BackupPhase = 'copying' | 'checking'

/** What became of a backup. In no case was the ledger changed. */
export type BackupResult =
  | { readonly kind: 'made'; readonly manifest: BackupManifest }
  /** There is no ledger yet. */
  | { readonly kind: 'nothing-to-back-up' }
  /** The copy did not verify: the ledger itself is damaged. The former backups stand. */
  | { readonly kind: 'ledger-damaged'; readonly detail: string }
  /** The disk would be too full afterwards. */
  | { readonly kind: 'no-room'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly kind: 'problem'; readonly problem: LedgerProblem }

const spareBytesByDefault = 64 * 1024 * 1024

/** The file that is being made; one that is found was left by a till that ended meanwhile. */
const unfinishedPattern = /^backup-\d{6,}-.*\.unfinished(-journal)?$/

/**
 * Copies the ledger into the backups' folder, beside whoever works on it: written under another name, brought to the
 * disk, verified as a whole, and only then named. Older backups go afterwards, as the retention says.
 *
 * The copy holds neither fingerprints nor their keys: those must be gone after 24 hours (I11).
 */
export function makeBackup(options: BackupOptions, onPhase: (phase: BackupPhase) => void = () => {}): BackupResult {
  const { dataDirectory, reason, wallMs, program, retention = usualRetention } = options
  const source = join(dataDirectory, ledgerFileName)
  if (!existsSync(source)) return { kind: 'nothing-to-back-up' }
  const folder = backupFolder(dataDirectory)
  let unfinished: string | null = null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    forgetUnfinished(folder)
    const room = lackOfRoom(source, folder, options.spareBytes ?? spareBytesByDefault)
    if (room) return room
    const serial = (listBackups(dataDirectory)[0]?.serial ?? 0) + 1
    const name = backupName(serial, reason, wallMs)
    unfinished = join(folder, `${name}.unfinished`)
    onPhase('copying')
    copyLedger(source, unfinished)
    onPhase('checking')
    const check = checkFile(unfinished)
    if (!check.ok) return { kind: 'ledger-damaged', detail: check.detail }
    const { events, orders, unreadable, ends } = check
    const manifest: BackupManifest = {
      name,
      reason,
      madeWallMs: wallMs,
      firstHash: ends.firstHash,
      headSequence: ends.head.sequence,
      headHash: ends.head.hash,
      events,
      orders,
      unreadable,
      bytes: statSync(unfinished).size,
      sha256: fileHash(unfinished),
      program,
    }
    const unfinishedManifest = `${unfinished}-manifest`
    writeFileSync(unfinishedManifest, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true, mode: 0o600 })
    renameSync(unfinished, backupPath(dataDirectory, name))
    renameSync(unfinishedManifest, manifestPath(dataDirectory, name))
    syncToDisk(folder)
    forgetOld(dataDirectory, retention)
    return { kind: 'made', manifest }
  } catch (error) {
    const problem = problemOf(error, folder)
    if (!problem) throw error
    // A page of the source that cannot be read comes as an error of the copy.
    if (problem.kind === 'damaged') return { kind: 'ledger-damaged', detail: problem.damage.kind }
    return { kind: 'problem', problem }
  } finally {
    if (unfinished) for (const end of ['', '-journal', '-manifest']) rmSync(`${unfinished}${end}`, { force: true })
  }
}

function copyLedger(source: string, target: string): void {
  const from = openForReading(source, false)
  try {
    from.prepare('VACUUM INTO ?').run(target)
  } finally {
    from.close()
  }
  const copy = new DatabaseSync(target)
  try {
    copy.exec(`
      PRAGMA journal_mode = MEMORY;
      PRAGMA secure_delete = ON;
      DELETE FROM fingerprints;
      DELETE FROM fingerprint_keys;
      UPDATE ledger_run SET is_open = 0;
    `)
  } finally {
    copy.close()
  }
  syncToDisk(target)
}

function lackOfRoom(source: string, folder: string, spareBytes: number): BackupResult | null {
  const { bavail, bsize } = statfsSync(folder)
  const freeBytes = bavail * bsize
  const log = statSync(`${source}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const neededBytes = statSync(source).size + log + spareBytes
  return freeBytes < neededBytes ? { kind: 'no-room', neededBytes, freeBytes } : null
}

/** How many bytes of a copy that is being made are written; 0 where none is. */
export function unfinishedBytes(dataDirectory: string): number {
  const folder = backupFolder(dataDirectory)
  try {
    const name = readdirSync(folder).find((file) => file.endsWith('.unfinished'))
    return name === undefined ? 0 : statSync(join(folder, name)).size
  } catch {
    // It was named or taken away in between.
    return 0
  }
}

/** Ours by its name, and no backup: it was never verified. */
function forgetUnfinished(folder: string): void {
  for (const file of readdirSync(folder)) {
    if (unfinishedPattern.test(file) || file.endsWith('.unfinished-manifest'))
      rmSync(join(folder, file), { force: true })
  }
}

function forgetOld(dataDirectory: string, retention: Retention): void {
  for (const { name, path } of backupsToForget(listBackups(dataDirectory), retention)) {
    rmSync(path, { force: true })
    rmSync(manifestPath(dataDirectory, name), { force: true })
  }
}
