import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleOrder, sampleSnapshot } from '../stories/samples.fixture.ts'
import { createAppStore } from '../till/store.ts'
import type { OrderStatus } from '../till/types.ts'
import { waitsNow } from './waits.ts'

function tillWith(statuses: readonly OrderStatus[], change: Parameters<typeof sampleSnapshot>[0] = {}) {
  const store = createAppStore()
  const openOrders = statuses.map((status, index) => sampleOrder({ orderNumber: `S${index}`, status }))
  const snapshot = sampleSnapshot({ openOrders, ...change })
  store.dispatch({ type: 'till', event: { type: 'snapshot-taken', snapshot, nowMs: 0 } })
  return store.getState()
}

test('a till at rest waits for nothing, and one that is not there yet says nothing', () => {
  assert.deepEqual(waitsNow(tillWith([]), 0), [])
  assert.deepEqual(waitsNow(createAppStore().getState(), 3), [])
})

test('what is open is counted by what it waits for, money first', () => {
  const { readiness } = sampleSnapshot()
  const app = tillWith(['awaiting-payer', 'unknown', 'paying', 'attention', 'unknown', 'revoking'], {
    readiness: {
      ...readiness,
      owed: { count: 2, oldestAgeMs: 9_000 },
      backup: { ...readiness.backup, making: { copiedPercent: 40 } },
      updateReady: '0.2.0',
    },
    pos: { kind: 'on', waiting: [{ reference: 'R1', saleId: 'pos-1', amountFen: 100, subject: null, cashier: null }] },
  })
  assert.deepEqual(waitsNow(app, 1), [
    { kind: 'payer', count: 1 },
    { kind: 'channel', count: 1 },
    { kind: 'unknown', count: 2 },
    { kind: 'revoking', count: 1 },
    { kind: 'person', count: 1 },
    { kind: 'away', count: 2 },
    { kind: 'refund', count: 1 },
    { kind: 'pos', count: 1 },
    { kind: 'backup', count: 1 },
    { kind: 'update', count: 1 },
  ])
})

test('an order at its end is waited for no more', () => {
  assert.deepEqual(waitsNow(tillWith(['paid', 'failed', 'revoked']), 0), [])
})
