import { performance } from 'node:perf_hooks'
import { settingsAt } from '../assembly/assemble.ts'
import { awaySentence } from '../assembly/away-sentence.ts'
import { openingProblemSentence } from '../assembly/problem-sentence.ts'
import type { ScanOutcome } from '../runner/runner.ts'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import { type Fen, readCollectableYuan, yuanText } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { readScan, type Wallet } from '../till/payment-code.ts'
import { shanghaiIso } from '../till/time.ts'
import { type ExitCode, exitCodeOf, exitCodes, type Output, writeResult, writeState } from './output.ts'
import { readCodeLine } from './read-code.ts'
import { amountProblemWords, scanProblemWords } from './scan-words.ts'
import { type CommandContext, type OpenSession, sayLedgerProblem, withTill } from './session.ts'

export type PayOptions = { readonly amount: string; readonly sale: string | null }

/** `pay`: reads the code from standard input and runs the loop to an end. */
export async function pay(context: CommandContext, options: PayOptions): Promise<ExitCode> {
  const { output, place } = context
  const checked = await settingsAt(place)
  if (!checked.ok) {
    const { sentence, exitCode } = openingProblemSentence({ kind: 'settings', problems: checked.problems })
    output.say(sentence)
    return exitCode
  }
  const { amountLimitFen } = checked.settings
  const amount = readCollectableYuan(options.amount, amountLimitFen)
  if (!amount.ok) {
    output.say(amountProblemWords(amount.problem, amountLimitFen))
    return exitCodes.usage
  }
  if (context.terminal.input.isTTY) output.say('Scan the customer’s payment code, or type it and press Enter:')
  const scan = await readCodeLine(context.terminal)
  if (scan === null) {
    output.say('Stopped before a code was read: nothing was charged.')
    return exitCodes.unresolved
  }
  const reading = readScan(scan)
  if (reading.kind !== 'payment-code') {
    output.say(scanProblemWords(reading))
    return exitCodes.usage
  }
  return withTill(context, async (session) => {
    const { till } = session
    const startedMs = performance.now()
    // The connection that the payment needs anyway: where it cannot be made, the till says so and charges nobody.
    for (const channel of till.settings.routes[reading.wallet] ?? []) await till.lines.firstLook(channel)
    const outcome = await till.runner.take({
      scan,
      amountFen: amount.amountFen,
      saleId: options.sale as SaleId | null,
      anotherCustomer: false,
    })
    switch (outcome.kind) {
      case 'started':
        return follow(session, output, outcome.order, startedMs)
      case 'scanned-before':
        output.say('This code was scanned before: it is the same payment, and nothing was charged anew.')
        if (outcome.order.amountFen !== amount.amountFen) {
          // No result line: a script that reads "paid" there would take the former amount for this one.
          const { orderNumber, amountFen } = outcome.order
          output.say(`It was for ¥${yuanText(amountFen)} (${orderNumber}), not for this amount: ask for a new code.`)
          return exitCodes.usage
        }
        return follow(session, output, outcome.order, startedMs)
      case 'former-order-paid':
        output.say('The former payment did succeed: nothing was charged now.')
        return end(output, outcome.order, startedMs)
      case 'former-order-open':
        output.say('A former payment of the same sale or amount is not decided yet: nothing was charged now.')
        return end(output, outcome.order, startedMs)
      case 'not-a-payment-code':
        output.say(scanProblemWords(outcome.problem))
        return exitCodes.usage
      case 'wallet-not-configured':
        output.say(`No channel takes ${outcome.wallet} codes: nothing was charged. See "routes" in the configuration.`)
        return exitCodes.usage
      case 'amount-refused':
        output.say(amountProblemWords(outcome.problem, amountLimitFen))
        return exitCodes.usage
      case 'channel-away':
        return refuse(session, output, outcome, amount.amountFen, startedMs)
      case 'ledger-trouble':
        return sayLedgerProblem(output, outcome.problem)
      case 'stopping':
        output.say('The till is stopping: nothing was charged.')
        return exitCodes.unresolved
    }
  })
}

/** Says that the channel is away: nothing was charged and nothing is open, so it ended without a charge (design §8). */
function refuse(
  { till }: OpenSession,
  output: Output,
  { channel, wallet, reason, sinceWallMs }: Extract<ScanOutcome, { readonly kind: 'channel-away' }>,
  amountFen: Fen,
  startedMs: number,
): ExitCode {
  const { routes } = till.settings
  const working = (Object.keys(routes) as Wallet[]).filter((each) => {
    return (routes[each] ?? []).some((id) => till.lines.of(id).kind !== 'away')
  })
  const sentence = awaySentence(wallet, reason, working)
  output.say(sentence)
  output.line(
    {
      type: 'result',
      orderNumber: null,
      status: 'refused',
      revokeEffect: null,
      amountFen,
      channel,
      transactionId: null,
      reason: 'channel-away',
      awayReason: reason,
      since: shanghaiIso(sinceWallMs),
      queries: 0,
      revokes: 0,
      elapsedMs: Math.round(performance.now() - startedMs),
    },
    `refused: ${reason}`,
  )
  return exitCodes.endedWithoutCharge
}

/** Follows an order to its end or to a person, writing a line for each change of its status. */
export async function follow(session: OpenSession, output: Output, from: Order, startedMs: number): Promise<ExitCode> {
  let current = from
  let told: string | null = null
  const tell = (order: Order): void => {
    if (order.orderNumber !== from.orderNumber) return
    current = order
    if (order.status === told) return
    told = order.status
    writeState(output, order)
  }
  session.listen(tell)
  tell((await latest(session, from.orderNumber)) ?? from)
  await session.until(() => isAtRest(current))
  return end(output, current, startedMs)
}

/** Whether nothing more happens to the order by itself. */
export function isAtRest(order: Order): boolean {
  return order.inFlight === 'none' && (isFinal(order.status) || order.status === 'attention')
}

async function latest(session: OpenSession, orderNumber: OrderNumber): Promise<Order | null> {
  return session.till.runner.open().find((order) => order.orderNumber === orderNumber) ?? null
}

function end(output: Output, order: Order, startedMs: number): ExitCode {
  writeResult(output, order, performance.now() - startedMs)
  return exitCodeOf(order)
}
