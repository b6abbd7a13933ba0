import type { LedgerProblem } from '../ledger/ledger.ts'
import type { PrintLedger } from '../ledger/print-ledger.ts'
import type { PrintJobId } from '../till/ids.ts'
import type { PrintEvent } from '../till/print/event.ts'
import { isPrintFinal, type PrintJob } from '../till/print/job.ts'
import { type PrintEffect, stepPrint } from '../till/print/step.ts'
import { rewriteAfterMs } from './keeper.ts'
import type { Alarms, Clock } from './ports.ts'

export type PrintJournalParts = {
  readonly ledger: Pick<PrintLedger, 'appendPrint'>
  readonly clock: Clock
  readonly alarms: Alarms
  /** Told after each commit, never before; does not throw. */
  readonly onJobChange: (job: PrintJob) => void
  readonly onTrouble: (problem: LedgerProblem | null) => void
}

/** What feeding an event came to. */
export type PrintFeeding =
  | { readonly kind: 'durable'; readonly job: PrintJob; readonly effects: readonly PrintEffect[] }
  /** The job's state has no use for the event; nothing was journaled. */
  | { readonly kind: 'no-use'; readonly job: PrintJob }
  /** The job is not kept, or the ledger cannot write and this is not tried again. */
  | { readonly kind: 'not-written'; readonly problem: LedgerProblem | null }

/** The open print jobs of the running till, each fed one event after the other and changed only by what is durable. */
export type PrintJournal = {
  keep(job: PrintJob): void
  get(jobId: PrintJobId): PrintJob | undefined
  /** Oldest first. */
  open(): readonly PrintJob[]
  /** Whether this process has ever kept it. */
  hasSeen(jobId: PrintJobId): boolean
  /** Feeds an event; what the ledger cannot write is written again, unless somebody waits for the answer (`once`). */
  feed(jobId: PrintJobId, event: PrintEvent, how?: 'once'): Promise<PrintFeeding>
  /** From now on a write that fails is not tried again. */
  quiet(): void
}

/** Names of jobs that ended, kept so that an older list from the ledger does not bring them back. */
const mostSeen = 5_000

/** Makes an empty journal of open jobs. */
export function keepPrintJobs(parts: PrintJournalParts): PrintJournal {
  const jobs = new Map<PrintJobId, PrintJob>()
  const tails = new Map<PrintJobId, Promise<unknown>>()
  const seen = new Set<PrintJobId>()
  let isQuiet = false
  /** Why a write is being tried again; whoever waits for an answer must not stand behind it. */
  let stuck: LedgerProblem | null = null

  const keep = (job: PrintJob): void => {
    jobs.set(job.jobId, job)
    seen.add(job.jobId)
    for (const oldest of seen) {
      if (seen.size <= mostSeen || jobs.has(oldest)) break
      seen.delete(oldest)
    }
  }

  const take = async (jobId: PrintJobId, event: PrintEvent, isOnce: boolean): Promise<PrintFeeding> => {
    const before = jobs.get(jobId)
    if (before === undefined) return { kind: 'not-written', problem: null }
    const { job, effects } = stepPrint(before, event)
    if (job.status === before.status && effects.length === 0) return { kind: 'no-use', job: before }
    const problem = await commit(before, event, isOnce)
    if (problem !== null) return { kind: 'not-written', problem }
    if (isPrintFinal(job.status)) jobs.delete(jobId)
    else jobs.set(jobId, job)
    parts.onJobChange(job)
    return { kind: 'durable', job, effects }
  }

  const commit = async (
    { jobId, version }: PrintJob,
    event: PrintEvent,
    isOnce: boolean,
  ): Promise<LedgerProblem | null> => {
    for (;;) {
      const written = await parts.ledger.appendPrint(jobId, version, [event])
      if (written.ok) {
        stuck = null
        parts.onTrouble(null)
        return null
      }
      parts.onTrouble(written.problem)
      if (written.problem.kind === 'closed' || isOnce || isQuiet) return written.problem
      stuck = written.problem
      await new Promise<void>((resolve) => {
        parts.alarms.set(parts.clock.now().monotonicMs + rewriteAfterMs, resolve)
      })
    }
  }

  return {
    keep,
    get: (jobId) => jobs.get(jobId),
    open: () => [...jobs.values()],
    hasSeen: (jobId) => seen.has(jobId),
    feed(jobId, event, how) {
      if (how === 'once' && stuck !== null) return Promise.resolve({ kind: 'not-written', problem: stuck })
      const fed = (tails.get(jobId) ?? Promise.resolve()).then(() => take(jobId, event, how === 'once'))
      // A bug rejects for whoever fed the event, and not for the next one.
      const tail = fed.then(
        () => undefined,
        () => undefined,
      )
      tails.set(jobId, tail)
      void tail.then(() => {
        if (tails.get(jobId) === tail) tails.delete(jobId)
      })
      return fed
    },
    quiet: () => {
      isQuiet = true
    },
  }
}
