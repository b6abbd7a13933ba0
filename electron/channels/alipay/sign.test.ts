import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { AlipaySdk } from 'alipay-sdk'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { alipayKeys, appKeys, context, order, payRequest, settings } from './alipay.fixture.ts'
import { certificateSerial, rootCertificateSerial } from './certificate.ts'
import { createAlipayChannel } from './channel.ts'
import { signedAlipayRequest } from './encode.ts'
import { readSignedNode } from './envelope.ts'
import { alipaySignature, alipaySignatureMatches, alipayStringToSign } from './sign.ts'
import { vectors } from './vectors.fixture.ts'

const spki = vectors.keys.alipay_public_spki

test('there are nine request vectors; each gives its string to sign, and its signature is of that string alone', () => {
  assert.equal(vectors.requests.length, 9)
  for (const { name, unsigned_params: parameters, string_to_sign: text, sign } of vectors.requests) {
    assert.equal(alipayStringToSign(parameters), text, name)
    assert.equal(alipayStringToSign({ ...parameters, sign, empty: '' }), text, name)
    assert.equal(alipaySignatureMatches(text, sign, vectors.keys.app_public_spki), true, name)
    assert.equal(alipaySignatureMatches(`${text} `, sign, vectors.keys.app_public_spki), false, name)
  }
  assert.equal(vectors.request_negative.length, 1)
  for (const { name, string_to_sign: text, sign } of vectors.request_negative) {
    assert.equal(alipaySignatureMatches(text, sign, vectors.keys.app_public_spki), false, name)
  }
})

test('requests travel as in the vectors: common parameters in the query, biz_content in the body', () => {
  const privateKey = createPrivateKey(appKeys.privateKey)
  for (const { name, unsigned_params: parameters, http } of vectors.requests) {
    const request = signedAlipayRequest({ privateKey }, 'https://openapi.alipay.com/gateway.do', parameters)
    const withoutSign = (url: string): string => url.replace(/&sign=[^&]+/, '')
    assert.equal(withoutSign(request.url), withoutSign(http.url), name)
    assert.equal(request.body, http.body, name)
    assert.equal(request.headers['content-type'], http.content_type, name)
    const sign = new URL(request.url).searchParams.get('sign') ?? ''
    assert.equal(alipaySignatureMatches(alipayStringToSign(parameters), sign, appKeys.publicKey), true, name)
  }
})

test('there are 25 answer vectors; each is cut as written and accepted or rejected as written', () => {
  assert.equal(vectors.responses.length, 25)
  for (const vector of vectors.responses) {
    const { name, sign, expect } = vector
    const node = readSignedNode(vector.raw_body, `${vector.method.replaceAll('.', '_')}_response`)
    assert.ok(node.ok, name)
    assert.equal(node.nodeKey, vector.node_key, name)
    assert.equal(node.signedText, vector.signed_text, name)
    assert.equal(node.sign ?? null, sign, name)
    const matches = (text: string): boolean => alipaySignatureMatches(text, sign ?? '', spki)
    assert.equal(matches(node.signedText), expect === 'accept', name)
    if (vector.text_that_verifies !== undefined) {
      assert.equal(node.signedText.replaceAll('\\/', '/'), vector.text_that_verifies, name)
      assert.equal(matches(vector.text_that_verifies), true, name)
    }
    const reserialised = vector.reserialised_text_must_be_rejected
    if (reserialised !== undefined) assert.equal(matches(reserialised), false, name)
  }
})

test('certificate serials are those of the vectors; the bundle’s EC root is skipped', () => {
  const { certificates } = vectors
  assert.equal(certificateSerial(certificates.app_cert_pem), certificates.app_cert_sn)
  assert.equal(certificateSerial(certificates.alipay_cert_pem), certificates.alipay_cert_sn)
  assert.equal(rootCertificateSerial(certificates.alipay_root_bundle_pem), certificates.alipay_root_cert_sn)
  assert.throws(() => certificateSerial('nothing'), TypeError)
  assert.throws(() => rootCertificateSerial('nothing'), TypeError)
})

test('keys are read as PEM and as bare base64, in both forms, and never as the other half', () => {
  const privateKey = createPrivateKey(appKeys.privateKey)
  const publicKey = createPublicKey(privateKey)
  const privateTexts = (['pkcs8', 'pkcs1'] as const).flatMap((type) => [
    privateKey.export({ type, format: 'pem' }).toString(),
    privateKey.export({ type, format: 'der' }).toString('base64'),
  ])
  const publicTexts = (['spki', 'pkcs1'] as const).flatMap((type) => [
    publicKey.export({ type, format: 'pem' }).toString(),
    publicKey.export({ type, format: 'der' }).toString('base64'),
  ])
  const sign = alipaySignature('text', appKeys.privateKey)
  for (const text of privateTexts) {
    assert.equal(alipaySignature('text', text), sign)
    assert.equal(readPublicKey(text), undefined)
  }
  for (const text of publicTexts) {
    assert.equal(alipaySignatureMatches('text', sign, text), true)
    assert.equal(readPrivateKey(text), undefined)
  }
  assert.throws(() => alipaySignature('text', 'nothing'), TypeError)
  assert.equal(alipaySignatureMatches('text', sign, 'nothing'), false)
  assert.equal(alipaySignatureMatches('text', 'no base64!', appKeys.publicKey), false)
  assert.equal(alipaySignatureMatches('text', '', appKeys.publicKey), false)
})

test('the official SDK accepts the requests that we sign, and we verify what it signs', () => {
  const sdk = new AlipaySdk({
    appId: settings.appId,
    privateKey: appKeys.privateKey,
    alipayPublicKey: appKeys.publicKey,
  })
  const request = createAlipayChannel(settings).pay.encode(payRequest, context)
  const parameters = Object.fromEntries([...new URL(request.url).searchParams, ...new URLSearchParams(request.body)])
  assert.equal(sdk.checkNotifySignV2(parameters), true)
  assert.equal(sdk.checkNotifySignV2({ ...parameters, app_id: '2021000000000002' }), false)
  const text = `out_trade_no=${order.orderNumber}&收银台`
  const bare = createPrivateKey(alipayKeys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  const other = new AlipaySdk({ appId: settings.appId, privateKey: bare, keyType: 'PKCS8' })
  const executed = new URL(other.pageExec('alipay.trade.page.pay', 'GET', { bizContent: { subject: text } }))
  const theirs = Object.fromEntries(executed.searchParams)
  const { sign = '', ...signedParameters } = theirs
  assert.equal(alipaySignatureMatches(alipayStringToSign(signedParameters), sign, alipayKeys.publicKey), true)
})
