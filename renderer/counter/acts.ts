import type { ActResult, CallAnswer, OrderView, ScanResult } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { plainYuan } from '../money/yuan.ts'
import { isLocked } from '../staff/state.ts'
import { type AppStore, orderAtCounter } from '../till/store.ts'
import { isFinal, type ScanRequest } from '../till/types.ts'
import type { NoticeBody } from './notice.ts'
import type { CounterEvent, OrderHint, Sale } from './state.ts'

/** What the counter does beyond its own state: everything here asks the main side. */
export type CounterActs = {
  /**
   * Takes what a gun read or a hand typed: the text, which goes to the bridge and nowhere else, or the name of what the
   * main side holds (I11).
   */
  readonly scan: (scan: ScanRequest['scan']) => Promise<void>
  readonly query: (orderNumber: string) => Promise<void>
  readonly revoke: (orderNumber: string) => Promise<void>
  /** Sets the order at the counter aside and frees the counter for the next customer. */
  readonly park: (orderNumber: string) => Promise<void>
  /** Brings an order of the strip to the counter; one that is being waited for there goes to the strip. */
  readonly bringBack: (orderNumber: string) => Promise<void>
  /** Tells the POS that the cashier will not collect this; what it did instead meanwhile stands. */
  readonly refusePos: (reference: string) => Promise<void>
  /** Takes a fresh snapshot; whatever ended while nobody listened is asked for one by one. */
  readonly refresh: () => Promise<void>
  /** After a lost answer: looks in the ledger whether an order came of the scan. */
  readonly settleLostScan: () => Promise<void>
}

/** Makes the acts of one window. `now` is the page's monotonic clock, `wallNow` the machine's wall clock. */
export function createCounterActs(
  door: Door,
  store: AppStore,
  {
    onBill,
    onShown = async () => undefined,
    now = () => performance.now(),
    wallNow = () => Date.now(),
  }: {
    /** Told where a scan for a payment turned out to be a bill's number; nothing was charged. */
    readonly onBill: (number: string) => void
    /** Told of an order that comes to the counter by other ways than its scan. */
    readonly onShown?: (orderNumber: string) => Promise<void>
    readonly now?: () => number
    readonly wallNow?: () => number
  },
): CounterActs {
  const counter = (event: CounterEvent): void => store.dispatch({ type: 'counter', event })
  const notice = (body: NoticeBody): void => counter({ type: 'notice', notice: body })
  const take = (order: OrderView): void =>
    store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: now() } })
  const show = (orderNumber: string, hint: OrderHint | null): void =>
    counter({ type: 'order-shown', orderNumber, hint })

  const acted = (answer: CallAnswer<'order.query'>): ActResult | null => {
    if (!answer.ok) {
      notice({ kind: 'act-lost' })
      return null
    }
    const { reply } = answer
    if (reply.kind === 'done' || reply.kind === 'not-now') take(reply.order)
    if (reply.kind === 'not-now' && !isFinal(reply.order.status)) notice({ kind: 'not-now' })
    if (reply.kind === 'ledger-trouble') notice(reply)
    return reply
  }

  const takeResult = (result: ScanResult): void => {
    // The order first, so that the counter never shows an order that it does not have.
    if ('order' in result) take(result.order)
    counter({ type: 'scan-answered', result })
    if (result.kind === 'not-a-payment-code' && result.problem.kind === 'bill-number') onBill(result.problem.text)
  }

  const charge = async (sale: Sale, scanned: ScanRequest['scan']): Promise<void> => {
    counter({ type: 'scan-sent', sale, sentWallMs: wallNow() })
    const { saleId, anotherCustomer } = sale
    const request = { amountText: plainYuan(sale.amountFen), scan: scanned, saleId, anotherCustomer }
    const answer = await door.call('sale.scan', request)
    if (answer.ok) return takeResult(answer.reply)
    counter({ type: 'scan-answer-lost' })
    if (store.getState().till.connection === 'live') await settleLostScan()
  }

  const scan = async (scanned: ScanRequest['scan']): Promise<void> => {
    const { counter: state, till } = store.getState()
    const { step } = state
    const order = orderAtCounter(store.getState())
    if (isLocked(store.getState().crew)) return notice({ kind: 'scan-while-locked' })
    const waiting =
      step.kind === 'sending' ||
      step.kind === 'former-open' ||
      step.kind === 'cash' ||
      (step.kind === 'order' && !(order && isFinal(order.status)))
    if (waiting || till.connection !== 'live') return notice({ kind: 'scan-unused' })
    if (step.kind === 'scan') return charge(step.sale, scanned)
    if (step.kind === 'amount' && state.amountText !== '') return notice({ kind: 'scan-needs-confirmed-amount' })
    notice({ kind: 'scan-needs-amount' })
  }

  const refusePos = async (reference: string): Promise<void> => {
    const answer = await door.call('pos.refuse', { reference })
    if (!answer.ok) notice({ kind: 'act-lost' })
    else if (!answer.reply.isRefused) notice({ kind: 'not-now' })
  }

  const settleLostScan = async (): Promise<void> => {
    const { step } = store.getState().counter
    if (step.kind !== 'sending' || step.answer !== 'lost') return
    const answer = await door.call('orders.list', { day: null, status: null, text: null })
    if (!answer.ok) return
    const made = answer.reply.find(
      (order) => order.amountFen === step.sale.amountFen && order.createdWallMs >= step.sentWallMs,
    )
    if (!made) return counter({ type: 'scan-never-arrived' })
    take(made)
    show(made.orderNumber, null)
  }

  const query = async (orderNumber: string): Promise<void> => {
    acted(await door.call('order.query', { orderNumber }))
  }

  const revoke = async (orderNumber: string): Promise<void> => {
    counter({ type: 'revoke-asked', asking: false })
    acted(await door.call('order.revoke', { orderNumber }))
  }

  const park = async (orderNumber: string): Promise<void> => {
    const result = acted(await door.call('order.park', { orderNumber }))
    if (result?.kind !== 'done' || isFinal(result.order.status)) return
    counter({ type: 'next-customer' })
  }

  const bringBack = async (orderNumber: string): Promise<void> => {
    const state = store.getState()
    const there = orderAtCounter(state)
    const { step } = state.counter
    // Money of the sale at the counter is in the drawer or still to be taken: it is not left for another one.
    const hasCash = step.kind === 'cash' || (step.kind === 'scan' && step.sale.split?.isTaken === true)
    const isPlanned = step.kind === 'order' && step.split?.isTaken === false
    if (step.kind === 'sending' || hasCash || isPlanned) return notice({ kind: 'not-now' })
    if (there && there.orderNumber !== orderNumber && !isFinal(there.status) && there.status !== 'attention') {
      acted(await door.call('order.park', { orderNumber: there.orderNumber }))
    }
    store.dispatch({ type: 'screen-changed', screen: 'counter' })
    show(orderNumber, 'brought-back')
    void onShown(orderNumber)
    const order = store.getState().till.orders[orderNumber]?.view
    if (order?.parked && !isFinal(order.status)) acted(await door.call('order.unpark', { orderNumber }))
  }

  const refresh = async (): Promise<void> => {
    const answer = await door.call('till.snapshot', null)
    if (!answer.ok) return
    const snapshot = answer.reply
    store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot, nowMs: now() } })
    const open = new Set(snapshot.openOrders.map(({ orderNumber }) => orderNumber))
    const gone = Object.values(store.getState().till.orders).filter(
      ({ view }) => !isFinal(view.status) && !open.has(view.orderNumber),
    )
    for (const { view } of gone) {
      const detail = await door.call('order.show', { orderNumber: view.orderNumber })
      if (detail.ok && detail.reply) take(detail.reply.order)
    }
    const { counter: state } = store.getState()
    const waited = snapshot.openOrders.findLast((order) => !order.parked && order.status !== 'attention')
    if (state.step.kind === 'amount' && state.amountText === '' && waited) {
      show(waited.orderNumber, null)
      void onShown(waited.orderNumber)
    }
    await settleLostScan()
  }

  return { scan, query, revoke, park, bringBack, refusePos, refresh, settleLostScan }
}
