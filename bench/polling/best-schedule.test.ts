import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestSchedule, costOf } from './best-schedule.ts'
import { tabulateCrowd } from './crowd-times.ts'
import { everyone } from './payer.ts'

const rules = { firstQueryMs: 4_000, gapMs: 3_000, windowMs: 20_000, stepMs: 1_000 }

/** Every schedule that keeps to the rules. */
function* schedules(former: readonly number[] = []): Generator<readonly number[]> {
  yield [...former, rules.windowMs]
  const last = former.at(-1)
  const from = last === undefined ? rules.firstQueryMs : last + rules.gapMs
  for (let next = from; next <= rules.windowMs - rules.gapMs; next += rules.stepMs) yield* schedules([...former, next])
}

test('no schedule of all that keep to the rules costs less', () => {
  const times = tabulateCrowd(everyone, 250, rules.windowMs)
  const paidShare = times.confirmed.at(-1) ?? 0
  const all = [...schedules()]
  assert.ok(all.length > 100)
  for (const priceMs of [300, 900, 2_000]) {
    const total = (agesMs: readonly number[]): number => {
      const { waitMs, queries } = costOf(times, agesMs)
      return waitMs * paidShare + priceMs * queries
    }
    const least = Math.min(...all.map(total))
    assert.ok(Math.abs(total(bestSchedule(times, rules, priceMs)) - least) < 1e-6)
  }
})
