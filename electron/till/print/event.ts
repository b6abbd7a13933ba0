import type { PrintJobId } from '../ids.ts'
import type { Moment } from '../time.ts'
import type { PrintAsker, PrinterConditionName, PrintFailure, PrintProof, PrintSubject } from './job.ts'

/** What a job begins with; journaled in one transaction with the event that it tells of. */
export type PrintJobCreated = PrintSubject & {
  readonly type: 'created'
  readonly at: Moment
  readonly jobId: PrintJobId
  readonly copy: number
  readonly askedBy: PrintAsker | null
  readonly wantedPrinter: string | null
}

/** What can happen to a job after its creation. All of it stands in the journal; the job is the fold of it. */
export type PrintEvent =
  /** The intent to send; durable before the first byte leaves. */
  | {
      readonly type: 'sending'
      readonly at: Moment
      readonly printer: string
      /** SHA-256 of the bytes, in hex. */
      readonly bytesHash: string
      readonly byteCount: number
    }
  /** It is certain that not one byte left. */
  | { readonly type: 'not-sent'; readonly at: Moment; readonly condition: PrinterConditionName }
  | { readonly type: 'printed'; readonly at: Moment; readonly proof: Exclude<PrintProof, 'word-of-a-person'> }
  /** Bytes may have left, and no proof came. */
  | {
      readonly type: 'unconfirmed'
      readonly at: Moment
      readonly bytesSent: number
      readonly condition: PrinterConditionName
    }
  /** There is nothing to send. */
  | { readonly type: 'not-made'; readonly at: Moment; readonly because: Exclude<PrintFailure, 'cancelled'> }
  /** A person looked at the paper. */
  | { readonly type: 'looked-at'; readonly at: Moment; readonly didPrint: boolean; readonly by: PrintAsker }
  /** A person wants a copy after all that was given up. */
  | { readonly type: 'wanted-again'; readonly at: Moment; readonly by: PrintAsker }
  | { readonly type: 'cancelled'; readonly at: Moment; readonly by: PrintAsker }
  /** The till started again and found the job open. */
  | { readonly type: 'resumed'; readonly at: Moment }
  /** The ledger was restored from a backup: what happened to the job after that is not known. */
  | { readonly type: 'restored'; readonly at: Moment }

export type PrintEventType = PrintEvent['type']

export const printEventTypes = [
  'sending',
  'not-sent',
  'printed',
  'unconfirmed',
  'not-made',
  'looked-at',
  'wanted-again',
  'cancelled',
  'resumed',
  'restored',
] as const satisfies readonly PrintEventType[]
