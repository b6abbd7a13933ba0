import type { QueryPurpose } from './order.ts'

/**
 * What must be done because of an event, as data. The runner does it only after the event is durable (I1), and feeds
 * the result back as an event.
 */
export type OrderEffect =
  | { readonly type: 'send-pay' }
  | { readonly type: 'send-query'; readonly purpose: QueryPurpose }
  | { readonly type: 'send-revoke' }
  /** Wake the order at this moment of the monotonic clock; replaces any earlier wish. */
  | { readonly type: 'wake-at'; readonly monotonicMs: number }
