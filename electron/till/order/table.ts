import {
  askAboutCase,
  askInBackground,
  beginRefund,
  hearQueryInAttention,
  hearRevokeInAttention,
  resumeAttention,
  revokeFromAttention,
  settleByHand,
  settleByRefund,
  takeCase,
} from './attention.ts'
import { type Step, stay } from './change.ts'
import {
  askAtEnd,
  hearLatePayAnswer,
  hearQueryWhenFailed,
  hearQueryWhenRevoked,
  lookAgain,
  noteQueryWhenPaid,
  resumeAtEnd,
} from './ended.ts'
import type { OrderEvent, OrderEventType } from './event.ts'
import type { Order, OrderStatus } from './order.ts'
import {
  askAgain,
  askNow,
  hearPayAnswer,
  hearQueryWhileWaiting,
  neverSent,
  resumePaying,
  resumeWaiting,
  startPaying,
  wantRevoke,
} from './paying.ts'
import {
  askWhileRevoking,
  hearQueryWhileRevoking,
  hearRevokeAnswer,
  resumeRevoking,
  tryAgain,
  tryNow,
} from './revoking.ts'

/** One cell of the table: where the event can lead, in words what it does, and the function that does it. */
export type Rule<Type extends OrderEventType> = {
  readonly to: readonly OrderStatus[]
  readonly does: string
  readonly apply: (order: Order, event: Extract<OrderEvent, { readonly type: Type }>) => Step
}

type Row = { readonly [Type in OrderEventType]: Rule<Type> }

const nothing = <Type extends OrderEventType>(status: OrderStatus, why: string): Rule<Type> => ({
  to: [status],
  does: `nothing: ${why}`,
  apply: (order) => stay(order),
})

const parking = (status: OrderStatus): Pick<Row, 'parked' | 'unparked'> => ({
  parked: {
    to: [status],
    does: 'sets the order aside; the loop goes on',
    apply: (order) => stay(order, { parked: true }),
  },
  unparked: {
    to: [status],
    does: 'brings the order back to the counter',
    apply: (order) => stay(order, { parked: false }),
  },
})

const lateAnswers = (status: OrderStatus): Pick<Row, 'revoke-answered' | 'woken'> => ({
  'revoke-answered': nothing(status, 'no revoke is open'),
  woken: nothing(status, 'nothing waits'),
})

const noCase = (
  status: OrderStatus,
): Pick<Row, 'case-taken' | 'settled-by-hand' | 'refund-begun' | 'refunded-in-full'> => ({
  'case-taken': nothing(status, 'there is no case'),
  'settled-by-hand': nothing(status, 'there is no case'),
  'refund-begun': nothing(status, 'the refund is a record of its own'),
  'refunded-in-full': nothing(status, 'the refund is a record of its own'),
})

const waitingRow = (status: 'awaiting-payer' | 'unknown'): Row => ({
  'pay-requested': nothing(status, 'the request was made once'),
  'pay-answered': { to: [status], does: 'notes the late answer; a query decides', apply: hearLatePayAnswer },
  woken: { to: [status], does: 'asks the channel; at the deadline it is the last query', apply: askAgain },
  'query-answered': {
    to: ['awaiting-payer', 'unknown', 'revoking', 'paid', 'failed', 'revoked', 'attention'],
    does: 'verified paid ends it; closed ends it; after the last query anything else leads straight to the revoke, or to a person where the channel has none',
    apply: hearQueryWhileWaiting,
  },
  'revoke-answered': nothing(status, 'no revoke is open'),
  'query-requested': { to: [status], does: 'asks the channel now', apply: askNow },
  'revoke-requested': {
    to: [status],
    does: 'asks one last time and then revokes, not before the minimum age',
    apply: wantRevoke,
  },
  resumed: { to: [status], does: 'asks the channel and goes on with the old clock', apply: resumeWaiting },
  ...noCase(status),
  ...parking(status),
})

const endedRow = (status: 'failed' | 'revoked'): Omit<Row, 'query-answered' | 'revoke-answered' | 'woken'> => ({
  'pay-requested': nothing(status, 'an order number is never used again'),
  'pay-answered': {
    to: [status, 'attention'],
    does: 'a verified paid is a case for a person',
    apply: hearLatePayAnswer,
  },
  'query-requested': { to: [status], does: 'asks the channel once more', apply: askAtEnd },
  'revoke-requested': nothing(status, 'it can no longer charge'),
  resumed: { to: [status], does: 'makes a look that was planned; forgets any other question', apply: resumeAtEnd },
  ...noCase(status),
  ...parking(status),
})

/**
 * The order's life as one table, total over states and events (design §3); `docs/order-states.md` is printed from it.
 */
export const orderTable: { readonly [Status in OrderStatus]: Row } = {
  created: {
    'pay-requested': { to: ['paying'], does: 'the intent is durable: the pay request leaves', apply: startPaying },
    'pay-answered': nothing('created', 'nothing was asked'),
    'query-answered': nothing('created', 'nothing was asked'),
    'query-requested': nothing('created', 'nothing has left the machine'),
    'revoke-requested': nothing('created', 'nothing has left the machine'),
    resumed: { to: ['failed'], does: 'nothing ever left the machine', apply: neverSent },
    ...lateAnswers('created'),
    ...noCase('created'),
    ...parking('created'),
  },
  paying: {
    'pay-requested': nothing('paying', 'the request was made once'),
    'pay-answered': {
      to: ['paid', 'awaiting-payer', 'unknown', 'failed'],
      does: 'verified paid or verified refusal ends it; a doubtful refusal is asked about; the rest waits',
      apply: hearPayAnswer,
    },
    woken: nothing('paying', 'the answer or its time-out comes first'),
    'query-answered': nothing('paying', 'no query is open'),
    'revoke-answered': nothing('paying', 'no revoke is open'),
    'query-requested': nothing('paying', 'the answer or its time-out comes first'),
    'revoke-requested': {
      to: ['paying'],
      does: 'remembers the wish for after the answer',
      apply: (order, event) => stay(order, { revokeCause: event.by }),
    },
    resumed: { to: ['unknown'], does: 'the request may have arrived: asks the channel', apply: resumePaying },
    ...noCase('paying'),
    ...parking('paying'),
  },
  'awaiting-payer': waitingRow('awaiting-payer'),
  unknown: waitingRow('unknown'),
  revoking: {
    'pay-requested': nothing('revoking', 'the request was made once'),
    'pay-answered': { to: ['revoking'], does: 'notes the late answer; a query decides', apply: hearLatePayAnswer },
    woken: { to: ['revoking'], does: 'asks the channel right before the next try', apply: tryAgain },
    'query-answered': {
      to: ['revoking', 'revoked', 'paid', 'failed', 'attention'],
      does: 'closed confirms the revoke; paid counts only while no revoke may have arrived; tries used up need a person',
      apply: hearQueryWhileRevoking,
    },
    'revoke-answered': {
      to: ['revoking'],
      does: 'accepted is confirmed by a query; refused while the payer confirms, or unclear, is tried again',
      apply: hearRevokeAnswer,
    },
    'query-requested': { to: ['revoking'], does: 'asks the channel now', apply: askWhileRevoking },
    'revoke-requested': { to: ['revoking'], does: 'does not wait for the next try', apply: tryNow },
    resumed: { to: ['revoking'], does: 'asks the channel and goes on with the tries', apply: resumeRevoking },
    ...noCase('revoking'),
    ...parking('revoking'),
  },
  paid: {
    'pay-requested': nothing('paid', 'an order number is never used again'),
    'pay-answered': { to: ['paid'], does: 'notes the late answer', apply: hearLatePayAnswer },
    'query-answered': { to: ['paid'], does: 'notes the answer', apply: noteQueryWhenPaid },
    'query-requested': { to: ['paid'], does: 'asks the channel once more', apply: askAtEnd },
    'revoke-requested': nothing('paid', 'a paid order is refunded, never revoked (I7)'),
    resumed: { to: ['paid'], does: 'forgets a question that the stop cut off', apply: resumeAtEnd },
    ...lateAnswers('paid'),
    ...noCase('paid'),
    ...parking('paid'),
  },
  failed: {
    ...endedRow('failed'),
    'query-answered': {
      to: ['failed', 'attention'],
      does: 'a verified paid is a case for a person; so is an order that is open still, and it is revoked at once',
      apply: hearQueryWhenFailed,
    },
    'revoke-answered': nothing('failed', 'no revoke is open'),
    woken: { to: ['failed'], does: 'looks again where the end rests on an order that was not found', apply: lookAgain },
  },
  revoked: {
    ...endedRow('revoked'),
    ...lateAnswers('revoked'),
    'query-answered': {
      to: ['revoked', 'attention'],
      does: 'a verified paid is a case for a person',
      apply: hearQueryWhenRevoked,
    },
  },
  attention: {
    'pay-requested': nothing('attention', 'an order number is never used again'),
    'pay-answered': { to: ['attention'], does: 'notes the late answer; a query decides', apply: hearLatePayAnswer },
    woken: { to: ['attention'], does: 'asks in the background, at growing gaps', apply: askInBackground },
    'query-answered': {
      to: ['attention', 'revoked', 'paid', 'failed'],
      does: 'closed settles it as revoked; paid only if no revoke may have arrived; in the background the revoke is tried some more times',
      apply: hearQueryInAttention,
    },
    'revoke-answered': { to: ['attention'], does: 'accepted is confirmed by a query', apply: hearRevokeInAttention },
    'query-requested': { to: ['attention'], does: 'asks the channel now', apply: askAboutCase },
    'revoke-requested': {
      to: ['attention'],
      does: 'asks, then tries the revoke once more',
      apply: revokeFromAttention,
    },
    resumed: { to: ['attention'], does: 'asks the channel once', apply: resumeAttention },
    'case-taken': { to: ['attention'], does: 'notes who takes care of it', apply: takeCase },
    'settled-by-hand': {
      to: ['attention', 'paid', 'failed', 'revoked'],
      does: 'a manager’s signed decision ends the case, within what the answers allow',
      apply: settleByHand,
    },
    'refund-begun': { to: ['attention'], does: 'revokes by itself no more', apply: beginRefund },
    'refunded-in-full': { to: ['revoked'], does: 'the money is back by a refund', apply: settleByRefund },
    ...parking('attention'),
  },
}
