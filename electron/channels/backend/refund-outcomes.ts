import type { RefundOutcome, RefundQueryOutcome } from '../../till/refund/outcome.ts'
import type { BackendRefundQueryState, BackendRefundState } from './codes.ts'

/** The `state` of a refund's answer: the same names as the till's outcomes, one to one. */
export const backendRefundOutcomes = {
  done: 'done',
  accepted: 'accepted',
  unknown: 'unknown',
  refused: 'refused',
  'person-needed': 'person-needed',
} as const satisfies Readonly<{ [State in BackendRefundState]: Extract<RefundOutcome['kind'], State> }>

/** The `state` of a refund query's answer. */
export const backendRefundQueryOutcomes = {
  done: 'done',
  processing: 'processing',
  closed: 'closed',
  abnormal: 'abnormal',
  'not-found': 'not-found',
  unknown: 'unknown',
} as const satisfies Readonly<{ [State in BackendRefundQueryState]: Extract<RefundQueryOutcome['kind'], State> }>
