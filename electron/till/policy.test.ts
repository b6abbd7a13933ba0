import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ChannelKind, type ChannelPolicy, defaultPolicies, policySources, policyWith } from './policy.ts'

const kinds = ['wechat', 'alipay'] as const satisfies readonly ChannelKind[]
const overrides = fc.record(
  {
    firstQueryMs: fc.integer({ min: 1, max: 60_000 }),
    pollMs: fc.integer({ min: 100, max: 20_000 }),
    windowMs: fc.integer({ min: 1, max: 120_000 }),
    revokeMinAgeMs: fc.integer({ min: 0, max: 60_000 }),
    revokeRetryMs: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 8 }),
    requestTimeoutMs: fc.integer({ min: 1, max: 30_000 }),
  },
  { requiredKeys: [] },
)

test('without an override the official figures stand', () => {
  for (const kind of kinds) {
    assert.equal(policyWith(defaultPolicies[kind], undefined), defaultPolicies[kind])
    assert.deepEqual(policyWith(defaultPolicies[kind], {}), defaultPolicies[kind])
  }
})

test('what is set is set, and what is left out stays at the default', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), overrides, (kind, override) => {
      const base: ChannelPolicy = defaultPolicies[kind]
      const policy = policyWith(base, override)
      for (const setting of ['pollMs', 'windowMs', 'revokeMinAgeMs', 'revokeRetryMs', 'requestTimeoutMs'] as const) {
        assert.deepEqual(policy[setting], override[setting] ?? base[setting], setting)
      }
      assert.ok(!('firstQueryMs' in policy))
    }),
  )
})

test('a field that is there but undefined is a field left out', () => {
  const policy = policyWith(defaultPolicies.wechat, { windowMs: undefined, pollMs: undefined, firstQueryMs: undefined })
  assert.deepEqual(policy, defaultPolicies.wechat)
})

test('every schedule ascends, stays within its window, and is a plain one once a gap or a first query is set', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), overrides, (kind, override) => {
      const { queryAgesMs, windowMs } = policyWith(defaultPolicies[kind], override)
      const isPlain = override.firstQueryMs !== undefined || override.pollMs !== undefined
      if (isPlain) {
        const first = override.firstQueryMs ?? defaultPolicies[kind].queryAgesMs[0]
        assert.deepEqual(queryAgesMs, [first])
        return
      }
      assert.equal(queryAgesMs.at(-1), Math.min(windowMs, defaultPolicies[kind].windowMs))
      for (const [place, ageMs] of queryAgesMs.entries()) assert.ok(ageMs > (queryAgesMs[place - 1] ?? 0))
    }),
    { numRuns: 500 },
  )
})

test('the policy of the command line’s contract asks first at half a second, and then by the gap', () => {
  const override = {
    firstQueryMs: 500,
    pollMs: 500,
    windowMs: 6_000,
    revokeMinAgeMs: 2_000,
    revokeRetryMs: [500, 500, 1_000],
    requestTimeoutMs: 2_000,
  }
  const { queryAgesMs, revokeUntil, ...figures } = policyWith(defaultPolicies.alipay, override)
  assert.deepEqual(revokeUntil, defaultPolicies.alipay.revokeUntil)
  assert.deepEqual(queryAgesMs, [500])
  const { firstQueryMs: _, ...wanted } = override
  assert.deepEqual(figures, wanted)
})

test('every default figure names its source, and the cautious bounds of the references hold', () => {
  for (const kind of kinds) {
    const named = policySources[kind].map(({ setting }) => setting).toSorted()
    assert.deepEqual(named, Object.keys(defaultPolicies[kind]).toSorted())
  }
  // wechat.md §5: no revoke within 15 s of the pay call, 45 s window; alipay.md §4: retries for at least a minute.
  assert.equal(defaultPolicies.wechat.revokeMinAgeMs, 15_000)
  assert.equal(defaultPolicies.wechat.windowMs, 45_000)
  assert.ok(defaultPolicies.alipay.revokeRetryMs.reduce<number>((sum, waitMs) => sum + waitMs, 0) >= 60_000)
})
