import type { Order } from '../order/order.ts'
import type { Refund } from '../refund/refund.ts'
import type { PrintSubject } from './job.ts'

/**
 * When documents are printed: by themselves, only when somebody asks, or never. A till without a printer prints nothing
 * by itself.
 */
export type PrintingMode = 'automatic' | 'on-demand' | 'off'

/** What the shop wants printed by itself. */
export type PrintingRules = {
  readonly mode: PrintingMode
  /** Whether a revoked order prints that no money was taken, or that it goes back. */
  readonly revocations: boolean
}

/**
 * The documents that an order's step calls for. Each is wanted once: the ledger makes no second original of a subject, so
 * an order that comes to the same end again adds nothing.
 */
export function documentsOfStep(before: Order, after: Order, rules: PrintingRules): readonly PrintSubject[] {
  if (rules.mode !== 'automatic' || before.status === after.status) return []
  const document = documentOfOrder(after)
  if (document === null || (document.kind === 'revocation' && !printsRevocation(after, rules))) return []
  return [document]
}

/** A refund's receipt, once its money is known to have gone back. */
export function documentsOfRefundStep(before: Refund, after: Refund, rules: PrintingRules): readonly PrintSubject[] {
  if (rules.mode !== 'automatic' || before.status === after.status) return []
  const document = documentOfRefund(after)
  return document === null ? [] : [document]
}

/** The document that tells how an order stands; null while there is nothing to tell, or nothing was taken. */
export function documentOfOrder({ orderNumber, status }: Order): PrintSubject | null {
  switch (status) {
    case 'paid':
      return { kind: 'sale', subjectId: orderNumber, orderNumber }
    case 'revoked':
      return { kind: 'revocation', subjectId: orderNumber, orderNumber }
    case 'attention':
      return { kind: 'case-slip', subjectId: orderNumber, orderNumber }
    default:
      return null
  }
}

/** The document of a refund; null until the money went back. */
export function documentOfRefund({ refundNumber, orderNumber, status }: Refund): PrintSubject | null {
  return status === 'done' ? { kind: 'refund', subjectId: refundNumber, orderNumber } : null
}

/** A case that was settled by refunds has their receipts, which say the same. */
const printsRevocation = ({ settlement }: Order, { revocations }: PrintingRules): boolean =>
  revocations && settlement?.kind !== 'by-refund'
