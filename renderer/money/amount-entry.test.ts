import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AmountKey, enteredText, pressAmountKey, readEntered } from './amount-entry.ts'
import { plainYuan, yuanText } from './yuan.ts'

const type = (keys: readonly AmountKey[]): string => keys.reduce(pressAmountKey, '')

test('an amount is typed with digits, point and corrections', () => {
  assert.equal(type(['1', '2', '.', '3', '4']), '12.34')
  assert.equal(type(['.', '5']), '0.5')
  assert.equal(type(['0', '0', '7']), '7')
  assert.equal(type(['5', '00']), '500')
  assert.equal(type(['1', '2', 'backspace', '3']), '13')
  assert.equal(type(['1', '2', 'clear']), '')
})

test('a third decimal, a second point and an eighth digit cannot be typed', () => {
  assert.equal(type(['1', '.', '2', '3', '4']), '1.23')
  assert.equal(type(['1', '.', '.', '2']), '1.2')
  assert.equal(type(['1', '2', '3', '4', '5', '6', '7', '8']), '1234567')
  assert.equal(type(['1', '.', '2', '00']), '1.20')
})

test('whatever is typed, the text is an amount or a beginning of one', () => {
  const key = fc.constantFrom<AmountKey>('0', '1', '9', '00', '.', 'backspace', 'clear')
  fc.assert(fc.property(fc.array(key, { maxLength: 30 }), (keys) => /^(\d{1,7}(\.\d{0,2})?)?$/.test(type(keys))))
})

test('impossible amounts are told by name', () => {
  assert.deepEqual(readEntered('', 100), { ok: false, problem: 'empty' })
  assert.deepEqual(readEntered('0.00', 100), { ok: false, problem: 'zero' })
  assert.deepEqual(readEntered('1.01', 100), { ok: false, problem: 'too-large' })
  assert.deepEqual(readEntered('1.234', 1_000), { ok: false, problem: 'not-a-number' })
  assert.deepEqual(readEntered('1.', 100), { ok: true, amountFen: 100 })
})

test('fen and entered text agree for every amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (amountFen) => {
      const reading = readEntered(plainYuan(amountFen), 999_999_999)
      return reading.ok && reading.amountFen === amountFen
    }),
  )
})

test('amounts are written with two decimals, thousands and a sign before the ¥', () => {
  assert.equal(yuanText(5), '¥0.05')
  assert.equal(yuanText(123_456_789), '¥1,234,567.89')
  assert.equal(yuanText(-3_580), '\u2212¥35.80')
  assert.equal(enteredText(''), '¥0.00')
  assert.equal(enteredText('1234.'), '¥1,234.')
})
