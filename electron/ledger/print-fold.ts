import type { PrintEvent, PrintJobCreated } from '../till/print/event.ts'
import { printEventTypes } from '../till/print/event.ts'
import { type PrintJob, printKinds } from '../till/print/job.ts'
import { createPrintJob, stepPrint } from '../till/print/step.ts'
import { isData, type Reading, readData, refused } from './fold.ts'
import type { JournalEntry } from './ledger.ts'

/** The payload of a print job's event: everything but its type, which has a column of its own. */
export function printPayload(event: PrintJobCreated | PrintEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** The entry as an event of its print job. Checks what the fold relies on. */
export function readPrintEntry(entry: JournalEntry): Reading<PrintJobCreated | PrintEvent> {
  const reading = readData(entry)
  if (!reading.ok) return reading
  const data = reading.value
  const { at, kind, copy, orderNumber } = data
  if (!isData(at) || typeof at.monotonicMs !== 'number' || at.wallMs !== entry.wallMs) {
    return refused('the moment is missing or is not the entry’s')
  }
  if (entry.type === 'created') {
    if (data.jobId !== entry.subjectId) return refused('the job’s name is not the entry’s')
    if (!printKinds.some((known) => known === kind)) return refused('no document is of this kind')
    if (typeof data.subjectId !== 'string') return refused('the subject is missing')
    if (orderNumber !== null && typeof orderNumber !== 'string') return refused('the order number is missing')
    if (!Number.isSafeInteger(copy) || Number(copy) < 1) return refused('the copy’s number is missing')
  } else {
    if (!printEventTypes.some((type) => type === entry.type)) return refused('no event of a print job has this type')
    if (entry.type === 'sending' && (typeof data.printer !== 'string' || typeof data.bytesHash !== 'string')) {
      return refused('the printer or the hash of the bytes is missing')
    }
    if (entry.type === 'looked-at' && typeof data.didPrint !== 'boolean')
      return refused('the word of the person is missing')
  }
  // The hash chain says that this is what `printPayload` wrote, and the checks above that the fold can take it.
  return { ok: true, value: { ...data, type: entry.type } as unknown as PrintJobCreated | PrintEvent }
}

/** One print job as its journal entries make it. */
export type PrintFold =
  | { readonly kind: 'job'; readonly createdSequence: number; readonly job: PrintJob }
  | { readonly kind: 'unreadable'; readonly sequence: number; readonly detail: string }

/** Folds all entries of one print job, in the order of the journal. */
export function foldPrintEntries(entries: readonly JournalEntry[]): PrintFold {
  let folded: { createdSequence: number; job: PrintJob } | null = null
  for (const entry of entries) {
    const { sequence } = entry
    const unreadable = (detail: string): PrintFold => ({ kind: 'unreadable', sequence, detail })
    const reading = readPrintEntry(entry)
    if (!reading.ok) return unreadable(reading.detail)
    const event = reading.value
    if (event.type === 'created') {
      if (folded) return unreadable('the job was created before')
      folded = { createdSequence: sequence, job: createPrintJob(event) }
      continue
    }
    if (!folded) return unreadable('the job was not created yet')
    folded = { createdSequence: folded.createdSequence, job: stepPrint(folded.job, event).job }
  }
  return folded ? { kind: 'job', ...folded } : { kind: 'unreadable', sequence: 0, detail: 'the job has no entries' }
}
