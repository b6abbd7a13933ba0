import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isOrderNumber, makeOrderNumber, type OrderNumberParts } from './order-number.ts'

const parts = fc.record({
  storeId: fc.stringMatching(/^[0-9A-Za-z]{2,8}$/),
  tillId: fc.stringMatching(/^[0-9A-Za-z]{1,4}$/),
  wallMs: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2099, 11) }),
  sequence: fc.integer({ min: 1, max: 10 ** 8 - 1 }),
  ledgerMark: fc.stringMatching(/^[0-9A-Z]{4}$/),
})
const example: OrderNumberParts = {
  storeId: 'S001',
  tillId: '01',
  wallMs: Date.UTC(2026, 10, 22, 16),
  sequence: 42,
  ledgerMark: 'K7QX',
}

test('an order number is at most 32 letters and digits, and every channel takes its form', () => {
  fc.assert(
    fc.property(parts, (each) => {
      const number = makeOrderNumber(each)
      assert.match(number, /^[0-9A-Za-z]{6,32}$/)
      assert.ok(isOrderNumber(number))
    }),
    { examples: [[{ ...example, storeId: 'ABCDEFGH', tillId: 'WXYZ', sequence: 99_999_999 }]] },
  )
})

test('the number is made of store, till, Shanghai’s date, mark and sequence', () => {
  assert.equal(makeOrderNumber(example), 'S0010120261123K7QX000042')
})

test('within a ledger no two orders share a number, whatever the day', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 10 ** 8 - 1 }), fc.nat(10 ** 11), (one, sequence, laterMs) => {
      fc.pre(sequence !== one.sequence)
      assert.notEqual(makeOrderNumber({ ...one, sequence, wallMs: one.wallMs + laterMs }), makeOrderNumber(one))
    }),
  )
})

test('ledgers with different marks never share a number', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(one.ledgerMark !== other.ledgerMark)
      assert.notEqual(makeOrderNumber(one), makeOrderNumber(other))
    }),
  )
})

test('parts that the settings and the ledger must have refused are a bug that throws', () => {
  const wrong: readonly Partial<OrderNumberParts>[] = [
    { storeId: 'S' },
    { storeId: 'S00000001' },
    { storeId: 'S-01' },
    { storeId: '店01' },
    { tillId: '' },
    { tillId: '00001' },
    { tillId: '０１' },
    { ledgerMark: 'abcd' },
    { ledgerMark: 'ABC' },
    { sequence: 0 },
    { sequence: 1.5 },
    { sequence: 10 ** 8 },
    { sequence: Number.NaN },
  ]
  for (const each of wrong)
    assert.throws(() => makeOrderNumber({ ...example, ...each }), RangeError, JSON.stringify(each))
})

test('texts that are no order number are told apart', () => {
  for (const text of ['', '12345', 'a'.repeat(33), 'S001 01', 'S001-0001', "S0010001'--", '单号000001', 'S00101\n']) {
    assert.ok(!isOrderNumber(text), JSON.stringify(text))
  }
})
