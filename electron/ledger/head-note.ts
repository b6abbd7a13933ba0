import { closeSync, constants, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { genesisPreviousHash, type JournalHead } from './journal.ts'

/** Beside a ledger that is open: the entry that was committed last, as far as anybody noted it. */
export const headNoteFileName = 'ledger.head'

const notePattern = /^(\d{16}) ([0-9a-f]{64})\n$/

/**
 * Notes which entry was committed last. Without a sync, because the note only ever tells that a log is gone which held
 * that entry: one that is behind accuses nobody, and a power cut leaves the log itself. For the same reason a disk that
 * does not take the note is left to the next commit to be told.
 */
export function noteHead(dataDirectory: string, { sequence, hash }: JournalHead): void {
  try {
    // Overwritten in place by lines of one length, so that a process that dies here leaves a whole line.
    const file = openSync(join(dataDirectory, headNoteFileName), constants.O_WRONLY | constants.O_CREAT, 0o600)
    try {
      writeSync(file, `${String(sequence).padStart(16, '0')} ${hash}\n`, 0)
    } finally {
      closeSync(file)
    }
  } catch {}
}

/** The entry that was noted last; null where there is no note, or a torn one. */
export function readHeadNote(dataDirectory: string): JournalHead | null {
  try {
    const [, sequence, hash] = notePattern.exec(readFileSync(join(dataDirectory, headNoteFileName), 'latin1')) ?? []
    return sequence === undefined || hash === undefined ? null : { sequence: Number(sequence), hash }
  } catch {
    return null
  }
}

/** While a ledger is being opened nothing is known of it: what stood there before may have been another one's. */
export function beginHeadNote(dataDirectory: string): void {
  noteHead(dataDirectory, { sequence: 0, hash: genesisPreviousHash })
}

/** Forgets the note of a ledger that was closed in order, or whose place another one takes. */
export function forgetHeadNote(dataDirectory: string): void {
  rmSync(join(dataDirectory, headNoteFileName), { force: true })
}
