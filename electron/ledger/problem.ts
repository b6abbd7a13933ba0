import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Damage, LedgerDamage } from './damage.ts'
import type { LedgerProblem } from './ledger.ts'

/**
 * What an error of SQLite or of the file system means for the ledger at `path`; null for anything else: a bug.
 *
 * Every error of node:sqlite has the same `code`; the real one is `errcode`, whose low byte is SQLite's primary result
 * code (platform.md §7, sqlite.org/rescode.html). The texts are SQLite's own and never hold a bound value.
 */
export function problemOf(error: unknown, path: string): LedgerProblem | null {
  if (error instanceof LedgerDamage) return damaged(path, error.damage)
  if (!(error instanceof Error)) return null
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteProblem(error.errcode, error.message, path)
  if ('code' in error && typeof error.code === 'string' && 'syscall' in error) return fileProblem(error.code, path)
  return null
}

/** A damaged ledger, before anyone has looked for its backups. */
export function damaged(path: string, damage: Damage): LedgerProblem {
  return { kind: 'damaged', path, damage, backup: null }
}

function sqliteProblem(errorCode: number, message: string, path: string): LedgerProblem | null {
  const detail = `SQLite ${errorCode}: ${message}`
  switch (errorCode & 0xff) {
    case 5: // BUSY: another program holds the file longer than the time-out
    case 6: // LOCKED
      return { kind: 'in-use', path }
    case 3: // PERM
    case 8: // READONLY
      return { kind: 'read-only', path }
    case 10: // IOERR
      return { kind: 'disk-error', path, detail }
    case 11: // CORRUPT
      return damaged(path, { kind: 'torn-page', detail })
    case 26: // NOTADB
      return damaged(path, { kind: 'not-a-ledger', detail })
    case 13: // FULL
      return { kind: 'disk-full', path }
    case 14: // CANTOPEN
      return isWritable(dirname(path)) ? { kind: 'disk-error', path, detail } : { kind: 'read-only', path }
    default:
      return null
  }
}

function fileProblem(code: string, path: string): LedgerProblem {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { kind: 'read-only', path }
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'disk-full', path }
    default:
      // Making a folder on a read-only disk says ENOENT.
      return isWritable(nearestThatExists(path))
        ? { kind: 'disk-error', path, detail: code }
        : { kind: 'read-only', path }
  }
}

function nearestThatExists(path: string): string {
  const parent = dirname(path)
  return existsSync(path) || parent === path ? path : nearestThatExists(parent)
}

/** Whether this process may write to a file or folder, as far as the system tells beforehand. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
