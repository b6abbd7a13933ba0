import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { checkIcbcSettings } from './check.ts'
import { gatewayKeys, merchantKeys, settings } from './icbc.fixture.ts'
import { type IcbcSettings, icbcDefaultPaths } from './settings.ts'

const problems = (changes: Partial<IcbcSettings>): readonly string[] =>
  checkIcbcSettings({ ...settings, ...changes }, Date.UTC(2027, 0, 1)).map(
    ({ field, problem }) => `${field} ${problem}`,
  )
const paths = (changes: Partial<IcbcSettings['paths']>): Partial<IcbcSettings> => ({
  paths: { ...icbcDefaultPaths, ...changes },
})

test('settings that are whole have no problems', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ merchantId: '020001010001123', operId: '001', baseUrl: 'https://127.0.0.1:9/' }), [])
  assert.deepEqual(problems({ refusalCodes: ['5910001', '-2'], signType: 'RSA' }), [])
  assert.deepEqual(problems(paths({ payPath: '/api/qrcode/pay/V4', queryPath: '/api/qrcode/query/V6' })), [])
})

test('each problem names its field', () => {
  assert.deepEqual(problems({ baseUrl: 'http://gateway.example.invalid' }), ['baseUrl insecure'])
  assert.deepEqual(problems({ baseUrl: 'https://gateway.example.invalid/api' }), ['baseUrl with-a-path'])
  assert.deepEqual(problems({ baseUrl: 'https://gateway.example.invalid/?a=1' }), ['baseUrl with-a-path'])
  assert.deepEqual(problems({ appId: '' }), ['appId malformed'])
  assert.deepEqual(problems({ appId: settings.merchantId, merchantId: settings.appId }), [
    'merchantId not-12-or-15-digits',
  ])
  assert.deepEqual(problems({ operId: 'a b' }), ['operId malformed'])
  assert.deepEqual(problems({ refusalCodes: ['0'] }), ['refusalCodes malformed'])
  assert.deepEqual(problems({ refusalCodes: ['59 1'] }), ['refusalCodes malformed'])
  assert.deepEqual(problems({ privateKey: 'nothing' }), ['privateKey not-a-key'])
  assert.deepEqual(problems({ privateKey: merchantKeys.publicKey }), ['privateKey public-half'])
  assert.deepEqual(problems({ icbcPublicKey: 'nothing' }), ['icbcPublicKey not-a-key'])
  assert.deepEqual(problems({ icbcPublicKey: gatewayKeys.privateKey }), ['icbcPublicKey private-half'])
  assert.deepEqual(problems({ icbcPublicKey: merchantKeys.publicKey }), ['icbcPublicKey own-public-key'])
  assert.deepEqual(problems({ connection: { certificateAuthority: 'nothing' } }), ['ca not-a-certificate'])
})

test('a path is a plain path, and the query is one that can tell a reversed order', () => {
  for (const path of ['', 'api/qrcode/V2/pay', '/api/qrcode/V2/pay?a=1', '/api//pay', '/api/pay/', '/api/../pay']) {
    assert.deepEqual(problems(paths({ payPath: path })), ['payPath not-a-plain-path'], path)
  }
  for (const path of ['/api/qrcode/V2/query', '/api/qrcode/query/V4', '/api/qrcode/query']) {
    assert.deepEqual(problems(paths({ queryPath: path })), ['queryPath older-than-v5'], path)
  }
})

test('keys of other kinds and keys that are too short are refused; the gateway’s 1024 bits are not', () => {
  const rsa = (modulusLength: number) =>
    generateKeyPairSync('rsa', {
      modulusLength,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
  const curve = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const short = rsa(512)
  assert.deepEqual(problems({ privateKey: short.privateKey }), ['privateKey too-short'])
  assert.deepEqual(problems({ icbcPublicKey: short.publicKey }), ['icbcPublicKey too-short'])
  assert.deepEqual(problems({ icbcPublicKey: rsa(1024).publicKey }), [])
  assert.deepEqual(problems({ privateKey: curve.privateKey }), ['privateKey not-a-key'])
  assert.deepEqual(problems({ icbcPublicKey: curve.publicKey }), ['icbcPublicKey not-a-key'])
})
