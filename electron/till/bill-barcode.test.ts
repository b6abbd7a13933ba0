import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readBillNumber } from './bill-barcode.ts'
import { makeOrderNumber } from './order-number.ts'
import { readScan, walletRules } from './payment-code.ts'

const orderNumber = makeOrderNumber({
  storeId: 'S001',
  tillId: '01',
  wallMs: Date.UTC(2026, 10, 23),
  sequence: 42,
  ledgerMark: 'K7QX',
})

const cases: readonly (readonly [what: string, text: string, kind: ReturnType<typeof readBillNumber>['kind']])[] = [
  ['our order number', orderNumber, 'order-number'],
  ['our order number with a line end', `${orderNumber}\r\n`, 'order-number'],
  ['an order number of another shop', 'AB99042026112388ZZ123456', 'order-number'],
  ['WeChat’s number', '4200002026112300011234567890', 'transaction-id'],
  ['Alipay’s number', '2026112322001412341234567890', 'transaction-id'],
  ['28 digits of no day', '2026139922001412341234567890', 'not-a-bill-number'],
  ['28 digits of nobody', '9999112322001412341234567890', 'not-a-bill-number'],
  ['WeChat’s number cut short', '420000202611230001123456789', 'not-a-bill-number'],
  ['a WeChat code', '134567890123456789', 'payment-code'],
  ['an Alipay code of 24 digits', '281234567890123456789012', 'payment-code'],
  ['a UnionPay code', '6212345678901234567', 'payment-code'],
  ['most of a payment code', '1345678901234567', 'not-a-bill-number'],
  ['a code of an unknown wallet', '771234567890123456', 'not-a-bill-number'],
  ['a piece of a code', '134567890123', 'not-a-bill-number'],
  ['the last digits of a number', '000042', 'part'],
  ['an amount', '12.34', 'part'],
  ['an amount as the list shows it', '¥1,234.50', 'part'],
  ['a time', '10:32', 'part'],
  ['a goods barcode', '6901234567892', 'not-a-bill-number'],
  ['a collection code', 'wxp://f2f0aBcDeFgHiJkLmNoPq', 'not-a-bill-number'],
  ['a word', 'hello', 'not-a-bill-number'],
  ['nothing', ' \t', 'empty'],
]

for (const [what, text, kind] of cases) {
  test(`${what} is ${kind}`, () => {
    assert.equal(readBillNumber(text).kind, kind)
  })
}

test('the wallet of a transaction id is told', () => {
  const reading = readBillNumber('2026112322001412341234567890')
  assert.ok(reading.kind === 'transaction-id')
  assert.equal(reading.wallet, 'alipay')
})

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

test('no payment code of any wallet is ever taken for something to look up', () => {
  const code = fc
    .constantFrom(...walletRules)
    .chain((rule) =>
      fc
        .tuple(fc.constantFrom(...rule.prefixes), fc.integer({ min: rule.lengthMin, max: rule.lengthMax }))
        .chain(([prefix, length]) => digits(length - 2).map((rest) => prefix + rest)),
    )
  fc.assert(
    fc.property(code, (text) => {
      assert.equal(readBillNumber(text).kind, 'payment-code')
      assert.ok(!JSON.stringify(readBillNumber(text)).includes(text))
    }),
  )
})

test('digits that may be a payment code, or a piece of one, are never looked up, and never come back', () => {
  const secret = fc.integer({ min: 12, max: 24 }).chain(digits)
  fc.assert(
    fc.property(secret, (text) => {
      const reading = readBillNumber(text)
      assert.ok(reading.kind === 'payment-code' || reading.kind === 'not-a-bill-number')
      assert.ok(!JSON.stringify(reading).includes(text))
    }),
  )
})

test('no number of a bill is a payment code', () => {
  const number = fc
    .constantFrom('4200', '20261123')
    .chain((head) => digits(28 - head.length).map((rest) => head + rest))
  fc.assert(
    fc.property(number, (text) => {
      assert.notEqual(readScan(text).kind, 'payment-code')
      assert.equal(readBillNumber(text).kind, 'transaction-id')
    }),
  )
})

test('every order number that a till can make is known again, unless it could be a payment code', () => {
  const parts = fc.record({
    storeId: fc.stringMatching(/^[0-9A-Za-z]{2,8}$/),
    tillId: fc.stringMatching(/^[0-9A-Za-z]{1,4}$/),
    wallMs: fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2090, 0) }),
    sequence: fc.integer({ min: 1, max: 99_999_999 }),
    ledgerMark: fc.stringMatching(/^[0-9A-Z]{4}$/),
  })
  fc.assert(
    fc.property(parts, (made) => {
      const number = makeOrderNumber(made)
      const isNumberAlone = /^\d+$/.test(number) && (number.length <= 24 || number.length === 28)
      if (!isNumberAlone) assert.equal(readBillNumber(number).kind, 'order-number')
    }),
  )
})
