import { closeWriterDatabase, openWriterDatabase } from './database.ts'
import type { LedgerResult } from './ledger.ts'
import { takeDataFolder } from './lock.ts'
import { problemOf } from './problem.ts'
import { randomSource } from './random.ts'
import { type Rebuilt, rebuildProjections } from './rebuild.ts'
import { inTransaction } from './transaction.ts'

/**
 * Makes the projections of a closed ledger anew from its journal, in one transaction: all of it or nothing. For support
 * staff, after `verify` found projections that differ; the journal is not touched. Answers `in-use` beside a till.
 */
export function repairProjections(dataDirectory: string, wallMs: number): LedgerResult<Rebuilt> {
  const lock = takeDataFolder(dataDirectory)
  if (!lock.ok) return lock
  try {
    const opened = openWriterDatabase({ dataDirectory, wallMs, random: randomSource(null), forRebuild: true })
    if (!opened.ok) return opened
    const { db, path } = opened.value
    try {
      return { ok: true, value: inTransaction(db, () => rebuildProjections(db)) }
    } catch (error) {
      const problem = problemOf(error, path)
      if (!problem) throw error
      return { ok: false, problem }
    } finally {
      closeWriterDatabase(db, path)
    }
  } finally {
    lock.value.release()
  }
}
