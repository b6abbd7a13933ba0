import type { ScanOutcome } from '../runner/runner.ts'
import { assertNever } from '../till/brand.ts'
import type { SaleId } from '../till/ids.ts'
import type { PosFailure } from './failure.ts'

/** Why a code that the POS sent was not charged for its sale; null where it was, or is, this sale's own order. */
export function scanFailure(saleId: SaleId, outcome: ScanOutcome | 'till-locked'): PosFailure | null {
  if (outcome === 'till-locked') return { code: 'till-locked' }
  switch (outcome.kind) {
    case 'started':
      return null
    case 'scanned-before':
      return outcome.order.saleId === saleId
        ? null
        : { code: 'code-used-before', field: 'paymentCode', orderNumber: outcome.order.orderNumber }
    case 'former-order-paid':
    case 'former-order-open':
      return outcome.order.saleId === saleId ? null : { code: outcome.kind, orderNumber: outcome.order.orderNumber }
    case 'not-a-payment-code':
      // The kind alone: the problem itself may hold what was read (I11).
      return { code: outcome.kind, field: 'paymentCode', reason: outcome.problem.kind }
    case 'wallet-not-configured':
      return { code: outcome.kind, field: 'paymentCode', reason: outcome.wallet }
    case 'amount-refused':
      return { code: outcome.kind, field: 'amountFen', reason: outcome.problem }
    case 'channel-away':
      return { code: outcome.kind, reason: outcome.reason }
    case 'ledger-trouble':
      return { code: outcome.kind, reason: outcome.problem.kind }
    case 'stopping':
      return { code: outcome.kind }
    default:
      return assertNever(outcome, 'scan outcome')
  }
}
