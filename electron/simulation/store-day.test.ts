import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelPolicy } from '../till/policy.ts'
import { serverNames } from '../training/server-name.ts'
import { faultKinds } from './faults.ts'
import { kindsThatNeverStruck, runSeeds } from './run-seeds.ts'
import { channelsOfSeed, channelsText, directChannels } from './store-channels.ts'
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

test('every channel is some seed’s, and there too the invariants hold and the same seed gives the same bytes', async () => {
  const seen = new Set<string>()
  for (let seed = 1; seed <= 28; seed += 1) {
    const channels = channelsOfSeed(seed)
    if (channels === directChannels) continue
    const options = { ...usualOptions, seed, customersPerDay: 15, realLedger: 'none' } as const
    const { breaches, digest, ordersByChannel } = await simulate(options)
    assert.deepEqual(breaches, [], channelsText(channels))
    assert.equal((await simulate(options)).digest, digest, channelsText(channels))
    for (const channel of Object.keys(ordersByChannel)) seen.add(channel)
  }
  const others = serverNames.filter((name) => name !== 'wechat' && name !== 'alipay')
  assert.deepEqual([...seen].sort(), [...others].sort())
})

test('the auditor notices a revoke for a channel that has none', async () => {
  const seams = {
    policy: ({ canRevoke: _none, ...policy }: ChannelPolicy): ChannelPolicy => ({
      ...policy,
      revokeUntil: { kind: 'age', ageMs: 86_400_000 },
    }),
  }
  const { breaches } = await simulate({ ...usualOptions, seed: 7, realLedger: 'none', seams })
  assert.ok(breaches.some(({ sentence }) => sentence === 'a revoke left for a channel that has none'))
})
