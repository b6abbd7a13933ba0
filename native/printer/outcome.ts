import type { PrinterCondition } from './condition.ts'

/**
 * What shows that a printer worked a job off. `status-after-data`: it answered a GS r that stood behind the last byte;
 * `process-id`: it gave back the id of a GS ( H that stood there (hardware.md §6.1).
 */
export type PrintProof = 'status-after-data' | 'process-id'

/** What came of handing bytes to a printer. */
export type PrintOutcome =
  /** Not one byte of the job left: it may be sent again. */
  | { readonly kind: 'not-sent'; readonly condition: PrinterCondition }
  | { readonly kind: 'printed'; readonly proof: PrintProof }
  /**
   * It may have printed, in whole or in part. At most `bytesSent` bytes left. `condition`: what the printer said of itself
   * afterwards; with `silent` it is of a kind that never says more.
   */
  | { readonly kind: 'unconfirmed'; readonly bytesSent: number; readonly condition: PrinterCondition }

/** A printer as the rest of the till knows it. One call works at a time; the others wait in their order. */
export type Printer = {
  /** Asks the printer; never rejects. */
  condition(signal: AbortSignal): Promise<PrinterCondition>
  /**
   * Hands the bytes over once. `onFirstByte` is called before the first byte of the job can leave, and not at all when the
   * outcome is `not-sent`. Never rejects and never repeats; when the signal stops it, the outcome still says what may have
   * left.
   */
  print(bytes: Uint8Array, signal: AbortSignal, onFirstByte?: () => void): Promise<PrintOutcome>
  /** Opens the drawer, for cash only. Its outcome must never lead to a repetition by itself. */
  pulseDrawer(signal: AbortSignal): Promise<PrintOutcome>
  /** Stops what is under way and lets go. */
  close(): Promise<void>
}
