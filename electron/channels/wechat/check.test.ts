import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { writeCertificate } from '../../training/certificate.ts'
import { checkWechatSettings } from './check.ts'
import type { WechatSettings } from './settings.ts'
import { settings } from './wechat.fixture.ts'

const dayMs = 86_400_000
const nowMs = Date.UTC(2026, 2, 1)

const makeClient = (): { readonly certificate: string; readonly key: string } => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const certificate = writeCertificate({
    kind: 'authority',
    subject: 'Test merchant',
    publicKey,
    issuer: { subject: 'Test merchant', publicKey, privateKey },
    serial: randomBytes(16),
    notBeforeMs: nowMs - dayMs,
    notAfterMs: nowMs + dayMs,
  })
  return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

const client = makeClient()
const good: WechatSettings = { ...settings, connection: { clientCertificate: client } }
const problems = (changes: Partial<WechatSettings>, wallMs = nowMs): readonly string[] =>
  checkWechatSettings({ ...good, ...changes }, wallMs).map(({ field, problem }) => `${field} ${problem}`)

test('settings that are whole have no problems', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(
    problems({ connection: { certificateAuthority: client.certificate, clientCertificate: client } }),
    [],
  )
  assert.deepEqual(problems({ subMerchantId: '1600000999', subAppId: 'wx9' }), [])
})

test('each problem names its field', () => {
  assert.deepEqual(problems({ baseUrl: 'pay.example' }), ['baseUrl not-a-url'])
  assert.deepEqual(problems({ baseUrl: 'http://pay.example.invalid' }), ['baseUrl insecure'])
  assert.deepEqual(problems({ baseUrl: 'ftp://127.0.0.1' }), ['baseUrl unsupported-scheme'])
  assert.deepEqual(problems({ appId: '' }), ['appId malformed'])
  assert.deepEqual(problems({ merchantId: '1600 0001' }), ['merchantId malformed'])
  assert.deepEqual(problems({ subMerchantId: good.merchantId }), ['subMerchantId same-as-merchant'])
  assert.deepEqual(problems({ apiKey: 'x'.repeat(31) }), ['apiKey not-32-characters'])
  assert.deepEqual(problems({ apiKey: `${'x'.repeat(31)}\n` }), ['apiKey not-32-characters'])
})

test('over https a revoke needs its certificate; plain http on loopback does not', () => {
  assert.deepEqual(problems({ connection: {} }), ['clientCert missing'])
  assert.deepEqual(problems({ connection: {}, baseUrl: 'http://127.0.0.1:8080' }), [])
  assert.deepEqual(problems({ connection: {}, baseUrl: 'http://[::1]:8080' }), [])
})

test('certificates are read, dated and matched with their keys', () => {
  const of = (certificate: string, key: string): Partial<WechatSettings> => ({
    connection: { clientCertificate: { certificate, key } },
  })
  assert.deepEqual(problems({}, nowMs + 2 * dayMs), ['clientCert expired'])
  assert.deepEqual(problems({}, nowMs - 2 * dayMs), ['clientCert not-yet-valid'])
  assert.deepEqual(problems(of('nothing', client.key)), ['clientCert not-a-certificate'])
  assert.deepEqual(problems(of(client.certificate, 'nothing')), ['clientKey not-a-private-key'])
  assert.deepEqual(problems(of(client.certificate, makeClient().key)), ['clientKey not-of-this-certificate'])
  assert.deepEqual(problems({ connection: { certificateAuthority: 'nothing', clientCertificate: client } }), [
    'ca not-a-certificate',
  ])
})
