import { type AssembledTill, assembleTill, type TillPlace } from '../assembly/assemble.ts'
import { ledgerProblemSentence, openingProblemSentence } from '../assembly/problem-sentence.ts'
import { type CrashAt, crashVariable, readCrashAt } from '../crash-points/crash-switch.ts'
import type { LedgerProblem, LedgerReader, TillLedger } from '../ledger/ledger.ts'
import { openLedger, openLedgerReader } from '../ledger/open-ledger.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { Refund } from '../till/refund/refund.ts'
import { type ExitCode, exitCodes, type Output } from './output.ts'
import type { Terminal } from './terminal.ts'

/** What every command gets: where the till is, where to write, and a signal that the user wants it to end. */
export type CommandContext = {
  readonly place: TillPlace
  readonly terminal: Terminal
  readonly output: Output
  readonly interrupted: AbortSignal
}

/** Makes a command the action of the command line: it gets its place and its output, and sets the exit code. */
export type Runs = <Options>(
  command: (context: CommandContext, options: Options) => Promise<ExitCode> | ExitCode,
) => (options: Options) => Promise<void>

/** A till that is open for one command, with everything open taken up, and a way to hear of changes. */
export type OpenSession = {
  readonly till: AssembledTill
  /** What a former run left open, as it stood before this one took it up: some of it may have ended since. */
  readonly takenUp: { readonly orders: readonly Order[]; readonly refunds: readonly Refund[] }
  /** Hears each change of each order. */
  listen(listener: (order: Order) => void): void
  /** Hears each change of each refund. */
  listenToRefunds(listener: (refund: Refund) => void): void
  /** Hears each change of each print job. */
  listenToPrintJobs(listener: (job: PrintJob) => void): void
  /** Resolves when the condition holds after a change, or when the user interrupts; checks at once too. */
  until(condition: () => boolean): Promise<void>
}

/**
 * Opens the till, takes up what a former run left open, runs the command, and closes cleanly whatever happens.
 * `beforeTakingUp` may listen already: what was left open can end before the command begins.
 */
export async function withTill(
  { place, output, interrupted }: CommandContext,
  command: (session: OpenSession) => Promise<ExitCode>,
  beforeTakingUp: (session: Pick<OpenSession, 'listen' | 'listenToRefunds'>) => void = () => undefined,
): Promise<ExitCode> {
  const crash = crashWanted(place)
  if (crash === 'no-such-point') {
    output.say(`${crashVariable} names no crash point: expected one like "pay.written" or "query.booked:2".`)
    return exitCodes.usage
  }
  const listeners = new Set<(order: Order) => void>()
  const refundListeners = new Set<(refund: Refund) => void>()
  const printListeners = new Set<(job: PrintJob) => void>()
  const tillListeners = {
    onChange: (order: Order): void => {
      for (const listener of listeners) listener(order)
    },
    onReadiness: () => undefined,
    onRefundChange: (refund: Refund): void => {
      for (const listener of refundListeners) listener(refund)
    },
    onPrintJobChange: (job: PrintJob): void => {
      for (const listener of printListeners) listener(job)
    },
  }
  const assembly = await assembleTill(place, tillListeners, crash)
  if (!assembly.ok) {
    const { sentence, exitCode } = openingProblemSentence(assembly.problem)
    output.say(sentence)
    return exitCode
  }
  const { till } = assembly
  if (crash && till.settings.mode === 'live') output.say(`${crashVariable} is for training only and was not looked at.`)
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!condition() && !interrupted.aborted) return
        listeners.delete(check)
        refundListeners.delete(check)
        printListeners.delete(check)
        interrupted.removeEventListener('abort', check)
        resolve()
      }
      listeners.add(check)
      refundListeners.add(check)
      printListeners.add(check)
      interrupted.addEventListener('abort', check)
      check()
    })
  try {
    const listening = {
      listen: (listener: (order: Order) => void) => void listeners.add(listener),
      listenToRefunds: (listener: (refund: Refund) => void) => void refundListeners.add(listener),
    }
    const orders = await till.ledger.openOrders()
    if (!orders.ok) return sayLedgerProblem(output, orders.problem)
    const refunds = await till.ledger.openRefunds()
    if (!refunds.ok) return sayLedgerProblem(output, refunds.problem)
    beforeTakingUp(listening)
    const resumed = await till.runner.resume()
    if ('problem' in resumed) return sayLedgerProblem(output, resumed.problem)
    const unprinted = await till.printing.resume()
    if (unprinted !== null) return sayLedgerProblem(output, unprinted)
    return await command({
      till,
      takenUp: { orders: orders.value.filter(({ status }) => !isFinal(status)), refunds: refunds.value },
      ...listening,
      listenToPrintJobs: (listener) => void printListeners.add(listener),
      until,
    })
  } finally {
    await till.close()
  }
}

/** The point at which a test wants this process to die. */
function crashWanted({ environment }: CommandContext['place']): CrashAt | 'no-such-point' | undefined {
  const text = environment[crashVariable]
  return text === undefined || text === '' ? undefined : (readCrashAt(text) ?? 'no-such-point')
}

/** Opens only the ledger for writing, with the data folder's lock: for what needs no channel. */
export async function withLedger(
  { place, output }: CommandContext,
  command: (ledger: TillLedger) => Promise<ExitCode>,
): Promise<ExitCode> {
  const ledger = await openLedger({ dataDirectory: place.dataDirectory })
  if (!ledger.ok) return sayLedgerProblem(output, ledger.problem)
  try {
    return await command(ledger.value)
  } finally {
    await ledger.value.close()
  }
}

/** Opens only the ledger's reader: works beside a running till and changes nothing. */
export async function withReader(
  { place, output }: CommandContext,
  command: (reader: LedgerReader) => Promise<ExitCode>,
): Promise<ExitCode> {
  const reader = await openLedgerReader({ dataDirectory: place.dataDirectory })
  if (!reader.ok) return sayLedgerProblem(output, reader.problem)
  try {
    return await command(reader.value)
  } finally {
    await reader.value.close()
  }
}

/** Says what is wrong with the ledger. */
export function sayLedgerProblem(output: Output, problem: LedgerProblem): ExitCode {
  output.say(ledgerProblemSentence(problem))
  return problem.kind === 'in-use' ? exitCodes.usage : exitCodes.internal
}
