import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShiftLedger } from '../ledger/shift-ledger.ts'
import type { StaffNumber } from '../till/ids.ts'
import { fen } from '../till/money.ts'
import { beginShiftAct } from '../till/shift/act.ts'
import { openShift, stepShift } from '../till/shift/step.ts'
import { totalsOf } from '../till/shift/totals.ts'
import { at, opened } from './sample-shift.fixture.ts'
import { openShiftDesk } from './shift-desk.ts'

const proof = { kind: 'pin', name: 'Wang', pinId: 'a1', staffNumber: 1 as StaffNumber } as const
const holder = { number: 7 as StaffNumber, role: 'cashier' } as const
const other = { number: 8 as StaffNumber, role: 'cashier' } as const
const manager = { number: 1 as StaffNumber, role: 'manager' } as const

const books = () => ({ totals: { ...totalsOf([]), drawerFen: 5_000 }, open: [] })

/** A desk over one shift in memory, with a float of 200 yuan and 50 yuan more in the drawer. */
function desk() {
  let shift = openShift(opened)
  const ledger: Pick<ShiftLedger, 'openShift' | 'actOnShift' | 'currentShift'> = {
    openShift: async () => ({ ok: true, value: { kind: 'already-open', shift } }),
    currentShift: async () => ({ ok: true, value: shift.status === 'closed' ? null : shift }),
    actOnShift: async (_shiftId, wanted) => {
      const beginning = beginShiftAct(shift, wanted, books)
      if (beginning.kind === 'refused') return { ok: true, value: { ...beginning, shift } }
      shift = stepShift(shift, beginning.event)
      return { ok: true, value: { kind: 'done', shift } }
    },
  }
  const sums = { totals: totalsOf([]), codeTotals: totalsOf([]), open: [] }
  const limits = { 'refund-order': fen(0), 'return-cash': fen(0), 'accept-difference': fen(100) }
  const made = openShiftDesk({
    ledger,
    reader: { shift: async () => ({ ok: true, value: shift }), shiftSums: async () => ({ ok: true, value: sums }) },
    tillId: '01',
    cutOverHour: 4,
    limits,
    now: () => at,
  })
  type Wish = Parameters<typeof made.close>[1]
  const close = async (by: Wish['by'], countedFen: number | null, change: Partial<Wish> = {}) => {
    const counted = countedFen === null ? null : fen(countedFen)
    const result = await made.close(shift.shiftId, { by, countedFen: counted, differenceReason: '', ...change })
    assert.ok(result.ok)
    return result.value.kind === 'refused' ? result.value.problem : result.value.kind
  }
  return { close, shift: () => shift }
}

test('a cashier closes with one count that fits, or with two and a reason up to the limit', async () => {
  assert.equal(await desk().close(holder, 25_000), 'done')
  const { close, shift } = desk()
  assert.equal(await close(holder, 24_900), 'second-count-missing')
  assert.equal(await close(holder, 24_900), 'reason-missing')
  assert.equal(await close(holder, null, { differenceReason: 'change 134500000000000017' }), 'done')
  assert.equal(shift().closing?.differenceReason, 'change ***')
})

test('a larger difference, and somebody else’s shift, take a manager’s proof; a manager’s own difference too (I15)', async () => {
  const { close, shift } = desk()
  assert.equal(await close(other, 25_000), 'manager-needed')
  assert.equal(shift().status, 'open', 'nothing was begun')
  assert.equal(await close(manager, 25_000), 'manager-needed')
  await close(holder, 24_000)
  const reason = { differenceReason: 'lost' }
  assert.equal(await close(holder, 24_000, reason), 'manager-needed')
  assert.equal(await close(holder, null, { ...reason, proof }), 'done')
  assert.deepEqual(shift().closing?.proof, proof)
})

test('a till without staff asks nobody for a proof', async () => {
  const { close } = desk()
  await close(null, 1)
  assert.equal(await close(null, 1, { differenceReason: 'robbed' }), 'done')
})
