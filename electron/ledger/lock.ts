import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { LedgerResult } from './ledger.ts'
import { problemOf } from './problem.ts'

export const lockFileName = 'till.lock'

/** One writer per data folder, for as long as it is held. */
export type DataFolderLock = { release(): void }

/**
 * Takes the data folder for this process, or answers `in-use`.
 *
 * The lock is the one that SQLite holds on `till.lock` while an exclusive transaction is open: of the operating system,
 * so that it ends with the process however that ends, and seen by other threads of the same process as well.
 *
 * Nobody else in this process may open and close `till.lock` or the ledger's files by other means than SQLite: on POSIX
 * systems closing any descriptor of a file drops the process's locks on it (sqlite.org/howtocorrupt.html §2.2).
 */
export function takeDataFolder(dataDirectory: string): LedgerResult<DataFolderLock> {
  const path = join(dataDirectory, lockFileName)
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { timeout: 0 })
    // No journal file beside it: nothing is ever written.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    const problem = problemOf(error, path)
    if (!problem) throw error
    return { ok: false, problem: problem.kind === 'in-use' ? { kind: 'in-use', path: dataDirectory } : problem }
  }
  const held = db
  return { ok: true, value: { release: () => held.close() } }
}
