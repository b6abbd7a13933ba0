import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskCode, normaliseScan, readScan, walletRules } from './payment-code.ts'

type Vectors = {
  readonly cases: readonly { readonly code: string; readonly length: number; readonly expect: string }[]
}

/** payment-codes.md's own cases, as they came with it. */
const vectors = JSON.parse(readFileSync(new URL('./payment-code.vectors.json', import.meta.url), 'utf8')) as Vectors // the file's form, looked at once by hand

/** A well-formed code of any wallet. */
const codes = fc.constantFrom(...walletRules).chain(({ wallet, prefixes, lengthMin, lengthMax, characters }) =>
  fc
    .tuple(
      fc.constantFrom(...prefixes),
      fc.integer({ min: lengthMin, max: lengthMax }),
      fc.array(fc.constantFrom(...(characters === 'digits' ? '0123456789' : '0123456789ABCxyz')), {
        minLength: lengthMax,
        maxLength: lengthMax,
      }),
    )
    .map(([prefix, length, rest]) => ({ wallet, code: `${prefix}${rest.join('')}`.slice(0, length) })),
)
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 40 })
const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))

test('the reference’s vectors', () => {
  assert.equal(vectors.cases.length, 24)
  for (const { code, length, expect } of vectors.cases) {
    const reading = readScan(code)
    assert.equal(code.length, length)
    const told =
      reading.kind === 'payment-code'
        ? reading.wallet
        : reading.kind === 'collection-code'
          ? 'merchant-qr-not-a-payment-code'
          : 'unknown'
    assert.equal(told, expect, `${code.length} characters`)
  }
})

test('a code of every wallet is read as that wallet’s, and the code is what was scanned', () => {
  fc.assert(
    fc.property(codes, ({ wallet, code }) => {
      const reading = readScan(code)
      assert.ok(reading.kind === 'payment-code')
      assert.equal(reading.wallet, wallet)
      assert.equal(reading.code, code)
    }),
  )
})

test('what scanners put around a code, and full-width digits of an IME, change nothing', () => {
  const around = fc.string({ unit: fc.constantFrom('\r', '\n', '\t', ' ', '\u3000'), maxLength: 4 })
  fc.assert(
    fc.property(codes, around, around, fc.boolean(), ({ wallet, code }, before, after, isFullWidth) => {
      const reading = readScan(`${before}${isFullWidth ? fullWidth(code) : code}${after}`)
      assert.ok(reading.kind === 'payment-code')
      assert.deepEqual([reading.wallet, reading.code], [wallet, code])
    }),
  )
})

test('nothing inside a code is taken away or repaired', () => {
  fc.assert(
    fc.property(codes, fc.nat(40), fc.constantFrom(' ', '-', '\t', '\n', 'O', '\u0000', '.'), ({ code }, at, sign) => {
      const place = 1 + (at % (code.length - 1))
      const broken = `${code.slice(0, place)}${sign}${code.slice(place)}`
      assert.equal(normaliseScan(broken), broken)
      assert.notEqual(readScan(broken).kind, 'payment-code')
    }),
  )
})

test('two codes in one scan are no code', () => {
  fc.assert(
    fc.property(codes, codes, (one, other) => {
      assert.notEqual(readScan(one.code + other.code).kind, 'payment-code')
    }),
  )
})

test('what no pattern of the table matches is never a payment code, and the table’s own patterns agree', () => {
  // payment-codes.md §1, the column "pattern", as the second opinion.
  const patterns = [
    /^1[0-5]\d{16}$/,
    /^(2[5-9]|30)\d{14,22}$/,
    /^62\d{17}$/,
    /^01\d{17}$/,
    /^91\d{16}$/,
    /^51\d{16}$/,
    /^18\d{16}$/,
    /^fp[0-9A-Za-z]{33}$/,
  ]
  fc.assert(
    fc.property(
      fc.oneof(
        digits,
        fc.string(),
        codes.map(({ code }) => code),
      ),
      (text) => {
        const matching = patterns.filter((pattern) => pattern.test(normaliseScan(text)))
        assert.ok(matching.length <= 1, 'no two patterns overlap')
        assert.equal(readScan(text).kind === 'payment-code', matching.length === 1)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('each thing that is no payment code is told by its kind', () => {
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['empty', ['', ' ', '\r\n', '\u3000']],
    [
      'collection-code',
      [
        'wxp://f2f0abc',
        'https://qr.alipay.com/fkx1',
        'HTTPS://QR.ALIPAY.COM/FKX1',
        'https://qr.95516.com/0001',
        'http://wx.tenpay.com',
      ],
    ],
    ['link', ['https://example.com/134567890123456789', 'ftp://x', 'https://qr.alipay.com.example.org/x']],
    ['goods-barcode', ['69012345', '690123456789', '6901234567892']],
    ['letters', ['abc', '13456789012345678X', 'VIP 0001', '１３ＡＢ']],
    [
      'wrong-length',
      ['12345', '1', '13456789012345678', '1345678901234567890', '2'.repeat(60), '6223456789012345678901'],
    ],
    ['unknown-wallet', ['165555555555555555', '4000000000000000']],
  ]
  for (const [kind, texts] of kinds) for (const text of texts) assert.equal(readScan(text).kind, kind, text)
})

test('a mask never shows more than the first two and the last four, and nothing of a short text', () => {
  fc.assert(
    fc.property(fc.oneof(digits, fc.string({ maxLength: 60 })), (text) => {
      const masked = maskCode(text)
      assert.equal(masked.length, text.length)
      const shown = [...text].length === text.length && !text.includes('*')
      if (!shown) return
      const visible = [...masked].filter((character) => character !== '*').length
      assert.ok(visible <= 6)
      if (text.length < 12) assert.equal(visible, 0)
      else assert.deepEqual([masked.slice(0, 2), masked.slice(-4)], [text.slice(0, 2), text.slice(-4)])
    }),
  )
})

test('no reading of digits holds more of them than the mask shows, but for what is certainly goods', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        digits,
        codes.map(({ code }) => code),
      ),
      (text) => {
        const { code: _, ...told } = { code: '', ...readScan(text) }
        if (told.kind === 'goods-barcode') return
        const longest = Math.max(0, ...(JSON.stringify(told).match(/\d+/g) ?? []).map((run) => run.length))
        assert.ok(longest <= 4, JSON.stringify(told))
      },
    ),
  )
})
