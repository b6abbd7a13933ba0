import type { OnCrashPoint } from '../crash-points/crash-points.ts'
import type { LedgerProblem, LedgerResult } from '../ledger/ledger.ts'
import type { PrintLedger } from '../ledger/print-ledger.ts'
import type { PrintJobId } from '../till/ids.ts'
import type { PrintEvent } from '../till/print/event.ts'
import { isPrintFinal, type PrintAsker, type PrintJob, type PrintSubject } from '../till/print/job.ts'
import { rewriteAfterMs } from './keeper.ts'
import type { Alarms, Clock } from './ports.ts'
import { keepPrintJobs } from './print-journal.ts'
import { openPrintLane, type PrintLane } from './print-lane.ts'
import type { ConfiguredPrinter, DocumentMaker, PrinterNow } from './print-ports.ts'

/** Everything that printing acts through; nothing in it is concrete. */
export type PrintKeeperParts = {
  readonly ledger: PrintLedger
  readonly clock: Clock
  readonly alarms: Alarms
  /** The first one takes every job that wants no other. */
  readonly printers: readonly ConfiguredPrinter[]
  readonly documents: DocumentMaker
  readonly onJobChange: (job: PrintJob) => void
  readonly onPrinterChange: () => void
  readonly onTrouble: (problem: LedgerProblem | null) => void
  readonly onBug?: ((error: unknown) => void) | undefined
  readonly onPoint?: OnCrashPoint | undefined
}

/** A printer as it stands. */
export type PrinterState = {
  readonly name: string
  /** What it last told; null before it was asked. */
  readonly condition: PrinterNow | null
  /** Jobs that stand in its line. */
  readonly waiting: number
  readonly sending: PrintJobId | null
}

/** What became of a wish for a document. */
export type PrintRequestOutcome =
  | { readonly kind: 'queued'; readonly job: PrintJob }
  /** A copy is in line or on its way already. */
  | { readonly kind: 'under-way'; readonly job: PrintJob }
  /** Whether the last copy printed must be said first. */
  | { readonly kind: 'unconfirmed'; readonly job: PrintJob }
  | { readonly kind: 'too-many-copies' }
  /** No printer of this name, or none at all: nothing was queued. */
  | { readonly kind: 'no-printer' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }
  | { readonly kind: 'stopping' }

export type PrintActOutcome =
  | { readonly kind: 'done'; readonly job: PrintJob }
  /** The job's state does not allow it; the job as it stands. */
  | { readonly kind: 'not-now'; readonly job: PrintJob }
  | { readonly kind: 'no-such-job' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerProblem }

/** The till's print jobs on their way to paper: one line a printer, in order, and never in the way of a payment. */
export type PrintKeeper = {
  /** Takes up every job that a former run left open; what was being sent then is in doubt (I13). */
  resume(): Promise<LedgerProblem | null>
  /** Asks idle printers from now on, for somebody who wants to see how they are. */
  watch(): void
  /** Something may have been journaled that prints: takes up what is new. Neither waits nor throws. */
  look(): void
  /** Prints a document: its original if there was none, else a further copy (补打). */
  request(subject: PrintSubject, by: PrintAsker, wantedPrinter?: string | null): Promise<PrintRequestOutcome>
  /** A person's word on a job in doubt: printed, or the same copy is sent again. */
  lookedAt(jobId: PrintJobId, didPrint: boolean, by: PrintAsker): Promise<PrintActOutcome>
  /** Gives a job up that waits or is in doubt. */
  cancel(jobId: PrintJobId, by: PrintAsker): Promise<PrintActOutcome>
  /** Jobs that are not at their end, oldest first. */
  open(): readonly PrintJob[]
  printers(): readonly PrinterState[]
  /** Resolves when no printer has anything to do by itself now: lines are empty, or held. */
  settled(): Promise<void>
  /** Prints what can be printed at once, cuts off what takes long, and lets the printers go. */
  stop(): Promise<void>
}

/** How long a stop waits for a printer that works. */
export const stopPatienceMs = 8_000

/** Makes the keeper of print jobs over its ports; it does nothing until it is told to. */
export function keepPrinting(parts: PrintKeeperParts): PrintKeeper {
  const { ledger, clock, alarms } = parts
  const journal = keepPrintJobs({
    ...parts,
    onJobChange: (job) => {
      if (isPrintFinal(job.status)) moved.delete(job.jobId)
      parts.onJobChange(job)
    },
  })
  /** Where a job stands if not in the line that it belongs to: a fall-back took it. */
  const moved = new Map<PrintJobId, string>()
  let isStopping = false
  let looking: Promise<void> | null = null
  let mustLookAgain = false
  let cancelLook: (() => void) | null = null

  /** The line that a job belongs to; none where the till has no printer any more. */
  const homeOf = ({ wantedPrinter }: PrintJob): string | undefined => {
    const names = parts.printers.map(({ name }) => name)
    return wantedPrinter !== null && names.includes(wantedPrinter) ? wantedPrinter : names[0]
  }
  const lineOf = (job: PrintJob): string | undefined => moved.get(job.jobId) ?? homeOf(job)
  const inLine = (name: string): readonly PrintJob[] =>
    journal.open().filter((job) => job.status === 'queued' && lineOf(job) === name)

  const lanes = new Map<string, PrintLane>(
    parts.printers.map((printer) => [
      printer.name,
      openPrintLane({
        ...parts,
        printer,
        journal,
        next: () => inLine(printer.name)[0] ?? null,
        onGivesUp: () => handOver(printer),
      }),
    ]),
  )

  /**
   * The jobs of a printer that cannot print go to its fall-back, if that one can, and those that it took over itself go
   * home: not one byte of them has left.
   */
  const handOver = ({ name, fallback }: ConfiguredPrinter): void => {
    for (const job of inLine(name)) {
      const goal = [fallback, homeOf(job)].find((other) => {
        const lane = lanes.get(other ?? '')
        return lane !== undefined && other !== name && !lane.isHeld()
      })
      if (goal === undefined || goal === null) continue
      moved.set(job.jobId, goal)
      lanes.get(goal)?.work()
    }
    parts.onPrinterChange()
  }

  const workAll = (): void => {
    for (const lane of lanes.values()) lane.work()
  }

  /** A job from the ledger that this process does not keep yet. */
  const takeUp = async (job: PrintJob): Promise<void> => {
    journal.keep(job)
    if (job.status === 'sending') await journal.feed(job.jobId, { type: 'resumed', at: clock.now() })
    else parts.onJobChange(job)
  }

  const takeUpNew = async (): Promise<LedgerProblem | null> => {
    const found = await ledger.openPrintJobs()
    if (!found.ok) {
      lookLater()
      return found.problem
    }
    await Promise.all(found.value.filter(({ jobId }) => !journal.hasSeen(jobId)).map(takeUp))
    workAll()
    return null
  }

  const lookLater = (): void => {
    if (isStopping) return
    cancelLook ??= alarms.set(clock.now().monotonicMs + rewriteAfterMs, () => {
      cancelLook = null
      look()
    })
  }

  const look = (): void => {
    if (isStopping || parts.printers.length === 0) return
    if (looking !== null) {
      mustLookAgain = true
      return
    }
    looking = takeUpNew()
      .then(() => undefined, parts.onBug)
      .finally(() => {
        looking = null
        if (mustLookAgain) {
          mustLookAgain = false
          look()
        }
      })
  }

  const request: PrintKeeper['request'] = async (subject, by, wantedPrinter = null) => {
    if (isStopping) return { kind: 'stopping' }
    if (parts.printers.length === 0 || (wantedPrinter !== null && !lanes.has(wantedPrinter))) {
      return { kind: 'no-printer' }
    }
    const made = await ledger.createPrintJob({ ...subject, by, wantedPrinter, at: clock.now() })
    if (!made.ok) return { kind: 'ledger-trouble', problem: made.problem }
    if (made.value.kind !== 'created') return made.value
    const { job } = made.value
    // A look may have found it first; it may even be on its way.
    if (journal.get(job.jobId) === undefined) await takeUp(job)
    const lane = lanes.get(lineOf(job) ?? '')
    // Somebody stands there and waits: a held printer is asked now.
    lane?.work(true)
    return { kind: 'queued', job }
  }

  const act = async (jobId: PrintJobId, event: PrintEvent): Promise<PrintActOutcome> => {
    const kept = journal.get(jobId)
    const found: LedgerResult<PrintJob | null> = kept ? { ok: true, value: kept } : await ledger.printJob(jobId)
    if (!found.ok) return { kind: 'ledger-trouble', problem: found.problem }
    if (found.value === null) return { kind: 'no-such-job' }
    const fed = await journal.feed(jobId, event, 'once')
    if (fed.kind === 'no-use') return { kind: 'not-now', job: fed.job }
    if (fed.kind === 'not-written') {
      return fed.problem === null
        ? { kind: 'not-now', job: found.value }
        : { kind: 'ledger-trouble', problem: fed.problem }
    }
    if (fed.effects.some(({ type }) => type === 'line-up')) lanes.get(lineOf(fed.job) ?? '')?.work(true)
    return { kind: 'done', job: fed.job }
  }

  const settled = async (): Promise<void> => {
    while (looking !== null || [...lanes.values()].some((lane) => lane.isWorking())) {
      await looking
      await Promise.all([...lanes.values()].map((lane) => lane.idle()))
    }
  }

  return {
    resume: takeUpNew,
    watch: () => {
      for (const lane of lanes.values()) lane.watch()
    },
    look,
    request,
    lookedAt: (jobId, didPrint, by) => act(jobId, { type: 'looked-at', at: clock.now(), didPrint, by }),
    cancel: (jobId, by) => act(jobId, { type: 'cancelled', at: clock.now(), by }),
    open: journal.open,
    printers: () =>
      [...lanes.values()].map((lane) => ({
        name: lane.printer.name,
        condition: lane.condition(),
        waiting: inLine(lane.printer.name).length,
        sending: lane.sending(),
      })),
    settled,
    stop: async () => {
      isStopping = true
      cancelLook?.()
      for (const lane of lanes.values()) lane.quiet()
      const cancel = alarms.set(clock.now().monotonicMs + stopPatienceMs, () => {
        for (const lane of lanes.values()) lane.abort()
      })
      journal.quiet()
      await settled()
      cancel()
      await Promise.all([...lanes.values()].map((lane) => lane.printer.device.close()))
    },
  }
}
