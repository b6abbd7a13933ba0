import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Seams } from './seams.ts'
import { linesAbout, shrink } from './shrink.ts'
import { type SimulationOptions, simulate, usualOptions } from './store-day.ts'
import { optionsOf } from './story.ts'

/** A program without the data folder's lock: only a second instance brings it to light. */
const seams: Seams = { hasNoLock: true }

test('a failing run is made as small as the bug allows, and still fails', async () => {
  const options: SimulationOptions = { ...usualOptions, seed: 1, realLedger: 'none', customersPerDay: 30, seams }
  const before = await simulate(options)
  assert.ok(before.breaches.length > 0)
  const shrunken = await shrink(options, () => undefined, 2)
  assert.ok(shrunken)
  const { story, result, breach } = shrunken
  assert.ok(story.on.includes('second-instance'))
  assert.ok(story.on.length < 12, story.on.join())
  assert.ok(result.orders * 2 < before.orders, `${result.orders} of ${before.orders} orders are left`)
  assert.equal(breach.rule, story.rule)
  assert.ok(linesAbout(breach.orderNumber, result.log).some((line) => line.includes('sends pay')))
  // Without the bug the story is quiet.
  assert.deepEqual((await simulate(optionsOf(story))).breaches, [])
})

test('a run that breaks nothing cannot be made smaller', async () => {
  assert.equal(await shrink({ ...usualOptions, seed: 3, customersPerDay: 5 }, () => undefined), null)
})
