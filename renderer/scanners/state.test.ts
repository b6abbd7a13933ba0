import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyGunTest, nextKeyGapMs, reduceGunTest } from './state.ts'

const rhythm = (keys: number) => ({ keys, medianGapMs: 120, longestGapMs: 300 })
const tried = { what: { kind: 'unreadable', loss: 'torn' }, passage: null } as const

test('typing is told once there is a rhythm, and forgotten with the next scan', () => {
  const few = reduceGunTest(emptyGunTest, { type: 'typing', rhythm: rhythm(5) })
  assert.equal(few.typing, null)
  const more = reduceGunTest(few, { type: 'typing', rhythm: rhythm(6) })
  assert.deepEqual(more.typing, rhythm(6))
  const scanned = reduceGunTest(more, { type: 'tried', tried })
  assert.deepEqual([scanned.typing, scanned.tried], [null, tried])
})

test('the threshold goes by marks and stays within its limits', () => {
  const range = { leastMs: 15, mostMs: 60 }
  for (const [ms, by, next] of [
    [35, 1, 40],
    [35, -1, 30],
    [37, 1, 40],
    [37, -1, 35],
    [60, 1, null],
    [58, 1, 60],
    [15, -1, null],
    [17, -1, 15],
  ] as const) {
    assert.equal(nextKeyGapMs({ ms, ...range }, by), next, `${ms} ${by}`)
  }
})
