import { oneAtATime } from '../staff/in-turn.ts'
import type { SaleId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import { revokeAllowedMonotonicMs } from '../till/order/timing.ts'
import { type CollectionRecord, type CollectionStore, CollectionStoreTrouble } from './collection-store.ts'
import { type CollectionView, collectionView, type PosRefundView } from './collection-view.ts'
import { failed, type PosResult } from './failure.ts'
import { type CollectionChange, changesOf } from './history.ts'
import { mayBeCollection, saleIdOf } from './names.ts'
import type { CollectionScanOutcome, CounterScan, PosTill } from './ports.ts'
import { beginRefund, type WantedRefund } from './refunds.ts'
import { scanFailure } from './scan-failure.ts'

export type WantedCollection = {
  readonly reference: string
  readonly amountFen: Fen
  readonly subject: string | null
  readonly cashier: string | null
  /** A secret that is used once and forgotten (I11); null waits for a scan at the counter. */
  readonly paymentCode: string | null
  /** The word that an open order of the same amount is another customer's. */
  readonly anotherCustomer: boolean
}

/** A collection that waits for a scan, as the counter shows it. */
export type WaitingCollection = Pick<CollectionRecord, 'reference' | 'saleId' | 'amountFen' | 'subject' | 'cashier'>

/**
 * The collections of the shop's own POS. A reference has one sale and that sale at most one order, ever: what was charged
 * for a reference is asked of the ledger before every code, so that nothing that dies in between charges it twice.
 */
export type Collections = {
  /** The sale of a reference, whether it exists or not. */
  saleOf(reference: string): SaleId
  /** Begins a collection, or answers the one that the reference already has; `isNew` tells which. */
  open(wanted: WantedCollection): Promise<PosResult<{ readonly isNew: boolean; readonly view: CollectionView }>>
  view(reference: string): Promise<PosResult<CollectionView>>
  /** Every change of it so far, oldest first. */
  changes(reference: string): Promise<PosResult<readonly CollectionChange[]>>
  /** Ends a collection that waits, or asks the till to revoke its order. */
  cancel(reference: string): Promise<PosResult<CollectionView>>
  /** Begins a refund, or answers the one that the refund's reference already has. */
  refund(wanted: WantedRefund): Promise<PosResult<{ readonly isNew: boolean; readonly view: PosRefundView }>>
  /** A scan at the counter for whatever sale; one that is not a collection's goes to the runner as it is. */
  take(scan: CounterScan): Promise<CollectionScanOutcome>
  /** The cashier will not collect it; whether it waited still. */
  refuse(reference: string): Promise<boolean>
  /** Those that wait for a scan, oldest first. */
  waiting(): readonly WaitingCollection[]
  /** Notes what the ledger got in a former run that died before the note; to be called once, before anything else. */
  resume(): Promise<void>
}

/** More than any counter has in its line at once; a POS that loops must not fill the disk. */
const mostWaiting = 20

/** The collections over their store; `onChange` hears of each sale whose collection changed without its order. */
export function createCollections(
  till: PosTill,
  store: CollectionStore,
  onChange: (saleId: SaleId) => void,
): Collections {
  // One after the other: a cancel and a scan at once must not both find the collection waiting.
  const inTurn = oneAtATime()

  const saleOf = (reference: string): SaleId => saleIdOf(reference, till.isTraining ? 'training' : 'live')

  /** The collection as both memories have it; null where neither knows the reference. */
  const known = async (reference: string) => {
    const saleId = saleOf(reference)
    const orders = await till.ledger.ordersOfSale(saleId)
    if (!orders.ok) return failed('ledger-trouble', { reason: orders.problem.kind })
    const order = orders.value.find(({ status }) => status === 'paid') ?? orders.value.at(-1) ?? null
    const kept = store.find(saleId)
    const record = kept ?? (order && recordOfOrder(reference, order))
    return { ok: true, value: record && { record, order } } as const
  }

  const viewOf = async (record: CollectionRecord, order: Order | null): Promise<PosResult<CollectionView>> => {
    const refunds =
      order === null ? ({ ok: true, value: [] } as const) : await till.ledger.refundsOfOrder(order.orderNumber)
    if (!refunds.ok) return failed('ledger-trouble', { reason: refunds.problem.kind })
    return { ok: true, value: collectionView(record, order, refunds.value, till.isTraining) }
  }

  const view: Collections['view'] = async (reference) => {
    const found = await known(reference)
    if (!found.ok) return found
    if (found.value === null) return failed('no-such-collection')
    return viewOf(found.value.record, found.value.order)
  }

  /** The ledger has its order, which is what counts: a disk that refuses this note changes nothing about the money. */
  const noteCharged = ({ saleId }: CollectionRecord): void => {
    try {
      store.end(saleId, 'charged', till.now().wallMs)
    } catch (error) {
      if (!(error instanceof CollectionStoreTrouble)) throw error
    }
    onChange(saleId)
  }

  /** Sends a code for a collection that has no order and no end. */
  const charge = async (record: CollectionRecord, scan: string, anotherCustomer: boolean) => {
    const { saleId, amountFen } = record
    const outcome = await till.runner.take({ scan, amountFen, saleId, anotherCustomer })
    if ('order' in outcome && outcome.order.saleId === saleId) noteCharged(record)
    return outcome
  }

  const openInTurn: Collections['open'] = async (wanted) => {
    const { reference, amountFen, subject, cashier, paymentCode, anotherCustomer } = wanted
    const found = await known(reference)
    if (!found.ok) return found
    let record = found.value?.record ?? null
    const isNew = record === null
    if (record !== null && record.amountFen !== amountFen) return failed('amount-differs', { field: 'amountFen' })
    if (record === null) {
      if (amountFen === 0) return failed('amount-refused', { field: 'amountFen', reason: 'zero' })
      if (amountFen > till.amountLimitFen) return failed('amount-refused', { field: 'amountFen', reason: 'too-large' })
      if (store.open().length >= mostWaiting) return failed('too-many-waiting')
      record = store.add({
        saleId: saleOf(reference),
        reference,
        amountFen,
        subject,
        cashier,
        openedWallMs: till.now().wallMs,
      })
      // One with a code is not shown at the counter while that code is charged.
      if (paymentCode === null) onChange(record.saleId)
    }
    const mayCharge = found.value?.order == null && record.end === null
    if (paymentCode !== null && mayCharge) {
      const outcome = till.isLocked() ? 'till-locked' : await charge(record, paymentCode, anotherCustomer)
      const failure = scanFailure(record.saleId, outcome)
      if (failure !== null) {
        // It waits at the counter now, and nothing was charged.
        onChange(record.saleId)
        return { ok: false, failure }
      }
      // Not read again: a ledger that fails from now on must not make this a "nothing was collected".
      if (typeof outcome !== 'string' && 'order' in outcome) {
        return { ok: true, value: { isNew, view: collectionView(record, outcome.order, [], till.isTraining) } }
      }
    }
    const after = await view(reference)
    return after.ok ? { ok: true, value: { isNew, view: after.value } } : after
  }

  const cancelInTurn: Collections['cancel'] = async (reference) => {
    const found = await known(reference)
    if (!found.ok) return found
    if (found.value === null) return failed('no-such-collection')
    const { record, order } = found.value
    if (order === null) {
      if (record.end === null) {
        store.end(record.saleId, 'cancelled', till.now().wallMs)
        onChange(record.saleId)
      }
      return view(reference)
    }
    if (order.status === 'paid') return failed('already-paid', { orderNumber: order.orderNumber })
    if (isFinal(order.status)) return view(reference)
    // As it runs: the ledger's clock may be a former process's.
    const running = till.runner.open().find(({ orderNumber }) => orderNumber === order.orderNumber) ?? order
    const waitMs = Math.ceil(revokeAllowedMonotonicMs(running) - till.now().monotonicMs)
    if (waitMs > 0) return failed('too-early', { orderNumber: order.orderNumber, waitMs })
    const acted = await till.runner.act(order.orderNumber, 'revoke', 'cashier')
    switch (acted.kind) {
      case 'done':
        // A revoke excludes refunds, and the ledger's next answer must not hide what was just done.
        return { ok: true, value: collectionView(record, acted.order, [], till.isTraining) }
      case 'not-now':
        return acted.order.status === 'paid'
          ? failed('already-paid', { orderNumber: order.orderNumber })
          : failed('not-now', { orderNumber: order.orderNumber })
      case 'no-such-order':
        return failed('no-such-collection')
      case 'ledger-trouble':
        return failed('ledger-trouble', { reason: acted.problem.kind })
    }
  }

  const takeInTurn = async (scan: CounterScan, record: CollectionRecord): Promise<CollectionScanOutcome> => {
    const orders = await till.ledger.ordersOfSale(record.saleId)
    if (!orders.ok) return { kind: 'ledger-trouble', problem: orders.problem }
    const now = store.find(record.saleId) ?? record
    const isAsked = orders.value.some(({ status }) => status === 'paid' || !isFinal(status))
    // The guard of the sale's former order has the word: it charges nobody.
    if (isAsked) return till.runner.take(scan)
    if (orders.value.length > 0 || now.end !== null || scan.amountFen !== now.amountFen) {
      return { kind: 'collection-over' }
    }
    return charge(now, scan.scan, scan.anotherCustomer)
  }

  return {
    saleOf,
    open: (wanted) => inTurn(() => openInTurn(wanted)),
    view,
    changes: async (reference) => {
      const found = await known(reference)
      if (!found.ok) return found
      if (found.value === null) return failed('no-such-collection')
      const { record, order } = found.value
      if (order === null) return { ok: true, value: changesOf(record, []) }
      const journal = await till.reader.journalOf(order.orderNumber)
      if (!journal.ok) return failed('ledger-trouble', { reason: journal.problem.kind })
      return { ok: true, value: changesOf(record, journal.value) }
    },
    cancel: (reference) => inTurn(() => cancelInTurn(reference)),
    refund: (wanted) =>
      inTurn(async () => {
        const found = await known(wanted.reference)
        if (!found.ok) return found
        if (found.value === null) return failed('no-such-collection')
        return beginRefund(till, found.value.order, wanted)
      }),
    take: async (scan) => {
      const { saleId } = scan
      const record = saleId !== null && mayBeCollection(saleId) ? store.find(saleId) : null
      return record === null ? till.runner.take(scan) : inTurn(() => takeInTurn(scan, record))
    },
    refuse: (reference) =>
      inTurn(async () => {
        const found = await known(reference)
        if (!found.ok || found.value === null || found.value.order !== null) return false
        if (found.value.record.end !== null) return false
        store.end(found.value.record.saleId, 'refused-at-counter', till.now().wallMs)
        onChange(found.value.record.saleId)
        return true
      }),
    resume: async () => {
      for (const record of store.open()) {
        const orders = await till.ledger.ordersOfSale(record.saleId)
        if (orders.ok && orders.value.length > 0) noteCharged(record)
      }
    },
    waiting: () =>
      store.open().map(({ reference, saleId, amountFen, subject, cashier }) => {
        return { reference, saleId, amountFen, subject, cashier }
      }),
  }
}

/** What the ledger alone knows of a reference, where the store has lost it. */
function recordOfOrder(reference: string, order: Order): CollectionRecord {
  const { saleId, amountFen, createdWallMs } = order
  const moments = { openedWallMs: createdWallMs, endedWallMs: createdWallMs }
  return { reference, saleId, amountFen, subject: null, cashier: null, end: 'charged', ...moments }
}
