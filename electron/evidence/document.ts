import { createHash } from 'node:crypto'
import { foldEntries, readOrderEntry, readTillEntry } from '../ledger/fold.ts'
import type { JournalEntry, OrderChain } from '../ledger/ledger.ts'
import { type Closure, closureOf, type SequencedEvent } from '../till/evidence/closure.ts'
import type { Fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import { shanghaiIso } from '../till/time.ts'

export const evidenceFormat = 'scantill-evidence-1'

/** Who made an export, and when. */
export type EvidenceOrigin = {
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  /** The till practises: no real money was ever behind the order. */
  readonly training: boolean
  readonly programVersion: string
  readonly exportedWallMs: number
}

/** What an export says of the order in fields of its own; all of it follows from the entries. */
export type EvidenceSummary = {
  readonly orderNumber: string
  readonly saleId: string
  readonly channel: string
  readonly wallet: string
  readonly amountFen: Fen
  readonly maskedCode: string
  readonly status: Order['status']
  readonly revokeEffect: Order['revokeEffect']
  readonly transactionId: string | null
  readonly createdAt: string
  readonly statusSince: string
  readonly queries: number
  readonly revokes: number
}

/**
 * The evidence of one order, as it stands in the exported file. There is no secret in it and no payment code, because
 * there is none in the journal (I11).
 */
export type EvidenceDocument = {
  readonly format: typeof evidenceFormat
  readonly exportedAt: string
  readonly programVersion: string
  readonly store: { readonly id: string; readonly name: string }
  readonly till: { readonly id: string }
  readonly training: boolean
  readonly ledger: {
    readonly mark: string
    readonly genesisHash: string
    /** Where the chain ended right before the order's first entry. */
    readonly headBefore: { readonly sequence: number; readonly hash: string }
    /** Where the chain ended when this was exported. */
    readonly headAfter: { readonly sequence: number; readonly hash: string }
  }
  readonly order: EvidenceSummary
  readonly closure: Closure
  /** Every entry of the order, each column exactly as hashed. */
  readonly entries: readonly JournalEntry[]
  /** The chain from the order's first entry to its last; of foreign entries only their place and their hashes. */
  readonly chain: OrderChain['links']
}

export type EvidenceReading =
  | { readonly ok: true; readonly order: Order; readonly closure: Closure }
  | { readonly ok: false; readonly sequence: number; readonly detail: string }

/** The order and the verdict that entries make, from nothing but the entries. */
export function judgeEntries(entries: readonly JournalEntry[]): EvidenceReading {
  const fold = foldEntries(entries)
  if (fold.kind === 'unreadable') return { ok: false, sequence: fold.sequence, detail: fold.detail }
  const events = entries.flatMap((entry): readonly SequencedEvent[] => {
    const reading = readOrderEntry(entry)
    return reading.ok ? [{ sequence: entry.sequence, event: reading.value }] : []
  })
  return { ok: true, order: fold.order, closure: closureOf(fold.order, events) }
}

/** What an export says of an order. */
export function summaryOf(order: Order): EvidenceSummary {
  return {
    orderNumber: order.orderNumber,
    saleId: order.saleId,
    channel: order.channel,
    wallet: order.wallet,
    amountFen: order.amountFen,
    maskedCode: order.maskedCode,
    status: order.status,
    revokeEffect: order.revokeEffect,
    transactionId: order.transactionId,
    createdAt: shanghaiIso(order.createdWallMs),
    statusSince: shanghaiIso(order.statusSinceWallMs),
    queries: order.queries,
    revokes: order.revokes,
  }
}

export type EvidenceMade =
  | { readonly ok: true; readonly document: EvidenceDocument }
  /** The entry named cannot be read: there is nothing to be said of the order, and `verify` says what is broken. */
  | { readonly ok: false; readonly sequence: number; readonly detail: string }

/** The evidence of the order whose chain this is. */
export function makeEvidence(chain: OrderChain, origin: EvidenceOrigin): EvidenceMade {
  const judged = judgeEntries(chain.entries)
  if (!judged.ok) return judged
  const genesis = readTillEntry(chain.genesis)
  if (!genesis.ok) return { ok: false, sequence: chain.genesis.sequence, detail: genesis.detail }
  const first = chain.entries[0]
  if (!first) return { ok: false, sequence: 0, detail: 'the order has no entries' }
  return {
    ok: true,
    document: {
      format: evidenceFormat,
      exportedAt: shanghaiIso(origin.exportedWallMs),
      programVersion: origin.programVersion,
      store: { id: origin.store.id, name: origin.store.name },
      till: { id: origin.till.id },
      training: origin.training,
      ledger: {
        mark: genesis.value.ledgerMark,
        genesisHash: chain.genesis.hash,
        headBefore: { sequence: first.sequence - 1, hash: first.previousHash },
        headAfter: { sequence: chain.head.sequence, hash: chain.head.hash },
      },
      order: summaryOf(judged.order),
      closure: judged.closure,
      entries: chain.entries,
      chain: chain.links,
    },
  }
}

/** SHA-256 of a text, lower-case hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/**
 * The exported file: the document in one fixed form, and last a digest of everything before it. The digest finds what was
 * changed by accident or by a careless hand; it is no signature, and whoever rewrites all of it can make it anew. What
 * cannot be made anew is the ledger: `verify-evidence --data` compares with it.
 */
export function evidenceText(document: EvidenceDocument): string {
  return `${JSON.stringify({ ...document, digest: digestOf(JSON.stringify(document)) }, null, 2)}\n`
}
