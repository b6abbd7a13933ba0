import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { Hash } from 'wechatpay-axios-plugin'
import { readFlatXml } from '../flat-xml.ts'
import { type WechatSignType, wechatSignature, wechatSignatureMatches, wechatStringToSign } from './sign.ts'

type Vectors = {
  readonly v2: readonly {
    readonly name: string
    readonly api_v2_key: string
    readonly algorithm: WechatSignType
    readonly params: Readonly<Record<string, string>>
    readonly string_to_sign: string
    readonly sign: string
    readonly xml?: string
  }[]
  readonly v2_published_example: {
    readonly api_v2_key: string
    readonly params: Readonly<Record<string, string>>
    readonly sign_md5: string
    readonly sign_hmac_sha256: string
  }
}

// The file's shape is fixed by the assertions below.
const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vectors

test('there are four vectors and each signs as written', () => {
  assert.equal(vectors.v2.length, 4)
  for (const { name, params, api_v2_key: key, algorithm, string_to_sign: text, sign } of vectors.v2) {
    assert.equal(`${wechatStringToSign(params)}&key=${key}`, text, name)
    assert.equal(wechatSignature(params, key, algorithm), sign, name)
    assert.equal(wechatSignatureMatches({ ...params, sign }, key, algorithm), true, name)
  }
})

test('vectors that come as XML read back to fields whose signature matches', () => {
  const withXml = vectors.v2.flatMap((vector) => (vector.xml === undefined ? [] : [{ ...vector, xml: vector.xml }]))
  assert.equal(withXml.length, 2)
  for (const { name, xml, api_v2_key: key, algorithm } of withXml) {
    const reading = readFlatXml(xml)
    assert.ok(reading.ok, name)
    assert.equal(wechatSignatureMatches(reading.fields, key, algorithm), true, name)
  }
})

test('the example of the official page signs as printed there', () => {
  const { params, api_v2_key: key, sign_md5: md5, sign_hmac_sha256: hmac } = vectors.v2_published_example
  assert.equal(wechatSignature(params, key, 'MD5'), md5)
  assert.equal(wechatSignature(params, key, 'HMAC-SHA256'), hmac)
})

const key = '0123456789abcdefGHIJKLMNOPQRSTUV'
const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/).filter((name) => !(name in {}))
const messages = fc.dictionary(names, fc.string({ unit: 'grapheme', maxLength: 40 }), { noNullPrototype: true })

test('signatures equal those of the community SDK', () => {
  fc.assert(
    fc.property(messages, fc.constantFrom('MD5', 'HMAC-SHA256'), (parameters, signType) => {
      assert.equal(wechatSignature(parameters, key, signType), Hash.sign(signType, parameters, key))
    }),
    { numRuns: 300 },
  )
})

test('a signature stops matching when any value, the key or the method changes, or when it is missing', () => {
  const parameters = { a: '1', b: '2' }
  const sign = wechatSignature(parameters, key, 'MD5')
  assert.equal(wechatSignatureMatches({ ...parameters, sign }, key, 'MD5'), true)
  assert.equal(wechatSignatureMatches({ ...parameters, a: '3', sign }, key, 'MD5'), false)
  assert.equal(wechatSignatureMatches({ ...parameters, c: '3', sign }, key, 'MD5'), false)
  assert.equal(wechatSignatureMatches({ ...parameters, sign }, key.toLowerCase(), 'MD5'), false)
  assert.equal(wechatSignatureMatches({ ...parameters, sign }, key, 'HMAC-SHA256'), false)
  assert.equal(wechatSignatureMatches(parameters, key, 'MD5'), false)
  assert.equal(wechatSignatureMatches({ ...parameters, sign: '' }, key, 'MD5'), false)
})
