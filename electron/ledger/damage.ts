/** What is wrong with a ledger's files, told apart; nothing of it is ever repaired or deleted unasked. */
export type Damage =
  /** The file is something else: no SQLite, or another program's. */
  | { readonly kind: 'not-a-ledger'; readonly detail: string }
  /** There is no ledger where backups say that there was one. */
  | { readonly kind: 'missing' }
  /** The file's own header promises more than there is. */
  | { readonly kind: 'truncated'; readonly bytes: number }
  /** A page or an index is not what SQLite wrote. */
  | { readonly kind: 'torn-page'; readonly detail: string }
  /** The write-ahead log beside the file is not the one that belongs to it. */
  | { readonly kind: 'foreign-wal'; readonly detail: string }
  /** The till did not end in order, and the log that would hold its last commits is gone. */
  | { readonly kind: 'wal-missing' }
  /** The journal ends before, or differs from, a backup that was made of it: an older copy stands in its place. */
  | { readonly kind: 'rolled-back'; readonly sequence: number; readonly backupSequence: number }
  /** An entry does not match its hash, its neighbour or its place. */
  | { readonly kind: 'chain-broken'; readonly sequence: number; readonly detail: string }
  /** The journal is whole; a table that is made from it is gone. */
  | { readonly kind: 'projection-missing'; readonly detail: string }
  /** The journal is whole; a row that is made from it says something else. */
  | { readonly kind: 'projection-differs'; readonly subjectId: string; readonly detail: string }
  /** An entry is as it was written, and cannot be understood where the till must understand it. */
  | { readonly kind: 'unreadable-entry'; readonly sequence: number; readonly detail: string }
  /** Not damage proper: a reader met a file of an older form, which starting the till brings up to date. */
  | { readonly kind: 'older-form' }

export type DamageKind = Damage['kind']

/** Whether the journal itself is whole, so that making the projections anew mends all of it. */
export function isMendedByRebuild({ kind }: Damage): boolean {
  return kind === 'projection-missing' || kind === 'projection-differs'
}

/** Something that stands in the ledger's files and cannot be read as what it should be; told as `damaged`. */
export class LedgerDamage extends Error {
  override readonly name = 'LedgerDamage'
  readonly damage: Damage

  constructor(damage: Damage) {
    super(damage.kind)
    this.damage = damage
  }
}
