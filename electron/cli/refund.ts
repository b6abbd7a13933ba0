import { performance } from 'node:perf_hooks'
import type { StaffDesk } from '../staff/staff-desk.ts'
import type { OrderNumber } from '../till/ids.ts'
import { type Fen, readYuan, yuanText } from '../till/money.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { isRefundFinal, type Refund } from '../till/refund/refund.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import { readProof } from './read-proof.ts'
import { refundProblemWords, refundResultWords } from './refund-words.ts'
import { amountProblemWords } from './scan-words.ts'
import { type CommandContext, type OpenSession, sayLedgerProblem, withTill } from './session.ts'

export type RefundOptions = {
  readonly order: string
  readonly amount: string
  readonly reason: string
  readonly manager?: string
}

/** For how long the command waits for a wallet that took the refund in; what it has not done by then goes on later. */
const patienceMs = 60_000

/**
 * `refund`: gives money of a paid order back, to an end. With staff set up a manager gives the PIN, on standard input, and
 * the refund bears the proof (I15).
 */
export function refund(context: CommandContext, options: RefundOptions): Promise<ExitCode> {
  const { output } = context
  const amount = readYuan(options.amount)
  if (!amount.ok) {
    output.say(`${amountProblemWords(amount.problem, Number.MAX_SAFE_INTEGER as Fen)} Nothing was refunded.`)
    return Promise.resolve(exitCodes.usage)
  }
  return withTill(context, async (session) => {
    const startedMs = performance.now()
    const allowed = await proofOf(context, session.till.staff, options.manager)
    if ('exit' in allowed) return allowed.exit
    // Asked again after an interruption: what opening the till took up may be done by now, and is what was asked for.
    const takenUp = session.takenUp.refunds.find(
      ({ orderNumber, amountFen }) => orderNumber === options.order && amountFen === amount.amountFen,
    )
    if (takenUp) return sayUnderWay(session, output, takenUp, startedMs)
    const started = await session.till.runner.refund({
      orderNumber: options.order as OrderNumber,
      amountFen: amount.amountFen,
      reason: options.reason,
      by: 'staff',
      ...(allowed.proof === null ? {} : { proof: allowed.proof }),
    })
    switch (started.kind) {
      case 'started':
        return followRefund(session, output, started.refund, startedMs)
      case 'under-way':
        return sayUnderWay(session, output, started.refund, startedMs)
      case 'refused':
        output.say(`${options.order}: ${refundProblemWords(started.problem, started.leftFen)} Nothing was refunded.`)
        return exitCodes.usage
      case 'reason-missing':
        output.say('--reason: say in a few words why the money goes back. Nothing was refunded.')
        return exitCodes.usage
      case 'no-such-order':
        output.say(`There is no order ${options.order} in this data folder. Nothing was refunded.`)
        return exitCodes.usage
      case 'channel-not-configured':
        output.say(`The channel of ${options.order} is not in the configuration any more. Nothing was refunded.`)
        return exitCodes.usage
      case 'ledger-trouble':
        return sayLedgerProblem(output, started.problem)
      case 'stopping':
        output.say('The till is stopping: nothing was refunded.')
        return exitCodes.unresolved
    }
  })
}

function sayUnderWay(session: OpenSession, output: Output, refund: Refund, startedMs: number): Promise<ExitCode> {
  output.say('A refund of this very amount is under way for this order: no second one was begun.')
  return followRefund(session, output, refund, startedMs)
}

/** A manager's proof where there is staff or one was named; none on a till without staff. */
async function proofOf(
  context: CommandContext,
  staff: StaffDesk,
  manager: string | undefined,
): Promise<{ readonly proof: ManagerProof | null } | { readonly exit: ExitCode }> {
  if (manager !== undefined) return readProof(context, staff, manager)
  const people = await staff.people()
  if (!people.ok) return { exit: sayLedgerProblem(context.output, people.problem) }
  if (people.value.length === 0) return { proof: null }
  context.output.say('--manager: staff is set up; say which manager allows it. Nothing was refunded.')
  return { exit: exitCodes.usage }
}

/** Follows a refund to its end or to a person, writing a line for each change of its status. */
async function followRefund(session: OpenSession, output: Output, from: Refund, startedMs: number): Promise<ExitCode> {
  let current = from
  let told: string | null = null
  const tell = (changed: Refund): void => {
    if (changed.refundNumber !== from.refundNumber) return
    current = changed
    if (changed.status === told) return
    told = changed.status
    writeRefundState(output, changed)
  }
  session.listenToRefunds(tell)
  // It may have come to its end between the answer and the listening: the ledger has the last word.
  const known = await session.till.ledger.refund(from.refundNumber)
  tell(known.ok && known.value !== null ? known.value : from)
  const timeOver = AbortSignal.timeout(patienceMs)
  const overNow = new Promise<void>((resolve) => timeOver.addEventListener('abort', () => resolve()))
  await Promise.race([session.until(() => isRefundAtRest(current)), overNow])
  writeRefundResult(output, current, performance.now() - startedMs)
  return refundExitCode(current)
}

/** Whether nothing more happens to the refund by itself. */
export function isRefundAtRest({ status, inFlight }: Refund): boolean {
  return inFlight === 'none' && (isRefundFinal(status) || status === 'attention')
}

/** A state line: one for each change of a refund's status. */
export function writeRefundState(
  output: Output,
  { refundNumber, orderNumber, status, statusSinceWallMs }: Refund,
): void {
  const at = shanghaiIso(statusSinceWallMs)
  output.line({ type: 'state', refundNumber, orderNumber, status, at }, `${at}  ${refundNumber}  ${status}`)
}

function writeRefundResult(output: Output, refund: Refund, elapsedMs: number): void {
  const { refundNumber, orderNumber, status, amountFen, channel, tries, queries } = refund
  const reason = refund.failureReason ?? refund.attentionReason ?? refund.unknownReason
  output.line(
    {
      type: 'result',
      refundNumber,
      status,
      orderNumber,
      amountFen,
      channel,
      reason,
      tries,
      queries,
      elapsedMs: Math.round(elapsedMs),
    },
    `${refundNumber}: ¥${yuanText(amountFen)} ${refundResultWords(refund)}`,
  )
}

function refundExitCode({ status }: Refund): ExitCode {
  if (status === 'done') return exitCodes.done
  return status === 'failed' ? exitCodes.endedWithoutCharge : exitCodes.unresolved
}
