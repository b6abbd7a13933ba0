import { addressText } from '../../native/printer/printer-address.ts'
import type { PrintingView, PrintJobView } from '../api/contract.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { AssembledTill } from './assemble.ts'

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

/** Printing as it stands, with what the configuration says of each printer. */
export function printingView({ printing, settings }: Pick<AssembledTill, 'printing' | 'settings'>): PrintingView {
  const configured = new Map(settings.printers.map((printer) => [printer.name, printer]))
  return {
    mode: settings.printing.mode,
    printers: printing.printers().map(({ name, condition, waiting, sending }) => {
      const { address, profile, fallback } = configured.get(name) ?? {}
      return {
        name,
        address: address === undefined ? null : addressText(address),
        profile: profile ?? null,
        fallback: fallback ?? null,
        condition: condition && {
          kind: condition.kind,
          paperLow: condition.paperLow ?? false,
          cause: condition.cause ?? null,
        },
        waiting,
        sendingJobId: sending,
      }
    }),
    jobs: printing.open().map(printJobView),
  }
}
