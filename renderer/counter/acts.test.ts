import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CallAnswer, CallName, Calls, OrderView } from '../../electron/api/contract.ts'
import type { Door } from '../bridge.ts'
import { sceneIn } from '../sound/cue.ts'
import { sampleOrder, sampleSnapshot, storyWallMs } from '../stories/samples.fixture.ts'
import { type AppStore, createAppStore } from '../till/store.ts'
import { createCounterActs } from './acts.ts'

type Replies = { readonly [Name in CallName]?: Calls[Name]['reply'] }
type Sent = { readonly name: CallName; readonly request: unknown }

const number = sampleOrder().orderNumber

/** A till whose main side answers from `replies` and loses every other call. */
function openTill(replies: Replies, at: 'amount' | 'scan' = 'scan') {
  const sent: Sent[] = []
  const current: { replies: Replies } = { replies }
  const door: Door = {
    call: <Name extends CallName>(name: Name, request: Calls[Name]['request']): Promise<CallAnswer<Name>> => {
      sent.push({ name, request })
      // The table is typed name by name, so the reply under a name is that call's reply; TypeScript gives up on the union.
      const reply: Calls[Name]['reply'] | undefined = Reflect.get(current.replies, name)
      const lost: CallAnswer<Name> = { ok: false, refusal: { code: 'failed', detail: 'lost' } }
      return Promise.resolve(reply === undefined ? lost : { ok: true, reply })
    },
    on: () => () => {},
    onConnection: () => () => {},
  }
  const store: AppStore = createAppStore()
  store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot: sampleSnapshot(), nowMs: 0 } })
  if (at === 'scan') {
    const sale = { amountFen: 3_580, saleId: null, anotherCustomer: false }
    store.dispatch({ type: 'counter', event: { type: 'scan-again', sale } })
  }
  const bills: string[] = []
  const acts = createCounterActs(door, store, {
    onBill: (text) => void bills.push(text),
    now: () => 0,
    wallNow: () => storyWallMs,
  })
  const tell = (order: OrderView): void =>
    store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: 0 } })
  return { store, acts, sent, current, tell, bills }
}

/** Stands for what a gun read; no wallet's code. */
const scanned = 'SCANNED'

test('a scan that is awaited goes to the main side with the amount in yuan, and is kept nowhere', async () => {
  const till = openTill({ 'sale.scan': { kind: 'started', order: sampleOrder({ status: 'paying' }) } })
  await till.acts.scan(scanned)
  const request = { amountText: '35.80', scan: scanned, saleId: null, anotherCustomer: false }
  assert.deepEqual(till.sent, [{ name: 'sale.scan', request }])
  assert.equal(sceneIn(till.store.getState()), 'sending')
  assert.ok(!JSON.stringify(till.store.getState()).includes(scanned))
})

test('a scan without an amount, or while a payment is under way, calls nobody', async () => {
  const idle = openTill({}, 'amount')
  await idle.acts.scan(scanned)
  assert.deepEqual(idle.sent, [])
  assert.equal(idle.store.getState().counter.notice?.kind, 'scan-needs-amount')
  const busy = openTill({ 'sale.scan': { kind: 'started', order: sampleOrder() } })
  await busy.acts.scan(scanned)
  await busy.acts.scan(scanned)
  assert.equal(busy.sent.length, 1)
  assert.equal(busy.store.getState().counter.notice?.kind, 'scan-unused')
  busy.tell(sampleOrder({ status: 'paid' }))
  assert.equal(busy.store.getState().counter.notice, null)
})

test('a lost answer is neither paid nor failed: the ledger tells whether an order came of it', async () => {
  const made = openTill({ 'orders.list': [sampleOrder({ createdWallMs: storyWallMs + 5 })] })
  await made.acts.scan(scanned)
  assert.equal(sceneIn(made.store.getState()), 'awaiting-payer')
  const older = openTill({ 'orders.list': [sampleOrder({ createdWallMs: storyWallMs - 5 })] })
  await older.acts.scan(scanned)
  assert.equal(sceneIn(older.store.getState()), 'refused')
  const silent = openTill({})
  await silent.acts.scan(scanned)
  assert.equal(sceneIn(silent.store.getState()), 'answer-lost')
  silent.current.replies = { 'till.snapshot': sampleSnapshot(), 'orders.list': [] }
  await silent.acts.refresh()
  assert.equal(sceneIn(silent.store.getState()), 'refused')
})

test('after a lost connection, what ended meanwhile is asked for one by one', async () => {
  const paid = sampleOrder({ status: 'paid' })
  const till = openTill({
    'till.snapshot': sampleSnapshot(),
    'order.show': { order: paid, journal: [], closure: null },
  })
  till.tell(sampleOrder())
  till.store.dispatch({ type: 'counter', event: { type: 'order-shown', orderNumber: number, hint: null } })
  await till.acts.refresh()
  assert.equal(sceneIn(till.store.getState()), 'paid')
})

test('a window that opens while an order waits shows that order', async () => {
  const till = openTill({ 'till.snapshot': sampleSnapshot({ openOrders: [sampleOrder()] }) }, 'amount')
  await till.acts.refresh()
  assert.equal(sceneIn(till.store.getState()), 'awaiting-payer')
})

test('parking frees the counter; an order that ended just then stays to be seen', async () => {
  const waiting = openTill({ 'order.park': { kind: 'done', order: sampleOrder({ parked: true }) } }, 'amount')
  waiting.tell(sampleOrder())
  waiting.store.dispatch({ type: 'counter', event: { type: 'order-shown', orderNumber: number, hint: null } })
  await waiting.acts.park(number)
  assert.equal(sceneIn(waiting.store.getState()), 'idle')
  const paid = sampleOrder({ status: 'paid' })
  const ended = openTill({ 'order.park': { kind: 'not-now', order: paid } }, 'amount')
  ended.tell(sampleOrder())
  ended.store.dispatch({ type: 'counter', event: { type: 'order-shown', orderNumber: number, hint: null } })
  await ended.acts.park(number)
  assert.equal(sceneIn(ended.store.getState()), 'paid')
})

test('a scan that the main side holds goes there by its name; one that is too old asks for another', async () => {
  const held = { held: '0123456789abcdef' }
  const till = openTill({ 'sale.scan': { kind: 'scan-gone' } })
  await till.acts.scan(held)
  const request = { amountText: '35.80', scan: held, saleId: null, anotherCustomer: false }
  assert.deepEqual(till.sent, [{ name: 'sale.scan', request }])
  assert.equal(sceneIn(till.store.getState()), 'scan')
  assert.equal(till.store.getState().counter.notice?.kind, 'scan-gone')
})

test('a scan for a payment that is a bill is told, and the sale waits on', async () => {
  const text = `4200${'1'.repeat(24)}`
  const till = openTill({
    'sale.scan': { kind: 'not-a-payment-code', problem: { kind: 'bill-number', of: 'wechat', text } },
  })
  await till.acts.scan(scanned)
  assert.deepEqual(till.bills, [text])
  assert.equal(sceneIn(till.store.getState()), 'scan')
})
