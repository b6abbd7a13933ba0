import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type BusinessDay, businessDay, dayForNewShift, dayOfShift, latestCutOverHour } from './business-day.ts'
import { implicitShiftId, isImplicitShift, makeShiftId } from './shift-id.ts'

/** 2026-11-30 in Shanghai, at this hour. */
const hour = (hours: number): number => Date.UTC(2026, 10, 29, 16) + hours * 3_600_000

test('before the cut-over hour it is still the day before', () => {
  assert.equal(businessDay(hour(3.99), 4), '20261129')
  assert.equal(businessDay(hour(4), 4), '20261130')
  assert.equal(businessDay(hour(23.99), 4), '20261130')
  assert.equal(businessDay(hour(24), 4), '20261130')
  assert.equal(businessDay(hour(0), 0), '20261130')
})

test('each moment has one business day, and time that goes on never leads back', () => {
  const moment = fc.integer({ min: 0, max: 4_102_444_800_000 })
  const cutOver = fc.integer({ min: 0, max: latestCutOverHour })
  fc.assert(
    fc.property(moment, fc.nat(86_400_000), cutOver, (wallMs, laterMs, cutOverHour) => {
      const day = businessDay(wallMs, cutOverHour)
      assert.ok(businessDay(wallMs + laterMs, cutOverHour) >= day)
      assert.ok(businessDay(wallMs + 86_400_000, cutOverHour) > day)
    }),
  )
})

test('an open shift of a former day was forgotten; one of a later day tells that the clock went back', () => {
  const [former, today] = ['20261129', '20261130'] as BusinessDay[]
  assert.ok(former && today)
  assert.deepEqual(dayOfShift(today, today), { kind: 'today' })
  assert.deepEqual(dayOfShift(former, today), { kind: 'forgotten', businessDay: former })
  assert.deepEqual(dayOfShift(today, former), { kind: 'clock-behind', businessDay: today })
  assert.equal(dayForNewShift(former, today), today, 'set back over midnight')
  assert.equal(dayForNewShift(today, former), today)
  assert.equal(dayForNewShift(today, null), today)
})

test('ids of shifts name till, day, ledger and place, and no day’s implicit shift can be one', () => {
  const parts = { tillId: '01', businessDay: '20261130' as BusinessDay, ledgerMark: 'K7QX', place: 3 }
  assert.equal(makeShiftId(parts), '01-20261130-K7QX-3')
  assert.equal(implicitShiftId(hour(3)), 'day-20261130', 'the calendar’s day: no setting can move it')
  assert.ok(isImplicitShift(implicitShiftId(0)))
  assert.ok(!isImplicitShift(makeShiftId({ ...parts, tillId: 'day1' })))
})
