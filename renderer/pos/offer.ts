import type { PosCollectionView } from '../../electron/api/contract.ts'
import type { CounterEvent, Sale } from '../counter/state.ts'
import type { AppState } from '../till/store.ts'

/** Collections that wait, oldest first. */
export const waitingOf = ({ till }: Pick<AppState, 'till'>): readonly PosCollectionView[] =>
  till.snapshot?.pos.kind === 'on' ? till.snapshot.pos.waiting : []

/** A sale of the POS at the counter: it is collected by code, in whole, or refused. */
export const saleOfCollection = ({ saleId, amountFen, reference, subject, cashier }: PosCollectionView): Sale => ({
  amountFen,
  saleId,
  anotherCustomer: false,
  pos: { reference, subject, cashier },
})

/**
 * What the counter should do about the POS's collections now, or null: offer the oldest one where nobody is typing or
 * waiting, and take one away that waits no more. Where the POS sent the code itself, its order comes to the counter.
 */
export function posEvent(app: Pick<AppState, 'till' | 'counter'>): CounterEvent | null {
  const { step, amountText } = app.counter
  if (app.till.connection !== 'live') return null
  const waiting = waitingOf(app)
  if (step.kind === 'amount' && step.problem === null && amountText === '') {
    const [first] = waiting
    return first ? { type: 'pos-offered', sale: saleOfCollection(first) } : null
  }
  if ((step.kind !== 'scan' && step.kind !== 'refused') || step.sale.pos === undefined) return null
  const { reference } = step.sale.pos
  if (waiting.some((each) => each.reference === reference)) return null
  const order = Object.values(app.till.orders).find(({ view }) => view.saleId === step.sale.saleId)?.view
  return order === undefined
    ? { type: 'pos-withdrawn' }
    : { type: 'order-shown', orderNumber: order.orderNumber, hint: null }
}
