import type {
  OpeningTrouble,
  OrderView,
  Readiness,
  ReconcileNotice,
  TillSnapshot,
} from '../../electron/api/contract.ts'
import { type TrackedOrder, track } from './tracked.ts'
import { isFinal, isInFlight } from './types.ts'

export type Connection = 'connecting' | 'live' | 'lost' | 'another-window'

/** What the window knows of the till. */
export type TillState = {
  readonly connection: Connection
  readonly snapshot: TillSnapshot | null
  /** Why the till could not open; null while it is, or while nobody knows. */
  readonly trouble: OpeningTrouble | null
  /** Open orders, the one at the counter, ended ones that nobody has looked at yet, and the last few of the others. */
  readonly orders: Readonly<Record<string, TrackedOrder>>
  /** Orders that reached their end while they were not at the counter; they stay until they are acknowledged. */
  readonly ended: readonly string[]
  /** Counts changes of orders, so that lists know when to ask again. */
  readonly revision: number
}

export const unknownTill: TillState = {
  connection: 'connecting',
  snapshot: null,
  trouble: null,
  orders: {},
  ended: [],
  revision: 0,
}

export type TillEvent =
  | { readonly type: 'connection-changed'; readonly connection: Connection }
  | { readonly type: 'not-open'; readonly trouble: OpeningTrouble }
  | { readonly type: 'snapshot-taken'; readonly snapshot: TillSnapshot; readonly nowMs: number }
  | { readonly type: 'order-changed'; readonly order: OrderView; readonly nowMs: number }
  | { readonly type: 'readiness-changed'; readonly readiness: Readiness }
  | { readonly type: 'pos-told'; readonly pos: TillSnapshot['pos'] }
  | { readonly type: 'reconcile-noticed'; readonly notice: ReconcileNotice }
  /** The cashier has seen the end of this order. */
  | { readonly type: 'acknowledged'; readonly orderNumber: string }

const isBeforeAnswer = ({ status }: OrderView): boolean => status === 'created' || status === 'paying'

/**
 * Whether a view is older than what is known already: an answer and an event may pass each other on the way. An end may
 * still become a case for a person (a verified "paid" after it), but never a wait.
 */
const isOvertaken = (known: OrderView, late: OrderView): boolean =>
  (isFinal(known.status) && isInFlight(late.status)) ||
  (!isBeforeAnswer(known) && isBeforeAnswer(late)) ||
  late.queries + late.revokes < known.queries + known.revokes

/** Ended orders that are kept for an answer that comes late, and for who asks about the sale just made. */
const endedKept = 20

/** A till that runs for weeks must not hold every order of them. */
function withoutOld(orders: TillState['orders'], kept: ReadonlySet<string | null>): TillState['orders'] {
  const old = Object.values(orders)
    .filter(({ view }) => isFinal(view.status) && !kept.has(view.orderNumber))
    .toSorted((a, b) => b.view.statusSinceWallMs - a.view.statusSinceWallMs)
    .slice(endedKept)
    .map(({ view }) => view.orderNumber)
  if (old.length === 0) return orders
  const gone = new Set(old)
  return Object.fromEntries(Object.entries(orders).filter(([orderNumber]) => !gone.has(orderNumber)))
}

/** The till's state after an event; `shown` is the order at the counter, whose end needs no acknowledging. */
export function reduceTill(till: TillState, event: TillEvent, shown: string | null): TillState {
  switch (event.type) {
    case 'connection-changed':
      return { ...till, connection: event.connection }
    case 'not-open':
      return { ...till, connection: 'live', trouble: event.trouble }
    case 'snapshot-taken': {
      const open = event.snapshot.openOrders.map(
        (view) => [view.orderNumber, track(till.orders[view.orderNumber], view, event.nowMs)] as const,
      )
      return {
        ...till,
        connection: 'live',
        trouble: null,
        snapshot: event.snapshot,
        orders: { ...till.orders, ...Object.fromEntries(open) },
        revision: till.revision + 1,
      }
    }
    case 'order-changed': {
      const { order, nowMs } = event
      const former = till.orders[order.orderNumber]
      if (former && isOvertaken(former.view, order)) return till
      const isNews = isFinal(order.status) && order.orderNumber !== shown && !till.ended.includes(order.orderNumber)
      const wasWatched = former !== undefined && !isFinal(former.view.status)
      const ended = isNews && wasWatched ? [...till.ended, order.orderNumber] : till.ended
      const orders = { ...till.orders, [order.orderNumber]: track(former, order, nowMs) }
      return {
        ...till,
        orders: withoutOld(orders, new Set([shown, order.orderNumber, ...ended])),
        ended,
        revision: till.revision + 1,
      }
    }
    case 'readiness-changed':
      return till.snapshot ? { ...till, snapshot: { ...till.snapshot, readiness: event.readiness } } : till
    case 'pos-told':
      return till.snapshot ? { ...till, snapshot: { ...till.snapshot, pos: event.pos } } : till
    case 'reconcile-noticed':
      return till.snapshot ? { ...till, snapshot: { ...till.snapshot, reconcileNotice: event.notice } } : till
    case 'acknowledged':
      return { ...till, ended: till.ended.filter((orderNumber) => orderNumber !== event.orderNumber) }
  }
}

/** What has a result or needs a person stands first, where it cannot be scrolled out of sight. */
const newsFirst = (a: OrderView, b: OrderView): number =>
  Number(isInFlight(a.status)) - Number(isInFlight(b.status)) || a.createdWallMs - b.createdWallMs

/** Orders of the strip: open ones that are not at the counter, and ended ones that nobody has acknowledged. */
export function stripOrders(till: TillState, shown: string | null): readonly TrackedOrder[] {
  return Object.values(till.orders)
    .filter(({ view }) => view.orderNumber !== shown)
    .filter(({ view }) => !isFinal(view.status) || till.ended.includes(view.orderNumber))
    .toSorted((a, b) => newsFirst(a.view, b.view))
}

/** How many orders nobody can tell yet: unknown ones and those that need a person, wherever they are shown. */
export function doubtfulCount(till: TillState): number {
  return Object.values(till.orders).filter(({ view }) => view.status === 'unknown' || view.status === 'attention')
    .length
}
