import type { OrderNumber, PrintJobId } from '../ids.ts'

/** What a print job prints. */
export type PrintKind = 'sale' | 'refund' | 'revocation' | 'case-slip' | 'shift-report' | 'test-page'

export const printKinds = [
  'sale',
  'refund',
  'revocation',
  'case-slip',
  'shift-report',
  'test-page',
] as const satisfies readonly PrintKind[]

/** What a document tells of: its subject is an order, a refund, a shift, or a name of the asker's own. */
export type PrintSubject = {
  readonly kind: PrintKind
  /** Order number, refund number or shift id: letters, digits and hyphens, at most 64. */
  readonly subjectId: string
  /** The order that the document belongs to; null for documents of no order. */
  readonly orderNumber: OrderNumber | null
}

/** Where a print job stands. */
export type PrintStatus = 'queued' | 'sending' | 'unconfirmed' | 'printed' | 'failed'

export const printStatuses = [
  'queued',
  'sending',
  'unconfirmed',
  'printed',
  'failed',
] as const satisfies readonly PrintStatus[]

/** What is known of a printer, by name (hardware.md §6.2). */
export type PrinterConditionName = 'ready' | 'paper-out' | 'cover-open' | 'error' | 'busy' | 'offline' | 'silent'

export const printerConditionNames = [
  'ready',
  'paper-out',
  'cover-open',
  'error',
  'busy',
  'offline',
  'silent',
] as const satisfies readonly PrinterConditionName[]

/** What makes a job printed (hardware.md §8, print job rules); nothing else does. */
export type PrintProof =
  /** The printer answered a status request that stood behind the data. */
  | 'status-after-data'
  /** It gave back the number that stood behind the data (hardware.md §6.1). */
  | 'process-id'
  /** A model that never answers took every byte, and the owner wrote into the settings that this is enough. */
  | 'taken-by-a-silent-model'
  | 'word-of-a-person'

export const printProofs = [
  'status-after-data',
  'process-id',
  'taken-by-a-silent-model',
  'word-of-a-person',
] as const satisfies readonly PrintProof[]

/** Why a job will not be printed. */
export type PrintFailure =
  | 'cancelled'
  /** Its subject has moved on: what the document would say is no longer so. */
  | 'overtaken'
  /** No document could be made of its subject. */
  | 'no-document'

/** Who asked for something about a job. */
export type PrintAsker = 'cashier' | 'staff'

/** One copy of one document, with all its tries; the fold of its events, nothing else. */
export type PrintJob = PrintSubject & {
  readonly jobId: PrintJobId
  /** 1 is the original; every further one is a reprint (补打) and says so. */
  readonly copy: number
  /** Null for a job that the till made by itself, together with the event that it tells of. */
  readonly askedBy: PrintAsker | null
  /** The printer that was asked for; null is the shop's first. */
  readonly wantedPrinter: string | null
  readonly status: PrintStatus
  /** How many events made this state; the next append must name it. */
  readonly version: number
  readonly createdWallMs: number
  readonly statusSinceWallMs: number
  /** Bytes of this very copy may be on paper. */
  readonly mayHavePrinted: boolean
  /** A person said that it did not print, and it was sent again: the sheet before may lie about, in part or whole. */
  readonly sentAgain?: true
  /** How often its bytes were about to leave. */
  readonly sends: number
  /** The last time; the hash is SHA-256 of the bytes in hex. */
  readonly lastSend: {
    readonly wallMs: number
    readonly printer: string
    readonly bytesHash: string
    readonly byteCount: number
  } | null
  /** The printer as it was when it took nothing, or not everything; null while nothing is known. */
  readonly condition: PrinterConditionName | null
  readonly proof: PrintProof | null
  readonly failure: PrintFailure | null
}

/** Whether the job is at its end. */
export function isPrintFinal(status: PrintStatus): status is 'printed' | 'failed' {
  return status === 'printed' || status === 'failed'
}

/** How many copies of one document there can be; more is a hand that rests on a key. */
export const mostCopies = 99

const subjectForm = /^[0-9A-Za-z-]{1,64}$/

/** Names a copy; unique, because there is one original of a subject and each further copy has its own number. */
export function printJobId({ kind, subjectId }: PrintSubject, copy: number): PrintJobId {
  if (!subjectForm.test(subjectId)) throw new RangeError('print job: subject')
  if (!Number.isSafeInteger(copy) || copy < 1 || copy > mostCopies) throw new RangeError('print job: copy')
  return `${kind}.${subjectId}.${copy}` as PrintJobId
}
