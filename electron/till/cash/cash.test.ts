import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CashNumber, SaleId, ShiftId } from '../ids.ts'
import { fen } from '../money.ts'
import { at, shiftIn } from '../shift/stories.fixture.ts'
import { cashProblem } from './begin.ts'
import { type CashEntry, type CashMove, cashKinds, cashOfSaleFen, drawerFen } from './cash.ts'
import { leftToCollectFen, splitSale, tender } from './tender.ts'

const saleId = 'sale-1' as SaleId
const noSale = { entries: [], codeFen: 0 }

const taken = (amountFen: number, saleAmountFen = amountFen, givenFen = amountFen): CashMove => ({
  kind: 'taken',
  saleId,
  saleAmountFen: fen(saleAmountFen),
  amountFen: fen(amountFen),
  givenFen: fen(givenFen),
  changeFen: fen(Math.max(0, givenFen - amountFen)),
})
const returned = (amountFen: number, reason = 'wrong size'): CashMove => ({
  kind: 'returned',
  saleId,
  amountFen: fen(amountFen),
  reason,
})
const entry = (move: CashMove): CashEntry => ({
  cashNumber: 'C1' as CashNumber,
  at,
  shiftId: 'shift' as ShiftId,
  cashier: null,
  move,
})

test('the change is what was given less what is to be paid; too little and absurdly much are refused', () => {
  const change = (amountFen: number, givenFen: number) => {
    const reading = tender(fen(amountFen), fen(givenFen))
    return reading.ok ? reading.tender.changeFen : reading.problem
  }
  assert.equal(change(1_234, 2_000), 766)
  assert.equal(change(1_234, 1_234), 0)
  assert.equal(change(1_234, 1_233), 'given-too-little')
  assert.equal(change(1_234, 101_234), 100_000)
  assert.equal(change(1_234, 101_235), 'given-too-much')
  assert.equal(change(0, 100), 'zero')
})

test('a split sale has two parts that are both something and come to the whole', () => {
  const amount = fc.integer({ min: 1, max: 10_000_000 }).map(fen)
  fc.assert(
    fc.property(amount, amount, (saleFen, cashFen) => {
      const parts = splitSale(saleFen, cashFen)
      if (parts === null) return assert.ok(cashFen >= saleFen)
      assert.ok(parts.codeFen > 0 && parts.cashFen > 0)
      assert.equal(parts.codeFen + parts.cashFen, saleFen)
      assert.equal(leftToCollectFen(saleFen, parts), 0)
      assert.equal(leftToCollectFen(saleFen, { ...parts, codeFen: 0 }), parts.codeFen)
    }),
  )
  assert.equal(splitSale(fen(100), fen(0)), null)
})

test('cash needs an open shift with a float, and a drawer that nobody is counting', () => {
  const kind = (shift: Parameters<typeof cashProblem>[1]) => cashProblem(taken(100), shift, noSale)?.kind
  assert.equal(kind(null), 'no-open-shift')
  assert.equal(kind({ ...shiftIn.open, floatFen: null }), 'shift-without-cash')
  assert.equal(kind(shiftIn.counting), 'being-counted')
  assert.equal(kind(shiftIn.open), undefined)
  assert.equal(cashProblem({ kind: 'drawer-opened', reason: 'coins' }, shiftIn.counting, noSale), null)
})

test('what moves without a sale has a reason, and no entry moves nothing', () => {
  const kind = (move: CashMove) => cashProblem(move, shiftIn.open, { entries: [entry(taken(100))], codeFen: 0 })?.kind
  for (const moved of ['paid-in', 'paid-out'] as const) {
    assert.equal(kind({ kind: moved, amountFen: fen(100), reason: '' }), 'reason-missing')
    assert.equal(kind({ kind: moved, amountFen: fen(0), reason: 'safe' }), 'zero')
    assert.equal(kind({ kind: moved, amountFen: fen(100), reason: 'safe' }), undefined)
  }
  assert.equal(kind({ kind: 'drawer-opened', reason: '' }), 'reason-missing')
  assert.equal(kind(returned(50, '')), 'reason-missing')
  assert.equal(kind(returned(0)), 'zero')
  assert.equal(kind(taken(0)), 'zero')
})

test('whatever is taken and given back: a sale’s cash stays between nothing and what is left of it (I8)', () => {
  const saleAmountFen = 1_000
  const move = fc.tuple(fc.constantFrom('taken', 'returned'), fc.integer({ min: 1, max: 700 }))
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), fc.nat(600), (moves, codeFen) => {
      const entries: CashEntry[] = []
      for (const [kind, amountFen] of moves) {
        const wanted = kind === 'taken' ? taken(amountFen, saleAmountFen) : returned(amountFen)
        if (cashProblem(wanted, shiftIn.open, { entries, codeFen }) === null) entries.push(entry(wanted))
        const cashFen = cashOfSaleFen(entries)
        assert.ok(cashFen >= 0 && cashFen + codeFen <= saleAmountFen, `${cashFen} in cash`)
      }
    }),
  )
})

test('each kind changes the drawer by its own sign', () => {
  const moves: readonly CashMove[] = [
    taken(100, 100, 200),
    returned(30),
    { kind: 'paid-in', amountFen: fen(5), reason: 'x' },
    { kind: 'paid-out', amountFen: fen(7), reason: 'x' },
    { kind: 'drawer-opened', reason: 'x' },
  ]
  assert.deepEqual(
    moves.map(({ kind }) => kind),
    [...cashKinds],
  )
  assert.deepEqual(moves.map(drawerFen), [100, -30, 5, -7, 0])
})
