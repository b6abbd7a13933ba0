import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextPercent } from './volume.ts'

test('a volume moves by steps and stops at its ends, from a value between two steps too', () => {
  assert.equal(nextPercent(50, 1), 60)
  assert.equal(nextPercent(50, -1), 40)
  assert.equal(nextPercent(95, 1), 100)
  assert.equal(nextPercent(5, -1), 0)
  assert.equal(nextPercent(100, 1), null)
  assert.equal(nextPercent(0, -1), null)
})
