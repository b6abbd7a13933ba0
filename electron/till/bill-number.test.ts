import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { billNumberOf } from './bill-number.ts'
import { makeOrderNumber } from './order-number.ts'
import { readScan } from './payment-code.ts'

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

test('every order number of every till is known as one, and is no payment code unless it is all digits', () => {
  const letters = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ')
  const store = fc.tuple(letters, fc.stringMatching(/^[0-9A-Za-z]{1,7}$/)).map((parts) => parts.join(''))
  const wallMs = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2099, 11, 30) })
  const parts = fc.record({
    storeId: store,
    tillId: fc.stringMatching(/^[0-9A-Za-z]{1,4}$/),
    wallMs,
    sequence: fc.integer({ min: 1, max: 10 ** 8 - 1 }),
    ledgerMark: fc.stringMatching(/^[0-9A-Z]{4}$/),
  })
  fc.assert(
    fc.property(parts, (each) => {
      const number = makeOrderNumber(each)
      assert.deepEqual(readScan(` ${number}\r`), { kind: 'bill-number', of: 'order', text: number })
    }),
  )
})

test('the transaction ids of both wallets are told apart', () => {
  fc.assert(
    fc.property(digits(24), digits(20), (wechat, alipay) => {
      assert.equal(billNumberOf(`4200${wechat}`), 'wechat')
      assert.equal(billNumberOf(`20261125${alipay}`), 'alipay')
    }),
  )
  assert.equal(billNumberOf(`20261325${'0'.repeat(20)}`), null)
})

test('no payment code, goods barcode or short number is a bill number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }).chain(digits), (text) => {
      fc.pre(text.length < 20)
      assert.equal(billNumberOf(text), null)
    }),
  )
  for (const length of [16, 18, 20, 24]) {
    fc.assert(fc.property(digits(length - 2), (rest) => readScan(`28${rest}`).kind === 'payment-code'))
  }
})
