import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bridge } from '../../electron/api/contract.ts'
import { sampleOrder, sampleSnapshot } from '../stories/samples.fixture.ts'
import { createAppStore } from '../till/store.ts'
import type { DisplayMessage } from './shown.ts'
import { createDisplayTeller } from './wire-display.ts'

const order = sampleOrder({ status: 'paid' })

function counterWith(hasReceiptCode: boolean) {
  const said: DisplayMessage[] = []
  const asked: unknown[] = []
  const call = (async (...wanted: unknown[]) => {
    asked.push(wanted)
    return { ok: true, reply: { kind: 'shown', qrSvg: '<svg/>' } }
  }) as unknown as Bridge['call'] // the one call that is made has this answer
  const store = createAppStore()
  const teller = createDisplayTeller({ call }, store, (message) => void said.push(message))
  const snapshot = sampleSnapshot({ customerDisplay: { open: 'by-hand', language: 'en', hasReceiptCode } })
  const live = () => store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot, nowMs: 0 } })
  const pay = () => {
    store.dispatch({ type: 'till', event: { type: 'order-changed', order, nowMs: 0 } })
    const hint = 'scanned-before'
    store.dispatch({ type: 'counter', event: { type: 'order-shown', orderNumber: order.orderNumber, hint } })
  }
  return { said, asked, store, teller, live, pay }
}

test('the counter says what it knows and nothing while it knows nothing', () => {
  const { said, store, teller, live } = counterWith(false)
  teller.tell()
  assert.deepEqual(said, [])
  live()
  const view = { kind: 'resting' }
  assert.deepEqual(said.at(-1), { view, storeName: '示例便利店', language: 'en', isTraining: true })
  const before = said.length
  store.dispatch({ type: 'till', event: { type: 'connection-changed', connection: 'lost' } })
  teller.tell()
  assert.equal(said.length, before)
})

test('a paid order’s receipt is fetched once where the shop has one, and follows', async () => {
  const { said, asked, teller, live, pay } = counterWith(true)
  live()
  pay()
  const paid = { kind: 'paid', amountFen: order.amountFen, wallet: 'wechat' }
  assert.deepEqual(said.at(-1)?.view, { ...paid, receiptQr: null })
  await new Promise(setImmediate)
  assert.deepEqual(said.at(-1)?.view, { ...paid, receiptQr: '<svg/>' })
  teller.tell()
  assert.deepEqual(asked, [['display.receipt', { orderNumber: order.orderNumber }]])
})

test('a shop without signed receipts is asked for none', () => {
  const { asked, live, pay } = counterWith(false)
  live()
  pay()
  assert.deepEqual(asked, [])
})
