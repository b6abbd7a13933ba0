import type { OrderCreated } from './event.ts'
import type { Order } from './order.ts'

/** The order that a `created` event begins: nothing has left the machine yet. */
export function createOrder(created: OrderCreated): Order {
  const { shiftId, cashier, account } = created
  return {
    // Absent stays absent: the states of older ledgers have none of them.
    ...(shiftId === undefined ? {} : { shiftId }),
    ...(cashier === undefined ? {} : { cashier }),
    ...(account === undefined ? {} : { account }),
    orderNumber: created.orderNumber,
    saleId: created.saleId,
    channel: created.channel,
    wallet: created.wallet,
    amountFen: created.amountFen,
    maskedCode: created.maskedCode,
    policy: created.policy,
    status: 'created',
    version: 1,
    createdWallMs: created.at.wallMs,
    statusSinceWallMs: created.at.wallMs,
    payStarted: created.at,
    payLeftMonotonicMs: created.at.monotonicMs,
    neverLeft: false,
    inFlight: 'none',
    queryPurpose: null,
    queries: 0,
    revokes: 0,
    revokeTriesCounted: 0,
    revokeCause: null,
    revokesThatMayHaveArrived: 0,
    revokeClaim: null,
    notFoundAfterRevoke: 0,
    revokeEffect: null,
    moneyWasTaken: false,
    transactionId: null,
    doubtedFailure: null,
    failureReason: null,
    unknownReason: null,
    attentionReason: null,
    alarm: null,
    lastQueryMonotonicMs: null,
    lastAnswer: null,
    wakeAtMonotonicMs: null,
    backgroundAsks: 0,
    backgroundRevokes: 0,
    refundBegun: false,
    caseOwner: null,
    settlement: null,
    parked: false,
  }
}
