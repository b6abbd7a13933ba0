import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderView, ScanResult } from '../../electron/api/contract.ts'
import { type ActionContext, actionFor, actionsOf } from '../counter/actions.ts'
import { actionsIn } from '../counter/perform.ts'
import { type Scene, sceneOf } from '../counter/scene.ts'
import type { CounterEvent } from '../counter/state.ts'
import { cueFor, sceneIn } from '../sound/cue.ts'
import { sampleOrder, sampleSnapshot, storyWallMs } from '../stories/samples.fixture.ts'
import { doubtfulCount, stripOrders, type TillEvent } from './state.ts'
import { orderStatusesOnScreen } from './status-list.ts'
import { type AppState, type AppStore, createAppStore } from './store.ts'
import { track, waitFigures } from './tracked.ts'

function openTill(): AppStore & { counter: (event: CounterEvent) => void; till: (event: TillEvent) => void } {
  const store = createAppStore()
  const till = (event: TillEvent): void => store.dispatch({ type: 'till', event })
  const counter = (event: CounterEvent): void => store.dispatch({ type: 'counter', event })
  till({ type: 'snapshot-taken', snapshot: sampleSnapshot(), nowMs: 0 })
  return { ...store, counter, till }
}

const typeAmount = (store: ReturnType<typeof openTill>, text: string): void => {
  for (const [index, character] of [...text].entries()) {
    store.counter({ type: 'typed', character, runId: 100 + index, orderEnded: false })
  }
  store.counter({ type: 'amount-confirmed', limitFen: 5_000_000 })
}

const started = (store: ReturnType<typeof openTill>, order: OrderView): void => {
  const { step } = store.getState().counter
  assert.ok(step.kind === 'scan')
  store.counter({ type: 'scan-sent', sale: step.sale, sentWallMs: storyWallMs })
  store.till({ type: 'order-changed', order, nowMs: 0 })
  store.counter({ type: 'scan-answered', result: { kind: 'started', order } })
}

const scene = (store: AppStore): Scene => sceneIn(store.getState())

test('a sale goes from the amount over the scan and the password to paid, and on to the next customer', () => {
  const store = openTill()
  assert.equal(scene(store), 'idle')
  typeAmount(store, '35.80')
  assert.equal(scene(store), 'scan')
  started(store, sampleOrder({ status: 'paying' }))
  assert.equal(scene(store), 'sending')
  store.till({ type: 'order-changed', order: sampleOrder(), nowMs: 10 })
  assert.equal(scene(store), 'awaiting-payer')
  store.till({ type: 'order-changed', order: sampleOrder({ status: 'paid' }), nowMs: 20 })
  assert.equal(scene(store), 'paid')
  store.counter({ type: 'next-customer' })
  assert.equal(scene(store), 'idle')
  assert.deepEqual(stripOrders(store.getState().till, null), [])
})

test('an impossible amount is refused before a sale exists', () => {
  for (const [text, problem] of [
    ['', 'empty'],
    ['0', 'zero'],
    ['50000.01', 'too-large'],
  ] as const) {
    const store = openTill()
    typeAmount(store, text)
    assert.deepEqual(store.getState().counter.step, { kind: 'amount', problem })
  }
})

test('digits that turn out to be a scan leave the amount, and the last result, as they were', () => {
  const store = openTill()
  store.counter({ type: 'typed', character: '7', runId: 1, orderEnded: false })
  store.counter({ type: 'typed', character: '2', runId: 2, orderEnded: false })
  store.counter({ type: 'typed', character: '8', runId: 2, orderEnded: false })
  store.counter({ type: 'taken-back', runId: 2 })
  assert.equal(store.getState().counter.amountText, '7')
  store.counter({ type: 'order-shown', orderNumber: 'a', hint: null })
  store.counter({ type: 'typed', character: '1', runId: 3, orderEnded: true })
  assert.equal(store.getState().counter.amountText, '1')
  store.counter({ type: 'taken-back', runId: 3 })
  assert.deepEqual(store.getState().counter.step, { kind: 'order', orderNumber: 'a', hint: null })
})

test('no digit reaches the amount while a payment is under way', () => {
  const store = openTill()
  typeAmount(store, '35.80')
  started(store, sampleOrder())
  const before = store.getState().counter
  store.counter({ type: 'typed', character: '9', runId: 9, orderEnded: false })
  store.counter({ type: 'amount-key', key: '9' })
  assert.deepEqual(store.getState().counter, before)
})

test('each answer to a scan has its picture, and only a started order charges', () => {
  const order = sampleOrder()
  const paid = sampleOrder({ status: 'paid' })
  const expected: readonly (readonly [ScanResult, Scene])[] = [
    [{ kind: 'started', order }, 'awaiting-payer'],
    [{ kind: 'scanned-before', order }, 'awaiting-payer'],
    [{ kind: 'former-order-paid', order: paid }, 'former-paid'],
    [{ kind: 'former-order-open', order, because: 'same-amount' }, 'former-open'],
    [{ kind: 'not-a-payment-code', problem: { kind: 'link' } }, 'scan'],
    [{ kind: 'wallet-not-configured', wallet: 'ecny' }, 'scan'],
    [{ kind: 'amount-refused', problem: 'too-large' }, 'amount-problem'],
    [{ kind: 'ledger-trouble', problem: 'disk-full' }, 'refused'],
    [{ kind: 'stopping' }, 'refused'],
  ]
  for (const [result, picture] of expected) {
    const store = openTill()
    typeAmount(store, '35.80')
    const sale = { amountFen: 3_580, saleId: null, anotherCustomer: false }
    store.counter({ type: 'scan-sent', sale, sentWallMs: storyWallMs })
    if ('order' in result) store.till({ type: 'order-changed', order: result.order, nowMs: 0 })
    store.counter({ type: 'scan-answered', result })
    assert.equal(scene(store), picture, result.kind)
  }
})

test('a former order that was paid does not pay for another customer of the same amount', () => {
  const paid = sampleOrder({ status: 'paid' })
  const mayBeAnother = (saleId: string | null): boolean => {
    const store = openTill()
    const sale = { amountFen: 3_580, saleId, anotherCustomer: false }
    store.counter({ type: 'scan-sent', sale, sentWallMs: storyWallMs })
    store.till({ type: 'order-changed', order: paid, nowMs: 0 })
    store.counter({ type: 'scan-answered', result: { kind: 'former-order-paid', order: paid } })
    return actionsIn(store.getState(), 0).some(({ id }) => id === 'another-customer')
  }
  assert.equal(mayBeAnother(null), true)
  assert.equal(mayBeAnother(paid.saleId), false)
})

test('a parked order that ends is told in the strip until it is brought back', () => {
  const store = openTill()
  typeAmount(store, '35.80')
  started(store, sampleOrder())
  store.counter({ type: 'next-customer' })
  store.till({ type: 'order-changed', order: sampleOrder({ parked: true }), nowMs: 1 })
  const before = store.getState()
  store.till({ type: 'order-changed', order: sampleOrder({ status: 'paid', parked: true }), nowMs: 2 })
  assert.equal(stripOrders(store.getState().till, null).length, 1)
  assert.equal(cueFor(before, store.getState()), 'parked-ended')
  store.counter({ type: 'order-shown', orderNumber: sampleOrder().orderNumber, hint: 'brought-back' })
  assert.equal(scene(store), 'paid')
  store.counter({ type: 'next-customer' })
  assert.equal(stripOrders(store.getState().till, null).length, 0)
})

test('an amount half typed outlives a look at a parked order', () => {
  const store = openTill()
  store.counter({ type: 'typed', character: '8', runId: 1, orderEnded: false })
  store.counter({ type: 'order-shown', orderNumber: 'a', hint: 'brought-back' })
  store.counter({ type: 'next-customer' })
  assert.equal(store.getState().counter.amountText, '8')
})

test('an overtaken message does not take an order back; a late "paid" after the end asks for a person', () => {
  const store = openTill()
  const number = sampleOrder().orderNumber
  const status = (): string | undefined => store.getState().till.orders[number]?.view.status
  store.till({
    type: 'order-changed',
    order: sampleOrder({ status: 'failed', failureReason: 'balance-low' }),
    nowMs: 0,
  })
  store.till({ type: 'order-changed', order: sampleOrder({ status: 'awaiting-payer' }), nowMs: 1 })
  assert.equal(status(), 'failed')
  const late = sampleOrder({ status: 'attention', attentionReason: 'paid-after-end', queries: 4 })
  store.till({ type: 'order-changed', order: late, nowMs: 2 })
  assert.equal(status(), 'attention')
  assert.equal(doubtfulCount(store.getState().till), 1)
  assert.equal(stripOrders(store.getState().till, null).length, 1)
})

test('a lost connection hides everything but an end', () => {
  const store = openTill()
  store.till({ type: 'connection-changed', connection: 'lost' })
  assert.equal(scene(store), 'connection-lost')
  store.till({ type: 'order-changed', order: sampleOrder({ status: 'paid' }), nowMs: 0 })
  store.counter({ type: 'order-shown', orderNumber: sampleOrder().orderNumber, hint: null })
  assert.equal(scene(store), 'paid')
})

/** The counter of a till that takes no cash. */
const noCash = {
  takesCash: false,
  cashPart: 'none',
  cash: { given: 'nothing-fits', busy: false, mayGoBack: false },
  hasUnfinished: false,
  isOfPos: false,
} as const

test('every scene has exactly one primary button, and its key is in no other place', () => {
  const context: ActionContext = {
    amountText: '1',
    byHand: false,
    training: true,
    stripCount: 1,
    order: { status: 'awaiting-payer', failureReason: null },
    revokeInMs: 0,
    canRevoke: true,
    mayBeAnother: true,
    ...noCash,
    takesCash: true,
    hasUnfinished: true,
    isOfPos: false,
  }
  const app: AppState = openTill().getState()
  const orders = orderStatusesOnScreen.map((status) => sampleOrder({ status, revokeEffect: 'closed' }))
  const scenes = orders.map((order) =>
    sceneOf({ ...app.counter, step: { kind: 'order', orderNumber: order.orderNumber, hint: null } }, order, 'live'),
  )
  const ofCash: readonly Scene[] = ['cash', 'cash-due', 'cash-paid', 'cash-owed-back', 'cash-returned']
  const others: readonly Scene[] = ['idle', 'scan', 'former-open', 'refused', 'answer-lost', 'starting']
  const all: readonly Scene[] = [...scenes, ...others, ...ofCash]
  for (const each of all) {
    const actions = actionsOf(each, context)
    assert.equal(actions.filter(({ slot }) => slot === 'primary').length, 1, each)
    assert.equal(new Set(actions.map(({ slot }) => slot)).size, actions.length, each)
    const keys = actions.flatMap((action) => action.keys)
    assert.equal(new Set(keys).size, keys.length, each)
    assert.notEqual(actionFor(actions, 'Enter')?.slot ?? 'primary', 'second', each)
  }
})

test('a till that sells all day keeps what is open and unseen, and of the rest the last few', () => {
  const store = createAppStore()
  store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot: sampleSnapshot(), nowMs: 0 } })
  const changed = (orderNumber: string, status: OrderView['status'], sinceMs: number): void => {
    const order = sampleOrder({ orderNumber, status, statusSinceWallMs: storyWallMs + sinceMs })
    store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: sinceMs } })
  }
  changed('parked', 'awaiting-payer', 0)
  changed('unseen', 'awaiting-payer', 0)
  changed('unseen', 'revoked', 1)
  for (let sale = 0; sale < 500; sale += 1) {
    store.dispatch({ type: 'counter', event: { type: 'order-shown', orderNumber: `sale-${sale}`, hint: null } })
    changed(`sale-${sale}`, 'paying', sale * 10)
    changed(`sale-${sale}`, 'paid', sale * 10 + 5)
  }
  const { orders, ended } = store.getState().till
  assert.deepEqual(ended, ['unseen'])
  assert.ok('parked' in orders && 'unseen' in orders && 'sale-499' in orders && 'sale-480' in orders)
  assert.ok(Object.keys(orders).length <= 25, String(Object.keys(orders).length))
})

test('a revoke waits for the minimum age, and a failure of the shop offers no second scan', () => {
  const context = {
    amountText: '',
    byHand: false,
    training: false,
    stripCount: 0,
    canRevoke: true,
    mayBeAnother: false,
    ...noCash,
  }
  const order = { status: 'awaiting-payer', failureReason: null } as const
  const early = actionsOf('awaiting-payer', { ...context, order, revokeInMs: 1 })
  assert.equal(actionFor(early, 'F4')?.enabled, false)
  const shop = { status: 'failed', failureReason: 'configuration' } as const
  const ended = actionsOf('failed', { ...context, order: shop, revokeInMs: 0 })
  assert.deepEqual(
    ended.map(({ id }) => id),
    ['next-customer'],
  )
})

test('where the channel has no revoke, a wait can be given up to a person, and a case offers none', () => {
  const context = {
    amountText: '',
    byHand: false,
    training: false,
    stripCount: 0,
    revokeInMs: 0,
    mayBeAnother: false,
    ...noCash,
  }
  const at = (status: 'awaiting-payer' | 'attention', canRevoke: boolean) =>
    actionFor(actionsOf(status, { ...context, canRevoke, order: { status, failureReason: null } }), 'F4')?.id
  assert.equal(at('awaiting-payer', false), 'revoke')
  assert.equal(at('attention', true), 'revoke')
  assert.equal(at('attention', false), undefined)
})

test('the bar of a wait never runs back by what messages need on their way', () => {
  const first = track(undefined, sampleOrder({ ageMs: 10_000, timeLeftMs: 35_000 }), 1_000)
  const second = track(first, sampleOrder({ ageMs: 11_000, timeLeftMs: 34_000 }), 2_400)
  assert.ok(waitFigures(second, 2_400).passed >= waitFigures(first, 2_400).passed)
  assert.equal(waitFigures(second, 1_000_000).leftMs, 0)
  assert.equal(waitFigures(second, 1_000_000).passed, 1)
})
