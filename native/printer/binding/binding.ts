import type { LineAddress } from '../printer-address.ts'
import type { Spooler } from './spooler.ts'

/** Why a printer cannot be opened. */
export type OpeningProblem = {
  readonly kind:
    | 'refused'
    /** No answer to the connection in time. */
    | 'no-connection'
    | 'unreachable'
    | 'absent'
    | 'no-access'
    | 'in-use'
    /** The path is a file, a folder or a link to one. */
    | 'not-a-device'
    | 'module-does-not-load'
    | 'failed'
  readonly detail: string
}

/** What the owner of an open line hears. `onGone` comes at most once, and nothing after it. */
export type LineListeners = {
  readonly onData: (bytes: Uint8Array) => void
  readonly onGone: (detail: string) => void
}

export type OpenLine = {
  /**
   * True when the system has taken all the bytes, which says nothing about the printer; false when the line was gone
   * before. Never rejects, and is answered at the latest when the line ends.
   */
  readonly write: (bytes: Uint8Array) => Promise<boolean>
  /** Says goodbye and resolves when the far end has let go as well; what the system holds still leaves. Never rejects. */
  readonly end: () => Promise<void>
  /** Lets go at once; `onGone` does not follow. */
  readonly abandon: () => void
}

export type LineOpening =
  | { readonly ok: true; readonly line: OpenLine }
  | { readonly ok: false; readonly problem: OpeningProblem }

/** The hardware: the only layer that touches it. Nothing here throws or rejects; drivers' errors are values. */
export type PrinterBinding = {
  /** Gives up when the signal says so, with `no-connection`. */
  readonly openLine: (address: LineAddress, listeners: LineListeners, signal: AbortSignal) => Promise<LineOpening>
  readonly spooler: Spooler
}
