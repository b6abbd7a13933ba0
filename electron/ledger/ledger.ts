import type {
  ChannelId,
  MaskedCode,
  OrderNumber,
  PaymentCode,
  RefundNumber,
  SaleId,
  ShiftId,
  StaffNumber,
  TransactionId,
} from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { OrderEvent } from '../till/order/event.ts'
import type { Order, OrderStatus } from '../till/order/order.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { RefundEvent } from '../till/refund/event.ts'
import type { Refund } from '../till/refund/refund.ts'
import type { Moment } from '../till/time.ts'
import type { HistoryReader } from './history-ledger.ts'
import type { LedgerResult } from './ledger-result.ts'
import type { PrintLedger } from './print-ledger.ts'
import type { NewRefund, NewRefundResult } from './refund-ledger.ts'
import type { ShiftLedger, ShiftReader } from './shift-ledger.ts'

export type { BackupNote, LedgerProblem, LedgerResult } from './ledger-result.ts'

export type NewOrder = {
  /** The sale that the order belongs to; a sale that does not exist yet is opened with it. */
  readonly saleId: SaleId
  readonly storeId: string
  readonly tillId: string
  readonly channel: ChannelId
  /** Whose account the channel is now. */
  readonly account?: string
  readonly wallet: Wallet
  readonly amountFen: Fen
  readonly maskedCode: MaskedCode
  /** Used for the keyed fingerprint only and forgotten at once; never written (I11). */
  readonly paymentCode: PaymentCode
  readonly policy: ChannelPolicy
  /** Who is signed in; where that is not said, who runs the open shift. */
  readonly cashier?: StaffNumber
  readonly at: Moment
}

export type NewOrderResult =
  /** The intent to charge is on disk: the order is `paying` and its pay request may leave. */
  | { readonly kind: 'created'; readonly order: Order }
  /** The same code was scanned before, within the life of its fingerprint (24 h): the same attempt. */
  | { readonly kind: 'scanned-before'; readonly order: Order }

/** What the ledger does for refunds; part of `Ledger`. */
export type RefundLedger = {
  /** Checks what is left to refund and journals the intent, in one commit: no two refunds can spend the same fen (I8). */
  createRefund(refund: NewRefund): Promise<LedgerResult<NewRefundResult>>
  /** Journals events of one refund and answers the refund after them; as `append` does for orders. */
  appendRefund(
    refundNumber: RefundNumber,
    expectedVersion: number,
    events: readonly RefundEvent[],
  ): Promise<LedgerResult<Refund>>
  /** Every refund that is not at its end, oldest first. */
  openRefunds(): Promise<LedgerResult<readonly Refund[]>>
  refund(refundNumber: RefundNumber): Promise<LedgerResult<Refund | null>>
  /** Every refund of an order, oldest first. */
  refundsOfOrder(orderNumber: OrderNumber): Promise<LedgerResult<readonly Refund[]>>
}

/**
 * The till's durable memory: an append-only, hash-chained journal of events and its projections, owned by one worker
 * (design §3, I1, I12). Every promise that resolves `ok` was committed to disk with an fsync before.
 */
export type Ledger = RefundLedger & {
  /** Allocates the order number from the durable sequence and journals `created` and `pay-requested` in one commit. */
  createOrder(order: NewOrder): Promise<LedgerResult<NewOrderResult>>
  /**
   * Journals events of one order and answers the order after them. `expectedVersion` is the version that the caller's
   * order had; another one in the ledger is a bug and rejects.
   */
  append(orderNumber: OrderNumber, expectedVersion: number, events: readonly OrderEvent[]): Promise<LedgerResult<Order>>
  /**
   * Every order that the till still works on by itself, oldest first: those that are not at their end, attention cases
   * among them, and those at an end that is looked at once more.
   */
  openOrders(): Promise<LedgerResult<readonly Order[]>>
  order(orderNumber: OrderNumber): Promise<LedgerResult<Order | null>>
  /** Every order of a sale, oldest first; empty when there is no such sale. */
  ordersOfSale(saleId: SaleId): Promise<LedgerResult<readonly Order[]>>
  /** The order that this code was scanned for within the life of its fingerprint (24 h), or null. */
  scannedBefore(paymentCode: PaymentCode): Promise<LedgerResult<Order | null>>
  /** Tries a small durable write and says whether a payment could be journaled now. */
  probe(): Promise<LedgerResult<null>>
  close(): Promise<void>
}

/** The ledger of a till: what the runner needs of it, and what shifts, cash and staff do. */
export type TillLedger = Ledger & ShiftLedger & PrintLedger

export type OrderFilter = {
  /** A shift's id, an implicit one's too. */
  readonly shiftId?: ShiftId
  readonly status?: OrderStatus
  /** Part of an order number, a transaction id or a sale id, an amount in yuan, or the last four digits of the code. */
  readonly text?: string
  /** The wallet's own number of the payment, whole. */
  readonly transactionId?: TransactionId
  /** Wall times, from inclusive, to exclusive. */
  readonly fromWallMs?: number
  readonly toWallMs?: number
  /** Only orders older than this one: the last of a page, for the page after it. */
  readonly before?: OrderNumber
  readonly limit?: number
}

/** One event as it stands in the journal. */
export type JournalEntry = {
  readonly sequence: number
  readonly wallMs: number
  readonly subject: 'till' | 'sale' | 'order' | 'refund' | 'print' | 'shift' | 'staff' | 'cash'
  /** Sale id, order, refund, staff or cash number, print job's name or shift id; empty for the till's own events. */
  readonly subjectId: string
  readonly type: string
  /** The event's own data as JSON text, exactly as hashed. */
  readonly payload: string
  readonly previousHash: string
  readonly hash: string
}

/** An entry of an order that is kept as it was written and cannot be understood. */
export type UnreadableRecord = {
  readonly orderNumber: string
  readonly sequence: number
  readonly wallMs: number
  readonly type: string
  /** Why, in a clause; never a part of the record itself. */
  readonly detail: string
}

/** An entry without its content: its place in the chain. */
export type ChainLink = Pick<JournalEntry, 'sequence' | 'previousHash' | 'hash'>

/** One order's entries with the part of the chain that they stand in, as of one moment. */
export type OrderChain = {
  readonly entries: readonly JournalEntry[]
  /**
   * Links from the order's first entry to its last, ascending, the order's own among them. Where very many foreign
   * entries stand between two of its own, those in the middle are left out.
   */
  readonly links: readonly ChainLink[]
  /** Where the chain ended when this was read. */
  readonly head: Pick<ChainLink, 'sequence' | 'hash'>
  /** The journal's first entry. */
  readonly genesis: JournalEntry
}

/** One thing that `verify` found broken. */
export type Breach =
  | { readonly kind: 'chain'; readonly sequence: number; readonly detail: string }
  | { readonly kind: 'unreadable-entry'; readonly sequence: number; readonly detail: string }
  | { readonly kind: 'projection'; readonly subjectId: string; readonly detail: string }

export type Verification = { readonly events: number; readonly broken: readonly Breach[] }

/** Reads lists over a second, read-only connection in its own worker, so that no report delays a payment. */
export type LedgerReader = ShiftReader &
  HistoryReader & {
    /** Newest first. */
    orders(filter: OrderFilter): Promise<LedgerResult<readonly Order[]>>
    order(orderNumber: OrderNumber): Promise<LedgerResult<Order | null>>
    journalOf(orderNumber: OrderNumber): Promise<LedgerResult<readonly JournalEntry[]>>
    /** Every record of an order that is kept and cannot be understood, oldest first; lists go on without them. */
    unreadable(): Promise<LedgerResult<readonly UnreadableRecord[]>>
    /** The entries of all refunds of an order, in the order of the journal. */
    refundJournalOf(orderNumber: OrderNumber): Promise<LedgerResult<readonly JournalEntry[]>>
    /** Every refund of an order, oldest first. */
    refundsOfOrder(orderNumber: OrderNumber): Promise<LedgerResult<readonly Refund[]>>
    /** Every refund begun between two wall times, the second exclusive, oldest first. */
    refundsBetween(fromWallMs: number, toWallMs: number): Promise<LedgerResult<readonly Refund[]>>
    /** The newest jobs of print first, at most so many. */
    printJobs(limit: number): Promise<LedgerResult<readonly PrintJob[]>>
    /** Every print job of an order, its refunds' among them, oldest first. */
    printJobsOfOrder(orderNumber: OrderNumber): Promise<LedgerResult<readonly PrintJob[]>>
    /** The entries of all print jobs of an order, in the order of the journal. */
    printJournalOf(orderNumber: OrderNumber): Promise<LedgerResult<readonly JournalEntry[]>>
    /** An order's entries within the chain; null where the ledger has no such order. */
    chainOf(orderNumber: OrderNumber): Promise<LedgerResult<OrderChain | null>>
    /** The links that stand at these places; places that the journal does not have are left out. */
    linksAt(sequences: readonly number[]): Promise<LedgerResult<readonly ChainLink[]>>
    /** Walks the whole chain and compares every projection with the journal; `onProgress` counts events done. */
    verify(onProgress?: (done: number, total: number) => void): Promise<LedgerResult<Verification>>
    close(): Promise<void>
  }
