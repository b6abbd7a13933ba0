import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Hash } from 'wechatpay-axios-plugin'
import { writeFlatXml } from '../flat-xml.ts'
import { createQraChannel } from './channel.ts'
import { signedQraRequest } from './encode.ts'
import { apiKey, merchantKeys, order, platformKeys, response, settings, told } from './qra.fixture.ts'
import { type QraSettings, qraIdentity } from './settings.ts'
import { type QraVerifyingKey, qraSignature, qraSignatureMatches, qraStringToSign } from './sign.ts'
import { vector, vectors } from './vectors.fixture.ts'

const vectorKey = { signType: 'MD5', apiKey: vectors.key } as const
const md5Vectors = vectors.cases.filter(({ algorithm }) => algorithm === 'MD5')
const vectorSettings: QraSettings = { ...settings, signing: vectorKey }

test('every MD5 vector gives its string, its signature and its message', () => {
  assert.equal(md5Vectors.length, vectors.cases.length - 1)
  assert.ok(md5Vectors.length >= 10)
  for (const { name, fields, stringToSign, sign, xml } of md5Vectors) {
    assert.equal(`${qraStringToSign(fields)}&key=${vectors.key}`, stringToSign, name)
    assert.equal(qraSignature(fields, vectorKey), sign, name)
    assert.equal(qraSignatureMatches({ ...fields, sign }, vectorKey), true, name)
    assert.equal(writeFlatXml({ ...fields, sign }), xml, name)
  }
})

test('the RSA vector is signed over the string without a key', () => {
  const { fields, stringToSign, sign, xml } = vector('micropay-request-rsa')
  const publicKey = createPublicKey(vectors.keys.merchantPublicKey)
  assert.equal(qraStringToSign(fields), stringToSign)
  assert.equal(qraSignatureMatches({ ...fields, sign }, { signType: 'RSA_1_256', publicKey }), true)
  assert.equal(qraSignatureMatches({ ...fields, sign }, { signType: 'RSA_1_1', publicKey }), false)
  assert.equal(qraSignatureMatches({ ...fields, total_fee: '1251', sign }, { signType: 'RSA_1_256', publicKey }), false)
  assert.equal(writeFlatXml({ ...fields, sign }), xml)
})

test('the requests of the vectors are what the encoder writes', () => {
  const identity = qraIdentity(vectorSettings)
  for (const name of ['query-request', 'reverse-request', 'refund-request'] as const) {
    const { fields, xml } = vector(name)
    const common = ['service', 'version', 'charset', 'sign_type', 'mch_id', 'nonce_str']
    const own = Object.fromEntries(Object.entries(fields).filter(([field]) => !common.includes(field)))
    const nonce = fields['nonce_str'] ?? ''
    const request = signedQraRequest(identity, fields['service'] as 'unified.trade.query', own, { wallMs: 0, nonce })
    assert.equal(request.body, xml, name)
  }
})

test('the answers of the vectors read as their notes say', () => {
  const channel = createQraChannel(vectorSettings)
  const body = (name: string) => response(vector(name).xml)
  const paid = channel.pay.decode(order, body('micropay-response-success'))
  assert.ok(paid.kind === 'paid')
  assert.deepEqual([paid.transactionId, paid.amountFen], ['101520034643202603180001', 1250])
  assert.equal(told(channel.pay.decode(order, body('micropay-response-need-query'))), 'awaiting-payer')
  assert.equal(told(channel.pay.decode(order, body('micropay-response-final-failure'))), 'failed code-expired')
  assert.equal(told(channel.query.decode(order, body('query-response-userpaying'))), 'awaiting-payer')
  assert.equal(told(channel.revoke.decode(order, body('reverse-response-success'))), 'accepted')
})

test('any message has the MD5 signature that the community SDK computes alike', () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/).filter((name) => !(name in {}) && name !== 'sign')
  const messages = fc.dictionary(names, fc.string({ unit: 'grapheme', maxLength: 20 }), { noNullPrototype: true })
  fc.assert(
    fc.property(messages, (parameters) => {
      assert.equal(qraSignature(parameters, { signType: 'MD5', apiKey }), Hash.sign('MD5', parameters, apiKey))
    }),
  )
})

test('a signature stops matching when value, key or method change, when it is missing, empty or no base64', () => {
  const privateKey = createPrivateKey(merchantKeys.privateKey)
  const publicKey = createPublicKey(merchantKeys.publicKey)
  const fields = { a: '1', b: '面包' }
  for (const signType of ['MD5', 'RSA_1_256', 'RSA_1_1'] as const) {
    const sign = qraSignature(fields, signType === 'MD5' ? { signType, apiKey } : { signType, privateKey })
    const key: QraVerifyingKey = signType === 'MD5' ? { signType, apiKey } : { signType, publicKey }
    const other: QraVerifyingKey =
      signType === 'MD5'
        ? { signType, apiKey: apiKey.toUpperCase() }
        : { signType, publicKey: createPublicKey(platformKeys.publicKey) }
    assert.equal(qraSignatureMatches({ ...fields, sign }, key), true, signType)
    assert.equal(qraSignatureMatches({ ...fields, empty: '', sign }, key), true, 'empty values are left out')
    assert.equal(qraSignatureMatches({ ...fields, sign }, other), false, signType)
    assert.equal(qraSignatureMatches({ ...fields, a: '2', sign }, key), false, signType)
    assert.equal(qraSignatureMatches({ ...fields, c: '2', sign }, key), false, signType)
    assert.equal(qraSignatureMatches(fields, key), false, signType)
    assert.equal(qraSignatureMatches({ ...fields, sign: '' }, key), false, signType)
    assert.equal(qraSignatureMatches({ ...fields, sign: 'no base64!' }, key), false, signType)
  }
  const lower = qraSignature(fields, { signType: 'MD5', apiKey }).toLowerCase()
  assert.equal(qraSignatureMatches({ ...fields, sign: lower }, { signType: 'MD5', apiKey }), false)
})
