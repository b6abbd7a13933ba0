import { entryHash, genesisPreviousHash, genesisType, type JournalFact } from '../ledger/journal.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { OrderNumber, RefundNumber, SaleId } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import type { Refund } from '../till/refund/refund.ts'

/** What lies on a till's disk: it survives every process. */
export type Disk = {
  readonly entries: JournalEntry[]
  readonly entriesOfOrder: Map<OrderNumber, JournalEntry[]>
  /** The projection of each order. */
  readonly orders: Map<OrderNumber, Order>
  readonly refunds: Map<RefundNumber, Refund>
  readonly sales: Set<SaleId>
  /** Stands for the keyed fingerprints: the simulated ledger knows a code, and must never write it. */
  readonly scanned: Map<string, { readonly orderNumber: OrderNumber; readonly wallMs: number }>
  /** Orders and refunds of which a commit was reported as failed and is on disk all the same. */
  readonly contradicted: Set<string>
}

export function emptyDisk(): Disk {
  return {
    entries: [],
    entriesOfOrder: new Map(),
    orders: new Map(),
    refunds: new Map(),
    sales: new Set(),
    scanned: new Map(),
    contradicted: new Set(),
  }
}

/** An empty disk on which a ledger was begun. */
export function formatDisk(wallMs: number, ledgerMark: string): Disk {
  const disk = emptyDisk()
  const payload = JSON.stringify({ ledgerMark })
  appendFact(disk, { wallMs, subject: 'till', subjectId: '', type: genesisType, payload })
  return disk
}

/** Adds one entry at the end of a disk's journal, with the production ledger's hashes. */
export function appendFact(disk: Disk, fact: JournalFact): JournalEntry {
  const former = disk.entries.at(-1)
  const { wallMs, subject, subjectId, type, payload } = fact
  const linked = {
    sequence: (former?.sequence ?? 0) + 1,
    wallMs,
    subject,
    subjectId,
    type,
    payload,
    previousHash: former?.hash ?? genesisPreviousHash,
  }
  const entry: JournalEntry = { ...linked, hash: entryHash(linked) }
  disk.entries.push(entry)
  return entry
}
