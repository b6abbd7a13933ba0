import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShiftSums } from '../ledger/shift-ledger.ts'
import type { StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import type { ShiftEvent } from '../till/shift/event.ts'
import type { Shift } from '../till/shift/shift.ts'
import { stepShift } from '../till/shift/step.ts'
import { type Cell, cellOf, totalsOf } from '../till/shift/totals.ts'
import { at, closed as closedShift, counting, open, paidLater } from './sample-shift.fixture.ts'
import { implicitReport, shiftReport, shiftView } from './shift-report.ts'

const none = cellOf({
  shiftId: open.shiftId,
  kind: 'order',
  subjectId: 'x',
  tender: 'code',
  channel: null,
  wallet: null,
  cashier: null,
  hour: 9,
  amountFen: fen(0),
  isOpen: false,
  soldFen: 0,
  returnedFen: 0,
  drawerFen: 0,
})
const code: Cell = { ...none, sales: 1, soldFen: 1_000 }
const cash: Cell = { ...none, tender: 'cash', sales: 1, soldFen: 300, drawerFen: 300 }
const sums: ShiftSums = { totals: totalsOf([code, cash]), codeTotals: totalsOf([code]), open: [] }

test('before the count nothing in the report or the view tells what is in the drawer, however one looks', () => {
  const handedOver: ShiftEvent = {
    type: 'handed-over',
    at,
    from: null,
    to: 8 as StaffNumber,
    count: { countedFen: fen(77_777), expectedFen: 88_888 },
  }
  for (const shift of [stepShift(open, handedOver), counting]) {
    const report = shiftReport(shift, sums, at.wallMs)
    assert.deepEqual([report.kind, report.isBlind, report.totals.drawerFen], ['x', true, null])
    assert.equal(report.totals.soldFen, 1_000)
    assert.doesNotMatch(JSON.stringify(report), /300|88888/)
  }
})

test('without a float there is nothing to be blind for, and a day’s implicit shift is told whole', () => {
  const withoutCash: Shift = { ...open, floatFen: null }
  assert.deepEqual(shiftReport(withoutCash, sums, at.wallMs).totals, sums.totals)
  assert.equal(implicitReport(open.shiftId, sums, at.wallMs).totals.soldFen, 1_300)
})

test('a Z report is what was written at the close; supplements stand beside it and amend its sums', () => {
  const count = { countedFen: fen(20_200), expectedFen: 20_300 }
  const closed: ShiftEvent = {
    type: 'closed',
    at,
    by: 7 as StaffNumber,
    totals: sums.totals,
    open: [],
    count,
    differenceReason: 'lost',
    proof: { kind: 'pin', name: 'Wang', pinId: 'a1' },
  }
  const shift = stepShift(counting, closed)
  const later = { ...sums, totals: totalsOf([]) }
  const report = shiftReport(shift, later, at.wallMs + 86_400_000)
  assert.deepEqual([report.kind, report.totals, report.madeWallMs], ['z', sums.totals, at.wallMs])
  assert.deepEqual([report.count, report.allowedBy], [{ ...count, differenceFen: -100 }, 'Wang'])
  const amended = shiftReport(stepShift(shift, paidLater), later, at.wallMs)
  assert.deepEqual(amended.totals, report.totals)
  assert.deepEqual(amended.amended, { soldFen: 1_800, returnedFen: 0, netFen: 1_800 })
  assert.equal(amended.supplements.length, 1)
})

test('an open shift of yesterday is told as forgotten, a closed one never', () => {
  const tomorrow = at.wallMs + 86_400_000
  assert.equal(shiftView(open, at.wallMs).day?.kind, 'today')
  assert.equal(shiftView(open, tomorrow).day?.kind, 'forgotten')
  assert.equal(shiftView(open, at.wallMs - 2 * 86_400_000).day?.kind, 'clock-behind')
  assert.equal(shiftView(closedShift, tomorrow).day, null)
})
