import type { OpeningProblem } from './binding/binding.ts'
import type { ErrorSign, PrinterSigns } from './framing/status-bytes.ts'

/** Why it does not print. `no-drawer`: a pulse was asked for, and the settings say that there is no drawer. */
export type ErrorCause = ErrorSign | 'no-drawer'

export type BusyCause =
  /** Another client has it, most likely. */
  | 'refused'
  | 'no-connection'
  /** Another program has the port or the device file. */
  | 'in-use'
  /** Somebody presses the feed button. */
  | 'feeding'
  /** It answers, but has not yet worked off what it got before. */
  | 'working'
  /** The caller stopped, or the printer was closed. */
  | 'interrupted'

export type OfflineCause =
  | 'refused'
  | 'no-connection'
  /** No way to its address, or no such host. */
  | 'unreachable'
  /** Not plugged in, or no such queue. */
  | 'absent'
  | 'no-access'
  | 'not-a-device'
  /** The package serialport, or its compiled part, does not load here. */
  | 'module-does-not-load'
  | 'connection-lost'
  /** It is there, and says nothing where it should. */
  | 'stopped-answering'
  | 'queue-stopped'
  /** The system's spooler does not run, or its programs are not installed. */
  | 'no-spooler'
  | 'failed'

/** What is known of a printer now. */
export type PrinterCondition =
  | { readonly kind: 'ready'; readonly paperLow: boolean }
  | { readonly kind: 'paper-out' }
  | { readonly kind: 'cover-open' }
  | { readonly kind: 'error'; readonly cause: ErrorCause }
  | { readonly kind: 'busy'; readonly cause: BusyCause }
  /** `detail`: the system's own words, which name devices and addresses; empty where it said nothing. */
  | { readonly kind: 'offline'; readonly cause: OfflineCause; readonly detail: string }
  /** Answers no status: a model without, or a spooler that tells nothing. Not “healthy”: unknown. */
  | { readonly kind: 'silent' }

/** Whether a job may be sent in this condition. */
export const takesJobs = ({ kind }: PrinterCondition): boolean => kind === 'ready' || kind === 'silent'

/** The first thing that a person must do something about: an open cover hides what the paper sensor says. */
export function conditionOfSigns(signs: PrinterSigns): PrinterCondition {
  if (signs.coverOpen) return { kind: 'cover-open' }
  if (signs.paperOut) return { kind: 'paper-out' }
  if (signs.error !== null) return { kind: 'error', cause: signs.error }
  if (signs.feeding) return { kind: 'busy', cause: 'feeding' }
  return { kind: 'ready', paperLow: signs.paperLow }
}

/** A refusal or a hanging connection is “busy” for this long before it is “offline” (hardware.md §6.1). */
export const busyBeforeOfflineMs = 15_000

/** What it means that a printer could not be opened, when that has gone on for a time. */
export function conditionOfOpening(
  { kind, detail }: OpeningProblem,
  sinceMs: number,
  oneClient: boolean,
): PrinterCondition {
  switch (kind) {
    case 'refused':
    case 'no-connection':
      return oneClient && sinceMs < busyBeforeOfflineMs
        ? { kind: 'busy', cause: kind }
        : { kind: 'offline', cause: kind, detail }
    case 'in-use':
      return { kind: 'busy', cause: kind }
    case 'unreachable':
    case 'absent':
    case 'no-access':
    case 'not-a-device':
    case 'module-does-not-load':
    case 'failed':
      return { kind: 'offline', cause: kind, detail }
  }
}
