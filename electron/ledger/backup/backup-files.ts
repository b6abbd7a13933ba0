import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** Why a backup was made. */
export type BackupReason = 'start' | 'day' | 'asked'

/** What stands beside a backup in its manifest: what the file held when it was verified. */
export type BackupManifest = {
  readonly name: string
  readonly reason: BackupReason
  readonly madeWallMs: number
  /** Hash of the journal's first entry: which ledger this is a backup of. */
  readonly firstHash: string
  readonly headSequence: number
  readonly headHash: string
  readonly events: number
  readonly orders: number
  /** Entries that are kept and cannot be understood. */
  readonly unreadable: number
  readonly bytes: number
  /** SHA-256 of the file, so that its state is told without walking it. */
  readonly sha256: string
  readonly program: string
}

/** A backup in the folder; the manifest is null where it is gone or cannot be read. */
export type BackupFile = {
  readonly name: string
  /** Running count, so that a clock that is put back changes no order. */
  readonly serial: number
  readonly path: string
  readonly manifest: BackupManifest | null
}

const namePattern = /^backup-(\d{6,})-\d{8}-\d{4}-(start|day|asked)$/

/** Where the backups of a data folder are. */
export const backupFolder = (dataDirectory: string): string => join(dataDirectory, 'backups')

/** The name of the next backup, such as `backup-000012-20261125-1613-start`; the time is Shanghai's. */
export function backupName(serial: number, reason: BackupReason, wallMs: number): string {
  const time = new Date(wallMs + 8 * 3_600_000).toISOString()
  return `backup-${String(serial).padStart(6, '0')}-${time.slice(0, 10).replaceAll('-', '')}-${time.slice(11, 16).replace(':', '')}-${reason}`
}

/** The file of a backup, and that of its manifest. */
export const backupPath = (dataDirectory: string, name: string): string =>
  join(backupFolder(dataDirectory), `${name}.sqlite`)
export const manifestPath = (dataDirectory: string, name: string): string =>
  join(backupFolder(dataDirectory), `${name}.json`)

/** Whether a text has the form of a backup's name; nothing else is looked up in the folder. */
export const isBackupName = (text: string): boolean => namePattern.test(text)

/** Every backup of a data folder, newest first. A folder that is not there or cannot be read has none. */
export function listBackups(dataDirectory: string): readonly BackupFile[] {
  let files: readonly string[]
  try {
    files = readdirSync(backupFolder(dataDirectory))
  } catch {
    return []
  }
  return files
    .flatMap((file): readonly BackupFile[] => {
      const name = file.replace(/\.sqlite$/, '')
      const match = namePattern.exec(name)
      if (name === file || !match) return []
      const manifest = readManifest(dataDirectory, name)
      return [{ name, serial: Number(match[1]), path: backupPath(dataDirectory, name), manifest }]
    })
    .toSorted((left, right) => right.serial - left.serial)
}

/** The newest manifest that the condition holds for; null where there is none. */
export function newestManifest(
  dataDirectory: string,
  matches: (manifest: BackupManifest) => boolean = () => true,
): BackupManifest | null {
  for (const { manifest } of listBackups(dataDirectory)) if (manifest && matches(manifest)) return manifest
  return null
}

/** Whether the file is the one that was verified, byte for byte; reads all of it. */
export function isAsVerified({ path, manifest }: BackupFile): boolean {
  if (!manifest || !existsSync(path)) return false
  try {
    return fileHash(path) === manifest.sha256
  } catch {
    return false
  }
}

/** SHA-256 of a file in lower-case hex; a file at a time in memory would be too much for a ledger of years. */
export function fileHash(path: string): string {
  const hash = createHash('sha256')
  const block = Buffer.alloc(1024 * 1024)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, block); read > 0; read = readSync(file, block)) hash.update(block.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** Brings a file, or a folder's list of names, from the system's memory to the disk. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const counts = ['madeWallMs', 'headSequence', 'events', 'orders', 'unreadable', 'bytes'] as const
const texts = ['name', 'reason', 'firstHash', 'headHash', 'sha256', 'program'] as const

function readManifest(dataDirectory: string, name: string): BackupManifest | null {
  try {
    const value: unknown = JSON.parse(readFileSync(manifestPath(dataDirectory, name), 'utf8'))
    if (typeof value !== 'object' || value === null) return null
    const data = value as Readonly<Record<string, unknown>> // an object, its members are checked below
    const isWhole =
      counts.every((field) => Number.isSafeInteger(data[field])) &&
      texts.every((field) => typeof data[field] === 'string') &&
      data.name === name
    return isWhole ? (data as BackupManifest) : null
  } catch {
    return null
  }
}
