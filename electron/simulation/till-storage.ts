import type { JournalEntry, Ledger, LedgerProblem, LedgerResult } from '../ledger/ledger.ts'
import type { Disk } from './disk.ts'

/** What becomes of one commit; drawn by the machine before it is tried. */
export type CommitFate = { readonly afterMs: number } & (
  | { readonly kind: 'done' | 'killed-before' | 'killed-after' }
  /** The power goes before the commit is synced: nothing of it is left, or some sectors of it. */
  | { readonly kind: 'power-cut' | 'torn-page' }
  | { readonly kind: 'refused' | 'durable-but-refused'; readonly problem: LedgerProblem }
)

/** What the ledger's process is to the ledger. */
export type LedgerHost = {
  readonly fate: () => CommitFate
  /** Happens later in the same process, or never if it dies first. */
  readonly after: (delayMs: number, happens: () => void) => void
  readonly isAlive: () => boolean
  readonly kill: (because: 'power-cut' | 'torn-page' | null) => void
  readonly onCommit: (entry: JournalEntry) => void
  /** Told of an error that would have rejected in the program. */
  readonly onBug: (message: string) => void
  readonly wallMs: () => number
}

/** A till's data folder: it survives every process, and one at a time works on it. */
export type TillStorage = {
  /** What stands there: what would be left if the power went now. */
  readonly disk: Disk
  /** Whether it keeps real files, of which pages can be torn. */
  readonly hasFiles: boolean
  /** Opens the ledger for a process as the program does, or says why it cannot: `in-use` beside another. */
  open(host: LedgerHost): LedgerResult<Ledger>
  /** The process that had it open is gone, and with it its locks. */
  abandon(): void
  /** What the program's own verification finds broken, once all is at rest. */
  verify(): readonly string[]
  /** Deletes what it made. */
  end(): void
}
