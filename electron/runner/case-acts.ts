import type { Ledger, LedgerProblem } from '../ledger/ledger.ts'
import type { OrderNumber } from '../till/ids.ts'
import { decisionsFor } from '../till/order/attention.ts'
import type { HandDecision, ManagerProof, OrderEvent } from '../till/order/event.ts'
import type { Order } from '../till/order/order.ts'
import { isRefundFinal } from '../till/refund/refund.ts'
import type { ActOutcome } from './act-outcome.ts'
import type { Keeper } from './keeper.ts'
import type { Clock } from './ports.ts'

/** What a manager decided about a case, and that it was a manager (I15). */
export type HandSettlement = {
  readonly decision: HandDecision
  readonly reason: string
  readonly proof: ManagerProof
}

/** `refund-under-way`: what becomes of it is waited for, because the money could go back twice (I8). */
export type SettleOutcome = ActOutcome | { readonly kind: 'refund-under-way'; readonly order: Order }

/** What people do about an open case (M15). */
export type CaseActs = {
  /** Notes who takes care of an open case. */
  takeOn(orderNumber: OrderNumber, owner: string): Promise<ActOutcome>
  /** Ends an open case by a manager's decision, once nothing is in flight; `not-now` where it may not be decided so. */
  settle(orderNumber: OrderNumber, settlement: HandSettlement): Promise<SettleOutcome>
}

/** What the runner lends to the acts on cases. */
export type CaseActParts = {
  readonly ledger: Pick<Ledger, 'refundsOfOrder'>
  readonly clock: Clock
  readonly keeperOf: (orderNumber: OrderNumber) => Promise<Keeper | LedgerProblem | null>
  /** Resolves when the keeper has nothing in flight, or when the ledger cannot write. */
  readonly settledOrTroubled: (keeper: Keeper) => Promise<void>
  readonly trouble: () => LedgerProblem | null
  readonly isStopping: () => boolean
  /** One return of money at a time. */
  readonly inReturningTurn: <Value>(work: () => Promise<Value>) => Promise<Value>
}

/** Makes the acts of a runner on its cases. */
export function createCaseActs(parts: CaseActParts): CaseActs {
  /** Feeds an event about a case; answers the ledger's trouble instead of waiting for its end. */
  const feed = async (keeper: Keeper, event: OrderEvent): Promise<ActOutcome | null> => {
    const fed = keeper.feed(event)
    await Promise.race([fed, parts.settledOrTroubled(keeper)])
    const problem = parts.trouble()
    if (problem !== null) return { kind: 'ledger-trouble', problem }
    await fed
    return null
  }

  const takeOn: CaseActs['takeOn'] = async (orderNumber, owner) => {
    const keeper = await parts.keeperOf(orderNumber)
    if (keeper === null) return { kind: 'no-such-order' }
    if ('kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
    const before = keeper.current()
    if (parts.isStopping() || before.status !== 'attention') return { kind: 'not-now', order: before }
    const heard = await feed(keeper, { type: 'case-taken', at: parts.clock.now(), owner })
    if (heard) return heard
    const order = keeper.current()
    return { kind: order.caseOwner === owner ? 'done' : 'not-now', order }
  }

  const settleNow: CaseActs['settle'] = async (orderNumber, { decision, reason, proof }) => {
    const keeper = await parts.keeperOf(orderNumber)
    if (keeper === null) return { kind: 'no-such-order' }
    if ('kind' in keeper) return { kind: 'ledger-trouble', problem: keeper }
    // A decision must not stand on less than what is just being asked.
    await parts.settledOrTroubled(keeper)
    const ofOrder = await parts.ledger.refundsOfOrder(orderNumber)
    if (!ofOrder.ok) return { kind: 'ledger-trouble', problem: ofOrder.problem }
    const before = keeper.current()
    if (parts.isStopping() || !decisionsFor(before).includes(decision)) return { kind: 'not-now', order: before }
    if (ofOrder.value.some(({ status }) => !isRefundFinal(status))) return { kind: 'refund-under-way', order: before }
    const heard = await feed(keeper, { type: 'settled-by-hand', at: parts.clock.now(), decision, reason, proof })
    if (heard) return heard
    const order = keeper.current()
    return { kind: order.settlement === null ? 'not-now' : 'done', order }
  }

  return {
    takeOn,
    settle: (orderNumber, settlement) => parts.inReturningTurn(() => settleNow(orderNumber, settlement)),
  }
}
