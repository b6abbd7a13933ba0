import type { Calls, OrderRefunds, RefundActResult, RefundStartResult } from '../api/contract.ts'
import type { RefundAct } from '../runner/refunds.ts'
import { oneAtATime } from '../staff/in-turn.ts'
import type { OrderNumber, RefundNumber } from '../till/ids.ts'
import { fen, readYuan } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import { leftToRefundFen, refundedFen, refundProblem } from '../till/refund/left.ts'
import { keepableReason } from '../till/refund/reason.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import type { AssembledTill } from './assemble.ts'
import { permitRefund, refundableAlone } from './refund-permission.ts'
import { refundView } from './refund-view.ts'
import { systemClock } from './system-time.ts'

type RefundCall = Extract<keyof Calls, `refund.${string}`>
type RefundHandlers = {
  readonly [Name in RefundCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

/** The contract's refund calls, over the runner and the reader. */
export function refundCalls(till: AssembledTill): RefundHandlers {
  const act =
    (wanted: RefundAct) =>
    async ({ refundNumber }: { readonly refundNumber: string }): Promise<RefundActResult> => {
      const outcome = await till.runner.actOnRefund(refundNumber as RefundNumber, wanted, 'cashier')
      if (outcome.kind === 'no-such-refund') return outcome
      if (outcome.kind === 'ledger-trouble') return { kind: outcome.kind, problem: outcome.problem.kind }
      return { kind: outcome.kind, refund: refundView(outcome.refund) }
    }

  const rulesOf = ({ channel }: Order) => till.settings.policies[channel]

  // One after the other: two windows at once must not each find the whole of a limit unused.
  const inTurn = oneAtATime()

  /** A commit may have been told as failed and stand all the same: a refund that nobody follows is taken up. */
  const underWay = async (refund: Refund): Promise<RefundStartResult> => {
    const { refundNumber } = refund
    const isFollowed = till.runner.openRefunds().some((each) => each.refundNumber === refundNumber)
    if (!isFollowed) await till.runner.actOnRefund(refundNumber, 'query', 'cashier')
    return { kind: 'under-way', refund: refundView(refund) }
  }

  const start = async (request: Calls['refund.start']['request']): Promise<RefundStartResult> => {
    const orderNumber = request.orderNumber as OrderNumber
    const amount = readYuan(request.amountText)
    if (!amount.ok) return { kind: 'amount-refused', problem: amount.problem }
    const { amountFen } = amount
    const reason = keepableReason(request.reason)
    if (reason === '') return { kind: 'reason-missing' }
    const order = await till.ledger.order(orderNumber)
    const known = await till.ledger.refundsOfOrder(orderNumber)
    if (!order.ok) return { kind: 'ledger-trouble', problem: order.problem.kind }
    if (!known.ok) return { kind: 'ledger-trouble', problem: known.problem.kind }
    if (order.value === null) return { kind: 'no-such-order' }
    const refunds = known.value
    const sameUnderWay = refunds.find(({ status, amountFen: each }) => !isRefundFinal(status) && each === amountFen)
    if (sameUnderWay) return underWay(sameUnderWay)
    // Nobody is asked for a PIN, and no word of a manager is journaled, for what cannot be done anyway.
    const policy = rulesOf(order.value)?.refundPolicy
    if (policy === undefined) return { kind: 'channel-not-configured' }
    const { wallMs } = systemClock.now()
    const problem = refundProblem(order.value, refunds, { amountFen, policy, wallMs })
    if (problem !== null) return { kind: 'refused', problem, leftFen: leftToRefundFen(order.value, refunds) }
    const permission = await permitRefund(till, { orderNumber, amountFen, reason, refunds }, request.manager)
    switch (permission.kind) {
      case 'allowed':
        return begun(
          await till.runner.refund({
            orderNumber,
            amountFen,
            reason,
            by: 'cashier',
            ...(permission.proof === null ? {} : { proof: permission.proof }),
          }),
        )
      case 'ledger-trouble':
        return { kind: permission.kind, problem: permission.problem.kind }
      default:
        return permission
    }
  }

  return {
    'refund.start': (request) => inTurn(() => start(request)),
    'refund.list': async ({ orderNumber }): Promise<OrderRefunds | null> => {
      const order = await till.reader.order(orderNumber as OrderNumber)
      const refunds = await till.reader.refundsOfOrder(orderNumber as OrderNumber)
      // An empty list would say that nothing was refunded; the door turns this into a refusal.
      if (!order.ok || !refunds.ok) throw new Error('the ledger cannot be read')
      return order.value === null ? null : refundsView(order.value, refunds.value)
    },
    'refund.query': act('query'),
    'refund.retry': act('retry'),
  }

  async function refundsView(order: Order, refunds: readonly Refund[]): Promise<OrderRefunds> {
    const rules = rulesOf(order)
    const policy = rules?.refundPolicy
    const capability = rules?.definition.capability.refund
    const { wallMs } = systemClock.now()
    return {
      refunds: refunds.map(refundView),
      leftFen: leftToRefundFen(order, refunds),
      refundedFen: refundedFen(refunds),
      refundableUntilWallMs: policy === undefined ? null : order.payStarted.wallMs + policy.refundWindowMs,
      refundsPerOrder: policy?.refundsPerOrder ?? null,
      canRefundPart: capability?.kind === 'refund' && capability.partial,
      aloneFen: await refundableAlone(till, refunds),
      problem:
        policy === undefined
          ? 'channel-not-configured'
          : refundProblem(order, refunds, { amountFen: fen(1), policy, wallMs }),
    }
  }
}

function begun(started: Awaited<ReturnType<AssembledTill['runner']['refund']>>): RefundStartResult {
  switch (started.kind) {
    case 'started':
    case 'under-way':
      return { kind: started.kind, refund: refundView(started.refund) }
    case 'ledger-trouble':
      return { kind: started.kind, problem: started.problem.kind }
    default:
      return started
  }
}
