import type { DropReason } from '../framing/framer.ts'
import type { ScannerKind } from '../scanner-settings.ts'

/**
 * How a gun stands. `connecting` is also one that was lost a moment ago: a wiggling cable is not told. The rest says why
 * it is not read.
 */
export const scannerStates = [
  'connected',
  'connecting',
  'absent',
  'no-access',
  'busy',
  'failed',
  'module-does-not-load',
] as const

export type ScannerState = (typeof scannerStates)[number]

/** A gun that the settings ask for, whether it is there or not. */
export type ScannerDevice = {
  /** The same for the same gun after it was plugged in again. */
  readonly id: string
  readonly kind: ScannerKind
  readonly name: string
  /** Where it was found last; empty for one that never was. */
  readonly path: string
  readonly state: ScannerState
  /** The system's own words about the state, small print for support; may be empty. */
  readonly detail: string
  /** Why the last thing that it sent was no scan; null after a scan. */
  readonly lastDrop: DropReason | null
}
