import type { PrintCommit } from '../crash-points/print-points.ts'
import type { Order } from '../till/order/order.ts'
import type { PrintEvent, PrintJobCreated } from '../till/print/event.ts'
import { type PrintJob, type PrintSubject, printJobId } from '../till/print/job.ts'
import { nextCopy } from '../till/print/next-copy.ts'
import { createPrintJob, stepPrint } from '../till/print/step.ts'
import { documentsOfRefundStep, documentsOfStep, type PrintingRules } from '../till/print/what-to-print.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { Moment } from '../till/time.ts'
import type { JournalAppender } from './journal.ts'
import { printPayload } from './print-fold.ts'
import type { NewPrintJob, NewPrintJobResult } from './print-ledger.ts'
import type { PrintProjection } from './print-projection.ts'
import type { LedgerCall } from './protocol.ts'

/** The print jobs' part of the writer; the caller owns the transaction. */
export type PrintWriter = {
  /** Makes the originals that an order's step calls for, in the step's own transaction. */
  orderStepped(before: Order, after: Order, at: Moment): void
  refundStepped(before: Refund, after: Refund, at: Moment): void
  create(asked: NewPrintJob): NewPrintJobResult
  append(call: Extract<LedgerCall, { method: 'appendPrint' }>): PrintJob
}

/** Writes print jobs into the journal and their projection; `onCommit` hears what the transaction will make durable. */
export function preparePrintWriter(
  journal: JournalAppender,
  jobs: PrintProjection,
  rules: PrintingRules,
  onCommit: (what: PrintCommit) => void,
): PrintWriter {
  const make = (
    subject: PrintSubject,
    { copy, askedBy, wantedPrinter, at }: Pick<PrintJobCreated, 'copy' | 'askedBy' | 'wantedPrinter' | 'at'>,
  ): PrintJob => {
    const { kind, subjectId, orderNumber } = subject
    const jobId = printJobId(subject, copy)
    const facts = { jobId, kind, subjectId, orderNumber, copy, askedBy, wantedPrinter }
    const created: PrintJobCreated = { type: 'created', at, ...facts }
    const job = createPrintJob(created)
    jobs.insertJob(journalEvent(journal, jobId, created), job)
    onCommit('job')
    return job
  }

  /** An order may come to the same end again; its document was made the first time. */
  const makeOriginals = (documents: readonly PrintSubject[], at: Moment): void => {
    for (const document of documents)
      if (!jobs.hasJob(printJobId(document, 1))) make(document, { copy: 1, askedBy: null, wantedPrinter: null, at })
  }

  const append = (former: PrintJob, events: readonly PrintEvent[]): PrintJob => {
    let job = former
    for (const event of events) {
      journalEvent(journal, job.jobId, event)
      job = stepPrint(job, event).job
      onCommit(event.type === 'sending' ? 'sending' : 'outcome')
    }
    if (events.length > 0) jobs.updateJob(job)
    return job
  }

  return {
    orderStepped: (before, after, at) => makeOriginals(documentsOfStep(before, after, rules), at),
    refundStepped: (before, after, at) => makeOriginals(documentsOfRefundStep(before, after, rules), at),
    create({ at, by, wantedPrinter, ...subject }) {
      const next = nextCopy(jobs.copiesOf(subject))
      switch (next.kind) {
        case 'new':
          return { kind: 'created', job: make(subject, { copy: next.copy, askedBy: by, wantedPrinter, at }) }
        case 'again':
          return { kind: 'created', job: append(next.job, [{ type: 'wanted-again', at, by }]) }
        default:
          return next
      }
    },
    append({ jobId, expectedVersion, events }) {
      const former = jobs.job(jobId)
      if (!former) throw new Error(`appendPrint: there is no job ${jobId}`)
      if (former.version !== expectedVersion) {
        throw new Error(`appendPrint: ${jobId} is at version ${former.version}, not ${expectedVersion}`)
      }
      return append(former, events)
    },
  }
}

/**
 * Puts every open job of a restored ledger in doubt, inside the caller's transaction: what the backup has in line may have
 * been printed since, and only a person can tell.
 */
export function doubtOpenPrintJobs(journal: JournalAppender, jobs: PrintProjection, wallMs: number): void {
  for (const job of jobs.openJobs()) {
    const event: PrintEvent = { type: 'restored', at: { wallMs, monotonicMs: 0 } }
    journalEvent(journal, job.jobId, event)
    jobs.updateJob(stepPrint(job, event).job)
  }
}

function journalEvent(journal: JournalAppender, jobId: string, event: PrintJobCreated | PrintEvent): number {
  const { at, type } = event
  return journal.append({ wallMs: at.wallMs, subject: 'print', subjectId: jobId, type, payload: printPayload(event) })
}
