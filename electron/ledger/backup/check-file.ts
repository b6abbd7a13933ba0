import type { DatabaseSync } from 'node:sqlite'
import type { Breach } from '../ledger.ts'
import { openImmutable } from '../open-for-reading.ts'
import { type Ends, readEnds } from '../opened-ledger.ts'
import { problemOf } from '../problem.ts'
import { verifyLedger } from '../verify.ts'

/** What a whole ledger file holds; or why it is none. */
export type FileCheck =
  | {
      readonly ok: true
      readonly ends: Ends
      readonly events: number
      readonly orders: number
      /** Entries that are kept and cannot be understood; they break nothing. */
      readonly unreadable: number
    }
  | { readonly ok: false; readonly detail: string }

/** Walks a file that nobody writes to: every page, hash, link and projection (`till verify` on one file). */
export function checkFile(path: string): FileCheck {
  let db: DatabaseSync | null = null
  try {
    db = openImmutable(path)
    const steps = verifyLedger(db)
    let step = steps.next()
    while (!step.done) step = steps.next()
    const { events, broken } = step.value
    const breach = broken.find(({ kind }) => kind !== 'unreadable-entry')
    if (breach) return { ok: false, detail: wordsOf(breach) }
    const ends = readEnds(db)
    if ('kind' in ends) return { ok: false, detail: ends.kind }
    const orders = Number(db.prepare('SELECT count(*) AS orders FROM orders').get()?.orders)
    return { ok: true, ends, events, orders, unreadable: broken.length }
  } catch (error) {
    const problem = problemOf(error, path)
    if (!problem && !isSqlite(error)) throw error
    return { ok: false, detail: problem?.kind === 'damaged' ? problem.damage.kind : 'it cannot be read as a ledger' }
  } finally {
    db?.close()
  }
}

function wordsOf(breach: Breach): string {
  if (breach.kind === 'projection') return `${breach.subjectId || 'the counts'}: ${breach.detail}`
  return `event ${breach.sequence}: ${breach.detail}`
}

/** A table that is missing is an error of the statement: of this file, not of the program. */
const isSqlite = (error: unknown): boolean => error instanceof Error && 'errcode' in error
