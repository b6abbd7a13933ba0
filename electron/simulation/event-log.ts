import { createHash } from 'node:crypto'

/** Everything that happened in a run, as bytes whose hash must be the same for the same seed (I14). */
export type EventLog = {
  note(atMs: number, who: string, what: string): void
  /** SHA-256 of all lines, in hex; the log ends here. */
  digest(): string
  /** The lines, where they were kept for reading. */
  readonly lines: readonly string[]
}

/** Makes an empty log; `keeps` says whether the lines are kept for reading. */
export function createEventLog(keeps: boolean): EventLog {
  const hash = createHash('sha256')
  const lines: string[] = []
  let batch: string[] = []
  const flush = (): void => {
    hash.update(batch.join(''))
    batch = []
  }
  return {
    note(atMs, who, what) {
      batch.push(`${atMs} ${who} ${what}\n`)
      if (batch.length > 500) flush()
      if (keeps) lines.push(`${new Date(atMs).toISOString()} ${who} ${what}`)
    },
    digest() {
      flush()
      return hash.digest('hex')
    },
    lines,
  }
}
