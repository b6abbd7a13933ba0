import { type CashActs, typedCash } from '../cash/acts.ts'
import { isOfPos } from '../pos/pos-sale.ts'
import { takesCash } from '../staff/state.ts'
import { stripOrders } from '../till/state.ts'
import { type AppState, type AppStore, orderAtCounter } from '../till/store.ts'
import { waitFigures } from '../till/tracked.ts'
import { assertNever } from '../till/types.ts'
import { type ActionContext, type ActionId, actionFor, actionsOf, type CounterAction } from './actions.ts'
import type { CounterActs } from './acts.ts'
import { sceneOf } from './scene.ts'
import { type Step, saleOfAnother, saleOfRest, shownOrder } from './state.ts'

/** What the page itself must do for an action; everything else goes through the state. */
export type PageHands = {
  /** Moves the focus to the strip of parked orders. */
  readonly focusStrip: () => void
  /** Charges what stands in the field for typed codes, and empties the field. */
  readonly submitCode: () => void
}

/** The part of the state that the counter's buttons depend on. */
type CounterOf = Pick<AppState, 'till' | 'counter' | 'crew'>

/** What the buttons depend on, as of `nowMs` of the page's clock. */
export function actionContext(app: CounterOf, nowMs: number): ActionContext {
  const shown = shownOrder(app.counter)
  const tracked = shown === null ? undefined : app.till.orders[shown]
  const { step } = app.counter
  return {
    amountText: app.counter.amountText,
    byHand: step.kind === 'scan' && step.byHand,
    training: app.till.snapshot?.mode === 'training',
    stripCount: stripOrders(app.till, shown).length,
    order: tracked?.view ?? null,
    revokeInMs: tracked ? waitFigures(tracked, nowMs).revokeInMs : 0,
    canRevoke: app.till.snapshot?.channelRevokes[tracked?.view.channel ?? ''] !== 'none',
    mayBeAnother: saleOfAnother(app.counter, tracked?.view.saleId ?? null) !== null,
    takesCash: takesCash(app.crew),
    isOfPos: isOfPos(tracked?.view.saleId ?? ('sale' in step ? (step.sale.saleId ?? '') : '')),
    cashPart: cashPartOf(step),
    cash: typedCash(step),
    hasUnfinished: app.counter.unfinished.length > 0,
  }
}

function cashPartOf(step: Step): ActionContext['cashPart'] {
  const split =
    step.kind === 'order' ? step.split : 'sale' in step && step.kind !== 'cash-paid' ? step.sale.split : undefined
  return split === undefined ? 'none' : split.isTaken ? 'taken' : 'planned'
}

/** The buttons on the counter now. */
export const actionsIn = (app: CounterOf, nowMs: number): readonly CounterAction[] =>
  actionsOf(sceneOf(app.counter, orderAtCounter(app), app.till.connection), actionContext(app, nowMs))

/** The enabled action of a key now; null when the key does nothing. */
export function keyAction(app: AppState, key: string, nowMs: number): CounterAction | null {
  const action = actionFor(actionsIn(app, nowMs), key)
  return action?.enabled ? action : null
}

/** Makes what does an action, be it by button or by key. */
export function createPerform(
  store: AppStore,
  acts: CounterActs,
  cash: CashActs,
  hands: PageHands,
): (action: ActionId) => void {
  const counter = (event: Parameters<AppStore['dispatch']>[0] & { readonly type: 'counter' }): void =>
    store.dispatch(event)

  const scanAgain = (another: boolean): void => {
    const { step } = store.getState().counter
    const order = orderAtCounter(store.getState())
    const other = another ? saleOfAnother(store.getState().counter, order?.saleId ?? null) : null
    if (other) {
      counter({ type: 'counter', event: { type: 'scan-again', sale: { ...other, anotherCustomer: true } } })
    } else if (step.kind === 'former-open' || step.kind === 'refused') {
      counter({ type: 'counter', event: { type: 'scan-again', sale: step.sale } })
    } else if (order) {
      const split = step.kind === 'order' && step.split !== undefined ? { split: step.split } : {}
      const sale = { amountFen: order.amountFen, saleId: order.saleId, anotherCustomer: false, ...split }
      counter({ type: 'counter', event: { type: 'scan-again', sale } })
    }
  }

  return (action) => {
    const app = store.getState()
    const shown = shownOrder(app.counter)
    switch (action) {
      case 'confirm-amount': {
        const limitFen = app.till.snapshot?.amountLimitFen ?? 0
        counter({ type: 'counter', event: { type: 'amount-confirmed', limitFen } })
        // The till looks whether its channels are there before the customer's code is read, not after.
        void acts.refresh()
        const problem = app.till.snapshot?.readiness.ledger.problem
        if (problem) counter({ type: 'counter', event: { type: 'refused', refusal: { kind: 'ledger', problem } } })
        return
      }
      case 'clear':
      case 'back':
        return counter({ type: 'counter', event: { type: 'back' } })
      case 'by-hand':
        return counter({ type: 'counter', event: { type: 'by-hand', open: true } })
      case 'submit-code':
        return hands.submitCode()
      case 'practice':
        return store.dispatch({ type: 'screen-changed', screen: 'practice' })
      case 'query':
        return void (shown && acts.query(shown))
      case 'revoke':
        return counter({ type: 'counter', event: { type: 'revoke-asked', asking: true } })
      case 'park':
        return void (shown && acts.park(shown))
      case 'set-aside':
      case 'next-customer':
        return counter({ type: 'counter', event: { type: 'next-customer' } })
      case 'bring-back':
        return hands.focusStrip()
      case 'scan-again':
        return scanAgain(false)
      case 'retry':
        void acts.refresh()
        return scanAgain(false)
      case 'another-customer':
        return scanAgain(true)
      case 'recheck':
        return void acts.settleLostScan()
      case 'cash':
      case 'take-rest':
        return cash.begin()
      case 'take-cash':
        return void cash.take()
      case 'cash-first':
        return void cash.takePart()
      case 'cash-code-first':
        return cash.plan()
      case 'return-cash':
        return void cash.giveBack()
      case 'resume-sale': {
        const [first] = app.counter.unfinished
        if (first) counter({ type: 'counter', event: { type: 'scan-again', sale: saleOfRest(first) } })
        return
      }
      case 'refuse-pos': {
        const { step } = app.counter
        const sale = step.kind === 'scan' || step.kind === 'refused' ? step.sale : null
        return void (sale?.pos && acts.refusePos(sale.pos.reference))
      }
      case 'wait':
        return
      default:
        return assertNever(action, 'action')
    }
  }
}
