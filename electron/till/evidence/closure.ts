import { assertNever } from '../brand.ts'
import type { TransactionId } from '../ids.ts'
import type { HandDecision, OrderCreated, OrderEvent } from '../order/event.ts'
import type { AttentionReason, Order, OrderStatus } from '../order/order.ts'
import { createOrder, step } from '../order/step.ts'
import { looksUntilMonotonicMs } from '../order/timing.ts'
import type { FailureReason } from '../outcome.ts'

/** An order's event with its place in the journal. */
export type SequencedEvent = { readonly sequence: number; readonly event: OrderCreated | OrderEvent }

/** Why an order can no longer charge anyone, or that it still may; `open` is the only verdict that closes nothing. */
export type Verdict =
  /** A verified answer said paid for this order, amount and merchant: it charged once, and its code is used up. */
  | { readonly kind: 'paid-and-verified'; readonly transactionId: TransactionId | null }
  /** A verified query said closed, and none that money had moved. `byUs`: a revoke of this till was accepted before. */
  | { readonly kind: 'revoked-closed-confirmed'; readonly byUs: boolean }
  /** A verified query said closed, and the money that had moved went back. */
  | { readonly kind: 'revoked-refunded-confirmed'; readonly byUs: boolean }
  /** The channel confirmed a refund of the whole amount. */
  | { readonly kind: 'refunded-in-full'; readonly refundNumber: string }
  /** The channel refused the payment for good, by its own documentation. */
  | { readonly kind: 'refused-by-channel'; readonly reason: FailureReason }
  /** The channel refused in words that are to be doubted, and a query then did not know the order. */
  | {
      readonly kind: 'refused-and-not-found'
      readonly reason: FailureReason
      readonly notFoundWallMs: readonly number[]
      readonly looksUntilWallMs: number | null
    }
  /** A verified query said that the order is closed, unpaid. */
  | { readonly kind: 'closed-unpaid'; readonly reason: FailureReason }
  /** Revoked to be safe, and the channel never knew the order, each time that it was asked. */
  | {
      readonly kind: 'never-existed-there'
      readonly notFoundWallMs: readonly number[]
      /** The till looks again by itself until then; null when it has looked often enough. */
      readonly looksUntilWallMs: number | null
    }
  /** No byte of the pay request left the machine. */
  | { readonly kind: 'never-left' }
  /** A manager's signed decision, where no answer decides. */
  | {
      readonly kind: 'settled-by-hand'
      readonly decision: HandDecision
      readonly manager: string
      readonly reason: string
      readonly wallMs: number
      readonly looksUntilWallMs: number | null
    }
  /** It may still charge, or has charged without an end: nobody can say that it is closed. */
  | {
      readonly kind: 'open'
      readonly status: OrderStatus
      readonly attentionReason: AttentionReason | null
      readonly moneyWasTaken: boolean
      /** The record does not bear the state that the order is said to be in. */
      readonly contradiction: boolean
    }

export type VerdictKind = Verdict['kind']

export const verdictKinds = [
  'paid-and-verified',
  'revoked-closed-confirmed',
  'revoked-refunded-confirmed',
  'refunded-in-full',
  'refused-by-channel',
  'refused-and-not-found',
  'closed-unpaid',
  'never-existed-there',
  'never-left',
  'settled-by-hand',
  'open',
] as const satisfies readonly VerdictKind[]

/** The verdict on an order, with the journal's entries that it rests on. */
export type Closure = {
  /** Whether the order can no longer charge anyone, as far as this record shows. */
  readonly isClosed: boolean
  readonly verdict: Verdict
  /** Sequence numbers of the entries that the verdict rests on, ascending; never empty for a verdict that closes. */
  readonly restsOn: readonly number[]
}

type Heard<Type extends OrderEvent['type']> = {
  readonly sequence: number
  readonly event: Extract<OrderEvent, { readonly type: Type }>
}

/**
 * Whether an order can still charge, and why not. Total over every state.
 *
 * The verdict rests on the event that brought the order to where it stands, found by walking its events anew, and not on
 * what the order says of itself: an order whose events do not lead to its state is `open`, with the contradiction told.
 */
export function closureOf(order: Order, events: readonly SequencedEvent[]): Closure {
  const walk = walkTo(events)
  const open = (contradiction: boolean): Closure => ({
    isClosed: false,
    verdict: {
      kind: 'open',
      status: order.status,
      attentionReason: order.attentionReason,
      moneyWasTaken: order.moneyWasTaken,
      contradiction,
    },
    restsOn: walk === null ? [] : [walk.deciding.sequence],
  })
  if (walk === null || walk.order.status !== order.status || walk.order.version !== order.version) return open(true)
  const made = verdictOf(walk)
  if (made === null) return open(order.status === 'paid' || order.status === 'failed' || order.status === 'revoked')
  return { isClosed: true, verdict: made.verdict, restsOn: [...new Set(made.restsOn)].sort((a, b) => a - b) }
}

type Walk = {
  readonly order: Order
  readonly events: readonly SequencedEvent[]
  /** The last event that changed the order's status. */
  readonly deciding: SequencedEvent
}

function walkTo(events: readonly SequencedEvent[]): Walk | null {
  const [first, ...rest] = events
  if (first?.event.type !== 'created') return null
  let order = createOrder(first.event)
  let deciding = first
  for (const each of rest) {
    if (each.event.type === 'created') return null
    const next = step(order, each.event).order
    if (next.status !== order.status) deciding = each
    order = next
  }
  return { order, events, deciding }
}

type Made = { readonly verdict: Verdict; readonly restsOn: readonly number[] }

function verdictOf(walk: Walk): Made | null {
  const { order, deciding } = walk
  switch (order.status) {
    case 'created':
    case 'paying':
    case 'awaiting-payer':
    case 'unknown':
    case 'revoking':
    case 'attention':
      return null
    case 'paid':
      return settledByHand(walk) ?? paid(walk)
    case 'revoked':
      return settledByHand(walk) ?? revoked(walk)
    case 'failed':
      return closedAfterFailure(walk) ?? settledByHand(walk) ?? failed(walk, deciding)
    default:
      return assertNever(order.status, 'order status')
  }
}

function paid({ order, deciding }: Walk): Made | null {
  const { event, sequence } = deciding
  if ((event.type !== 'pay-answered' && event.type !== 'query-answered') || event.outcome.kind !== 'paid') return null
  return { verdict: { kind: 'paid-and-verified', transactionId: order.transactionId }, restsOn: [sequence] }
}

function revoked(walk: Walk): Made | null {
  const { order, deciding } = walk
  const { event, sequence } = deciding
  if (event.type === 'refunded-in-full') {
    return { verdict: { kind: 'refunded-in-full', refundNumber: event.refundNumber }, restsOn: [sequence] }
  }
  if (event.type !== 'query-answered' || event.outcome.kind !== 'closed') return null
  const accepted = ofType(walk, 'revoke-answered').filter(({ event: each }) => each.outcome.kind === 'accepted')
  const wasPaid = [...ofType(walk, 'query-answered'), ...ofType(walk, 'pay-answered')].filter(
    ({ event: each, sequence: at }) => each.outcome.kind === 'paid' && at <= sequence,
  )
  const kind = order.revokeEffect === 'refunded' ? 'revoked-refunded-confirmed' : 'revoked-closed-confirmed'
  return {
    verdict: { kind, byUs: accepted.length > 0 },
    restsOn: [...[...accepted, ...wasPaid].map((each) => each.sequence), sequence],
  }
}

/** A query after the end that said closed is better proof than whatever ended the order. */
function closedAfterFailure(walk: Walk): Made | null {
  const closed = ofType(walk, 'query-answered').filter(
    ({ event, sequence }) => event.outcome.kind === 'closed' && sequence >= walk.deciding.sequence,
  )
  if (closed.length === 0) return null
  const reason = walk.order.failureReason ?? 'closed-by-channel'
  return { verdict: { kind: 'closed-unpaid', reason }, restsOn: closed.map(({ sequence }) => sequence) }
}

function failed(walk: Walk, deciding: SequencedEvent): Made | null {
  const { order } = walk
  const { event, sequence } = deciding
  const reason = order.failureReason
  if (reason === null) return null
  if (event.type === 'resumed') return { verdict: { kind: 'never-left' }, restsOn: [sequence] }
  if (event.type === 'pay-answered' && event.outcome.kind === 'failed') {
    return { verdict: { kind: 'refused-by-channel', reason }, restsOn: [sequence] }
  }
  if (event.type !== 'query-answered' || event.outcome.kind !== 'not-found') return null
  const payAnswers = ofType(walk, 'pay-answered').map((each) => each.sequence)
  if (order.neverLeft) return { verdict: { kind: 'never-left' }, restsOn: [...payAnswers, sequence] }
  const notFound = ofType(walk, 'query-answered').filter(({ event: each }) => each.outcome.kind === 'not-found')
  const notFoundWallMs = notFound.map(({ event: each }) => each.at.wallMs)
  const accepted = ofType(walk, 'revoke-answered').filter(({ event: each }) => each.outcome.kind === 'accepted')
  const looks = { notFoundWallMs, looksUntilWallMs: looksUntilWallMs(walk) }
  const restsOn = [...payAnswers, ...accepted.map((each) => each.sequence), ...notFound.map((each) => each.sequence)]
  if (accepted.length > 0) return { verdict: { kind: 'never-existed-there', ...looks }, restsOn }
  return { verdict: { kind: 'refused-and-not-found', reason, ...looks }, restsOn }
}

function settledByHand(walk: Walk): Made | null {
  const { event, sequence } = walk.deciding
  if (event.type !== 'settled-by-hand') return null
  const { decision, reason, proof, at } = event
  return {
    verdict: {
      kind: 'settled-by-hand',
      decision,
      reason,
      manager: proof.name,
      wallMs: at.wallMs,
      looksUntilWallMs: looksUntilWallMs(walk),
    },
    restsOn: [sequence],
  }
}

function ofType<Type extends OrderEvent['type']>(walk: Walk, type: Type): readonly Heard<Type>[] {
  return walk.events.filter((each): each is Heard<Type> => each.event.type === type)
}

/** The end of the planned looks in the wall clock of the last event, whose two clocks belong together. */
function looksUntilWallMs({ order, events }: Walk): number | null {
  const last = events.at(-1)
  if (!last) return null
  const until = looksUntilMonotonicMs(order, last.event.at)
  return until === null ? null : Math.round(last.event.at.wallMs + (until - last.event.at.monotonicMs))
}
