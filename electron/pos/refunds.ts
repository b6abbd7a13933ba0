import type { Fen } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import { refundProblem } from '../till/refund/left.ts'
import { keepableReason } from '../till/refund/reason.ts'
import { type PosRefundView, posRefundView } from './collection-view.ts'
import { failed, type PosResult } from './failure.ts'
import { refundTag } from './names.ts'
import type { PosTill } from './ports.ts'

export type WantedRefund = {
  readonly reference: string
  readonly refundReference: string
  readonly amountFen: Fen
  readonly reason: string
}

/** What is left of a reason's 80 characters beside the tag. */
const mostReasonCharacters = 54

/**
 * Begins a refund of a collection, or answers the one that its reference already has (I8). The caller lets one in at a
 * time. The reference stands in the reason as a tag, so that it is durable with the refund itself.
 */
export async function beginRefund(
  till: PosTill,
  order: Order | null,
  { reference, refundReference, amountFen, reason }: WantedRefund,
): Promise<PosResult<{ readonly isNew: boolean; readonly view: PosRefundView }>> {
  if (order === null) return failed('refund-refused', { reason: 'not-paid' })
  const { orderNumber } = order
  const known = await till.ledger.refundsOfOrder(orderNumber)
  if (!known.ok) return failed('ledger-trouble', { reason: known.problem.kind })
  const refunds = known.value
  const tag = refundTag(reference, refundReference)
  const same = refunds.find((refund) => refund.reason.endsWith(tag))
  if (same !== undefined) {
    if (same.amountFen !== amountFen) return failed('refund-differs', { field: 'amountFen' })
    return { ok: true, value: { isNew: false, view: posRefundView(reference, refundReference, same) } }
  }
  const said = Array.from(keepableReason(reason)).slice(0, mostReasonCharacters).join('').trim()
  if (said === '') return failed('bad-request', { field: 'reason' })
  const policy = till.refundPolicyOf(order)
  if (policy === undefined) return failed('refund-refused', { reason: 'channel-not-configured' })
  const { wallMs } = till.now()
  const problem = refundProblem(order, refunds, { amountFen, policy, wallMs })
  if (problem !== null) return failed('refund-refused', { reason: problem, orderNumber })
  const permit = await till.permitRefund(refunds, amountFen)
  if (permit.kind === 'manager-needed') return failed('manager-needed', { orderNumber })
  if (permit.kind === 'ledger-trouble') return failed('ledger-trouble', { reason: permit.problem.kind })
  const started = await till.runner.refund({ orderNumber, amountFen, reason: `${said} ${tag}`, by: 'cashier' })
  switch (started.kind) {
    case 'started':
      return { ok: true, value: { isNew: true, view: posRefundView(reference, refundReference, started.refund) } }
    case 'under-way':
      return failed('refund-under-way', { orderNumber })
    case 'refused':
      return failed('refund-refused', { reason: started.problem, orderNumber })
    case 'reason-missing':
      return failed('bad-request', { field: 'reason' })
    case 'no-such-order':
      return failed('no-such-collection')
    case 'channel-not-configured':
      return failed('refund-refused', { reason: started.kind })
    case 'ledger-trouble':
      return failed('ledger-trouble', { reason: started.problem.kind })
    case 'stopping':
      return failed('stopping')
  }
}
