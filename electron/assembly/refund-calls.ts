import type { Calls, OrderRefunds, RefundActResult, RefundStartResult } from '../api/contract.ts'
import type { RefundAct } from '../runner/refunds.ts'
import type { OrderNumber, RefundNumber } from '../till/ids.ts'
import { fen, readYuan } from '../till/money.ts'
import { leftToRefundFen, refundedFen, refundProblem } from '../till/refund/left.ts'
import type { AssembledTill } from './assemble.ts'
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

  return {
    'refund.start': async ({ orderNumber, amountText, reason }): Promise<RefundStartResult> => {
      const amount = readYuan(amountText)
      if (!amount.ok) return { kind: 'amount-refused', problem: amount.problem }
      const people = await till.staff.people()
      if (!people.ok) return { kind: 'ledger-trouble', problem: people.problem.kind }
      if (people.value.length > 0) return { kind: 'manager-needed' }
      const { amountFen } = amount
      const started = await till.runner.refund({
        orderNumber: orderNumber as OrderNumber,
        amountFen,
        reason,
        by: 'cashier',
      })
      switch (started.kind) {
        case 'started':
        case 'under-way':
          return { kind: started.kind, refund: refundView(started.refund) }
        case 'ledger-trouble':
          return { kind: started.kind, problem: started.problem.kind }
        default:
          return started
      }
    },
    'refund.list': async ({ orderNumber }): Promise<OrderRefunds | null> => {
      const order = await till.reader.order(orderNumber as OrderNumber)
      const refunds = await till.reader.refundsOfOrder(orderNumber as OrderNumber)
      // An empty list would say that nothing was refunded; the door turns this into a refusal.
      if (!order.ok || !refunds.ok) throw new Error('the ledger cannot be read')
      if (order.value === null) return null
      const { channel, payStarted } = order.value
      const policy = till.settings.policies[channel]?.refundPolicy
      const { wallMs } = systemClock.now()
      return {
        refunds: refunds.value.map(refundView),
        leftFen: leftToRefundFen(order.value, refunds.value),
        refundedFen: refundedFen(refunds.value),
        refundableUntilWallMs: policy === undefined ? null : payStarted.wallMs + policy.refundWindowMs,
        problem:
          policy === undefined
            ? 'channel-not-configured'
            : refundProblem(order.value, refunds.value, { amountFen: fen(1), policy, wallMs }),
      }
    },
    'refund.query': act('query'),
    'refund.retry': act('retry'),
  }
}
