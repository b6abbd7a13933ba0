import type { ChannelId, MaskedCode, OrderNumber, PaymentCode, SaleId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import type { OrderEvent } from '../till/order/event.ts'
import type { Order, OrderStatus } from '../till/order/order.ts'
import type { Wallet } from '../till/payment-code.ts'
import type { ChannelPolicy } from '../till/policy.ts'
import type { Moment } from '../till/time.ts'

/** Why the ledger could not do something. Nothing was changed, and nothing is lost: what was committed before stands. */
export type LedgerProblem =
  | { readonly kind: 'read-only'; readonly path: string }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'disk-error'; readonly path: string; readonly detail: string }
  /** The file was written by a newer program. */
  | {
      readonly kind: 'newer-file'
      readonly path: string
      readonly fileVersion: number
      readonly programVersion: number
    }
  /** Not a ledger, or a torn one; it is left as it is. */
  | { readonly kind: 'damaged'; readonly path: string; readonly detail: string }
  /** Another till works on this data folder. */
  | { readonly kind: 'in-use'; readonly path: string }
  | { readonly kind: 'closed' }

/** Thrown by nobody and returned by all: an expected failure of the ledger. */
export type LedgerResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: LedgerProblem }

export type NewOrder = {
  /** The sale that the order belongs to; a sale that does not exist yet is opened with it. */
  readonly saleId: SaleId
  readonly storeId: string
  readonly tillId: string
  readonly channel: ChannelId
  readonly wallet: Wallet
  readonly amountFen: Fen
  readonly maskedCode: MaskedCode
  /** Used for the keyed fingerprint only and forgotten at once; never written (I11). */
  readonly paymentCode: PaymentCode
  readonly policy: ChannelPolicy
  readonly at: Moment
}

export type NewOrderResult =
  /** The intent to charge is on disk: the order is `paying` and its pay request may leave. */
  | { readonly kind: 'created'; readonly order: Order }
  /** The same code was scanned before, within the life of its fingerprint (24 h): the same attempt. */
  | { readonly kind: 'scanned-before'; readonly order: Order }

/**
 * The till's durable memory: an append-only, hash-chained journal of events and its projections, owned by one worker
 * (design §3, I1, I12). Every promise that resolves `ok` was committed to disk with an fsync before.
 */
export type Ledger = {
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

export type OrderFilter = {
  readonly status?: OrderStatus
  /** Part of an order number, a transaction id or a sale id, an amount in yuan, or the last four digits of the code. */
  readonly text?: string
  /** Wall times, from inclusive, to exclusive. */
  readonly fromWallMs?: number
  readonly toWallMs?: number
  readonly limit?: number
}

/** One event as it stands in the journal. */
export type JournalEntry = {
  readonly sequence: number
  readonly wallMs: number
  readonly subject: 'till' | 'sale' | 'order'
  /** Sale id or order number; empty for the till's own events. */
  readonly subjectId: string
  readonly type: string
  /** The event's own data as JSON text, exactly as hashed. */
  readonly payload: string
  readonly previousHash: string
  readonly hash: string
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
export type LedgerReader = {
  /** Newest first. */
  orders(filter: OrderFilter): Promise<LedgerResult<readonly Order[]>>
  order(orderNumber: OrderNumber): Promise<LedgerResult<Order | null>>
  journalOf(orderNumber: OrderNumber): Promise<LedgerResult<readonly JournalEntry[]>>
  /** An order's entries within the chain; null where the ledger has no such order. */
  chainOf(orderNumber: OrderNumber): Promise<LedgerResult<OrderChain | null>>
  /** The links that stand at these places; places that the journal does not have are left out. */
  linksAt(sequences: readonly number[]): Promise<LedgerResult<readonly ChainLink[]>>
  /** Walks the whole chain and compares every projection with the journal; `onProgress` counts events done. */
  verify(onProgress?: (done: number, total: number) => void): Promise<LedgerResult<Verification>>
  close(): Promise<void>
}
