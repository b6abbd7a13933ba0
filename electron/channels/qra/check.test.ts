import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { checkQraSettings } from './check.ts'
import { apiKey, merchantKeys, platformKeys, rsaSettings, settings } from './qra.fixture.ts'
import type { QraSettings } from './settings.ts'

const problems = (changes: Partial<QraSettings>, base = settings): readonly string[] =>
  checkQraSettings({ ...base, ...changes }, Date.UTC(2027, 0, 1)).map(({ field, problem }) => `${field} ${problem}`)
const rsa = (merchantPrivateKey: string, platformPublicKey = platformKeys.publicKey): Partial<QraSettings> => ({
  signing: { signType: 'RSA_1_256', merchantPrivateKey, platformPublicKey },
})

test('settings that are whole have no problems, in either way of signing', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({}, rsaSettings), [])
  assert.deepEqual(problems({ merchantId: '755437000006', signAgentno: '1234', groupno: '5', opUserId: 'till_01' }), [])
  assert.deepEqual(problems({ gateway: 'http://127.0.0.1:8080/pay/gateway' }), [])
})

test('each problem names its field', () => {
  assert.deepEqual(problems({ gateway: 'qra.95516.com' }), ['gateway not-a-url'])
  assert.deepEqual(problems({ gateway: 'http://qra.example.invalid/pay/gateway' }), ['gateway insecure'])
  assert.deepEqual(problems({ gateway: 'ftp://127.0.0.1/' }), ['gateway unsupported-scheme'])
  assert.deepEqual(problems({ gateway: 'https://qra.example.invalid/pay?a=1' }), ['gateway with-a-query'])
  assert.deepEqual(problems({ merchantId: '' }), ['merchantId malformed'])
  assert.deepEqual(problems({ merchantId: 'QRA 0001' }), ['merchantId malformed'])
  assert.deepEqual(problems({ signAgentno: '1\n', groupno: '', opUserId: '店员' }), [
    'signAgentno malformed',
    'groupno malformed',
    'opUserId malformed',
  ])
  for (const key of ['', 'short', `${apiKey}\n`, `${apiKey} `]) {
    assert.deepEqual(problems({ signing: { signType: 'MD5', apiKey: key } }), ['apiKey malformed'])
  }
  assert.deepEqual(problems({ connection: { certificateAuthority: 'nothing' } }), ['ca not-a-certificate'])
})

test('a wrong half, the own key in the place of the platform’s, a curve and a short key are told apart', () => {
  assert.deepEqual(problems(rsa('nothing')), ['merchantPrivateKey not-a-key'])
  assert.deepEqual(problems(rsa(merchantKeys.publicKey)), ['merchantPrivateKey public-half'])
  const { privateKey } = merchantKeys
  assert.deepEqual(problems(rsa(privateKey, 'nothing')), ['platformPublicKey not-a-key'])
  assert.deepEqual(problems(rsa(privateKey, platformKeys.privateKey)), ['platformPublicKey private-half'])
  assert.deepEqual(problems(rsa(privateKey, merchantKeys.publicKey)), ['platformPublicKey own-public-key'])
  const short = generateKeyPairSync('rsa', {
    modulusLength: 512,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const curve = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  assert.deepEqual(problems(rsa(short.privateKey, short.publicKey)), [
    'merchantPrivateKey too-short',
    'platformPublicKey own-public-key',
  ])
  assert.deepEqual(problems(rsa(privateKey, short.publicKey)), ['platformPublicKey too-short'])
  assert.deepEqual(problems(rsa(curve.privateKey, curve.publicKey)), [
    'merchantPrivateKey not-a-key',
    'platformPublicKey not-a-key',
  ])
})
