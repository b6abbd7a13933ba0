import { readOrderEntry } from '../ledger/fold.ts'
import type { JournalEntry } from '../ledger/ledger.ts'
import type { Order } from '../till/order/order.ts'
import { createOrder, step } from '../till/order/step.ts'
import type { CollectionRecord } from './collection-store.ts'
import { type CollectionStanding, standingOfOrder, standingWithoutOrder } from './collection-view.ts'

/** One change of a collection; its id is the same whenever it is read, so that a client can resume behind it. */
export type CollectionChange = { readonly id: number; readonly standing: CollectionStanding }

/** The ids: 1 is the beginning, 2 an end before any code, and an order's version comes after those. */
const idOfVersion = (version: number): number => version + 2

/**
 * Every change of a collection's status, oldest first, made from what is durable: nothing is remembered beside it, so a
 * restart neither loses nor repeats one. `entries` are the journal of its order, and empty where it has none.
 */
export function changesOf(record: CollectionRecord, entries: readonly JournalEntry[]): readonly CollectionChange[] {
  const begun = standingWithoutOrder({ ...record, end: null, endedWallMs: null })
  const changes: CollectionChange[] = [{ id: 1, standing: begun }]
  if (entries.length === 0) {
    return record.end === null ? changes : [...changes, { id: 2, standing: standingWithoutOrder(record) }]
  }
  let order: Order | null = null
  for (const entry of entries) {
    const reading = readOrderEntry(entry)
    // What cannot be read is told by the till's own screens; the changes before it are true all the same.
    if (!reading.ok) return changes
    const event = reading.value
    const before: Order | null = order
    order = event.type === 'created' ? createOrder(event) : before === null ? null : step(before, event).order
    if (order === null) return changes
    if (order.status !== before?.status) {
      changes.push({ id: idOfVersion(order.version), standing: standingOfOrder(record.reference, order) })
    }
  }
  return changes
}
