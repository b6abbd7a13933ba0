import { type Fen, fen } from '../money.ts'
import { type Limits, mayDo, type Need, type Role } from '../staff/rights.ts'
import type { Refund } from './refund.ts'

type Given = Pick<Refund, 'status' | 'amountFen' | 'proof'>

/**
 * What of an order went back, or may still, without a manager's word. A limit counts for the order, not for the single
 * refund: else ten small ones would get around it.
 */
function givenAloneFen(refunds: readonly Given[]): Fen {
  const alone = refunds.filter(({ status, proof }) => status !== 'failed' && proof === undefined)
  return fen(alone.reduce((sum, { amountFen }) => sum + amountFen, 0))
}

/** What a person of this role must give before this much more of the order is refunded (I15, docs/rights.md). */
export function needForRefund(role: Role, refunds: readonly Given[], amountFen: Fen, limits: Limits): Need {
  return mayDo(role, { act: 'refund-order', amountFen: fen(givenAloneFen(refunds) + amountFen) }, limits)
}

/** How much more of the order a person of this role may refund without any PIN. */
export function refundableAloneFen(role: Role, refunds: readonly Given[], limits: Limits): Fen {
  const leftFen = fen(Math.max(0, limits['refund-order'] - givenAloneFen(refunds)))
  return needForRefund(role, refunds, leftFen, limits).kind === 'nothing' ? leftFen : fen(0)
}
