import type { Moment } from '../time.ts'
import { decisionsFor } from './attention.ts'
import type { HandDecision, OrderEvent } from './event.ts'
import type { Order } from './order.ts'
import { mayRevokeInBackground, revokeDeadlineWallMs } from './timing.ts'

/** What is known about the money of a case: never more than the last verified answer said. */
export type MoneyKnown =
  /** A verified answer said that the customer was charged. */
  | { readonly known: 'taken'; readonly wallMs: number | null }
  /** The last answer said "not yet"; the order was still open then, so it says nothing about later. */
  | { readonly known: 'not-yet'; readonly wallMs: number }
  | { readonly known: 'not-known' }

/** A case as the desk for doubtful orders (人工处理) needs it, beside the order itself (M15). */
export type CaseFacts = {
  readonly money: MoneyKnown
  /** After this the channel takes no revoke any more, and a refund is the way (M9). */
  readonly revokeUntilWallMs: number
  /** What the till does by itself at its next waking. */
  readonly nextStep: 'query' | 'query-then-revoke'
  /** What a manager may decide once nothing is in flight. */
  readonly decisions: readonly HandDecision[]
}

/** The facts of a case as of `at`; `events` is the order's journal after its creation. */
export function caseFacts(order: Order, events: readonly OrderEvent[], at: Moment): CaseFacts {
  return {
    money: moneyKnown(order, events),
    revokeUntilWallMs: revokeDeadlineWallMs(order),
    nextStep: mayRevokeInBackground(order, at) ? 'query-then-revoke' : 'query',
    decisions: decisionsFor({ ...order, inFlight: 'none' }),
  }
}

function moneyKnown(order: Order, events: readonly OrderEvent[]): MoneyKnown {
  const answers = events.filter((event) => event.type === 'pay-answered' || event.type === 'query-answered')
  if (order.moneyWasTaken) {
    const said = answers.findLast(({ outcome }) => outcome.kind === 'paid')
    return { known: 'taken', wallMs: said?.at.wallMs ?? null }
  }
  const last = answers.at(-1)
  const isOpen = last?.outcome.kind === 'awaiting-payer' || last?.outcome.kind === 'unpaid'
  return last && isOpen ? { known: 'not-yet', wallMs: last.at.wallMs } : { known: 'not-known' }
}
