import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { dice } from '../spoiled-answers.fixture.ts'
import { companiesOf, readCertificates, trustedKey } from './certificate.ts'
import {
  authority,
  certificateOf,
  gatewayCertificate,
  gatewayKeys,
  payStartedWallMs,
  testName,
  unionpayName,
} from './unionpay.fixture.ts'

const anchors = readCertificates(authority) ?? []
const companies = companiesOf('https://gateway.test.95516.com')
const trusts = (pem: string, by = anchors): boolean =>
  trustedKey(pem, by, companies, payStartedWallMs)?.equals(gatewayKeys.publicKey) === true

test('a certificate under an anchor gives its key, and so does one that is an anchor itself', () => {
  assert.equal(trusts(gatewayCertificate), true)
  assert.equal(trusts(`\r\n${gatewayCertificate.replaceAll('\n', '\r\n')}`), true)
  assert.equal(trusts(gatewayCertificate, readCertificates(gatewayCertificate)), true)
  assert.equal(trusts(gatewayCertificate, []), false)
  assert.equal(trusts(gatewayCertificate, readCertificates(certificateOf(testName, gatewayKeys.publicKey))), false)
  assert.equal(trusts(`x${gatewayCertificate}`), false)
})

test('one common name counts, and no name can put another line in its place', () => {
  assert.equal(trusts(certificateOf(unionpayName, gatewayKeys.publicKey)), true)
  for (const name of [`041@1@x@1\nCN=${unionpayName}`, `x\nCN=${unionpayName.replace('@', '')}`, `x@${unionpayName}`]) {
    assert.equal(trusts(certificateOf(name, gatewayKeys.publicKey)), false, name)
  }
})

// Some ways to look into a spoiled certificate end the process: this test then fails as a whole.
test('5,000 spoiled certificates are looked into without a throw, and none of them is believed', () => {
  const { raw } = new X509Certificate(gatewayCertificate)
  for (let seed = 1; seed <= 5_000; seed += 1) {
    const chance = dice(seed)
    const spoiled = Buffer.from(raw)
    for (let flips = 1 + chance.below(2); flips > 0; flips -= 1) {
      const at = chance.below(spoiled.length)
      spoiled[at] = (spoiled[at] ?? 0) ^ (1 << chance.below(8))
    }
    if (spoiled.equals(raw)) continue
    const lines = spoiled.toString('base64').match(/.{1,64}/g) ?? []
    const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
    assert.equal(trusts(pem), false, `seed ${seed}`)
    // Even where its very bytes are trusted.
    trusts(pem, readCertificates(pem) ?? [])
  }
})

test('in production the test environment’s name is no company', () => {
  assert.deepEqual(companiesOf('https://gateway.95516.com/'), ['中国银联股份有限公司'])
  assert.equal(companiesOf('https://gateway.test.95516.com').length, 2)
  assert.equal(companiesOf('https://127.0.0.1:8443').length, 2)
})
