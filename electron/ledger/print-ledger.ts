import type { OrderNumber, PrintJobId } from '../till/ids.ts'
import type { PrintEvent } from '../till/print/event.ts'
import type { PrintAsker, PrintJob, PrintSubject } from '../till/print/job.ts'
import type { Moment } from '../till/time.ts'
import type { LedgerResult } from './ledger-result.ts'

/** A person's wish for a document: its original if there was none yet, else a further copy (补打). */
export type NewPrintJob = PrintSubject & {
  readonly by: PrintAsker
  /** Null is the shop's first. */
  readonly wantedPrinter: string | null
  readonly at: Moment
}

export type NewPrintJobResult =
  /** The job is on disk and stands in line. */
  | { readonly kind: 'created'; readonly job: PrintJob }
  /** A copy of it is in line or on its way already: nothing was journaled. */
  | { readonly kind: 'under-way'; readonly job: PrintJob }
  /** Whether this copy printed must be said first: nothing was journaled. */
  | { readonly kind: 'unconfirmed'; readonly job: PrintJob }
  | { readonly kind: 'too-many-copies' }

/** What the ledger does for print jobs. Those that the shop wants by themselves are made by `append` and `appendRefund`. */
export type PrintLedger = {
  createPrintJob(job: NewPrintJob): Promise<LedgerResult<NewPrintJobResult>>
  /** Journals events of one job and answers the job after them; as `append` does for orders. */
  appendPrint(
    jobId: PrintJobId,
    expectedVersion: number,
    events: readonly PrintEvent[],
  ): Promise<LedgerResult<PrintJob>>
  /** Every job that is not at its end, oldest first. */
  openPrintJobs(): Promise<LedgerResult<readonly PrintJob[]>>
  printJob(jobId: PrintJobId): Promise<LedgerResult<PrintJob | null>>
  /** Every job of an order, its refunds' among them, oldest first. */
  printJobsOfOrder(orderNumber: OrderNumber): Promise<LedgerResult<readonly PrintJob[]>>
}
