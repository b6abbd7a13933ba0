import type {
  PrintAsker,
  PrinterConditionName,
  PrintFailure,
  PrintKind,
  PrintProof,
  PrintStatus,
} from '../till/print/job.ts'
import type { PrintingMode } from '../till/print/what-to-print.ts'
import type { LedgerTrouble } from './order-views.ts'

/** One copy of one document as the screen needs it. */
export type PrintJobView = {
  readonly jobId: string
  readonly kind: PrintKind
  /** Order number, refund number or shift id. */
  readonly subjectId: string
  readonly orderNumber: string | null
  /** 1 is the original; every further one is a reprint (补打). */
  readonly copy: number
  /** Null for a job that the till made by itself. */
  readonly askedBy: PrintAsker | null
  readonly status: PrintStatus
  /** The printer that got its bytes last; null before the first try. */
  readonly printer: string | null
  /** How that printer was when it took nothing, or not everything. */
  readonly condition: PrinterConditionName | null
  readonly proof: PrintProof | null
  readonly failure: PrintFailure | null
  readonly sends: number
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
}

/** A printer as it stands. */
export type PrinterView = {
  readonly name: string
  /** Where it is, as the configuration writes it, its profile, and the printer that takes over; null where it says none. */
  readonly address: string | null
  readonly profile: string | null
  readonly fallback: string | null
  /** What it last told; null before it was asked. */
  readonly condition: {
    readonly kind: PrinterConditionName
    readonly paperLow: boolean
    readonly cause: string | null
  } | null
  /** Jobs that stand in its line. */
  readonly waiting: number
  readonly sendingJobId: string | null
}

/** Everything about printing that is not at its end: short lists, told whole at each change. */
export type PrintingView = {
  readonly mode: PrintingMode
  readonly printers: readonly PrinterView[]
  /** Oldest first; those that are `unconfirmed` wait for a person's word. */
  readonly jobs: readonly PrintJobView[]
}

/** What became of a wish for a document. Only `queued` adds one. */
export type PrintRequestResult =
  | { readonly kind: 'queued'; readonly job: PrintJobView }
  /** A copy is in line or on its way already. */
  | { readonly kind: 'under-way'; readonly job: PrintJobView }
  /** Whether the last copy printed must be said first. */
  | { readonly kind: 'unconfirmed'; readonly job: PrintJobView }
  /** The order, or its refund, has not come to anything that a document could tell. */
  | { readonly kind: 'nothing-to-print' }
  | { readonly kind: 'no-such-order' }
  | { readonly kind: 'no-such-refund' }
  | { readonly kind: 'too-many-copies' }
  | { readonly kind: 'no-printer' }
  /** The settings say that this till prints nothing. */
  | { readonly kind: 'printing-off' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
  | { readonly kind: 'stopping' }

/** The answer to an act on a print job. */
export type PrintActResult =
  | { readonly kind: 'done'; readonly job: PrintJobView }
  /** The job's state does not allow it; the job as it stands. */
  | { readonly kind: 'not-now'; readonly job: PrintJobView }
  | { readonly kind: 'no-such-job' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** The calls of printing; part of `Calls`. */
export type PrintCalls = {
  /** Printers, and jobs that are not at their end. */
  'print.state': { readonly request: null; readonly reply: PrintingView }
  /** Every print job of an order, its refunds' among them, oldest first. */
  'print.jobs-of-order': { readonly request: { readonly orderNumber: string }; readonly reply: readonly PrintJobView[] }
  /** Prints the document of an order, or of one of its refunds: the original, or a further copy (补打). */
  'print.receipt': {
    readonly request: { readonly orderNumber: string; readonly refundNumber: string | null }
    readonly reply: PrintRequestResult
  }
  'print.test-page': { readonly request: { readonly printer: string }; readonly reply: PrintRequestResult }
  /** A person's word on a job in doubt: it printed, or the same copy is sent again. */
  'print.looked-at': {
    readonly request: { readonly jobId: string; readonly didPrint: boolean }
    readonly reply: PrintActResult
  }
  /** Gives up a job that waits or is in doubt. */
  'print.cancel': { readonly request: { readonly jobId: string }; readonly reply: PrintActResult }
}
