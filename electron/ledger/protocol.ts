import type { CrashAt } from '../crash-points/crash-switch.ts'
import type { OrderNumber, PaymentCode, PrintJobId, RefundNumber, SaleId } from '../till/ids.ts'
import type { OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { PrintEvent } from '../till/print/event.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { PrintingRules } from '../till/print/what-to-print.ts'
import type { RefundEvent } from '../till/refund/event.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { HistoryCell, HistoryEntries, HistoryQuery, HistoryWish } from './history-ledger.ts'
import type {
  ChainLink,
  JournalEntry,
  LedgerProblem,
  LedgerResult,
  NewOrder,
  NewOrderResult,
  OrderChain,
  OrderFilter,
  UnreadableRecord,
  Verification,
} from './ledger.ts'
import type { NewPrintJob, NewPrintJobResult } from './print-ledger.ts'
import type { NewRefund, NewRefundResult } from './refund-ledger.ts'
import {
  type ShiftAnswers,
  type ShiftCall,
  type ShiftReaderAnswers,
  type ShiftReaderCall,
  shiftWrites,
} from './shift-protocol.ts'

/** What the writer can be asked, and what each call answers when it is done. */
export type LedgerCall =
  | ShiftCall
  | { readonly method: 'createOrder'; readonly order: NewOrder }
  | {
      readonly method: 'append'
      readonly orderNumber: OrderNumber
      readonly expectedVersion: number
      readonly events: readonly OrderEvent[]
    }
  | { readonly method: 'openOrders' }
  | { readonly method: 'order'; readonly orderNumber: OrderNumber }
  | { readonly method: 'ordersOfSale'; readonly saleId: SaleId }
  | { readonly method: 'scannedBefore'; readonly paymentCode: PaymentCode; readonly wallMs: number }
  | { readonly method: 'forgetOldFingerprints'; readonly wallMs: number }
  | { readonly method: 'probe' }
  | { readonly method: 'createRefund'; readonly refund: NewRefund }
  | {
      readonly method: 'appendRefund'
      readonly refundNumber: RefundNumber
      readonly expectedVersion: number
      readonly events: readonly RefundEvent[]
    }
  | { readonly method: 'openRefunds' }
  | { readonly method: 'refund'; readonly refundNumber: RefundNumber }
  | { readonly method: 'refundsOfOrder'; readonly orderNumber: OrderNumber }
  | { readonly method: 'createPrintJob'; readonly job: NewPrintJob }
  | {
      readonly method: 'appendPrint'
      readonly jobId: PrintJobId
      readonly expectedVersion: number
      readonly events: readonly PrintEvent[]
    }
  | { readonly method: 'openPrintJobs' }
  | { readonly method: 'printJob'; readonly jobId: PrintJobId }
  | { readonly method: 'printJobsOfOrder'; readonly orderNumber: OrderNumber }

export type LedgerAnswers = ShiftAnswers & {
  readonly createOrder: NewOrderResult
  readonly append: Order
  readonly openOrders: readonly Order[]
  readonly order: Order | null
  readonly ordersOfSale: readonly Order[]
  readonly scannedBefore: Order | null
  readonly forgetOldFingerprints: null
  readonly probe: null
  readonly createRefund: NewRefundResult
  readonly appendRefund: Refund
  readonly openRefunds: readonly Refund[]
  readonly refund: Refund | null
  readonly refundsOfOrder: readonly Refund[]
  readonly createPrintJob: NewPrintJobResult
  readonly appendPrint: PrintJob
  readonly openPrintJobs: readonly PrintJob[]
  readonly printJob: PrintJob | null
  readonly printJobsOfOrder: readonly PrintJob[]
}

/** What the reader can be asked, and what each call answers. */
export type ReaderCall =
  | ShiftReaderCall
  | { readonly method: 'orders'; readonly filter: OrderFilter }
  | { readonly method: 'historyPage'; readonly wish: HistoryWish }
  | { readonly method: 'historySums'; readonly query: HistoryQuery }
  | { readonly method: 'order'; readonly orderNumber: OrderNumber }
  | { readonly method: 'journalOf'; readonly orderNumber: OrderNumber }
  | { readonly method: 'unreadable' }
  | { readonly method: 'refundJournalOf'; readonly orderNumber: OrderNumber }
  | { readonly method: 'refundsOfOrder'; readonly orderNumber: OrderNumber }
  | { readonly method: 'refundsBetween'; readonly fromWallMs: number; readonly toWallMs: number }
  | { readonly method: 'printJobs'; readonly limit: number }
  | { readonly method: 'printJobsOfOrder'; readonly orderNumber: OrderNumber }
  | { readonly method: 'printJournalOf'; readonly orderNumber: OrderNumber }
  | { readonly method: 'chainOf'; readonly orderNumber: OrderNumber }
  | { readonly method: 'linksAt'; readonly sequences: readonly number[] }
  | { readonly method: 'verify' }

export type ReaderAnswers = ShiftReaderAnswers & {
  readonly orders: readonly Order[]
  readonly historyPage: HistoryEntries
  readonly historySums: readonly HistoryCell[]
  readonly order: Order | null
  readonly journalOf: readonly JournalEntry[]
  readonly unreadable: readonly UnreadableRecord[]
  readonly refundJournalOf: readonly JournalEntry[]
  readonly refundsOfOrder: readonly Refund[]
  readonly refundsBetween: readonly Refund[]
  readonly printJobs: readonly PrintJob[]
  readonly printJobsOfOrder: readonly PrintJob[]
  readonly printJournalOf: readonly JournalEntry[]
  readonly chainOf: OrderChain | null
  readonly linksAt: readonly ChainLink[]
  readonly verify: Verification
}

/** How a call went. A bug is the caller's or ours, never the disk's: it rejects on the caller's side. */
export type CallOutcome<Value = unknown> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: LedgerProblem }
  | { readonly kind: 'bug'; readonly message: string }

/** To a worker. Calls are numbered by the side that asks. */
export type WorkerRequest<Call> =
  | { readonly type: 'call'; readonly id: number; readonly call: Call }
  | { readonly type: 'close' }

/** From a worker: first whether it could open, then answers by number, several at once where they became true at once. */
export type WorkerReply =
  | { readonly type: 'opened'; readonly result: LedgerResult<null> }
  | { readonly type: 'answers'; readonly answers: readonly { readonly id: number; readonly outcome: CallOutcome }[] }
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }

/** What the writer worker is started with. */
export type WriterWorkerData = {
  readonly dataDirectory: string
  readonly wallMs: number
  /** Where the randomness comes from when it must repeat: 32 bytes that everything is derived from. */
  readonly seed: Uint8Array | null
  readonly pragmas: readonly string[]
  readonly reservedBytes: number | null
  /** Where the process dies, for tests. */
  readonly crashAt: CrashAt | null
  /** What is printed by itself. */
  readonly printing: PrintingRules
}

/** What the reader worker is started with. */
export type ReaderWorkerData = { readonly dataDirectory: string }

const writes: { readonly [Method in LedgerCall['method']]: boolean } = {
  ...shiftWrites,
  createOrder: true,
  append: true,
  openOrders: false,
  order: false,
  ordersOfSale: false,
  scannedBefore: false,
  forgetOldFingerprints: true,
  probe: true,
  createRefund: true,
  appendRefund: true,
  openRefunds: false,
  refund: false,
  refundsOfOrder: false,
  createPrintJob: true,
  appendPrint: true,
  openPrintJobs: false,
  printJob: false,
  printJobsOfOrder: false,
}

/** Whether a call changes the ledger, so that its answer must wait for a commit. */
export function isWrite(call: LedgerCall): boolean {
  return writes[call.method]
}

/** What a bug says for itself. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
