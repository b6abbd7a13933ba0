import { createHash } from 'node:crypto'
import type { OnCrashPoint } from '../crash-points/crash-points.ts'
import type { PrintJobId } from '../till/ids.ts'
import type { PrintEvent } from '../till/print/event.ts'
import type { PrinterConditionName, PrintJob } from '../till/print/job.ts'
import type { Moment } from '../till/time.ts'
import type { Alarms, Clock } from './ports.ts'
import type { PrintJournal } from './print-journal.ts'
import type { ConfiguredPrinter, DocumentMaker, DocumentMaking, PrinterNow, PrinterOutcome } from './print-ports.ts'

/** How often a printer that takes nothing is asked again (hardware.md §8: poll every 2 s, resume alone). */
export const printerPollMs = 2_000
/** The longest wait for a printer that says ready and then takes nothing, time after time. */
const longestWaitMs = 60_000
/** How often an idle printer is asked, so that the end of its paper is told before a receipt waits for it. */
export const printerWatchMs = 10_000
/** A way to a printer that is slow to ask, such as a spooler's program, is asked in a twentieth of the time at most. */
const watchGapTimes = 20
/** How long a printer may be unable to print before its fall-back takes its jobs: a change of paper is shorter. */
export const fallbackAfterMs = 10_000

export type PrintLaneParts = {
  readonly printer: ConfiguredPrinter
  readonly journal: PrintJournal
  readonly documents: DocumentMaker
  readonly clock: Clock
  readonly alarms: Alarms
  /** The next job of this printer's line. */
  readonly next: () => PrintJob | null
  /** Told when the printer's condition, or whether it works, has changed. */
  readonly onPrinterChange: () => void
  /** The printer has been unable to print for long: whoever can may take its jobs. */
  readonly onGivesUp: () => void
  readonly onBug?: ((error: unknown) => void) | undefined
  readonly onPoint?: OnCrashPoint | undefined
}

/** One printer's line, with its one writer. */
export type PrintLane = {
  readonly printer: ConfiguredPrinter
  /** What the printer last told; null before it was asked. */
  condition(): PrinterNow | null
  /** Whether it takes nothing now, so that its jobs wait. */
  isHeld(): boolean
  /** The job whose bytes are on their way. */
  sending(): PrintJobId | null
  /** Works the line off, unless that is being done. A held line is asked again at its time, or now if `atOnce`. */
  work(atOnce?: boolean): void
  isWorking(): boolean
  /** Asks the printer from now on when it has nothing to do. */
  watch(): void
  /** Resolves when it does nothing: its line is empty, or held. */
  idle(): Promise<void>
  /** Sets no more alarms; what can be printed now still is. */
  quiet(): void
  /** Cuts off what is under way. */
  abort(): void
}

const takesJobs = ({ kind }: PrinterNow): boolean => kind === 'ready' || kind === 'silent'
/** What a person must mend; a busy printer mends itself. */
const isBroken = (kind: PrinterConditionName): boolean => kind !== 'busy' && kind !== 'ready' && kind !== 'silent'

/** Makes the line of one printer; it does nothing until it is told to work. */
export function openPrintLane(parts: PrintLaneParts): PrintLane {
  const { printer, journal, documents, clock, alarms, onPoint } = parts
  const aborting = new AbortController()
  let condition: PrinterNow | null = null
  let working: Promise<void> | null = null
  let sending: PrintJobId | null = null
  let isQuiet = false
  let cancelAlarm: (() => void) | null = null
  let isHeld = false
  let brokenSinceMs: number | null = null
  let notSentInRow = 0
  let cancelWatch: (() => void) | null = null

  const note = (now: PrinterNow): void => {
    const hasChanged =
      condition?.kind !== now.kind || condition.paperLow !== now.paperLow || condition.cause !== now.cause
    condition = now
    if (isBroken(now.kind)) brokenSinceMs ??= clock.now().monotonicMs
    else brokenSinceMs = null
    if (hasChanged) parts.onPrinterChange()
  }

  /** The line stands still for a while; it never ends the line. */
  const hold = (waitMs: number): void => {
    isHeld = true
    const nowMs = clock.now().monotonicMs
    if (brokenSinceMs !== null && nowMs - brokenSinceMs >= fallbackAfterMs) parts.onGivesUp()
    if (isQuiet) return
    cancelAlarm?.()
    cancelAlarm = alarms.set(nowMs + waitMs, () => {
      cancelAlarm = null
      work(true)
    })
  }

  const lookAtIdle = async (): Promise<void> => {
    const sinceMs = clock.now().monotonicMs
    // A line that works or waits asks by itself.
    if (working === null && !isHeld) {
      const found = await printer.device.condition(aborting.signal).catch((error: unknown) => parts.onBug?.(error))
      if (found && !isQuiet) note(found)
    }
    if (isQuiet) return
    const nowMs = clock.now().monotonicMs
    cancelWatch = alarms.set(nowMs + Math.max(printerWatchMs, (nowMs - sinceMs) * watchGapTimes), () => {
      cancelWatch = null
      void lookAtIdle()
    })
  }

  const work = (atOnce = false): void => {
    if (working !== null || (isHeld && !atOnce)) return
    cancelAlarm?.()
    cancelAlarm = null
    isHeld = false
    working = workOff()
      .catch((error: unknown) => {
        parts.onBug?.(error)
        hold(longestWaitMs)
      })
      .finally(() => {
        working = null
        parts.onPrinterChange()
        // A job may have come between the last look at the line and now.
        if (!isHeld && !aborting.signal.aborted && parts.next() !== null) work()
      })
  }

  const workOff = async (): Promise<void> => {
    for (let job = parts.next(); job !== null && !aborting.signal.aborted; job = parts.next()) {
      note(await printer.device.condition(aborting.signal))
      if (condition !== null && !takesJobs(condition)) return hold(printerPollMs)
      const made = await make(job)
      if (made.kind === 'not-now') return hold(printerPollMs)
      if (made.kind !== 'made') {
        const given = await journal.feed(job.jobId, { type: 'not-made', at: clock.now(), because: made.kind })
        if (given.kind === 'not-written') return hold(printerPollMs)
        continue
      }
      const outcome = await send(job.jobId, made.bytes)
      if (outcome === 'not-written') return hold(printerPollMs)
      if (outcome?.kind !== 'not-sent') {
        notSentInRow = 0
        continue
      }
      notSentInRow += 1
      return hold(Math.min(longestWaitMs, printerPollMs * 2 ** (notSentInRow - 1)))
    }
  }

  /** A document that cannot be made is given up alone, so that the line goes on. */
  const make = async (job: PrintJob): Promise<DocumentMaking> => {
    try {
      return await documents(job, printer.name)
    } catch (error) {
      parts.onBug?.(error)
      return { kind: 'no-document' }
    }
  }

  /** The intent is durable before the first byte; null where somebody cancelled the job just now. */
  const send = async (jobId: PrintJobId, bytes: Uint8Array): Promise<PrinterOutcome | 'not-written' | null> => {
    onPoint?.('print.before-sending')
    const bytesHash = createHash('sha256').update(bytes).digest('hex')
    const intent = { printer: printer.name, bytesHash, byteCount: bytes.length }
    const begun = await journal.feed(jobId, { type: 'sending', at: clock.now(), ...intent })
    if (begun.kind === 'not-written') return begun.kind
    if (begun.kind === 'no-use') return null
    onPoint?.('print.before-first-byte')
    sending = jobId
    parts.onPrinterChange()
    const outcome = await transmit(bytes)
    onPoint?.('print.answered')
    sending = null
    if (outcome.kind !== 'printed') note(outcome.condition)
    await journal.feed(jobId, outcomeEvent(outcome, bytes.length, printer, clock.now()))
    return outcome
  }

  const transmit = async (bytes: Uint8Array): Promise<PrinterOutcome> => {
    try {
      return await printer.device.print(bytes, aborting.signal)
    } catch (error) {
      parts.onBug?.(error)
      return { kind: 'unconfirmed', bytesSent: bytes.length, condition: { kind: 'error' } }
    }
  }

  return {
    printer,
    condition: () => condition,
    isHeld: () => isHeld,
    sending: () => sending,
    work,
    isWorking: () => working !== null,
    watch: () => {
      if (cancelWatch === null && !isQuiet) void lookAtIdle()
    },
    idle: async () => {
      while (working !== null) await working
    },
    quiet: () => {
      isQuiet = true
      cancelAlarm?.()
      cancelAlarm = null
      cancelWatch?.()
      cancelWatch = null
    },
    abort: () => aborting.abort(),
  }
}

/** What the printer said, as the job's event. */
function outcomeEvent(
  outcome: PrinterOutcome,
  byteCount: number,
  { silenceIsEnough }: ConfiguredPrinter,
  at: Moment,
): PrintEvent {
  switch (outcome.kind) {
    case 'printed':
      return { type: 'printed', at, proof: outcome.proof }
    case 'not-sent':
      return { type: 'not-sent', at, condition: outcome.condition.kind }
    case 'unconfirmed': {
      const { bytesSent, condition } = outcome
      const tookAll = condition.kind === 'silent' && bytesSent === byteCount
      if (silenceIsEnough && tookAll) return { type: 'printed', at, proof: 'taken-by-a-silent-model' }
      return { type: 'unconfirmed', at, bytesSent, condition: condition.kind }
    }
  }
}
