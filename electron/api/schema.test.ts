import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { callNames, isCallName, parseRequest, requestLimits } from './schema.ts'

const scanRequest = { amountText: '12.34', scan: '134567890123456789', saleId: null, anotherCustomer: false }

test('a good request comes back as it was', () => {
  assert.deepEqual(parseRequest('sale.scan', scanRequest), { ok: true, request: scanRequest })
  assert.deepEqual(parseRequest('till.snapshot', null), { ok: true, request: null })
  const list = { day: '20261123', status: 'awaiting-payer', text: '示例' }
  assert.deepEqual(parseRequest('orders.list', list), { ok: true, request: list })
  assert.deepEqual(parseRequest('orders.list', { day: null, status: null, text: null }), {
    ok: true,
    request: { day: null, status: null, text: null },
  })
})

const refused: readonly [string, Parameters<typeof parseRequest>, string, RegExp][] = [
  ['nothing where a request is due', ['sale.scan', undefined], '', /^object$/],
  ['something where nothing is due', ['till.snapshot', {}], '', /^null$/],
  ['a missing field', ['sale.scan', { ...scanRequest, saleId: undefined }], 'saleId', /^string$/],
  ['a number for a text', ['sale.scan', { ...scanRequest, amountText: 12.34 }], 'amountText', /^string$/],
  [
    'a text for a truth value',
    ['sale.scan', { ...scanRequest, anotherCustomer: 'no' }],
    'anotherCustomer',
    /^boolean$/,
  ],
  ['a further field', ['sale.scan', { ...scanRequest, amountFen: 1 }], '', /^no other fields$/],
  ['a scan that is too long', ['sale.scan', { ...scanRequest, scan: '1'.repeat(4097) }], 'scan', /^at most 4096 char/],
  ['an amount that is too long', ['sale.scan', { ...scanRequest, amountText: '1'.repeat(33) }], 'amountText', /32/],
  ['a sale with a space', ['sale.scan', { ...scanRequest, saleId: 'a b' }], 'saleId', /21-/],
  ['an order number with a dash', ['order.query', { orderNumber: 'A-1' }], 'orderNumber', /0-9A-Za-z/],
  ['an empty order number', ['order.show', { orderNumber: '' }], 'orderNumber', /0-9A-Za-z/],
  ['a day with dashes', ['orders.list', { day: '2026-11-23', status: null, text: null }], 'day', /\\d\{8\}/],
  ['a status that is none', ['orders.list', { day: null, status: 'done', text: null }], 'status', /^one of created, /],
]

for (const [what, [name, value], field, expected] of refused) {
  test(`refused with its field: ${what}`, () => {
    const reading = parseRequest(name, value)
    assert.ok(!reading.ok && reading.refusal.code === 'bad-request')
    assert.equal(reading.refusal.field, field)
    assert.match(reading.refusal.expected, expected)
  })
}

test('texts are taken up to their limits', () => {
  for (const [field, length] of [
    ['scan', requestLimits.scan],
    ['amountText', requestLimits.amountText],
    ['saleId', requestLimits.saleId],
  ] as const) {
    assert.ok(parseRequest('sale.scan', { ...scanRequest, [field]: '7'.repeat(length) }).ok, field)
    assert.ok(!parseRequest('sale.scan', { ...scanRequest, [field]: '7'.repeat(length + 1) }).ok, field)
  }
})

test('names of the language are no calls', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '', 'till.snapshot ', 7, null]) {
    assert.ok(!isCallName(name), String(name))
  }
  // A name that the types forbid, as a broken window would send it.
  const reading = parseRequest('__proto__' as 'till.snapshot', null)
  assert.deepEqual(reading, { ok: false, refusal: { code: 'unknown-call' } })
})

test('junk is refused and never throws', () => {
  const junk = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  })
  fc.assert(
    fc.property(fc.constantFrom(...callNames), junk, (name, value) => {
      const reading = parseRequest(name, value)
      if (value !== null) assert.ok(!reading.ok && reading.refusal.code === 'bad-request')
    }),
  )
})

test('junk in one field is refused with that field', () => {
  const notAText = fc.anything().filter((value) => typeof value !== 'string')
  fc.assert(
    fc.property(notAText, (scan) => {
      const reading = parseRequest('sale.scan', { ...scanRequest, scan })
      assert.ok(!reading.ok && reading.refusal.code === 'bad-request')
      assert.equal(reading.refusal.field, 'scan')
    }),
  )
})

test('a refusal never holds what was sent', () => {
  const code = fc.stringMatching(/^\d{18}$/)
  fc.assert(
    fc.property(code, (scan) => {
      for (const request of [
        { ...scanRequest, scan: scan.repeat(300) },
        { ...scanRequest, scan, [scan]: scan },
        { ...scanRequest, amountText: scan + scan },
        { ...scanRequest, saleId: ` ${scan}` },
        { [scan]: 1 },
        scan,
        [scan],
      ]) {
        const reading = parseRequest('sale.scan', request)
        assert.ok(!reading.ok)
        assert.ok(!JSON.stringify(reading).includes(scan))
      }
      const wrongStatus = parseRequest('orders.list', { day: scan, status: scan, text: null })
      assert.ok(!wrongStatus.ok && !JSON.stringify(wrongStatus).includes(scan))
    }),
  )
})
