import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { shiftEventTypes } from './event.ts'
import { shiftStatesPage } from './page.ts'
import { shiftStatuses } from './shift.ts'
import { foldShift, openShift, stepShift } from './step.ts'
import { after, everyShiftEvent, opened, shiftEvent, shiftIn } from './stories.fixture.ts'
import { shiftTable } from './table.ts'

test('docs/shift-states.md is what the table prints; if not, run: npm run docs:states', () => {
  const page = readFileSync(new URL('../../../docs/shift-states.md', import.meta.url), 'utf8')
  assert.equal(page, shiftStatesPage())
})

test('every state takes every event and goes where its row says', () => {
  assert.deepEqual(everyShiftEvent.map(({ type }) => type).sort(), [...shiftEventTypes].sort())
  for (const status of shiftStatuses) {
    assert.equal(shiftIn[status].status, status)
    for (const event of everyShiftEvent) {
      const shift = stepShift(shiftIn[status], event)
      assert.equal(shift.status, shiftTable[status][event.type].to, `${status} + ${event.type}`)
      assert.equal(shift.version, shiftIn[status].version + 1)
      const { does } = shiftTable[status][event.type]
      const { version: _before, ...former } = shiftIn[status]
      const { version: _after, ...now } = shift
      if (does.startsWith('nothing')) assert.deepEqual(now, former, `${status} + ${event.type}`)
      else assert.notDeepEqual(now, former, `${status} + ${event.type}`)
    }
  }
})

test('a hand-over changes who runs the shift and nothing that was collected', () => {
  const handed = after('handed-over')
  assert.deepEqual([handed.cashier, handed.openedBy], [8, 7])
  assert.equal(handed.handOvers.length, 1)
})

test('an abandoned count is forgotten; two counts of a new close stand by themselves', () => {
  const again = after('close-begun', 'counted', 'close-abandoned', 'close-begun', 'counted', 'counted')
  assert.deepEqual(again.counts, [21_000, 21_000])
  assert.deepEqual(after('close-begun', 'counted', 'close-abandoned').counts, [])
})

test('whatever happens: once closed, nothing changes but the supplements, which only grow; and the fold repeats', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...shiftEventTypes), { maxLength: 40 }), (types) => {
      const events = types.map(shiftEvent)
      let shift = openShift(opened)
      for (const event of events) {
        const before = shift
        shift = stepShift(shift, event)
        if (before.status !== 'closed') continue
        const { version: _1, supplements: former, ...was } = before
        const { version: _2, supplements, ...is } = shift
        assert.deepEqual(is, was)
        assert.deepEqual(supplements.slice(0, former.length), former)
      }
      const read = JSON.parse(JSON.stringify(events)) as typeof events
      assert.deepEqual(JSON.parse(JSON.stringify(foldShift(opened, read))), JSON.parse(JSON.stringify(shift)))
    }),
  )
})
