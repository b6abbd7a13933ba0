import type { LedgerProblem, LedgerResult } from '../ledger/ledger.ts'
import type { PrintLedger } from '../ledger/print-ledger.ts'
import type { OrderNumber, PrintJobId } from '../till/ids.ts'
import type { PrintEvent, PrintJobCreated } from '../till/print/event.ts'
import { isPrintFinal, type PrintJob, type PrintSubject, printJobId } from '../till/print/job.ts'
import { nextCopy } from '../till/print/next-copy.ts'
import { foldPrintJob } from '../till/print/step.ts'
import { keepPrinting, type PrintKeeper } from './print-keeper.ts'
import type { ConfiguredPrinter, DocumentMaking, PrinterNow, PrinterOutcome } from './print-ports.ts'
import { type VirtualTime, virtualTime } from './virtual-time.fixture.ts'

export const startWallMs = Date.UTC(2026, 10, 23, 4)

type Kept = { readonly created: PrintJobCreated; readonly events: PrintEvent[] }

/** A printer that is as the test says, and keeps what came onto its paper. */
export type ScriptedPrinter = {
  condition: PrinterNow
  /** What the next prints come to, in their order; printed when there is no more. */
  outcomes: (PrinterOutcome | 'hangs' | 'throws')[]
  readonly printMs: number
  /** The texts that were handed over, in their order. */
  readonly paper: string[]
  /** How many jobs were on their way at once at most. */
  mostAtOnce: number
  asked: number
}

export type VirtualPrinting = {
  readonly time: VirtualTime
  readonly printers: Readonly<Record<string, ScriptedPrinter>>
  /** What happened, in the order in which it happened: commits, and bytes that leave. */
  readonly log: string[]
  readonly bugs: unknown[]
  keeper(): PrintKeeper
  /** A job that the ledger made by itself, and the look that follows. */
  queue(...orderNumbers: readonly string[]): void
  job(jobId: string): PrintJob
  /** From now on writes are refused with this problem; null: they work again. */
  fail(problem: LedgerProblem | null): void
  /** What each document comes to, until it is changed. */
  document: (job: PrintJob) => DocumentMaking | Promise<DocumentMaking>
  /** Kills the process and starts another one on the same ledger. */
  restart(): Promise<void>
}

export const saleOf = (orderNumber: string): PrintSubject => ({
  kind: 'sale',
  subjectId: orderNumber,
  orderNumber: orderNumber as OrderNumber,
})

type Configured = Readonly<Record<string, Partial<Pick<ConfiguredPrinter, 'fallback' | 'silenceIsEnough'>>>>

/** A till's printing in a world of its own: virtual time, a ledger in memory, printers that do as the script says. */
export function virtualPrinting(configured: Configured = { counter: {} }): VirtualPrinting {
  const time = virtualTime(startWallMs)
  const kept = new Map<PrintJobId, Kept>()
  const log: string[] = []
  const bugs: unknown[] = []
  let problem: LedgerProblem | null = null
  const names = Object.keys(configured)
  const printers: Readonly<Record<string, ScriptedPrinter>> = Object.fromEntries(
    names.map((name) => [
      name,
      { condition: { kind: 'ready' }, outcomes: [], printMs: 500, paper: [], mostAtOnce: 0, asked: 0 },
    ]),
  )

  const jobOf = (jobId: PrintJobId): PrintJob | null => {
    const found = kept.get(jobId)
    return found ? foldPrintJob(found.created, found.events) : null
  }
  const all = (): readonly PrintJob[] => [...kept.keys()].flatMap((jobId) => jobOf(jobId) ?? [])
  const make = (subject: PrintSubject, copy: number, wantedPrinter: string | null): PrintJob => {
    const jobId = printJobId(subject, copy)
    const at = { wallMs: time.wallMs(), monotonicMs: 1_000 }
    kept.set(jobId, {
      created: { type: 'created', at, jobId, ...subject, copy, askedBy: null, wantedPrinter },
      events: [],
    })
    log.push(`commit created ${jobId}`)
    return jobOf(jobId) as PrintJob
  }

  const openLedger = (isAlive: () => boolean): PrintLedger => {
    const never = new Promise<never>(() => undefined)
    const answer = async <Value>(work: () => Value, writes: boolean): Promise<LedgerResult<Value>> => {
      await Promise.resolve()
      if (!isAlive()) return never
      return writes && problem ? { ok: false, problem } : { ok: true, value: work() }
    }
    return {
      createPrintJob: ({ by: _, at, wantedPrinter, ...subject }) =>
        answer(() => {
          const next = nextCopy(
            all().filter(({ kind, subjectId }) => kind === subject.kind && subjectId === subject.subjectId),
          )
          if (next.kind === 'new') return { kind: 'created', job: make(subject, next.copy, wantedPrinter) } as const
          if (next.kind !== 'again') return next
          kept.get(next.job.jobId)?.events.push({ type: 'wanted-again', at, by: 'cashier' })
          return { kind: 'created', job: jobOf(next.job.jobId) as PrintJob } as const
        }, true),
      appendPrint: (jobId, expectedVersion, events) =>
        answer(() => {
          if (jobOf(jobId)?.version !== expectedVersion)
            throw new Error(`${jobId} is not at version ${expectedVersion}`)
          for (const event of events) {
            kept.get(jobId)?.events.push(event)
            log.push(`commit ${event.type} ${jobId}`)
          }
          return jobOf(jobId) as PrintJob
        }, true),
      openPrintJobs: () => answer(() => all().filter(({ status }) => !isPrintFinal(status)), false),
      printJob: (jobId) => answer(() => jobOf(jobId), false),
      printJobsOfOrder: (orderNumber) => answer(() => all().filter((job) => job.orderNumber === orderNumber), false),
    }
  }

  const openDevice = (name: string, scripted: ScriptedPrinter, isAlive: () => boolean) => {
    let atOnce = 0
    const never = new Promise<never>(() => undefined)
    return {
      condition: async () => {
        await Promise.resolve()
        scripted.asked += 1
        return scripted.condition
      },
      print: async (bytes: Uint8Array, signal: AbortSignal): Promise<PrinterOutcome> => {
        atOnce += 1
        scripted.mostAtOnce = Math.max(scripted.mostAtOnce, atOnce)
        const text = new TextDecoder().decode(bytes)
        const outcome = scripted.outcomes.shift() ?? { kind: 'printed', proof: 'status-after-data' }
        log.push(`send ${name} ${text}`)
        if (outcome === 'throws') throw new Error('a bug of the device')
        const { promise, resolve } = Promise.withResolvers<void>()
        if (outcome === 'hangs') signal.addEventListener('abort', () => resolve())
        else time.after(scripted.printMs, resolve)
        await promise
        atOnce -= 1
        if (!isAlive()) return never
        if (outcome === 'hangs') return { kind: 'unconfirmed', bytesSent: bytes.length, condition: { kind: 'busy' } }
        if (outcome.kind === 'printed') scripted.paper.push(text)
        return outcome
      },
      close: async () => void log.push(`close ${name}`),
    }
  }

  const start = () => {
    const process = time.process()
    let isKilled = false
    const isAlive = (): boolean => !isKilled
    const keeper = keepPrinting({
      ledger: openLedger(isAlive),
      clock: process.clock,
      alarms: process.alarms,
      printers: Object.entries(printers).map(([name, scripted]) => ({
        name,
        device: openDevice(name, scripted, isAlive),
        fallback: configured[name]?.fallback ?? null,
        silenceIsEnough: configured[name]?.silenceIsEnough ?? false,
      })),
      documents: async (job) => printing.document(job),
      onJobChange: ({ jobId, status }) => void log.push(`show ${status} ${jobId}`),
      onPrinterChange: () => undefined,
      onTrouble: () => undefined,
      onBug: (error) => void bugs.push(error),
    })
    return {
      keeper,
      kill: () => {
        isKilled = true
        process.kill()
      },
    }
  }

  const printing: VirtualPrinting = {
    time,
    printers,
    log,
    bugs,
    keeper: () => running.keeper,
    queue(...orderNumbers) {
      for (const orderNumber of orderNumbers) make(saleOf(orderNumber), 1, null)
      running.keeper.look()
    },
    job: (jobId) => jobOf(jobId as PrintJobId) ?? missing(jobId),
    fail: (next) => {
      problem = next
    },
    document: ({ subjectId, copy }) => ({ kind: 'made', bytes: new TextEncoder().encode(`${subjectId}/${copy}`) }),
    async restart() {
      running.kill()
      running = start()
      await running.keeper.resume()
    },
  }
  let running = start()
  return printing
}

function missing(jobId: string): never {
  throw new Error(`the ledger holds no ${jobId}`)
}
