import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makePracticeCode, practiceStories, practiceWallets, readPracticeCode, storiesOf } from './practice-code.ts'

const serial = fc.integer({ min: 0, max: 9_999_999_999 }).map((value) => String(value).padStart(10, '0'))
const practice = fc
  .constantFrom(...practiceWallets)
  .chain((wallet) => fc.record({ wallet: fc.constant(wallet), story: fc.constantFrom(...storiesOf(wallet)), serial }))

test('a practice code is a well-formed code of its wallet and says its story', () => {
  fc.assert(
    fc.property(practice, ({ wallet, story, serial }) => {
      const code = makePracticeCode(wallet, story, serial)
      assert.match(code, wallet === 'wechat' ? /^1[0-5]\d{16}$/ : /^(2[5-9]|30)\d{16}$/)
      assert.deepEqual(readPracticeCode(code), { wallet, story })
    }),
  )
})

test('a practice code with one digit changed is no practice code', () => {
  const place = fc.integer({ min: 0, max: 17 })
  fc.assert(
    fc.property(practice, place, fc.integer({ min: 1, max: 9 }), ({ wallet, story, serial }, at, step) => {
      const code = makePracticeCode(wallet, story, serial)
      const digit = (Number(code.charAt(at)) + step) % 10
      assert.equal(readPracticeCode(`${code.slice(0, at)}${digit}${code.slice(at + 1)}`), undefined)
    }),
  )
})

test('the serial makes codes of one story differ', () => {
  assert.notEqual(
    makePracticeCode('wechat', 'pays-at-once', '0000000001'),
    makePracticeCode('wechat', 'pays-at-once', '0000000002'),
  )
})

test('each wallet tells all stories, but Alipay cannot refuse a revoke because the payer is confirming', () => {
  assert.deepEqual(storiesOf('wechat'), practiceStories)
  assert.deepEqual(
    practiceStories.filter((story) => !storiesOf('alipay').includes(story)),
    ['revoke-refused-while-confirming'],
  )
})

test('what is no practice code is read as none', () => {
  for (const text of ['', '134500000000000017', '6901234567892', 'https://qr.alipay.com/x', '1'.repeat(18)]) {
    assert.equal(readPracticeCode(text), undefined)
  }
})

test('a bug of the caller throws', () => {
  assert.throws(() => makePracticeCode('wechat', 'pays-at-once', '123'), RangeError)
  assert.throws(() => makePracticeCode('alipay', 'revoke-refused-while-confirming', '0123456789'), RangeError)
})
