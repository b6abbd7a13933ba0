import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { jeepaySignature, jeepaySignatureMatches, jeepayStringToSign } from './sign.ts'
import { textsOf, vectors } from './vectors.fixture.ts'

test('there are eight vectors and each signs as written', () => {
  assert.equal(vectors.cases.length, 8)
  for (const { name, fields, stringToSign, sign } of vectors.cases) {
    const texts = textsOf(fields)
    assert.equal(jeepayStringToSign(texts, vectors.appSecret), stringToSign, name)
    assert.equal(jeepaySignature(texts, vectors.appSecret), sign, name)
    assert.ok(jeepaySignatureMatches({ ...texts, sign }, sign, vectors.appSecret), name)
    assert.ok(jeepaySignatureMatches(texts, sign.toLowerCase(), vectors.appSecret), name)
  }
})

test('whole pieces are sorted, ignoring case: what stands behind the name counts where one begins another', () => {
  // `=` sorts after digits and before letters; `_` sorts before the folded letters.
  const sorted = jeepayStringToSign({ payData: 'x', Pay: 'b', pay2: 'y', AMOUNT: '1', zone: '1', _a: '2' }, 'k')
  assert.equal(sorted, '_a=2&AMOUNT=1&pay2=y&Pay=b&payData=x&zone=1&key=k')
})

test('what is empty or the signature itself takes no part; another secret, member or value does not match', () => {
  const fields = { mchNo: 'M1', extParam: '', sign: 'X' }
  assert.equal(jeepayStringToSign(fields, 'secret'), 'mchNo=M1&key=secret')
  const sign = jeepaySignature(fields, 'secret')
  assert.equal(jeepaySignatureMatches(fields, sign, 'secret2'), false)
  assert.equal(jeepaySignatureMatches({ ...fields, extParam: '1' }, sign, 'secret'), false)
  assert.equal(jeepaySignatureMatches(fields, '', 'secret'), false)
  assert.equal(jeepaySignatureMatches(fields, `${sign}0`, 'secret'), false)
})

test('the order of the members never counts, and every text can be signed', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/), {
    selector: (name) => name.toLowerCase(),
    maxLength: 8,
  })
  const values = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(names, fc.infiniteStream(values), (keys, stream) => {
      const entries = keys.map((key) => [key, stream.next().value] as const)
      const one = jeepaySignature(Object.fromEntries(entries), 'secret')
      assert.equal(jeepaySignature(Object.fromEntries(entries.toReversed()), 'secret'), one)
      assert.match(one, /^[0-9A-F]{32}$/)
    }),
  )
})
