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
import { startWorker } from './worker-client.ts'

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
  readonly reservedBytes?: number
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

/**
 * Opens a data folder's ledger for lists, in a worker with a read-only connection: beside a till that works on it, or
 * without one. Where there is no ledger yet, lists are empty and nothing is made.
 */
export async function openLedgerReader(options: OpenLedgerReaderOptions): Promise<LedgerResult<LedgerReader>> {
  const { dataDirectory } = options
  const started = await startWorker<ReaderCall, ReaderAnswers>({
    url: options.workerUrl ?? workerUrls.reader,
    name: 'ledger reader',
    workerData: { dataDirectory } satisfies ReaderWorkerData,
    path: join(dataDirectory, ledgerFileName),
  })
  if (!started.ok) return started
  const worker = started.value
  const reader: LedgerReader = {
    orders: (filter) => worker.ask({ method: 'orders', filter }),
    historyPage: (wish) => worker.ask({ method: 'historyPage', wish }),
    historySums: (query) => worker.ask({ method: 'historySums', query }),
    order: (orderNumber) => worker.ask({ method: 'order', orderNumber }),
    journalOf: (orderNumber) => worker.ask({ method: 'journalOf', orderNumber }),
    unreadable: () => worker.ask({ method: 'unreadable' }),
    refundJournalOf: (orderNumber) => worker.ask({ method: 'refundJournalOf', orderNumber }),
    refundsOfOrder: (orderNumber) => worker.ask({ method: 'refundsOfOrder', orderNumber }),
    printJobs: (limit) => worker.ask({ method: 'printJobs', limit }),
    printJobsOfOrder: (orderNumber) => worker.ask({ method: 'printJobsOfOrder', orderNumber }),
    printJournalOf: (orderNumber) => worker.ask({ method: 'printJournalOf', orderNumber }),
    chainOf: (orderNumber) => worker.ask({ method: 'chainOf', orderNumber }),
    refundsBetween: (fromWallMs, toWallMs) => worker.ask({ method: 'refundsBetween', fromWallMs, toWallMs }),
    linksAt: (sequences) => worker.ask({ method: 'linksAt', sequences }),
    shifts: (wish) => worker.ask({ method: 'shifts', wish }),
    shift: (shiftId) => worker.ask({ method: 'shift', shiftId }),
    shiftSums: (shiftId) => worker.ask({ method: 'shiftSums', shiftId }),
    shiftOrders: (shiftId, wish) => worker.ask({ method: 'shiftOrders', shiftId, wish }),
    shiftCash: (shiftId, wish) => worker.ask({ method: 'shiftCash', shiftId, wish }),
    cashOfSale: (saleId) => worker.ask({ method: 'cashOfSale', saleId }),
    staff: () => worker.ask({ method: 'staff' }),
    overrides: (wish) => worker.ask({ method: 'overrides', wish }),
    verify: (onProgress) => worker.ask({ method: 'verify' }, onProgress),
    close: () => worker.close(),
  }
  return { ok: true, value: reader }
}
