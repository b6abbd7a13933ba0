import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultKinds } from './faults.ts'
import { kindsThatNeverStruck, runSeeds } from './run-seeds.ts'
import { simulate, usualOptions } from './store-day.ts'

test('the same seed gives the same bytes, another seed gives others (I14)', async () => {
  const options = { ...usualOptions, customersPerDay: 25 }
  const first = await simulate({ ...options, seed: 5 })
  const again = await simulate({ ...options, seed: 5, keepsLog: true })
  const other = await simulate({ ...options, seed: 6 })
  assert.equal(again.digest, first.digest)
  assert.ok(again.log.length > 100)
  assert.notEqual(other.digest, first.digest)
})

test('without faults every order ends paid, failed or revoked, and none needs a person', async () => {
  const result = await simulate({ ...usualOptions, seed: 2, off: new Set(faultKinds) })
  const struck = faultKinds.filter((kind) => result.faults[kind] > 0 && kind !== 'midnight' && kind !== 'month-end')
  assert.deepEqual(struck, [])
  assert.deepEqual(result.breaches, [])
  assert.ok((result.endings.paid ?? 0) > 50)
  assert.equal(result.endings.attention, undefined)
})

test('with all faults the invariants hold, and in a few days every kind of fault has struck', async () => {
  const summary = await runSeeds(
    usualOptions,
    Array.from({ length: 12 }, (_, place) => 100 + place),
    false,
    () => true,
  )
  assert.deepEqual(summary.failures, [])
  assert.deepEqual(kindsThatNeverStruck(summary.faults, usualOptions.off, true), [])
  assert.ok(summary.orders > 1_000)
})
