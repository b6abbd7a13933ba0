import type { JournalFact } from '../ledger/journal.ts'
import type { LedgerResult, RefundLedger } from '../ledger/ledger.ts'
import { refundPayload } from '../ledger/refund-fold.ts'
import { beginRefund, type NewRefundResult } from '../ledger/refund-ledger.ts'
import type { OrderNumber, RefundNumber } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import type { RefundCreated, RefundEvent } from '../till/refund/event.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import { stepRefund } from '../till/refund/step.ts'

/** What the disk of a simulated till is to its refunds. */
export type RefundDisk = {
  readonly refunds: Map<RefundNumber, Refund>
  readonly orders: ReadonlyMap<OrderNumber, Order>
}

/** The refunds' part of the ledger port over a simulated disk; `write` gives each commit its fate. */
export function openDiskRefunds(
  disk: RefundDisk,
  commitEntry: (fact: JournalFact) => void,
  write: <Value>(
    subject: string | null,
    commit: () => Value,
    made: (value: Value) => string | null,
  ) => Promise<LedgerResult<Value>>,
  read: <Value>(value: () => Value) => Promise<LedgerResult<Value>>,
): RefundLedger {
  const all = (): readonly Refund[] => [...disk.refunds.values()]
  const ofOrder = (orderNumber: OrderNumber): readonly Refund[] =>
    all().filter((refund) => refund.orderNumber === orderNumber)
  const commitEvent = (refundNumber: RefundNumber, event: RefundCreated | RefundEvent): void => {
    const { type, at } = event
    const payload = refundPayload(event)
    commitEntry({ wallMs: at.wallMs, subject: 'refund', subjectId: refundNumber, type, payload })
  }
  return {
    createRefund: (asked) =>
      write<NewRefundResult>(
        null,
        () => {
          const { orderNumber } = asked
          const beginning = beginRefund(disk.orders.get(orderNumber) ?? null, ofOrder(orderNumber), asked)
          if (beginning.kind !== 'begun') return beginning
          const { refund, events } = beginning
          for (const event of events) commitEvent(refund.refundNumber, event)
          disk.refunds.set(refund.refundNumber, refund)
          return { kind: 'created', refund }
        },
        () => null,
      ),
    appendRefund: (refundNumber, expectedVersion, events) =>
      write(
        refundNumber,
        () => {
          const former = disk.refunds.get(refundNumber)
          if (former?.version !== expectedVersion) {
            throw new Error(`appendRefund: ${refundNumber} is at version ${former?.version}, not ${expectedVersion}`)
          }
          let refund = former
          for (const event of events) {
            commitEvent(refundNumber, event)
            refund = stepRefund(refund, event).refund
          }
          disk.refunds.set(refundNumber, refund)
          return refund
        },
        () => refundNumber,
      ),
    openRefunds: () => read(() => all().filter(({ status }) => !isRefundFinal(status))),
    refund: (refundNumber) => read(() => disk.refunds.get(refundNumber) ?? null),
    refundsOfOrder: (orderNumber) => read(() => ofOrder(orderNumber)),
  }
}
