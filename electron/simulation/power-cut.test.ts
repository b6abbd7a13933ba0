import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGenerator } from './generator.ts'
import { tornBytes } from './power-cut.ts'

test('each sector after a power cut is the old one or the new one, and not always the same of both', () => {
  const before = new Uint8Array(512 * 20).fill(1)
  const after = new Uint8Array(512 * 24).fill(2)
  const kept = new Set<number>()
  for (let seed = 0; seed < 40; seed += 1) {
    const torn = tornBytes(before, after, createGenerator(seed))
    assert.ok(torn.length >= before.length && torn.length <= after.length)
    let news = 0
    for (let at = 0; at < before.length; at += 512) {
      const sector = new Set(torn.subarray(at, at + 512))
      assert.equal(sector.size, 1, 'no sector is half of each')
      if (sector.has(2)) news += 1
    }
    kept.add(news)
  }
  assert.ok(kept.size > 8)
})

test('what did not change stays, whatever is lost', () => {
  const before = Uint8Array.from({ length: 2_000 }, (_, place) => place % 251)
  const after = before.slice()
  after[700] = 255
  for (let seed = 0; seed < 10; seed += 1) {
    const torn = tornBytes(before, after, createGenerator(seed))
    const differing = [...torn.keys()].filter((at) => torn[at] !== before[at])
    assert.ok(differing.every((at) => at === 700))
  }
})
