import assert from 'node:assert/strict'
import { test } from 'node:test'
import { billWriterOf } from './bill-writers.ts'
import { type ReconciledDay, reconcileStore } from './reconciled-days.ts'
import type { StoreChannels } from './store-channels.ts'
import { type SimulationOptions, simulate, usualOptions } from './store-day.ts'

async function reconciled(options: Partial<SimulationOptions> & { readonly seed: number }) {
  const days: ReconciledDay[] = []
  const { breaches } = await simulate({
    ...usualOptions,
    realLedger: 'none',
    ...options,
    atRest: (store) => days.push(...reconcileStore(store, billWriterOf)),
  })
  assert.deepEqual(breaches, [])
  return days
}

const causesIn = (days: readonly ReconciledDay[]): ReadonlySet<string> =>
  new Set(days.flatMap(({ result }) => result.differences.map(({ cause }) => cause)))

test('a week with all faults reconciles to the fen, and each difference is what its fault made', async () => {
  const days = await reconciled({ seed: 41, days: 7, customersPerDay: 25 })
  assert.deepEqual(
    days.flatMap(({ contradictions }) => contradictions),
    [],
  )
  assert.ok(days.reduce((sum, { result }) => sum + result.matched, 0) > 200)
  assert.ok(causesIn(days).has('another-till'))
})

test('without faults nothing differs but the other till’s lines', async () => {
  const { faultKinds } = await import('./faults.ts')
  const days = await reconciled({ seed: 3, off: new Set(faultKinds), customersPerDay: 30 })
  assert.deepEqual([...causesIn(days)], ['another-till'])
})

const pairs: readonly StoreChannels[] = [
  [
    { channel: 'unionpay', codes: 'unionpay' },
    { channel: 'backend', codes: 'alipay' },
  ],
  [
    { channel: 'wechat-v3', codes: 'wechat' },
    { channel: 'qra', codes: 'alipay' },
  ],
]

test('the other channels with bills reconcile as well', async () => {
  for (const channels of pairs) {
    const days = await reconciled({ seed: 11, channels, customersPerDay: 25 })
    assert.deepEqual(
      days.flatMap(({ contradictions }) => contradictions),
      [],
    )
    assert.ok(days.some(({ result }) => result.matched > 5))
  }
})
