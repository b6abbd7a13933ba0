import type { PrinterConditionName, PrintJob, PrintProof } from '../till/print/job.ts'

/** What a printer tells of itself. */
export type PrinterNow = {
  readonly kind: PrinterConditionName
  /** The roll is near its end. */
  readonly paperLow?: boolean
  readonly cause?: string
}

/** What came of handing bytes to a printer, once. */
export type PrinterOutcome =
  /** Not one byte left. */
  | { readonly kind: 'not-sent'; readonly condition: PrinterNow }
  | { readonly kind: 'printed'; readonly proof: Exclude<PrintProof, 'word-of-a-person'> }
  /** At most so many bytes left, and no proof came. */
  | { readonly kind: 'unconfirmed'; readonly bytesSent: number; readonly condition: PrinterNow }

/** A printer as the queue knows it; neither call rejects, and the signal ends both soon. */
export type PrinterDevice = {
  condition(signal: AbortSignal): Promise<PrinterNow>
  print(bytes: Uint8Array, signal: AbortSignal): Promise<PrinterOutcome>
  close(): Promise<void>
}

/** A cash drawer at a printer: opens once for each call, and is never part of a receipt. Does not reject. */
export type DrawerDevice = { pulse(signal: AbortSignal): Promise<PrinterOutcome> }

/** A printer with what the shop configured around it. */
export type ConfiguredPrinter = {
  readonly name: string
  readonly device: PrinterDevice
  /** The printer that takes its jobs while it cannot print; null for none. */
  readonly fallback: string | null
  /** The owner says that a model which never answers has printed what it took (hardware.md §8). */
  readonly silenceIsEnough: boolean
}

/** What a document came to when it was to be printed. */
export type DocumentMaking =
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  /** The subject has moved on: the document would say what is no longer so. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'no-document' }
  /** The ledger cannot be read now. */
  | { readonly kind: 'not-now' }

/** Makes a job's document from what the ledger has of its subject at this moment, for one printer. */
export type DocumentMaker = (job: PrintJob, printer: string) => Promise<DocumentMaking>
