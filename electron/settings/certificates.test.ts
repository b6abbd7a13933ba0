import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { certificateWarningMs, endingCertificates, termOfText } from './certificates.ts'
import { alipayWithCertificates, load, wallMs } from './configuration.fixture.ts'
import { rsaCertificate } from './rsa-certificate.fixture.ts'

const dayMs = 86_400_000
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const certificate = (days: number): string =>
  rsaCertificate({
    subject: 'test',
    privateKey: keys.privateKey,
    issuer: { subject: 'root', privateKey: keys.privateKey },
    serial: 1,
    fromMs: wallMs - dayMs,
    toMs: wallMs + days * dayMs,
  })

test('the certificate that ends first is the term of a chain; what is no certificate has none', () => {
  assert.equal(termOfText(certificate(12)), wallMs + 12 * dayMs)
  assert.equal(termOfText(`${certificate(40)}\n${certificate(12)}`), wallMs + 12 * dayMs)
  assert.equal(termOfText(keys.privateKey), null)
  assert.equal(termOfText('-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----'), null)
})

test('what ends within thirty days is told, the next one first', () => {
  const term = (field: string, untilWallMs: number) => ({ channel: 'shop', field, untilWallMs })
  const terms = [
    term('later', wallMs + certificateWarningMs),
    term('soon', wallMs + certificateWarningMs - 1),
    term('ended', wallMs - 1),
  ]
  assert.deepEqual(
    endingCertificates(terms, wallMs).map(({ field }) => field),
    ['ended', 'soon'],
  )
})

test('each certificate of a channel is among the settings with its field', async (context) => {
  const reading = await load(context, { channels: [alipayWithCertificates] })
  assert.ok(reading.ok, JSON.stringify(reading))
  assert.deepEqual(
    reading.settings.certificates.map(({ channel, field }) => [channel, field]),
    [
      ['alipay', 'appCert'],
      ['alipay', 'alipayCert'],
      ['alipay', 'alipayRootCert'],
    ],
  )
  assert.equal(endingCertificates(reading.settings.certificates, wallMs + dayMs).length, 3)
})
