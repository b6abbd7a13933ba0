import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StaffNumber } from '../ids.ts'
import { fen } from '../money.ts'
import { beginShiftAct, differenceFen, type ShiftAct } from './act.ts'
import type { Shift } from './shift.ts'
import { stepShift } from './step.ts'
import { at, books, shiftIn } from './stories.fixture.ts'

const by = 7 as StaffNumber
const proof = { kind: 'pin', name: 'Wang', pinId: 'a1', staffNumber: 1 as StaffNumber } as const
const close = (differenceReason = '', unsignedUpToFen: number | null = 0): ShiftAct => ({
  kind: 'close',
  differenceReason,
  unsignedUpToFen: unsignedUpToFen === null ? null : fen(unsignedUpToFen),
})
const count = (countedFen: number): ShiftAct => ({ kind: 'count', countedFen: fen(countedFen) })

/** The shift after the acts, or the first problem. The drawer should hold 25,000 fen. */
function doing(from: Shift, ...acts: readonly ShiftAct[]): Shift | string {
  let shift = from
  for (const act of acts) {
    const beginning = beginShiftAct(shift, { act, by, at }, books(5_000))
    if (beginning.kind === 'refused') return beginning.problem
    shift = stepShift(shift, beginning.event)
  }
  return shift
}

const begin: ShiftAct = { kind: 'begin-close' }

test('a count that fits closes at once', () => {
  const shift = doing(shiftIn.open, begin, count(25_000), close())
  assert.ok(typeof shift !== 'string' && shift.closing?.count)
  assert.deepEqual([shift.status, differenceFen(shift.closing.count)], ['closed', 0])
})

test('one that does not is counted again; the second counts, and a difference needs a reason and a manager', () => {
  assert.equal(doing(shiftIn.open, begin, close()), 'count-missing')
  assert.equal(doing(shiftIn.open, begin, count(24_000), close('lost')), 'second-count-missing')
  assert.equal(doing(shiftIn.open, begin, count(24_000), count(24_900), close()), 'reason-missing')
  assert.equal(doing(shiftIn.open, begin, count(24_000), count(24_900), close('lost', 99)), 'manager-needed')
  assert.equal(doing(shiftIn.open, begin, count(1), count(2), count(3)), 'counted-twice')
  const mended = doing(shiftIn.open, begin, count(24_000), count(25_000), close())
  assert.ok(typeof mended !== 'string')
  for (const last of [close('lost', 100), close('lost', null), { ...close('lost'), proof } as ShiftAct]) {
    const shift = doing(shiftIn.open, begin, count(24_000), count(24_900), last)
    assert.ok(typeof shift !== 'string' && shift.closing?.count)
    assert.equal(differenceFen(shift.closing.count), -100)
    assert.equal(shift.closing.differenceReason, 'lost')
  }
})

test('a shift without cash closes without a count, and is never counted', () => {
  const withoutCash: Shift = { ...shiftIn.open, floatFen: null }
  const shift = doing(withoutCash, close())
  assert.ok(typeof shift !== 'string')
  assert.deepEqual([shift.status, shift.closing?.count], ['closed', null])
  assert.equal(doing(withoutCash, begin), 'shift-without-cash')
  assert.equal(doing(withoutCash, { kind: 'hand-over', to: by, countedFen: fen(1) }), 'shift-without-cash')
})

test('a hand-over keeps what was counted against what should be there, and is not made while counting', () => {
  const shift = doing(shiftIn.open, { kind: 'hand-over', to: 8 as StaffNumber, countedFen: fen(24_500) })
  assert.ok(typeof shift !== 'string')
  assert.deepEqual(shift.handOvers[0]?.count, { countedFen: 24_500, expectedFen: 25_000 })
  assert.equal(doing(shiftIn.counting, { kind: 'hand-over', to: by, countedFen: null }), 'being-counted')
})

test('whatever is done: a closed shift takes no act, and no shift closes with a difference that nobody explained', () => {
  const act = fc.oneof(
    fc.constant(begin),
    fc.constant<ShiftAct>({ kind: 'abandon-close' }),
    fc.nat(30_000).map(count),
    fc.constant(count(25_000)),
    fc.constantFrom('', 'lost').map((reason) => close(reason)),
    fc.constant<ShiftAct>({ kind: 'close', differenceReason: 'lost', unsignedUpToFen: fen(0), proof }),
    fc.constant<ShiftAct>({ kind: 'hand-over', to: 9 as StaffNumber, countedFen: null }),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      let shift = shiftIn.open
      for (const each of acts) {
        const beginning = beginShiftAct(shift, { act: each, by, at }, books(5_000))
        if (beginning.kind === 'refused') continue
        assert.notEqual(shift.status, 'closed')
        shift = stepShift(shift, beginning.event)
      }
      const { closing } = shift
      if (closing === null) return
      assert.ok(closing.count !== null)
      const explained = differenceFen(closing.count) === 0 || closing.differenceReason === 'lost'
      assert.ok(explained)
      assert.ok(differenceFen(closing.count) === 0 || closing.proof !== undefined, 'I15')
    }),
  )
})
