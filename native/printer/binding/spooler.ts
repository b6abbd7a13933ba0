import type { PrinterSigns } from '../framing/status-bytes.ts'

/** What a spooler knows of a queue. */
export type QueueState =
  /** Takes jobs. `signs`: what its driver says of the printer, null where it says nothing, as most do. */
  | { readonly kind: 'open'; readonly signs: PrinterSigns | null }
  /** Takes no jobs, or keeps them. */
  | { readonly kind: 'stopped'; readonly detail: string }
  | { readonly kind: 'absent'; readonly detail: string }
  /** The spooler does not run or is not installed. */
  | { readonly kind: 'no-spooler'; readonly detail: string }
  /** Its answer came not in time or made no sense. */
  | { readonly kind: 'unknown'; readonly detail: string }

/** What became of handing a job over. */
export type Submission =
  /** `jobId` is the spooler's; it has the bytes, and may print them at any time. */
  | { readonly kind: 'accepted'; readonly jobId: string }
  /** By its own word it took nothing. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** It ended, or was ended, without a word: it may have the job. */
  | { readonly kind: 'unknown'; readonly detail: string }

/** What a spooler says of a job; `gone` when it is done with it, which is no word about paper. */
export type SpooledJob = 'waiting' | 'gone' | 'unknown'

/** The system's print spooler, by its own programs. Nothing here throws or rejects. */
export type Spooler = {
  readonly queues: (signal: AbortSignal) => Promise<QueueListing>
  readonly queueState: (queue: string, signal: AbortSignal) => Promise<QueueState>
  /** Hands bytes over as they are. `onFirstByte` is called before the first one leaves this process. */
  readonly submit: (
    queue: string,
    bytes: Uint8Array,
    signal: AbortSignal,
    onFirstByte: () => void,
  ) => Promise<Submission>
  readonly jobState: (queue: string, jobId: string, signal: AbortSignal) => Promise<SpooledJob>
  /** Takes a job back, so that it does not come out later; true when the spooler says that it did. */
  readonly cancel: (queue: string, jobId: string, signal: AbortSignal) => Promise<boolean>
}

export type QueueListing =
  | { readonly ok: true; readonly queues: readonly string[] }
  | { readonly ok: false; readonly detail: string }
