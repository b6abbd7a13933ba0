import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeWithinLimit } from './shutdown.ts'

test('closed books are 0 and say nothing', async () => {
  assert.equal(await closeWithinLimit({ close: async () => undefined }, assert.fail), 0)
})

test('a till that cannot close its books is 4, without the error’s text', async () => {
  const lines: string[] = []
  const report = (line: string): void => void lines.push(line)
  const fails = { close: () => Promise.reject(new RangeError('134567890123456789')) }
  assert.equal(await closeWithinLimit(fails, report), 4)
  assert.match(lines[0] ?? '', /RangeError/)
  assert.ok(!lines.join().includes('134567890123456789'))
})

test('a till that never comes to an end is left at the limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const lines: string[] = []
  const never = { close: () => new Promise<void>(() => undefined) }
  const closing = closeWithinLimit(never, (line) => lines.push(line))
  t.mock.timers.tick(30_000)
  assert.equal(await closing, 4)
  assert.equal(lines.length, 1)
})
