import type { DatabaseSync } from 'node:sqlite'
import type { BackupNote, LedgerProblem } from '../ledger.ts'
import { openForReading } from '../open-for-reading.ts'
import { type BackupFile, isAsVerified, listBackups } from './backup-files.ts'

/** The newest backup that is still the file that was verified. */
export function lastGoodBackup(dataDirectory: string): BackupFile | null {
  return listBackups(dataDirectory).find(isAsVerified) ?? null
}

/** Adds to a damaged ledger's problem what can be offered for it. */
export function withLastBackup(problem: LedgerProblem, dataDirectory: string): LedgerProblem {
  if (problem.kind !== 'damaged') return problem
  return { ...problem, backup: noteOf(lastGoodBackup(dataDirectory), problem.path) }
}

function noteOf(backup: BackupFile | null, path: string): BackupNote | null {
  if (!backup?.manifest) return null
  const { name, madeWallMs, events, headSequence } = backup.manifest
  const head = writtenHead(path)
  return { name, madeWallMs, events, newerEvents: head === null ? null : Math.max(0, head - headSequence) }
}

/** Where the ledger says that it ended, as far as it can be read. */
function writtenHead(path: string): number | null {
  let db: DatabaseSync | null = null
  try {
    db = openForReading(path, true)
    const head = db.prepare('SELECT head_sequence AS head FROM ledger_state').get()?.head
    return typeof head === 'number' ? head : null
  } catch {
    return null
  } finally {
    db?.close()
  }
}
