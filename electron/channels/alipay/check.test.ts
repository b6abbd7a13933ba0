import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { alipayKeys, appKeys, settings } from './alipay.fixture.ts'
import { checkAlipaySettings } from './check.ts'
import type { AlipaySettings, AlipayVerification } from './settings.ts'
import { vectors } from './vectors.fixture.ts'

const nowMs = Date.UTC(2027, 0, 1) // within the validity of the vectors' certificates
const problems = (changes: Partial<AlipaySettings>, wallMs = nowMs): readonly string[] =>
  checkAlipaySettings({ ...settings, ...changes }, wallMs).map(({ field, problem }) => `${field} ${problem}`)
const publicKey = (alipayPublicKey: string): Partial<AlipaySettings> => ({
  verification: { mode: 'public-key', alipayPublicKey },
})

test('settings that are whole have no problems', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ appAuthToken: '202603BB00000000000000000000000000000A01' }), [])
})

test('each problem names its field', () => {
  assert.deepEqual(problems({ gateway: 'http://gateway.example.invalid' }), ['gateway insecure'])
  assert.deepEqual(problems({ appId: '' }), ['appId malformed'])
  assert.deepEqual(problems({ appAuthToken: 'a b' }), ['appAuthToken malformed'])
  assert.deepEqual(problems({ appPrivateKey: 'nothing' }), ['appPrivateKey not-a-key'])
  assert.deepEqual(problems({ appPrivateKey: appKeys.publicKey }), ['appPrivateKey public-half'])
  assert.deepEqual(problems(publicKey('nothing')), ['alipayPublicKey not-a-key'])
  assert.deepEqual(problems(publicKey(alipayKeys.privateKey)), ['alipayPublicKey private-half'])
  assert.deepEqual(problems(publicKey(appKeys.publicKey)), ['alipayPublicKey own-public-key'])
})

test('keys shorter than RSA2 wants are refused, and so are keys of other kinds', () => {
  const short = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const curve = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  assert.deepEqual(problems({ appPrivateKey: short.privateKey }), ['appPrivateKey too-short'])
  assert.deepEqual(problems(publicKey(short.publicKey)), ['alipayPublicKey too-short'])
  assert.deepEqual(problems({ appPrivateKey: curve.privateKey }), ['appPrivateKey not-a-key'])
})

const { certificates } = vectors
const mode: Extract<AlipayVerification, { readonly mode: 'certificate' }> = {
  mode: 'certificate',
  appCertificate: certificates.app_cert_pem,
  alipayCertificate: certificates.alipay_cert_pem,
  alipayRootCertificate: certificates.alipay_root_bundle_pem,
}
/** The vectors hold no private key, so this one is never of the application's certificate. */
const ownKey = 'appCert not-of-this-key'
const certificateProblems = (changes: Partial<typeof mode>, wallMs = nowMs): readonly string[] =>
  problems({ verification: { ...mode, ...changes } }, wallMs)

test('in certificate mode the chain from Alipay’s certificate to the root bundle is checked', () => {
  assert.deepEqual(certificateProblems({}), [ownKey])
  const blocks = certificates.alipay_root_bundle_pem.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  assert.equal(blocks.length, 3)
  const issuer = new X509Certificate(certificates.alipay_cert_pem).issuer
  const others = blocks.filter((pem) => new X509Certificate(pem).subject !== issuer)
  assert.ok(others.length < blocks.length)
  assert.deepEqual(certificateProblems({ alipayRootCertificate: others.join('\n') }), [
    ownKey,
    'alipayCert not-by-this-root',
  ])
})

test('in certificate mode each problem names its field', () => {
  assert.deepEqual(certificateProblems({ appCertificate: 'nothing' }), ['appCert not-a-certificate'])
  assert.deepEqual(certificateProblems({ alipayCertificate: 'nothing' }), [ownKey, 'alipayCert not-a-certificate'])
  assert.deepEqual(certificateProblems({ alipayRootCertificate: 'nothing' }), [ownKey, 'alipayRootCert no-rsa-root'])
  assert.deepEqual(certificateProblems({}, Date.UTC(2060, 0, 1)), ['appCert expired', 'alipayCert expired'])
  assert.deepEqual(certificateProblems({}, Date.UTC(2020, 0, 1)), ['appCert not-yet-valid', 'alipayCert not-yet-valid'])
})
