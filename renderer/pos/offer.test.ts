import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionsOf } from '../counter/actions.ts'
import { actionContext } from '../counter/perform.ts'
import { sampleOrder, sampleSnapshot } from '../stories/samples.fixture.ts'
import { createAppStore } from '../till/store.ts'
import { posEvent } from './offer.ts'

const collection = (reference: string) => ({
  reference,
  saleId: `pos-${reference}`,
  amountFen: 2_350,
  subject: null,
  cashier: null,
})

/** A counter in front of a POS that wants these. */
function counterWith(references: readonly string[]) {
  const store = createAppStore()
  const told = (now: readonly string[]) =>
    store.dispatch({
      type: 'till',
      event: { type: 'pos-told', pos: { kind: 'on', waiting: now.map(collection) } },
    })
  store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot: sampleSnapshot(), nowMs: 0 } })
  told(references)
  const follow = () => {
    const event = posEvent(store.getState())
    if (event) store.dispatch({ type: 'counter', event })
    return event?.type ?? null
  }
  return { store, told, follow }
}

test('a free counter gets the oldest collection, one that somebody types at does not', () => {
  const { store, follow } = counterWith(['A', 'B'])
  store.dispatch({ type: 'counter', event: { type: 'amount-key', key: '5' } })
  assert.equal(follow(), null)
  store.dispatch({ type: 'counter', event: { type: 'back' } })
  assert.equal(follow(), 'pos-offered')
  const { step } = store.getState().counter
  assert.ok(step.kind === 'scan')
  assert.deepEqual([step.sale.pos?.reference, step.sale.saleId, step.sale.amountFen], ['A', 'pos-A', 2_350])
  assert.equal(follow(), null, 'it stays while it waits')
  store.dispatch({ type: 'counter', event: { type: 'back' } })
  assert.equal(store.getState().counter.step.kind, 'scan', 'it is refused, not left')
})

test('what waits no more leaves the counter, and the next one comes', () => {
  const { store, told, follow } = counterWith(['A', 'B'])
  follow()
  told(['B'])
  assert.equal(follow(), 'pos-withdrawn')
  assert.equal(store.getState().counter.notice?.kind, 'pos-withdrawn')
  assert.equal(follow(), 'pos-offered')
  assert.equal(follow(), null)
})

test('where the POS sent the code itself its order comes to the counter', () => {
  const { store, told, follow } = counterWith(['A'])
  follow()
  const order = sampleOrder({ saleId: 'pos-A', status: 'paying' })
  store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: 0 } })
  told([])
  assert.equal(follow(), 'order-shown')
  const { step } = store.getState().counter
  assert.deepEqual(step.kind === 'order' && step.orderNumber, order.orderNumber)
})

test('a collection is taken by code or refused: no cash, and no second code after a failure', () => {
  const { store, follow } = counterWith(['A'])
  follow()
  const ids = (scene: Parameters<typeof actionsOf>[0]) =>
    actionsOf(scene, { ...actionContext(store.getState(), 0), takesCash: true }).map(({ id }) => id)
  assert.ok(ids('scan').includes('refuse-pos') && !ids('scan').includes('cash') && !ids('scan').includes('back'))
  const order = sampleOrder({ saleId: 'pos-A', status: 'failed', failureReason: 'balance-low' })
  store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: 0 } })
  store.dispatch({ type: 'counter', event: { type: 'order-shown', orderNumber: order.orderNumber, hint: null } })
  assert.deepEqual(ids('failed'), ['next-customer'])
})
