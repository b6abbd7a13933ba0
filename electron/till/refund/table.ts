import { type RefundStep, send, stay } from './change.ts'
import type { RefundEvent, RefundEventType } from './event.ts'
import {
  askAgain,
  askNow,
  forgetQuestion,
  hearQuery,
  hearQueryAfterFailure,
  hearQueryInAttention,
  hearRefundAfterFailure,
  hearRefundAnswer,
  hearRefundInAttention,
  noteLateAnswer,
  resumeAttention,
  resumeOpen,
  startRefund,
  tryOnceMore,
} from './hearing.ts'
import type { Refund, RefundStatus } from './refund.ts'

/** One cell of the table: where the event can lead, in words what it does, and the function that does it. */
export type RefundRule<Type extends RefundEventType> = {
  readonly to: readonly RefundStatus[]
  readonly does: string
  readonly apply: (refund: Refund, event: Extract<RefundEvent, { readonly type: Type }>) => RefundStep
}

type Row = { readonly [Type in RefundEventType]: RefundRule<Type> }

const nothing = <Type extends RefundEventType>(status: RefundStatus, why: string): RefundRule<Type> => ({
  to: [status],
  does: `nothing: ${why}`,
  apply: (refund) => stay(refund),
})

const once = (status: RefundStatus): Pick<Row, 'refund-requested'> => ({
  'refund-requested': nothing(status, 'the intent was journaled once'),
})

const waitingRow = (status: 'processing' | 'unknown'): Row => ({
  ...once(status),
  'refund-answered': { to: [status], does: 'notes the late answer; a query decides', apply: noteLateAnswer },
  'query-answered': {
    to:
      status === 'processing'
        ? ['processing', 'unknown', 'done', 'failed', 'attention']
        : ['unknown', 'requested', 'processing', 'done', 'failed', 'attention'],
    does:
      status === 'processing'
        ? 'verified done or closed ends it; the rest is asked about again'
        : 'verified done or closed ends it; not found confirms a refusal, or the same number is sent again; waits used up need a person',
    apply: hearQuery,
  },
  woken: { to: [status], does: 'asks the channel', apply: askAgain },
  'query-requested': { to: [status], does: 'asks the channel now', apply: askNow },
  'retry-requested': {
    to: [status],
    does: 'asks the channel now; only its answer leads to another try',
    apply: askNow,
  },
  resumed: { to: [status], does: 'asks the channel, no sooner than it wants to be asked', apply: resumeOpen },
})

/** The refund's life as one table, total over states and events; `docs/refund-states.md` is printed from it. */
export const refundTable: { readonly [Status in RefundStatus]: Row } = {
  created: {
    'refund-requested': { to: ['requested'], does: 'the intent is durable: the request leaves', apply: startRefund },
    'refund-answered': nothing('created', 'nothing was asked'),
    'query-answered': nothing('created', 'nothing was asked'),
    woken: nothing('created', 'nothing waits'),
    'query-requested': nothing('created', 'nothing has left the machine'),
    'retry-requested': nothing('created', 'nothing has left the machine'),
    resumed: {
      to: ['requested'],
      does: 'nothing ever left the machine: the request leaves',
      apply: (refund, event) => send(refund, 'requested', event.at),
    },
  },
  requested: {
    ...once('requested'),
    'refund-answered': {
      to: ['done', 'processing', 'unknown', 'attention'],
      does: 'only the whole answer makes it done; accepted is asked about, and so is a refusal',
      apply: hearRefundAnswer,
    },
    'query-answered': { to: ['requested'], does: 'notes the late answer', apply: noteLateAnswer },
    woken: nothing('requested', 'the answer or its time-out comes first'),
    'query-requested': nothing('requested', 'the answer or its time-out comes first'),
    'retry-requested': nothing('requested', 'the answer or its time-out comes first'),
    resumed: { to: ['unknown'], does: 'the request may have arrived: asks the channel', apply: resumeOpen },
  },
  processing: waitingRow('processing'),
  unknown: waitingRow('unknown'),
  done: {
    ...once('done'),
    'refund-answered': { to: ['done'], does: 'notes the late answer', apply: noteLateAnswer },
    'query-answered': { to: ['done'], does: 'notes the answer', apply: noteLateAnswer },
    woken: nothing('done', 'nothing waits'),
    'query-requested': { to: ['done'], does: 'asks the channel once more', apply: askNow },
    'retry-requested': nothing('done', 'the money went back'),
    resumed: { to: ['done'], does: 'forgets a question that the stop cut off', apply: forgetQuestion },
  },
  failed: {
    ...once('failed'),
    'refund-answered': {
      to: ['failed', 'attention'],
      does: 'a late success is a case for a person',
      apply: hearRefundAfterFailure,
    },
    'query-answered': {
      to: ['failed', 'attention'],
      does: 'a verified success after the end is a case for a person',
      apply: hearQueryAfterFailure,
    },
    woken: nothing('failed', 'nothing waits'),
    'query-requested': { to: ['failed'], does: 'asks the channel once more', apply: askNow },
    'retry-requested': nothing('failed', 'its number is spent; a new refund has a new one'),
    resumed: { to: ['failed'], does: 'forgets a question that the stop cut off', apply: forgetQuestion },
  },
  attention: {
    ...once('attention'),
    'refund-answered': {
      to: ['attention', 'done', 'processing', 'unknown'],
      does: 'the answer to the try that a person asked for',
      apply: hearRefundInAttention,
    },
    'query-answered': {
      to: ['attention', 'done', 'failed', 'processing'],
      does: 'done and closed settle it; not found lets the wanted try leave, under the same number',
      apply: hearQueryInAttention,
    },
    woken: nothing('attention', 'a person decides'),
    'query-requested': { to: ['attention'], does: 'asks the channel now', apply: askNow },
    'retry-requested': { to: ['attention'], does: 'asks, then tries the same refund once more', apply: tryOnceMore },
    resumed: { to: ['attention'], does: 'asks the channel once', apply: resumeAttention },
  },
}
