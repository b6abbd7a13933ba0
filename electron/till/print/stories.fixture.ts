import type { OrderNumber } from '../ids.ts'
import type { Moment } from '../time.ts'
import type { PrintEvent, PrintJobCreated } from './event.ts'
import { type PrintJob, type PrintStatus, printerConditionNames, printJobId } from './job.ts'
import { foldPrintJob } from './step.ts'

export const at = (afterMs: number): Moment => ({ wallMs: 1_700_000_000_000 + afterMs, monotonicMs: 1_000 + afterMs })

const orderNumber = 'S0010120261123K7QX000042' as OrderNumber
export const subject = { kind: 'sale', subjectId: orderNumber, orderNumber } as const

/** A copy of a sale's receipt that was just made. */
export const created = (copy = 1): PrintJobCreated => ({
  ...subject,
  type: 'created',
  at: at(0),
  jobId: printJobId(subject, copy),
  copy,
  askedBy: copy === 1 ? null : 'cashier',
  wantedPrinter: null,
})

const bytesHash = 'ab'.repeat(32)
export const sending = (afterMs = 1_000): PrintEvent => ({
  type: 'sending',
  at: at(afterMs),
  printer: 'counter',
  bytesHash,
  byteCount: 900,
})
export const unconfirmed: PrintEvent = { type: 'unconfirmed', at: at(2_000), bytesSent: 64, condition: 'offline' }
export const printed: PrintEvent = { type: 'printed', at: at(2_000), proof: 'status-after-data' }
export const cancelled: PrintEvent = { type: 'cancelled', at: at(3_000), by: 'cashier' }

/** Every event with everything that it can say. */
export function everyEvent(moment: Moment): readonly PrintEvent[] {
  return [
    { ...sending(), at: moment },
    ...printerConditionNames.map((condition) => ({ type: 'not-sent', at: moment, condition }) as const),
    ...(['status-after-data', 'process-id', 'taken-by-a-silent-model'] as const).map(
      (proof) => ({ type: 'printed', at: moment, proof }) as const,
    ),
    ...printerConditionNames.map(
      (condition) => ({ type: 'unconfirmed', at: moment, bytesSent: 64, condition }) as const,
    ),
    { type: 'not-made', at: moment, because: 'overtaken' },
    { type: 'not-made', at: moment, because: 'no-document' },
    { type: 'looked-at', at: moment, didPrint: true, by: 'cashier' },
    { type: 'looked-at', at: moment, didPrint: false, by: 'cashier' },
    { type: 'wanted-again', at: moment, by: 'staff' },
    { type: 'cancelled', at: moment, by: 'staff' },
    { type: 'resumed', at: moment },
    { type: 'restored', at: moment },
  ]
}

/** An original that went through these events. */
export const after = (...events: readonly PrintEvent[]): PrintJob => foldPrintJob(created(), events)

/** A job in each status, by the shortest story that leads there. */
export const inStatus: { readonly [Status in PrintStatus]: PrintJob } = {
  queued: after(),
  sending: after(sending()),
  unconfirmed: after(sending(), unconfirmed),
  printed: after(sending(), printed),
  failed: after(cancelled),
}
