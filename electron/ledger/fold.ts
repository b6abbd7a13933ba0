import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import { orderEventTypes } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import { createOrder, step } from '../till/order/step.ts'
import type { JournalEntry } from './ledger.ts'

/** The data of a sale's first entry. */
export type SaleOpened = { readonly amountFen: number }

/** The data of the journal's first entry. */
export type LedgerBegun = { readonly type: 'ledger-begun'; readonly ledgerMark: string }

/** The data of the till's entry after a restore: from then on order numbers bear another mark. */
export type LedgerRestored = {
  readonly type: 'restored'
  readonly ledgerMark: string
  /** The backup's name; null where nothing but the damaged file was left. */
  readonly backup: string | null
  /** Where the backup ended. */
  readonly backupSequence: number
  /** Entries of the damaged file that were brought over after it. */
  readonly salvaged: number
}

/** A payload as read, or why it cannot be. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly detail: string }

/** A payload's members. */
export type Data = Readonly<Record<string, unknown>>

/** The payload of an order's event: everything but its type, which has a column of its own. */
export function orderPayload(event: OrderCreated | OrderEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** Whether a value is a JSON object. */
export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The entry's payload as a JSON object. */
export function readData(entry: JournalEntry): Reading<Data> {
  try {
    const data: unknown = JSON.parse(entry.payload)
    return isData(data) ? { ok: true, value: data } : { ok: false, detail: 'the payload is no JSON object' }
  } catch {
    // The parser's own message quotes the payload, and payloads do not belong into messages.
    return { ok: false, detail: 'the payload is no JSON' }
  }
}

/** A reading that failed, and why. */
export const refused = (detail: string): { readonly ok: false; readonly detail: string } => ({ ok: false, detail })

/** The entry as an event of its order. Checks what the fold relies on, not every field of every outcome. */
export function readOrderEntry(entry: JournalEntry): Reading<OrderCreated | OrderEvent> {
  const reading = readData(entry)
  if (!reading.ok) return reading
  const data = reading.value
  const { at, outcome } = data
  if (!isData(at) || typeof at.monotonicMs !== 'number' || at.wallMs !== entry.wallMs) {
    return refused('the moment is missing or is not the entry’s')
  }
  if (entry.type === 'created') {
    const texts = [data.orderNumber, data.saleId, data.channel, data.wallet, data.maskedCode]
    if (!texts.every((text) => typeof text === 'string')) return refused('a text of the created order is missing')
    if (data.orderNumber !== entry.subjectId) return refused('the order number is not the entry’s')
    if (!Number.isSafeInteger(data.amountFen) || !isData(data.policy)) return refused('amount or policy is missing')
  } else {
    if (!orderEventTypes.some((type) => type === entry.type)) return refused('no event of an order has this type')
    const isAnswer = entry.type.endsWith('-answered')
    if (isAnswer && !(isData(outcome) && typeof outcome.kind === 'string' && isData(outcome.evidence))) {
      return refused('the outcome is missing')
    }
  }
  // The hash chain says that this is what `orderPayload` wrote, and the checks above that the fold can take it.
  return { ok: true, value: { ...data, type: entry.type } as unknown as OrderCreated | OrderEvent }
}

export function readSaleEntry(entry: JournalEntry): Reading<SaleOpened> {
  const reading = readData(entry)
  if (!reading.ok) return reading
  const { amountFen } = reading.value
  if (entry.type !== 'sale-opened') return refused('no event of a sale has this type')
  if (!Number.isSafeInteger(amountFen)) return refused('the amount is missing')
  return { ok: true, value: { amountFen: Number(amountFen) } }
}

export function readTillEntry(entry: JournalEntry): Reading<LedgerBegun | LedgerRestored> {
  const reading = readData(entry)
  if (!reading.ok) return reading
  const { ledgerMark, backup, backupSequence, salvaged } = reading.value
  if (entry.type !== 'ledger-begun' && entry.type !== 'restored') return refused('no event of the till has this type')
  if (typeof ledgerMark !== 'string' || !/^[0-9A-Z]{4}$/.test(ledgerMark))
    return refused('the ledger’s mark is missing')
  if (entry.type === 'ledger-begun') return { ok: true, value: { type: entry.type, ledgerMark } }
  if (backup !== null && typeof backup !== 'string') return refused('the backup’s name is missing')
  if (!Number.isSafeInteger(backupSequence) || !Number.isSafeInteger(salvaged)) return refused('a count is missing')
  const counts = { backupSequence: Number(backupSequence), salvaged: Number(salvaged) }
  return { ok: true, value: { type: entry.type, ledgerMark, backup, ...counts } }
}

/** One order as its journal entries make it. */
export type Fold =
  | { readonly kind: 'order'; readonly createdSequence: number; readonly order: Order }
  /** The entry named cannot be read or cannot follow what stands before it; nothing is known of the order. */
  | { readonly kind: 'unreadable'; readonly sequence: number; readonly detail: string }

/** Folds all entries of one order, in the order of the journal, through the payment core. */
export function foldEntries(entries: readonly JournalEntry[]): Fold {
  let folded: { createdSequence: number; order: Order } | null = null
  for (const entry of entries) {
    const { sequence } = entry
    const reading = readOrderEntry(entry)
    if (!reading.ok) return { kind: 'unreadable', sequence, detail: reading.detail }
    const event = reading.value
    if (event.type === 'created') {
      if (folded) return { kind: 'unreadable', sequence, detail: 'the order was created before' }
      folded = { createdSequence: sequence, order: createOrder(event) }
      continue
    }
    if (!folded) return { kind: 'unreadable', sequence, detail: 'the order was not created yet' }
    try {
      folded = { createdSequence: folded.createdSequence, order: step(folded.order, event).order }
    } catch {
      return { kind: 'unreadable', sequence, detail: 'the event does not fit the order' }
    }
  }
  return folded ? { kind: 'order', ...folded } : { kind: 'unreadable', sequence: 0, detail: 'the order has no entries' }
}
