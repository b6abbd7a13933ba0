import type { Damage } from './damage.ts'

/** The last good backup, as a person needs to know it. */
export type BackupNote = {
  readonly name: string
  readonly madeWallMs: number
  readonly events: number
  /** How many events of the damaged ledger came after it; null where the ledger's end cannot be read. */
  readonly newerEvents: number | null
}

/** Why the ledger could not do something. Nothing was changed, and nothing is lost: what was committed before stands. */
export type LedgerProblem =
  | { readonly kind: 'read-only'; readonly path: string }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'disk-error'; readonly path: string; readonly detail: string }
  /** The file was written by a newer program. */
  | {
      readonly kind: 'newer-file'
      readonly path: string
      readonly fileVersion: number
      readonly programVersion: number
    }
  /** Not a ledger, or a torn one; it is left as it is. `backup` is the last good one, once it was looked for. */
  | {
      readonly kind: 'damaged'
      readonly path: string
      readonly damage: Damage
      readonly backup: BackupNote | null
    }
  /** Another till works on this data folder. */
  | { readonly kind: 'in-use'; readonly path: string }
  | { readonly kind: 'closed' }

/** Thrown by nobody and returned by all: an expected failure of the ledger. */
export type LedgerResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: LedgerProblem }
