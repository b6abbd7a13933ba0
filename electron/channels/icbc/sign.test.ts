import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { createIcbcChannel } from './channel.ts'
import { signedIcbcRequest } from './encode.ts'
import { gatewayKeys, merchantKeys, order, response, settings, told } from './icbc.fixture.ts'
import { icbcAnswerSignatureMatches, icbcSignature, icbcSignatureMatches, icbcStringToSign } from './sign.ts'
import { requestVectors, responseVectors, vectorBody, vectorKeys } from './vectors.fixture.ts'

test('there are six request vectors; each gives its string to sign, and its signature is of that string alone', () => {
  assert.equal(requestVectors.length, 6)
  assert.deepEqual([...new Set(requestVectors.map(({ params }) => params.sign_type))], ['RSA2', 'RSA'])
  for (const { name, path, params, stringToSign: text, sign } of requestVectors) {
    const { sign_type: signType } = params
    assert.equal(icbcStringToSign(path, params), text, name)
    assert.equal(icbcStringToSign(path, { ...params, sign, encrypt_type: '' }), text, name)
    assert.equal(icbcSignatureMatches(text, sign, vectorKeys.merchantPublicKey, signType), true, name)
    const other = signType === 'RSA' ? 'RSA2' : 'RSA'
    assert.equal(icbcSignatureMatches(text, sign, vectorKeys.merchantPublicKey, other), false, name)
    const withoutPath = text.slice(text.indexOf('?') + 1)
    assert.equal(icbcSignatureMatches(withoutPath, sign, vectorKeys.merchantPublicKey, signType), false, name)
    assert.equal(icbcSignatureMatches(text, sign, vectorKeys.gatewayPublicKey, signType), false, name)
  }
})

test('requests travel as in the vectors: every parameter in the form body, encoded as there', () => {
  const privateKey = createPrivateKey(merchantKeys.privateKey)
  for (const { name, path, params, formBody } of requestVectors) {
    const own = { ...settings, signType: params.sign_type }
    const request = signedIcbcRequest({ settings: own, privateKey }, path, params)
    const withoutSign = (body: string): string => body.replace(/&sign=.+$/, '')
    assert.equal(withoutSign(request.body), withoutSign(formBody), name)
    assert.equal(request.url, `${settings.baseUrl}${path}`)
    const sign = new URLSearchParams(request.body).get('sign') ?? ''
    const text = icbcStringToSign(path, params)
    assert.equal(icbcSignatureMatches(text, sign, merchantKeys.publicKey, params.sign_type), true, name)
  }
})

test('there are five answer vectors; each is signed with SHA-1 over the raw text, though the request used SHA-256', () => {
  assert.equal(responseVectors.length, 5)
  const { gatewayPublicKey: key, merchantPublicKey } = vectorKeys
  for (const { name, stringToSign: text, sign } of responseVectors) {
    assert.equal(icbcAnswerSignatureMatches(text, sign, key, 'SHA1'), true, name)
    assert.equal(icbcAnswerSignatureMatches(text, sign, key, 'SHA1-or-SHA256'), true, name)
    assert.equal(icbcSignatureMatches(text, sign, key, 'RSA2'), false, name)
    assert.equal(icbcAnswerSignatureMatches(`${text} `, sign, key, 'SHA1'), false, name)
    assert.equal(icbcAnswerSignatureMatches(text, sign, merchantPublicKey, 'SHA1'), false, name)
  }
})

test('the answer vectors read as the references say', () => {
  const { pay, query, revoke } = createIcbcChannel({ ...settings, icbcPublicKey: vectorKeys.gatewayPublicKey })
  const body = (name: string) => response(vectorBody(name))
  const paid = pay.decode(order, body('pay-response-1'))
  assert.ok(paid.kind === 'paid')
  assert.equal(paid.transactionId, '020001010001000552603180001')
  assert.equal(paid.amountFen, 1250)
  assert.equal(told(pay.decode(order, body('pay-response-0'))), 'awaiting-payer')
  const closed = query.decode(order, body('query-response-3'))
  assert.ok(closed.kind === 'closed')
  assert.equal(closed.wasPaid, 'unstated')
  assert.equal(told(query.decode(order, body('query-response-not-found'))), 'not-found')
  const reversed = revoke.decode(order, body('reverse-response'))
  assert.ok(reversed.kind === 'accepted')
  assert.equal(reversed.effect, 'refunded')
})

test('an answer signed with SHA-256 counts only where the setting takes it', () => {
  const text = '{"return_code":"0"}'
  const sign = icbcSignature(text, gatewayKeys.privateKey, 'RSA2')
  assert.equal(icbcAnswerSignatureMatches(text, sign, gatewayKeys.publicKey, 'SHA1'), false)
  assert.equal(icbcAnswerSignatureMatches(text, sign, gatewayKeys.publicKey, 'SHA1-or-SHA256'), true)
})

test('keys are read as PEM and as bare base64, in both forms, and never as the other half', () => {
  const privateKey = createPrivateKey(merchantKeys.privateKey)
  const publicKey = createPublicKey(privateKey)
  const privateTexts = (['pkcs8', 'pkcs1'] as const).flatMap((type) => [
    privateKey.export({ type, format: 'pem' }).toString(),
    privateKey.export({ type, format: 'der' }).toString('base64'),
  ])
  const publicTexts = (['spki', 'pkcs1'] as const).flatMap((type) => [
    publicKey.export({ type, format: 'pem' }).toString(),
    publicKey.export({ type, format: 'der' }).toString('base64'),
  ])
  const sign = icbcSignature('text', merchantKeys.privateKey, 'RSA2')
  for (const text of privateTexts) {
    assert.equal(icbcSignature('text', text, 'RSA2'), sign)
    assert.equal(readPublicKey(text), undefined)
  }
  for (const text of publicTexts) {
    assert.equal(icbcSignatureMatches('text', sign, text, 'RSA2'), true)
    assert.equal(readPrivateKey(text), undefined)
  }
  assert.throws(() => icbcSignature('text', 'nothing', 'RSA2'), TypeError)
  assert.equal(icbcSignatureMatches('text', sign, 'nothing', 'RSA2'), false)
  assert.equal(icbcSignatureMatches('text', 'no base64!', merchantKeys.publicKey, 'RSA2'), false)
  assert.equal(icbcSignatureMatches('text', '', merchantKeys.publicKey, 'RSA2'), false)
})
