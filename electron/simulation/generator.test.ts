import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGenerator } from './generator.ts'

const draws = (seed: number, count: number): readonly number[] => {
  const generator = createGenerator(seed)
  return Array.from({ length: count }, () => generator.next())
}

test('the same seed gives the same numbers, another seed gives others', () => {
  assert.deepEqual(draws(7, 50), draws(7, 50))
  assert.notDeepEqual(draws(7, 50), draws(8, 50))
})

test('a fork depends on seed and label, not on how much was drawn before', () => {
  const used = createGenerator(3)
  used.next()
  assert.equal(used.fork('network').next(), createGenerator(3).fork('network').next())
  assert.notEqual(createGenerator(3).fork('network').next(), createGenerator(3).fork('cashier').next())
})

test('the state is all there is: it changes with every draw', () => {
  const generator = createGenerator(1)
  const before = generator.state()
  generator.next()
  assert.notDeepEqual(generator.state(), before)
})

test('draws lie where they should, and spread', () => {
  const generator = createGenerator(11)
  const whole = Array.from({ length: 3_000 }, () => generator.integer(2, 5))
  assert.deepEqual([...new Set(whole)].sort(), [2, 3, 4, 5])
  const times = Array.from({ length: 3_001 }, () => generator.logNormal(7_000, 0.8)).sort((a, b) => a - b)
  const median = times[1_500] ?? 0
  assert.ok(median > 6_300 && median < 7_700, `median ${median}`)
  const hits = Array.from({ length: 4_000 }, () => generator.chance(0.25)).filter(Boolean).length
  assert.ok(hits > 900 && hits < 1_100, `${hits} of 4000`)
  assert.throws(() => generator.pick([]), RangeError)
})
