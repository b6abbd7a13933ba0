import { readOrderEntry } from '../ledger/fold.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import { type CaseFacts, caseFacts } from '../till/order/case.ts'
import type { OrderCreated, OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import type { Moment } from '../till/time.ts'

/** The facts of a case from its order and its journal. */
export async function factsOf(reader: Pick<LedgerReader, 'journalOf'>, order: Order, at: Moment): Promise<CaseFacts> {
  const journal = await reader.journalOf(order.orderNumber)
  // A list without the case would say that all is well; the door turns this into a refusal.
  if (!journal.ok) throw new Error(`the ledger cannot be read: ${journal.problem.kind}`)
  const entries = journal.value.flatMap((entry): readonly (OrderCreated | OrderEvent)[] => {
    const reading = readOrderEntry(entry)
    return reading.ok ? [reading.value] : []
  })
  const events = entries.filter((entry): entry is OrderEvent => entry.type !== 'created')
  return caseFacts(order, events, at)
}
