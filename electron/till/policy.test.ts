import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { policyByAge, policyByDay } from './policy.fixture.ts'
import { type ChannelPolicy, policyWith } from './policy.ts'

const bases: readonly ChannelPolicy[] = [policyByAge, policyByDay]
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
  for (const base of bases) {
    assert.equal(policyWith(base, undefined), base)
    assert.deepEqual(policyWith(base, {}), base)
  }
})

test('what is set is set, and what is left out stays at the default', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bases), overrides, (base, override) => {
      const policy = policyWith(base, override)
      for (const setting of ['pollMs', 'windowMs', 'revokeMinAgeMs', 'revokeRetryMs', 'requestTimeoutMs'] as const) {
        assert.deepEqual(policy[setting], override[setting] ?? base[setting], setting)
      }
      assert.ok(!('firstQueryMs' in policy))
    }),
  )
})

test('a field that is there but undefined is a field left out', () => {
  const policy = policyWith(policyByAge, { windowMs: undefined, pollMs: undefined, firstQueryMs: undefined })
  assert.deepEqual(policy, policyByAge)
})

test('every schedule ascends, stays within its window, and is a plain one once a gap or a first query is set', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bases), overrides, (base, override) => {
      const { queryAgesMs, windowMs } = policyWith(base, override)
      const isPlain = override.firstQueryMs !== undefined || override.pollMs !== undefined
      if (isPlain) {
        const first = override.firstQueryMs ?? base.queryAgesMs[0]
        assert.deepEqual(queryAgesMs, [first])
        return
      }
      assert.equal(queryAgesMs.at(-1), Math.min(windowMs, base.windowMs))
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
  const { queryAgesMs, revokeUntil, ...figures } = policyWith(policyByDay, override)
  assert.deepEqual(revokeUntil, policyByDay.revokeUntil)
  assert.deepEqual(queryAgesMs, [500])
  const { firstQueryMs: _, ...wanted } = override
  assert.deepEqual(figures, wanted)
})
