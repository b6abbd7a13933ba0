import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AmountProblem, fen, readCollectableYuan, readYuan, yuanText } from './money.ts'

const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const read = (text: string) => {
  const reading = readYuan(text)
  return reading.ok ? Number(reading.amountFen) : reading.problem
}

test('what is written as yuan reads back as the same fen, up to 2^53 − 1', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      assert.equal(read(yuanText(fen(amount))), amount)
    }),
    { examples: [[0], [1], [9], [10], [99], [100], [Number.MAX_SAFE_INTEGER]], numRuns: 1_000 },
  )
})

test('yuan text is digits, a point and two digits, and counts as its digits do', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      const text = yuanText(fen(amount))
      assert.match(text, /^(0|[1-9]\d*)\.\d\d$/)
      // A second way to the same number, over whole numbers of any size.
      assert.equal(BigInt(text.replace('.', '')), BigInt(amount))
    }),
  )
})

test('every way to write an amount reads digit by digit, never by floating point', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 90_071_992_547_409n }),
      fc.stringMatching(/^\d{0,2}$/),
      fc.nat(20),
      fc.constantFrom('', ' ', '\t', '\r\n'),
      (whole, decimals, zeros, blank) => {
        const wanted = whole * 100n + BigInt(decimals.padEnd(2, '0'))
        const text = `${blank}${'0'.repeat(zeros)}${whole}${decimals === '' ? '' : `.${decimals}`}${blank}`
        assert.equal(read(text), wanted > BigInt(Number.MAX_SAFE_INTEGER) ? 'too-large' : Number(wanted))
      },
    ),
  )
  for (const [text, amount] of [
    ['0.29', 29],
    ['1.1', 110],
    ['4.35', 435],
    ['1.005', 'too-many-decimals'],
  ] as const) {
    assert.equal(read(text), amount)
  }
})

test('each text that is no amount is refused by its kind', () => {
  const refusals: readonly (readonly [AmountProblem, readonly string[]])[] = [
    ['empty', ['', ' ', '\t\r\n']],
    ['negative', ['-1', '-0.01', '-0', '-99999999999999999999', '-1.']],
    ['too-many-decimals', ['1.234', '0.000', '12.3456789', '0.001']],
    ['too-large', ['90071992547409.92', '99999999999999999999', `${'9'.repeat(400)}`, '90071992547410']],
    [
      'not-a-number',
      [
        ...['abc', '1,234.00', '1 234', '1e3', '0x10', '+1', '.5', '.', '1..2', '1.2.3', '¥1', '1元', '--1', '-'],
        ...['１２', '٣', 'NaN', 'Infinity', '1_000', '12.3４', '1\u00002', 'null', '-1.2.3', '−1'],
      ],
    ],
  ]
  for (const [problem, texts] of refusals)
    for (const text of texts) assert.equal(read(text), problem, JSON.stringify(text))
})

test('any text at all is either an amount in whole fen or one of the known problems', () => {
  const problems = ['empty', 'not-a-number', 'negative', 'too-many-decimals', 'too-large']
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+e, ') })), (text) => {
      const reading = readYuan(text)
      if (reading.ok) assert.ok(Number.isSafeInteger(reading.amountFen) && reading.amountFen >= 0)
      else assert.ok(problems.includes(reading.problem))
    }),
    { numRuns: 2_000 },
  )
})

test('the border of 2^53 is exact on both sides', () => {
  assert.equal(read('90071992547409.91'), Number.MAX_SAFE_INTEGER)
  assert.equal(read('90071992547409.92'), 'too-large')
  assert.equal(read('90071992547409.93'), 'too-large')
})

test('a sale wants more than nothing and no more than its limit', () => {
  const limit = fen(5_000_000)
  const collect = (text: string) => {
    const reading = readCollectableYuan(text, limit)
    return reading.ok ? Number(reading.amountFen) : reading.problem
  }
  assert.equal(collect('0'), 'zero')
  assert.equal(collect('0.00'), 'zero')
  assert.equal(collect('0.01'), 1)
  assert.equal(collect('50000'), 5_000_000)
  assert.equal(collect('50000.01'), 'too-large')
  assert.equal(collect('99999999999999'), 'too-large')
  assert.equal(collect('-1'), 'negative')
})

test('fen takes whole amounts only; anything else is a bug that throws', () => {
  for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0.1]) {
    assert.throws(() => fen(value), RangeError)
  }
  assert.equal(fen(Number.MAX_SAFE_INTEGER), 2 ** 53 - 1)
})
