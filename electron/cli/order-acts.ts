import { performance } from 'node:perf_hooks'
import type { OrderNumber } from '../till/ids.ts'
import { type ExitCode, exitCodeOf, exitCodes, writeResult, writeState } from './output.ts'
import { follow, isAtRest } from './pay.ts'
import { isRefundAtRest, writeRefundState } from './refund.ts'
import { type CommandContext, type OpenSession, sayLedgerProblem, withTill } from './session.ts'

/** `query`: asks the channel about one order once more. */
export function query(context: CommandContext, orderNumber: string): Promise<ExitCode> {
  const { output } = context
  const number = orderNumber as OrderNumber
  return withTill(context, async ({ till }) => {
    const startedMs = performance.now()
    const outcome = await till.runner.act(number, 'query', 'staff')
    if (outcome.kind === 'no-such-order') return noSuchOrder(context, orderNumber)
    if (outcome.kind === 'ledger-trouble') return sayLedgerProblem(output, outcome.problem)
    const order = (await till.runner.settled(number)) ?? outcome.order
    writeState(output, order)
    writeResult(output, order, performance.now() - startedMs)
    return exitCodeOf(order)
  })
}

/** `revoke`: asks, and revokes one order that is in doubt, to an end. */
export function revoke(context: CommandContext, orderNumber: string): Promise<ExitCode> {
  const { output } = context
  return withTill(context, async (session) => {
    const startedMs = performance.now()
    const { runner } = session.till
    await runner.settled(orderNumber as OrderNumber)
    const outcome = await runner.act(orderNumber as OrderNumber, 'revoke', 'staff')
    switch (outcome.kind) {
      case 'no-such-order':
        return noSuchOrder(context, orderNumber)
      case 'ledger-trouble':
        return sayLedgerProblem(output, outcome.problem)
      case 'not-now':
        if (outcome.order.status === 'attention') {
          output.say(`${orderNumber} has a refund, and a revoke would return the whole amount: nothing was changed.`)
          return exitCodes.usage
        }
        output.say(
          outcome.order.status === 'paid'
            ? `${orderNumber} is paid. A paid order is refunded, never revoked: nothing was changed.`
            : `${orderNumber} is at its end and can no longer charge anyone: nothing was changed.`,
        )
        writeResult(output, outcome.order, performance.now() - startedMs)
        return exitCodes.usage
      case 'done':
        return follow(session, output, outcome.order, startedMs)
    }
  })
}

/** `recover`: resumes every order and every refund that is not at its end, for as long as it may. */
export function recover(context: CommandContext, forMs: number): Promise<ExitCode> {
  const { output } = context
  const recovering = async (session: OpenSession): Promise<ExitCode> => {
    const { runner } = session.till
    const timeOver = AbortSignal.timeout(forMs)
    const overNow = new Promise<void>((resolve) => timeOver.addEventListener('abort', () => resolve()))
    // A refund in a person's hands is asked about once at a start, and that may settle it.
    const asked = Promise.all(runner.openRefunds().map(({ refundNumber }) => runner.refundSettled(refundNumber)))
    const rest = () => session.until(() => runner.open().every(isAtRest) && runner.openRefunds().every(isRefundAtRest))
    await Promise.race([asked.then(rest), overNow])
    const left = [...runner.open(), ...runner.openRefunds()]
    const attention = left.filter(({ status }) => status === 'attention').length
    const open = left.length - attention
    const resolved = session.takenUp.orders.length + session.takenUp.refunds.length - left.length
    output.line(
      { type: 'result', resolved, attention, open },
      `${resolved} resolved, ${attention} for a person, ${open} still open`,
    )
    return left.length === 0 ? exitCodes.done : exitCodes.unresolved
  }
  return withTill(context, recovering, ({ listen, listenToRefunds }) => {
    listen((order) => {
      if (isAtRest(order)) writeState(output, order)
    })
    listenToRefunds((refund) => {
      if (isRefundAtRest(refund)) writeRefundState(output, refund)
    })
  })
}

function noSuchOrder({ output }: CommandContext, orderNumber: string): ExitCode {
  output.say(`There is no order ${orderNumber} in this data folder.`)
  return exitCodes.usage
}
