import type { OrderStatus } from '../order/order.ts'
import type { PrintStatus } from '../print/job.ts'
import type { RefundStatus } from '../refund/refund.ts'
import type { ShiftStatus } from '../shift/shift.ts'

/** Why a new version must not be put in place now: somebody's money, paper or count would be cut off. */
export type UpdateHindrance =
  | 'order-open'
  | 'revoke-open'
  | 'case-open'
  | 'refund-open'
  | 'printing'
  | 'shift-open'
  /** The ledger cannot be read: nobody knows whether the till rests. */
  | 'ledger-trouble'

/** All of them, in the order in which a person should see to them. */
export const updateHindrances = [
  'order-open',
  'revoke-open',
  'refund-open',
  'printing',
  'case-open',
  'shift-open',
  'ledger-trouble',
] as const satisfies readonly UpdateHindrance[]

type Held<Status extends string> = { readonly [Each in Status]: UpdateHindrance | null }

/** A parked order is one of these too: it has the status that it had at the counter. */
const heldByOrder: Held<OrderStatus> = {
  created: 'order-open',
  paying: 'order-open',
  'awaiting-payer': 'order-open',
  unknown: 'order-open',
  revoking: 'revoke-open',
  attention: 'case-open',
  paid: null,
  failed: null,
  revoked: null,
}

const heldByRefund: Held<RefundStatus> = {
  created: 'refund-open',
  requested: 'refund-open',
  processing: 'refund-open',
  unknown: 'refund-open',
  attention: 'refund-open',
  done: null,
  failed: null,
}

/** What waits in line is on disk and waits on; only bytes that are on their way would be torn. */
const heldByPrint: Held<PrintStatus> = {
  sending: 'printing',
  queued: null,
  unconfirmed: null,
  printed: null,
  failed: null,
}

/** A shift is safe once it is counted and closed. */
const heldByShift: Held<ShiftStatus> = { open: 'shift-open', counting: 'shift-open', closed: null }

/** What the till has under way. */
export type WorkUnderWay = {
  readonly orders: readonly OrderStatus[]
  readonly refunds: readonly RefundStatus[]
  readonly prints: readonly PrintStatus[]
  /** The last shift that was opened; null where there is none. `unknown` where the ledger did not tell. */
  readonly shift: ShiftStatus | null | 'unknown'
  readonly isLedgerInTrouble: boolean
}

/**
 * What keeps a new version from being put in place, each reason once, in the order of `updateHindrances`; empty where the
 * till may be closed and come back as another version (docs/decisions/0033).
 */
export function hindrancesOf({
  orders,
  refunds,
  prints,
  shift,
  isLedgerInTrouble,
}: WorkUnderWay): readonly UpdateHindrance[] {
  const found = new Set<UpdateHindrance | null>([
    ...orders.map((status) => heldByOrder[status]),
    ...refunds.map((status) => heldByRefund[status]),
    ...prints.map((status) => heldByPrint[status]),
    shift === null ? null : shift === 'unknown' ? 'ledger-trouble' : heldByShift[shift],
    isLedgerInTrouble ? 'ledger-trouble' : null,
  ])
  return updateHindrances.filter((each) => found.has(each))
}
