import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fen } from '../money.ts'
import type { BookEntry } from './book.ts'
import { createBookTable } from './book-table.ts'

const entryOf = (number: string, amountFen = 1, orderNumber = number): BookEntry => ({
  expectation: 'paid',
  number,
  orderNumber,
  amountFen: fen(amountFen),
  fromWallMs: 1_800_000_000_000,
  toWallMs: 0,
  revokeWasSent: true,
})

const character = fc.constantFrom(...'01AZaz')
const number = fc.array(character, { minLength: 1, maxLength: 32 }).map((characters) => characters.join(''))
const amount = fc.oneof(fc.nat(), fc.maxSafeNat())

test('whatever was added is found again with its facts, and nothing else is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, amount), { maxLength: 200 }), fc.array(number), (added, asked) => {
      const table = createBookTable(1)
      const wanted = new Map<string, number>()
      for (const [name, amountFen] of added) {
        const isNew = !wanted.has(name)
        assert.equal(table.add(entryOf(name, amountFen), 'perhaps') >= 0, isNew)
        if (isNew) wanted.set(name, amountFen)
      }
      assert.equal(table.count, wanted.size)
      for (const [name, amountFen] of wanted) {
        const entry = table.findText(name)
        assert.equal(table.numberAt(entry), name)
        assert.equal(table.amountFenAt(entry), amountFen)
        assert.equal(table.expectationAt(entry), 'paid')
        assert.equal(table.dayPlaceAt(entry), 'perhaps')
        assert.equal(table.beganWallMsAt(entry), 1_800_000_000_000)
        assert.ok(table.revokeWasSentAt(entry))
      }
      for (const name of asked) assert.equal(table.findText(name) >= 0, wanted.has(name))
    }),
  )
})

test('what a bill was seen to have changes no other fact, whatever the amount', () => {
  const table = createBookTable()
  const entry = table.add(entryOf('S0010120261201K7QX000001', Number.MAX_SAFE_INTEGER), 'outside')
  table.see(entry, 'revoke')
  table.setMark(entry, -7)
  assert.deepEqual([table.isSeenAt(entry, 'charge'), table.isSeenAt(entry, 'revoke')], [false, true])
  table.see(entry, 'charge')
  assert.ok(table.isSeenAt(entry, 'charge'))
  assert.equal(table.amountFenAt(entry), Number.MAX_SAFE_INTEGER)
  assert.equal(table.dayPlaceAt(entry), 'outside')
  assert.equal(table.expectationAt(entry), 'paid')
  assert.equal(table.markAt(entry), -7)
})

test('numbers that share their head, and numbers of many heads, are told apart', () => {
  const table = createBookTable()
  const names = Array.from({ length: 2_000 }, (_, place) => [
    `S0010120261201K7QX${String(place).padStart(6, '0')}`,
    `T${String(place).padStart(5, '0')}20261201K7QX000001`,
  ]).flat()
  for (const name of names) assert.ok(table.add(entryOf(name), 'inside') >= 0)
  for (const name of names) assert.equal(table.numberAt(table.findText(name)), name)
  assert.equal(table.findText('S0010120261201K7QX'), -1)
})
