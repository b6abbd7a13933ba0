import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { isWritable } from './problem.ts'

/** How long a statement waits for another program that has the file open, in milliseconds. */
export const busyTimeoutMs = 2_000

/** Whether a write-ahead log stands beside the ledger. */
export const hasLog = (path: string): boolean => existsSync(`${path}-wal`)

/**
 * Opens a file for reading, in a way that makes nothing beside it where that can be known to be safe: by the holder of
 * the data folder, where nothing can be made, or where the log is missing that a till would need to open it at all.
 */
export function openForReading(path: string, isHolder: boolean): DatabaseSync {
  if (!hasLog(path) && (isHolder || !isWritable(dirname(path)) || isLeftOpen(path))) return openImmutable(path)
  return new DatabaseSync(pathToFileURL(path), { readOnly: true, timeout: busyTimeoutMs })
}

/** Takes no locks and looks at no log (sqlite.org/uri.html §3.3), so that it must not meet a writer. */
export function openImmutable(path: string): DatabaseSync {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true })
}

/**
 * Whether a till had the ledger open when it ended, and its log is gone: an empty log made by a reader would hide that.
 * A till that is just being opened has its log before the file says that it is open.
 */
function isLeftOpen(path: string): boolean {
  let db: DatabaseSync | null = null
  try {
    db = openImmutable(path)
    return db.prepare('SELECT is_open AS isOpen FROM ledger_run').get()?.isOpen === 1 && !hasLog(path)
  } catch {
    return false
  } finally {
    db?.close()
  }
}
