import { type Fen, fen } from '../till/money.ts'
import type { Story } from './practice-code.ts'
import { type ServerName, serverManners } from './server-name.ts'

/**
 * What the wallet's side does behind an order, as pure functions of the order's book and the wall time.
 *
 * Nothing here waits: what is due by now is worked out when somebody asks, so that a server that was killed and started
 * again finds the same world (design §8).
 */

/** An order's story; the last two are of codes that are no practice code, and of codes that were used before. */
export type OrderStory = Story | 'no-practice-code' | 'code-used-before'

/** How an order stands at the wallet. The first four end nothing; money lies at the merchant in `paid` only. */
export const conditions = [
  'in-transit', // taken in, not visible to queries yet, and about to be charged
  'confirming', // the customer's password dialog is open
  'unpaid', // the order exists, the dialog has ended
  'payment-failed', // the order exists, paying failed; it wants a revoke
  'refused', // no order came to be
  'paid',
  'closed', // ended without money moving
  'refunded', // paid, and the money returned in full
] as const
export type Condition = (typeof conditions)[number]

/** One order in the wallet's books. */
export type TrainingOrder = {
  readonly wallet: ServerName
  readonly orderNumber: string
  /** Place in the books, from 1; the wallet's own number is made of it. */
  readonly sequence: number
  readonly amountFen: Fen
  readonly story: OrderStory
  readonly condition: Condition
  readonly openedAtMs: number
  /** When the wallet closes the order if nobody paid; both wallets do so by themselves. */
  readonly expiresAtMs: number
  readonly paidAtMs: number | null
  readonly endedAtMs: number | null
  readonly chargedFen: Fen
  readonly refundedFen: Fen
  /** Requests handled so far. */
  readonly pays: number
  readonly queries: number
  readonly revokes: number
  /** Refunds that returned money; not the one that a revoke makes. */
  readonly refunds: number
}

export type PayAnswer =
  | 'paid'
  | 'confirming'
  | 'system-error'
  | 'connection-lost'
  | 'balance-low'
  | 'code-expired'
  | 'code-invalid'
  | 'code-used'

export type RevokeAnswer =
  | 'closed'
  | 'refunded'
  | 'system-error' // "call again"
  | 'call-again' // success in words, and yet "call again" (wechat.md §4.4, second row)
  | 'payer-confirming'
  | 'no-such-order'
  | 'too-late'
  | 'has-refunds' // money went back by refunds already: a refund is the way

type Script = {
  readonly opensAs: Condition
  readonly answer: PayAnswer
  /** The payer pays this long after the pay request came in. */
  readonly paysAfterMs?: number
  /** The payer confirms in the very moment before the first revoke is handled. */
  readonly paysBeforeRevoke?: true
  /** The wallet closes the order by itself when it expires. The other stories wait for the till's revoke. */
  readonly closesByItself?: true
  /** What the first revokes are answered; the one after them works. */
  readonly firstRevokes?: readonly RevokeAnswer[]
  readonly everyRevoke?: RevokeAnswer
  /** The dialog stays open until the last of `firstRevokes` was answered; else the first revoke ends it. */
  readonly dialogOutlastsRevokes?: true
}

const scripts = {
  'pays-at-once': { opensAs: 'paid', answer: 'paid' },
  'password-then-pays': { opensAs: 'confirming', answer: 'confirming', paysAfterMs: 3_000 },
  'password-never': { opensAs: 'confirming', answer: 'confirming', closesByItself: true },
  'balance-low': { opensAs: 'payment-failed', answer: 'balance-low' },
  'code-expired': { opensAs: 'refused', answer: 'code-expired' },
  'system-error-then-paid': { opensAs: 'in-transit', answer: 'system-error', paysAfterMs: 2_000 },
  'answer-lost-but-paid': { opensAs: 'paid', answer: 'connection-lost' },
  'pays-just-before-revoke': { opensAs: 'confirming', answer: 'confirming', paysBeforeRevoke: true },
  'revoke-needs-tries': {
    opensAs: 'confirming',
    answer: 'confirming',
    firstRevokes: ['system-error', 'call-again'],
  },
  'revoke-refused-while-confirming': {
    opensAs: 'confirming',
    answer: 'confirming',
    firstRevokes: ['payer-confirming', 'payer-confirming'],
    dialogOutlastsRevokes: true,
  },
  'revoke-never-works': {
    opensAs: 'confirming',
    answer: 'confirming',
    paysBeforeRevoke: true,
    everyRevoke: 'system-error',
  },
  'no-practice-code': { opensAs: 'refused', answer: 'code-invalid' },
  'code-used-before': { opensAs: 'refused', answer: 'code-used' },
} as const satisfies Record<OrderStory, Script>

const scriptOf = (story: OrderStory): Script => scripts[story]

/**
 * WeChat revokes an order that is still unpaid about 45 s after its creation by itself (wechat.md §5). Two seconds more
 * here, so that a till whose window is exactly 45 s meets an open order at its last query, not a race.
 */
export const wechatClosesUnpaidAfterMs = 47_000

/** What a pay request brings; `sequence` is the book's. */
export type Opening = {
  readonly wallet: ServerName
  readonly orderNumber: string
  readonly sequence: number
  readonly amountFen: Fen
  readonly story: OrderStory
  readonly expiresAtMs: number
}

/** The order as its pay request leaves it, and what that request is answered. */
export function openOrder(
  opening: Opening,
  wallMs: number,
): { readonly order: TrainingOrder; readonly answer: PayAnswer } {
  const script = scriptOf(opening.story)
  const order: TrainingOrder = {
    ...opening,
    condition: refusedWithoutOrder(opening) ? 'refused' : script.opensAs,
    openedAtMs: wallMs,
    paidAtMs: null,
    endedAtMs: null,
    chargedFen: fen(0),
    refundedFen: fen(0),
    pays: 1,
    queries: 0,
    revokes: 0,
    refunds: 0,
  }
  return { order: script.opensAs === 'paid' ? charge(order, wallMs) : order, answer: script.answer }
}

/** Alipay makes no trade when the balance is too low; WeChat keeps an order that reads PAYERROR. */
const refusedWithoutOrder = ({ wallet, story }: Opening): boolean =>
  !serverManners[wallet].keepsOrderWhenBalanceLow && story === 'balance-low'

/** What the pay request of this order was answered, for a request that comes again. */
export function firstPayAnswer(order: TrainingOrder): PayAnswer {
  return scriptOf(order.story).answer
}

/** The order with everything that is due by now: the payer paid, or the wallet closed it. */
export function advance(order: TrainingOrder, wallMs: number): TrainingOrder {
  if (order.condition !== 'in-transit' && order.condition !== 'confirming' && order.condition !== 'unpaid') return order
  const script = scriptOf(order.story)
  if (script.paysAfterMs !== undefined) {
    const paysAtMs = order.openedAtMs + script.paysAfterMs
    return wallMs >= paysAtMs ? charge(order, paysAtMs) : order
  }
  if (script.closesByItself && wallMs >= order.expiresAtMs) return close(order, order.expiresAtMs)
  return order
}

/** Counts a query; what it is answered is the condition of the order returned. */
export function query(order: TrainingOrder, wallMs: number): TrainingOrder {
  return { ...advance(order, wallMs), queries: order.queries + 1 }
}

/** Counts a repeated pay request; what it is answered is the wallet's rule about the condition. */
export function payAgain(order: TrainingOrder, wallMs: number): TrainingOrder {
  return { ...advance(order, wallMs), pays: order.pays + 1 }
}

/** Handles a revoke: closes what is unpaid, returns the money of what is paid, or does what the story says instead. */
export function revoke(
  before: TrainingOrder,
  wallMs: number,
): { readonly order: TrainingOrder; readonly answer: RevokeAnswer } {
  const order: TrainingOrder = { ...advance(before, wallMs), revokes: before.revokes + 1 }
  if (order.condition === 'refused') return { order, answer: 'no-such-order' }
  if (order.refunds > 0) return { order, answer: 'has-refunds' }
  if (order.condition === 'closed' || order.condition === 'refunded') return { order, answer: order.condition }
  if (order.condition === 'in-transit') return { order, answer: 'system-error' }
  if (wallMs - order.openedAtMs > serverManners[order.wallet].revocableForMs) return { order, answer: 'too-late' }
  const script = scriptOf(order.story)
  const met = script.paysBeforeRevoke && order.condition === 'confirming' ? charge(order, wallMs) : order
  const excuse = script.everyRevoke ?? script.firstRevokes?.[order.revokes - 1]
  if (excuse !== undefined) {
    const dialogStays = script.dialogOutlastsRevokes && order.revokes < (script.firstRevokes?.length ?? 0)
    return { order: dialogStays ? met : endDialog(met), answer: excuse }
  }
  if (met.condition === 'paid') {
    return {
      order: { ...met, condition: 'refunded', endedAtMs: wallMs, refundedFen: met.chargedFen },
      answer: 'refunded',
    }
  }
  return { order: close(met, wallMs), answer: 'closed' }
}

const charge = (order: TrainingOrder, atMs: number): TrainingOrder => ({
  ...order,
  condition: 'paid',
  paidAtMs: atMs,
  chargedFen: order.amountFen,
})

const close = (order: TrainingOrder, atMs: number): TrainingOrder => ({
  ...order,
  condition: 'closed',
  endedAtMs: atMs,
})

const endDialog = (order: TrainingOrder): TrainingOrder =>
  order.condition === 'confirming' ? { ...order, condition: 'unpaid' } : order
