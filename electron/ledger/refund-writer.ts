import type { OrderNumber } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import type { RefundCreated, RefundEvent } from '../till/refund/event.ts'
import type { Refund } from '../till/refund/refund.ts'
import { stepRefund } from '../till/refund/step.ts'
import type { Moment } from '../till/time.ts'
import type { JournalAppender } from './journal.ts'
import type { LedgerCall } from './protocol.ts'
import { refundPayload } from './refund-fold.ts'
import { beginRefund, type NewRefund, type NewRefundResult } from './refund-ledger.ts'
import type { RefundProjection } from './refund-projection.ts'
import type { ShiftBelonging } from './shift-belonging.ts'

/** The refunds' part of the writer; the caller owns the transaction. */
export type RefundWriter = {
  create(asked: NewRefund): NewRefundResult
  append(call: Extract<LedgerCall, { method: 'appendRefund' }>): Refund
}

/** Writes refunds into the journal and their projection; `onStep` hears each step in its transaction. */
export function prepareRefundWriter(
  journal: JournalAppender,
  refunds: RefundProjection,
  orderOf: (orderNumber: OrderNumber) => Order | null,
  belonging: ShiftBelonging,
  onStep: (before: Refund, after: Refund, at: Moment) => void,
): RefundWriter {
  const journalEvent = (refundNumber: string, event: RefundCreated | RefundEvent): number =>
    journal.append({
      wallMs: event.at.wallMs,
      subject: 'refund',
      subjectId: refundNumber,
      type: event.type,
      payload: refundPayload(event),
    })

  return {
    create(asked) {
      const { orderNumber } = asked
      const beginning = beginRefund(orderOf(orderNumber), refunds.refundsOfOrder(orderNumber), {
        ...asked,
        ...belonging.now(asked.cashier),
      })
      if (beginning.kind !== 'begun') return beginning
      const { refund, events } = beginning
      const [created, requested] = events
      const sequence = journalEvent(refund.refundNumber, created)
      journalEvent(refund.refundNumber, requested)
      refunds.insertRefund(sequence, refund)
      belonging.enterRefund(sequence, refund)
      return { kind: 'created', refund }
    },
    append({ refundNumber, expectedVersion, events }) {
      const former = refunds.refund(refundNumber)
      if (!former) throw new Error(`appendRefund: there is no refund ${refundNumber}`)
      if (former.version !== expectedVersion) {
        throw new Error(`appendRefund: ${refundNumber} is at version ${former.version}, not ${expectedVersion}`)
      }
      let refund = former
      for (const event of events) {
        journalEvent(refundNumber, event)
        const before = refund
        refund = stepRefund(before, event).refund
        onStep(before, refund, event.at)
      }
      const last = events.at(-1)
      if (last !== undefined) {
        refunds.updateRefund(refund)
        belonging.noteRefund(refund, last.at)
      }
      return refund
    },
  }
}
