import { yuanText } from '../till/money.ts'
import type { Order } from '../till/order/order.ts'
import { shanghaiIso } from '../till/time.ts'
import type { Terminal } from './terminal.ts'

/** Exit codes of design §8. */
export const exitCodes = { done: 0, endedWithoutCharge: 1, usage: 2, unresolved: 3, internal: 4 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Where a command writes: results on stdout, sentences for people on stderr. */
export type Output = {
  /** A JSON object a line with `--json`, else the words. */
  line(json: Readonly<Record<string, unknown>>, words: string): void
  /** A sentence on stderr. */
  say(sentence: string): void
}

/** Writes to a terminal. */
export function outputTo(terminal: Terminal, json: boolean): Output {
  return {
    line: (object, words) => terminal.write(`${json ? JSON.stringify(object) : words}\n`),
    say: (sentence) => terminal.complain(`${sentence}\n`),
  }
}

/** A state line of `pay`: one for each change of the order's status. */
export function writeState(output: Output, order: Order): void {
  const at = shanghaiIso(order.statusSinceWallMs)
  const { orderNumber, status } = order
  output.line({ type: 'state', orderNumber, status, at }, `${at}  ${orderNumber}  ${status}`)
}

/** The result line of `pay`, `query` and `revoke`. */
export function writeResult(output: Output, order: Order, elapsedMs: number): void {
  const { orderNumber, status, revokeEffect, amountFen, channel, transactionId, queries, revokes } = order
  const reason = order.failureReason ?? order.attentionReason ?? order.unknownReason
  output.line(
    {
      type: 'result',
      orderNumber,
      status,
      revokeEffect,
      amountFen,
      channel,
      transactionId,
      reason,
      queries,
      revokes,
      elapsedMs: Math.round(elapsedMs),
    },
    `${orderNumber}: ${resultWords(order)}`,
  )
}

/** What happened to the money, in words for support staff. */
export function resultWords(order: Order): string {
  const yuan = `¥${yuanText(order.amountFen)}`
  switch (order.status) {
    case 'paid':
      return `${yuan} paid (${order.transactionId ?? 'no transaction id'})`
    case 'failed':
      return `not paid, nothing was taken (${order.failureReason ?? 'no reason'})`
    case 'revoked':
      return order.revokeEffect === 'refunded'
        ? `revoked, ${yuan} goes back to the customer`
        : 'revoked, nothing was taken'
    case 'attention':
      return `a person must look (${order.attentionReason ?? 'no reason'}); ask again with: till query --order ${order.orderNumber}`
    default:
      return `not decided yet (${order.status}); do not charge again; go on with: till recover`
  }
}

/** The exit code that goes with an order's status. */
export function exitCodeOf(order: Order): ExitCode {
  if (order.status === 'paid') return exitCodes.done
  return order.status === 'failed' || order.status === 'revoked' ? exitCodes.endedWithoutCharge : exitCodes.unresolved
}
