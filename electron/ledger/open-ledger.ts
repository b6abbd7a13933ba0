import { join } from 'node:path'
import type { CrashAt } from '../crash-points/crash-switch.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import type { RandomBytes } from './fingerprints.ts'
import type { LedgerReader, LedgerResult, TillLedger } from './ledger.ts'
import { ledgerFileName } from './ledger-file.ts'
import type {
  LedgerAnswers,
  LedgerCall,
  ReaderAnswers,
  ReaderCall,
  ReaderWorkerData,
  WriterWorkerData,
} from './protocol.ts'
import { startWorker, type WorkerClient } from './worker-client.ts'

export type OpenLedgerOptions = {
  /** The till's data folder; made where there is none. */
  readonly dataDirectory: string
  /** Randomness for the ledger's mark and the fingerprint keys; the machine's own unless a run must repeat. */
  readonly random?: RandomBytes
  /** The wall clock in Unix milliseconds, for the ledger's first entry and the life of fingerprints. */
  readonly wallClock?: () => number
  /** Where the worker's program is, if not beside this file: a bundle has it elsewhere. */
  readonly workerUrl?: URL
  /** Room to make at opening for the next commits, in bytes; 4 MiB unless told otherwise, 0 for short-lived ledgers. */
  readonly reservedBytes?: number | undefined
  /** Further PRAGMA statements for the connection, for tests. */
  readonly pragmas?: readonly string[]
  /** Where the process dies, for tests of a training till. */
  readonly crashAt?: CrashAt | undefined
  /** What is printed by itself; nothing unless told. */
  readonly printing?: PrintingRules
}

export type OpenLedgerReaderOptions = Pick<OpenLedgerOptions, 'dataDirectory' | 'workerUrl'>

/** How often fingerprints that are older than their life are looked for, beside every new order. */
const forgettingMs = 3_600_000

/** Where the workers' programs are while the till runs from source. */
const workerUrls = {
  writer: new URL('./writer-worker.ts', import.meta.url),
  reader: new URL('./reader-worker.ts', import.meta.url),
}

/**
 * Opens the ledger of a data folder for the one till that works on it, in a worker that owns the connection.
 *
 * Answers `in-use` while another till has it open, `newer-file` and `damaged` for files that are left as they are,
 * `read-only`, `disk-full` and `disk-error` as the disk says. Rejects if the worker itself cannot start.
 */
export async function openLedger(options: OpenLedgerOptions): Promise<LedgerResult<TillLedger>> {
  const { dataDirectory, random, wallClock = Date.now, pragmas = [] } = options
  const workerData: WriterWorkerData = {
    dataDirectory,
    wallMs: wallClock(),
    seed: random?.(32) ?? null,
    pragmas,
    reservedBytes: options.reservedBytes ?? null,
    crashAt: options.crashAt ?? null,
    printing: options.printing ?? { mode: 'off', revocations: false },
  }
  const started = await startWorker<LedgerCall, LedgerAnswers>({
    url: options.workerUrl ?? workerUrls.writer,
    name: 'ledger writer',
    workerData,
    path: join(dataDirectory, ledgerFileName),
  })
  if (!started.ok) return started
  const worker = started.value
  // A till that stands unused overnight makes no orders that would do this.
  const forgetting = setInterval(() => {
    void worker.ask({ method: 'forgetOldFingerprints', wallMs: wallClock() })
  }, forgettingMs)
  forgetting.unref()
  const ledger: TillLedger = {
    createOrder: (order) => worker.ask({ method: 'createOrder', order }),
    append: (orderNumber, expectedVersion, events) =>
      worker.ask({ method: 'append', orderNumber, expectedVersion, events }),
    openOrders: () => worker.ask({ method: 'openOrders' }),
    order: (orderNumber) => worker.ask({ method: 'order', orderNumber }),
    ordersOfSale: (saleId) => worker.ask({ method: 'ordersOfSale', saleId }),
    scannedBefore: (paymentCode) => worker.ask({ method: 'scannedBefore', paymentCode, wallMs: wallClock() }),
    probe: () => worker.ask({ method: 'probe' }),
    createRefund: (refund) => worker.ask({ method: 'createRefund', refund }),
    appendRefund: (refundNumber, expectedVersion, events) =>
      worker.ask({ method: 'appendRefund', refundNumber, expectedVersion, events }),
    openRefunds: () => worker.ask({ method: 'openRefunds' }),
    refund: (refundNumber) => worker.ask({ method: 'refund', refundNumber }),
    refundsOfOrder: (orderNumber) => worker.ask({ method: 'refundsOfOrder', orderNumber }),
    openShift: (shift) => worker.ask({ method: 'openShift', shift }),
    actOnShift: (shiftId, wanted) => worker.ask({ method: 'actOnShift', shiftId, wanted }),
    currentShift: () => worker.ask({ method: 'currentShift' }),
    recordCash: (cash) => worker.ask({ method: 'recordCash', cash }),
    addPerson: (person) => worker.ask({ method: 'addPerson', person }),
    changePerson: (number, event) => worker.ask({ method: 'changePerson', number, event }),
    staff: () => worker.ask({ method: 'staff' }),
    createPrintJob: (job) => worker.ask({ method: 'createPrintJob', job }),
    appendPrint: (jobId, expectedVersion, events) =>
      worker.ask({ method: 'appendPrint', jobId, expectedVersion, events }),
    openPrintJobs: () => worker.ask({ method: 'openPrintJobs' }),
    printJob: (jobId) => worker.ask({ method: 'printJob', jobId }),
    printJobsOfOrder: (orderNumber) => worker.ask({ method: 'printJobsOfOrder', orderNumber }),
    close: () => {
      clearInterval(forgetting)
      return worker.close()
    },
  }
  return { ok: true, value: ledger }
}

type ReaderClient = WorkerClient<ReaderCall, ReaderAnswers>

const startReader = (options: OpenLedgerReaderOptions): Promise<LedgerResult<ReaderClient>> =>
  startWorker<ReaderCall, ReaderAnswers>({
    url: options.workerUrl ?? workerUrls.reader,
    name: 'ledger reader',
    workerData: { dataDirectory: options.dataDirectory } satisfies ReaderWorkerData,
    path: join(options.dataDirectory, ledgerFileName),
  })

/**
 * Opens a data folder's ledger for lists, in a worker with a read-only connection: beside a till that works on it, or
 * without one. Where there is no ledger yet, lists are empty and nothing is made.
 */
export async function openLedgerReader(options: OpenLedgerReaderOptions): Promise<LedgerResult<LedgerReader>> {
  const started = await startReader(options)
  if (!started.ok) return started
  const { ask, close } = started.value
  return { ok: true, value: readerOver(ask, close) }
}

/**
 * The same for a till that has the ledger open already: its worker starts with the first question, because most
 * commands, and a till before its first list, ask none. A worker that did not start answers the question with the
 * problem and is tried again with the next one.
 */
export function ledgerReaderOnDemand(options: OpenLedgerReaderOptions): LedgerReader {
  let starting: Promise<LedgerResult<ReaderClient>> | null = null
  let isClosed = false
  const ask: ReaderClient['ask'] = async (call, onProgress) => {
    if (isClosed) return { ok: false, problem: { kind: 'closed' } }
    starting ??= startReader(options)
    const started = await starting
    if (started.ok) return started.value.ask(call, onProgress)
    starting = null
    return started
  }
  const close = async (): Promise<void> => {
    isClosed = true
    const started = await starting
    if (started?.ok) await started.value.close()
  }
  return readerOver(ask, close)
}

function readerOver(ask: ReaderClient['ask'], close: () => Promise<void>): LedgerReader {
  return {
    orders: (filter) => ask({ method: 'orders', filter }),
    historyPage: (wish) => ask({ method: 'historyPage', wish }),
    historySums: (query) => ask({ method: 'historySums', query }),
    order: (orderNumber) => ask({ method: 'order', orderNumber }),
    journalOf: (orderNumber) => ask({ method: 'journalOf', orderNumber }),
    unreadable: () => ask({ method: 'unreadable' }),
    refundJournalOf: (orderNumber) => ask({ method: 'refundJournalOf', orderNumber }),
    refundsOfOrder: (orderNumber) => ask({ method: 'refundsOfOrder', orderNumber }),
    printJobs: (limit) => ask({ method: 'printJobs', limit }),
    printJobsOfOrder: (orderNumber) => ask({ method: 'printJobsOfOrder', orderNumber }),
    printJournalOf: (orderNumber) => ask({ method: 'printJournalOf', orderNumber }),
    chainOf: (orderNumber) => ask({ method: 'chainOf', orderNumber }),
    refundsBetween: (fromWallMs, toWallMs) => ask({ method: 'refundsBetween', fromWallMs, toWallMs }),
    linksAt: (sequences) => ask({ method: 'linksAt', sequences }),
    shifts: (wish) => ask({ method: 'shifts', wish }),
    shift: (shiftId) => ask({ method: 'shift', shiftId }),
    shiftSums: (shiftId) => ask({ method: 'shiftSums', shiftId }),
    shiftOrders: (shiftId, wish) => ask({ method: 'shiftOrders', shiftId, wish }),
    shiftCash: (shiftId, wish) => ask({ method: 'shiftCash', shiftId, wish }),
    cashOfSale: (saleId) => ask({ method: 'cashOfSale', saleId }),
    staff: () => ask({ method: 'staff' }),
    overrides: (wish) => ask({ method: 'overrides', wish }),
    verify: (onProgress) => ask({ method: 'verify' }, onProgress),
    close,
  }
}
