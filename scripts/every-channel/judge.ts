import type { Order } from '../../electron/till/order/order.ts'
import type { BookLine } from '../../electron/training/books-reading.ts'
import type { ChannelStory } from '../../electron/training/story-ends.ts'

/** A line of the till's stdout. */
export type Line = Readonly<Record<string, unknown>>

/** What is known of one payment when its process has ended. */
export type Played = {
  readonly told: ChannelStory
  /** The channel's id in the configuration. */
  readonly channel: string
  readonly amountFen: number
  readonly exit: number | null
  readonly lines: readonly Line[]
  readonly orders: readonly Order[]
  readonly books: readonly BookLine[]
}

/** Every field of the result line (design §8). */
const resultFields = [
  'type',
  'orderNumber',
  'status',
  'revokeEffect',
  'amountFen',
  'channel',
  'transactionId',
  'reason',
  'queries',
  'revokes',
  'elapsedMs',
] as const

const exitOf = { paid: 0, failed: 1, revoked: 1, attention: 3 } as const satisfies Record<
  ChannelStory['end']['status'],
  number
>

/** Everything in which exit code, lines, ledger and the channel's books differ from what the story must come to. */
export function disagreementsOf(played: Played): readonly string[] {
  const { told, exit, lines, orders, books } = played
  const last = lines.at(-1)
  if (last?.type !== 'result') return ['there is no result line']
  const { status, revokeEffect } = told.end
  return [
    ...differs('exit code', exit, exitOf[status]),
    ...differs('status', last.status, status),
    ...differs('revoke’s effect', last.revokeEffect, revokeEffect),
    ...saidWrong(played, last),
    ...differs('orders in the ledger', orders.length, 1),
    ...differs('orders in the books', books.length, 1),
    ...orders.flatMap((order) => [
      ...differs('the ledger’s order', order.orderNumber, last.orderNumber),
      ...differs('the ledger’s status', order.status, last.status),
      ...differs('the ledger’s amount', order.amountFen, played.amountFen),
      ...books.flatMap((book) => moneyIn(order, book, told)),
    ]),
  ]
}

function saidWrong({ channel, amountFen, lines }: Played, last: Line): readonly string[] {
  const states = lines.slice(0, -1)
  const { orderNumber, status, revokes, transactionId } = last
  const isOurs = states.every((line) => line.type === 'state' && line.orderNumber === orderNumber && 'at' in line)
  return [
    ...resultFields.filter((field) => !(field in last)).map((field) => `the result has no ${field}`),
    ...differs('channel', last.channel, channel),
    ...differs('amount', last.amountFen, amountFen),
    ...differs('the last state told', states.at(-1)?.status, status),
    ...(isOurs ? [] : ['a line is no state of this order']),
    ...(new Set(states.map((line) => line.status)).size === states.length ? [] : ['a state was told twice']),
    ...(status === 'paid' && !transactionId ? ['paid without a transaction id'] : []),
    ...(status === 'revoked' && Number(revokes) === 0 ? ['revoked without a revoke'] : []),
  ]
}

/** To the fen: all of a paid order, nothing of one that ended without; a case must know whether the money is here. */
function moneyIn(order: Order, book: BookLine, { channel }: ChannelStory): readonly string[] {
  const heldFen = book.chargedFen - book.refundedFen
  return [
    ...differs('the books’ server', book.wallet, channel),
    ...differs('the books’ order', book.orderNumber, order.orderNumber),
    ...differs('the books’ amount', book.amountFen, order.amountFen),
    ...(order.status === 'attention'
      ? differs('what the case knows of the money', order.moneyWasTaken, heldFen > 0)
      : differs('what the channel holds', heldFen, order.status === 'paid' ? order.amountFen : 0)),
    ...(order.revokeEffect === null
      ? []
      : differs('what was returned', book.refundedFen, order.revokeEffect === 'refunded' ? order.amountFen : 0)),
  ]
}

const differs = (what: string, is: unknown, mustBe: unknown): readonly string[] =>
  is === mustBe ? [] : [`${what}: ${String(is)}, and must be ${String(mustBe)}`]
