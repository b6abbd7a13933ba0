import type { Moment } from '../time.ts'
import type { PrintEvent, PrintJobCreated } from './event.ts'
import type { PrintFailure, PrintJob, PrintProof, PrintStatus } from './job.ts'

/** What must be done because of an event, as data; only after the event is durable. */
export type PrintEffect =
  /** The job stands in the line of its printer. */
  | { readonly type: 'line-up' }
  /** The bytes leave now. */
  | { readonly type: 'transmit' }
  /** Somebody must say whether it printed. */
  | { readonly type: 'ask-person' }

export type PrintStep = { readonly job: PrintJob; readonly effects: readonly PrintEffect[] }

type EventOf<Type extends PrintEvent['type']> = Extract<PrintEvent, { readonly type: Type }>
type Change = Partial<Omit<PrintJob, 'jobId' | 'kind' | 'subjectId' | 'copy' | 'version'>>

/** The job that a `created` event begins; it stands in line. */
export function createPrintJob({ type: _, at, ...created }: PrintJobCreated): PrintJob {
  return {
    ...created,
    status: 'queued',
    version: 1,
    createdWallMs: at.wallMs,
    statusSinceWallMs: at.wallMs,
    mayHavePrinted: false,
    sends: 0,
    lastSend: null,
    condition: null,
    proof: null,
    failure: null,
  }
}

/** The job stays as it is; nothing is to be done. */
export const stay = (job: PrintJob): PrintStep => ({ job, effects: [] })

/** `queued`: the intent to send is durable. From here on a byte may be on paper. */
export function beginSending(job: PrintJob, { at, printer, bytesHash, byteCount }: EventOf<'sending'>): PrintStep {
  const sending = moved(job, 'sending', at, {
    sends: job.sends + 1,
    lastSend: { wallMs: at.wallMs, printer, bytesHash, byteCount },
    mayHavePrinted: true,
    condition: null,
  })
  return { job: sending, effects: [{ type: 'transmit' }] }
}

/** `sending`: nothing left, so the same copy waits and goes again by itself. */
export function lineUpAgain(job: PrintJob, { at, condition }: EventOf<'not-sent'>): PrintStep {
  return lineUp(job, at, { condition })
}

export function becomePrinted(job: PrintJob, { at, proof }: EventOf<'printed'>): PrintStep {
  return end(job, 'printed', at, { proof })
}

/** Never sent again by itself, for it may have printed. */
export function becomeUnconfirmed(job: PrintJob, { at, condition }: EventOf<'unconfirmed'>): PrintStep {
  return askPerson(job, at, { condition })
}

/** A crash cut the sending off, or the ledger has lost what became of it: it may have printed. */
export function doubt(job: PrintJob, { at }: EventOf<'resumed' | 'restored'>): PrintStep {
  return askPerson(job, at, {})
}

/** A person's word: printed, or the same copy goes once more, and says so: the person may not have found the sheet. */
export function hearPerson(job: PrintJob, { at, didPrint }: EventOf<'looked-at'>): PrintStep {
  if (didPrint) return end(job, 'printed', at, { proof: 'word-of-a-person' })
  return lineUp(job, at, { condition: null, sentAgain: true })
}

export const giveUp = (job: PrintJob, { at }: EventOf<'cancelled'>): PrintStep =>
  end(job, 'failed', at, { failure: 'cancelled' })

export const findNothing = (job: PrintJob, { at, because }: EventOf<'not-made'>): PrintStep =>
  end(job, 'failed', at, { failure: because })

/** `queued`, found after a restart: it stands in line as before. */
export const standInLine = (job: PrintJob, { at }: EventOf<'resumed'>): PrintStep => lineUp(job, at, {})

/** `failed`: the same copy after all, if none of it can be on paper; else only a further copy may follow. */
export function wantAgain(job: PrintJob, { at }: EventOf<'wanted-again'>): PrintStep {
  return job.mayHavePrinted ? stay(job) : lineUp(job, at, { failure: null, condition: null })
}

function lineUp(job: PrintJob, at: Moment, change: Change): PrintStep {
  return { job: moved(job, 'queued', at, { ...change, mayHavePrinted: false }), effects: [{ type: 'line-up' }] }
}

function askPerson(job: PrintJob, at: Moment, change: Change): PrintStep {
  const asking = moved(job, 'unconfirmed', at, { ...change, mayHavePrinted: true })
  return { job: asking, effects: [{ type: 'ask-person' }] }
}

function end(
  job: PrintJob,
  status: 'printed' | 'failed',
  at: Moment,
  change: { readonly proof?: PrintProof; readonly failure?: PrintFailure },
): PrintStep {
  return { job: moved(job, status, at, change), effects: [] }
}

function moved(job: PrintJob, status: PrintStatus, at: Moment, change: Change): PrintJob {
  const statusSinceWallMs = status === job.status ? job.statusSinceWallMs : at.wallMs
  return { ...job, ...change, status, statusSinceWallMs }
}
