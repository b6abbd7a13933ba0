import type { PrintingView, PrintJobView } from '../api/contract.ts'
import type { PrintKeeper } from '../runner/print-keeper.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { PrintingMode } from '../till/print/what-to-print.ts'

/** A print job as the screen needs it; hashes stay on the main side. */
export function printJobView(job: PrintJob): PrintJobView {
  const { jobId, kind, subjectId, orderNumber, copy, askedBy, status, condition, proof, failure, sends } = job
  const { createdWallMs, statusSinceWallMs, lastSend } = job
  return {
    jobId,
    kind,
    subjectId,
    orderNumber,
    copy,
    askedBy,
    status,
    printer: lastSend?.printer ?? null,
    condition,
    proof,
    failure,
    sends,
    createdWallMs,
    statusSinceWallMs,
  }
}

/** Printing as it stands. */
export function printingView(keeper: PrintKeeper, mode: PrintingMode): PrintingView {
  return {
    mode,
    printers: keeper.printers().map(({ name, condition, waiting, sending }) => ({
      name,
      condition: condition && {
        kind: condition.kind,
        paperLow: condition.paperLow ?? false,
        cause: condition.cause ?? null,
      },
      waiting,
      sendingJobId: sending,
    })),
    jobs: keeper.open().map(printJobView),
  }
}
