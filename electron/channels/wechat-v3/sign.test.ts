import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import { wechatV3Identity } from './settings.ts'
import {
  readWechatV3Signature,
  wechatV3AnswerMatches,
  wechatV3Authorization,
  wechatV3RequestText,
  wechatV3Signature,
} from './sign.ts'
import {
  foreignKeys,
  merchantKeys,
  platformKeys,
  publicKeyId,
  signed,
  vectorResponse,
  vectorSettings,
  vectors,
} from './wechat-v3.fixture.ts'

const { platformKeys: vectorKeys } = wechatV3Identity(vectorSettings)
const ownKeys: ReadonlyMap<string, KeyObject> = new Map([[publicKeyId, createPublicKey(platformKeys.publicKey)]])
const matches = (response: ReturnType<typeof signed>, keys = ownKeys): boolean => {
  const signature = readWechatV3Signature(response.headers)
  return signature !== undefined && wechatV3AnswerMatches(response.body, signature, keys)
}

test('the three request vectors: our text to the letter, and the signature in them is one over it', () => {
  assert.equal(vectors.v3_requests.length, 3)
  const { mchid, serial_no: serial, public_key_pem: key } = vectors.keys.merchant
  for (const {
    name,
    method,
    canonical_url,
    timestamp,
    nonce_str: nonce,
    body,
    message,
    ...rest
  } of vectors.v3_requests) {
    const parts = { method, pathAndQuery: canonical_url, timestamp, nonce, body }
    const text = wechatV3RequestText(parts)
    assert.equal(text, message, name)
    assert.equal(verify('sha256', Buffer.from(text), key, Buffer.from(rest.signature, 'base64')), true, name)
    // The vectors have no private key: the header is compared with theirs but for the signature.
    const privateKey = createPrivateKey(merchantKeys.privateKey)
    const header = wechatV3Authorization(parts, { merchantId: mchid, merchantSerial: serial, privateKey })
    assert.equal(header.replace(/signature="[^"]+"/, `signature="${rest.signature}"`), rest.authorization, name)
  }
})

test('the answer vectors verify by public key and by certificate, and tampering and probes do not', () => {
  assert.equal(vectors.v3_responses.length, 6)
  for (const { name, valid } of vectors.v3_responses) {
    assert.equal(matches(vectorResponse(name), vectorKeys), valid, name)
  }
  assert.deepEqual([...vectorKeys.keys()].toSorted(), [
    vectors.keys.platform_certificate_mode.serial,
    vectors.keys.wechatpay_public_key_mode.id,
  ])
})

const words = fc.string({ unit: 'grapheme' })

test('the community SDK builds the same texts, accepts what we sign, and we accept what it signs', () => {
  const bodies = fc.oneof(fc.constant(''), words)
  fc.assert(
    fc.property(fc.constantFrom('GET', 'POST'), bodies, fc.integer({ min: 1, max: 4e9 }), (method, body, seconds) => {
      const parts = { method, pathAndQuery: '/v3/x?mchid=1', timestamp: String(seconds), nonce: 'n', body } as const
      const text = wechatV3RequestText(parts)
      assert.equal(text, Formatter.request(method, parts.pathAndQuery, seconds, 'n', body))
      const signature = wechatV3Signature(text, createPrivateKey(merchantKeys.privateKey))
      assert.equal(Rsa.verify(text, signature, merchantKeys.publicKey), true)
      assert.equal(signature, Rsa.sign(text, merchantKeys.privateKey))

      const theirs = Rsa.sign(Formatter.response(String(seconds), 'n', body), platformKeys.privateKey)
      const answer = { timestamp: String(seconds), nonce: 'n', serial: publicKeyId, signature: theirs }
      assert.equal(wechatV3AnswerMatches(Buffer.from(body), answer, ownKeys), true)
      assert.equal(wechatV3AnswerMatches(Buffer.from(`${body} `), answer, ownKeys), false)
    }),
    { numRuns: 60 },
  )
})

test('the SDK writes the same Authorization header but for the order of its items', () => {
  const privateKey = createPrivateKey(merchantKeys.privateKey)
  const parts = { method: 'GET', pathAndQuery: '/v3/x', timestamp: '1772328615', nonce: 'n0', body: '' } as const
  const ours = wechatV3Authorization(parts, { merchantId: '1600000001', merchantSerial: 'AB01', privateKey })
  const signature = wechatV3Signature(wechatV3RequestText(parts), privateKey)
  const theirs = Formatter.authorization('1600000001', 'n0', signature, '1772328615', 'AB01')
  const items = (header: string) => header.replace(' ', ',').split(',').toSorted()
  assert.deepEqual(items(ours), items(theirs))
})

test('a signature stops matching when key, serial, time, nonce or a byte changes, or when a header is missing', () => {
  const good = signed('{"a":1}')
  assert.equal(matches(good), true)
  assert.equal(matches(signed('{"a":1}', 200, { key: foreignKeys.privateKey })), false)
  assert.equal(matches(signed('{"a":1}', 200, { serial: 'PUB_KEY_ID_0' })), false)
  assert.equal(matches({ ...good, body: Buffer.from('{"a":2}') }), false)
  for (const name of Object.keys(good.headers).filter((each) => each !== 'wechatpay-signature-type')) {
    const { [name]: value = '', ...rest } = good.headers
    assert.equal(matches({ ...good, headers: rest }), false, `without ${name}`)
    assert.equal(matches({ ...good, headers: { ...rest, [name]: '' } }), false, `empty ${name}`)
    assert.equal(matches({ ...good, headers: { ...rest, [name]: `${value}0` } }), false, `longer ${name}`)
  }
  const probe = { ...good.headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${good.headers['wechatpay-signature']}` }
  assert.equal(matches({ ...good, headers: probe }), false)
})
