import type { DatabaseSync } from 'node:sqlite'
import { journal } from './0010-journal.ts'
import { projections } from './0020-projections.ts'
import { fingerprints } from './0030-fingerprints.ts'
import { run } from './0035-run.ts'
import { refunds } from './0040-refunds.ts'
import { printJobs } from './0050-print-jobs.ts'
import { staff } from './0060-staff.ts'
import { shifts } from './0070-shifts.ts'
import { history } from './0080-history.ts'

/** One step of the ledger file's form. Once released it never changes. */
export type Migration = {
  /** The file's `user_version` after it; numbered with gaps. */
  readonly version: number
  readonly name: string
  readonly change: (db: DatabaseSync) => void
  /** The projections must be made anew from the journal, once all changes are done. */
  readonly rebuilds: boolean
}

/** All migrations, ascending. Each stands in the file `VERSION-NAME.ts`. */
export const migrations: readonly Migration[] = [
  { version: 10, name: 'journal', change: journal, rebuilds: false },
  { version: 20, name: 'projections', change: projections, rebuilds: true },
  { version: 30, name: 'fingerprints', change: fingerprints, rebuilds: false },
  { version: 35, name: 'run', change: run, rebuilds: false },
  { version: 40, name: 'refunds', change: refunds, rebuilds: false },
  { version: 50, name: 'print-jobs', change: printJobs, rebuilds: false },
  { version: 60, name: 'staff', change: staff, rebuilds: false },
  { version: 70, name: 'shifts', change: shifts, rebuilds: true },
  { version: 80, name: 'history', change: history, rebuilds: true },
]

/** The form of the file that this program writes. */
export const programVersion = Math.max(...migrations.map((migration) => migration.version))

/** Marks an SQLite file as a ledger of ours ("Till" in ASCII), so that no other file is taken for one. */
export const applicationId = 0x54696c6c

/** The form and the owner of an open file. */
export function readVersion(db: DatabaseSync): { readonly application: number; readonly version: number } {
  const application = Number(db.prepare('PRAGMA application_id').get()?.application_id)
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version)
  return { application, version }
}

/**
 * Brings an open ledger to the form `target`, inside the caller's transaction, and says whether the projections must be
 * made anew. A newer file is the caller's to refuse before.
 */
export function migrate(db: DatabaseSync, target: number = programVersion): { readonly rebuild: boolean } {
  const { version } = readVersion(db)
  const due = migrations.filter((migration) => migration.version > version && migration.version <= target)
  for (const migration of due) {
    migration.change(db)
    db.exec(`PRAGMA user_version = ${migration.version}`)
  }
  if (version === 0) db.exec(`PRAGMA application_id = ${applicationId}`)
  return { rebuild: due.some((migration) => migration.rebuilds) }
}

/** Makes the tables that are made from the journal where one is gone, empty; for a rebuild, which fills them. */
export function remakeMissingTables(db: DatabaseSync): void {
  const isThere = (name: string): boolean =>
    db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined
  if (!isThere('ledger_run')) run(db)
  if (['staff', 'shifts', 'cash', 'shift_entries'].some((name) => !isThere(name))) {
    db.exec('DROP TABLE IF EXISTS shift_entries; DROP TABLE IF EXISTS cash; DROP TABLE IF EXISTS shifts')
    db.exec('DROP TABLE IF EXISTS staff; DROP INDEX IF EXISTS journal_by_staff')
    db.exec('DROP INDEX IF EXISTS journal_by_shift; DROP INDEX IF EXISTS journal_by_cash')
    staff(db)
    shifts(db)
    history(db)
  }
  if (isThere('orders') && isThere('sales')) return
  // Orders refer to sales: with one of them gone, both are made anew.
  db.exec('DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS sales')
  projections(db)
}
