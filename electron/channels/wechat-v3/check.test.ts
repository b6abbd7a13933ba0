import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { rsaCertificate } from '../../settings/rsa-certificate.fixture.ts'
import { checkWechatV3Settings } from './check.ts'
import { wechatV3Definition } from './definition.ts'
import type { WechatV3Settings } from './settings.ts'
import {
  context,
  foreignKeys,
  merchantKeys,
  order,
  paidBody,
  payRequest,
  platformKeys,
  publicKeyId,
  settings,
  signed,
  told,
  vectors,
} from './wechat-v3.fixture.ts'

const nowMs = order.payStartedWallMs
const dayMs = 86_400_000
const certificate = (privateKey: string, serial: number, fromMs = nowMs - dayMs, toMs = nowMs + dayMs): string =>
  rsaCertificate({
    subject: 'platform',
    privateKey,
    issuer: { subject: 'authority', privateKey: foreignKeys.privateKey },
    serial,
    fromMs,
    toMs,
  })
const good = certificate(platformKeys.privateKey, 1)
const expired = certificate(platformKeys.privateKey, 2, nowMs - 2 * dayMs, nowMs - dayMs)

const problems = (changes: Partial<WechatV3Settings>, wallMs = nowMs): readonly string[] =>
  checkWechatV3Settings({ ...settings, ...changes }, wallMs).map(({ field, problem }) => `${field} ${problem}`)
const publicKey = (key: string, id = publicKeyId) => problems({ wechatpayPublicKey: { id, key } })
const { wechatpayPublicKey: _, ...noPublicKey } = settings
const certificates = (...platformCertificates: readonly string[]): readonly string[] =>
  checkWechatV3Settings({ ...noPublicKey, platformCertificates }, nowMs).map(
    ({ field, problem }) => `${field} ${problem}`,
  )

test('settings that are whole have no problems, in either mode and in both at once', () => {
  assert.deepEqual(problems({}), [])
  assert.deepEqual(problems({ platformCertificates: [good] }), [])
  assert.deepEqual(certificates(good), [])
  const vector = vectors.keys.platform_certificate_mode.certificate_pem
  assert.deepEqual(problems({ platformCertificates: [vector] }, Date.UTC(2027, 0, 1)), [])
  assert.deepEqual(problems({ subMerchantId: '1900000109', subAppId: 'wx1' }), [])
})

test('each problem names its field', () => {
  assert.deepEqual(problems({ baseUrl: 'http://pay.example.invalid' }), ['baseUrl insecure'])
  assert.deepEqual(problems({ appId: '' }), ['appId malformed'])
  assert.deepEqual(problems({ merchantId: '160 000' }), ['merchantId malformed'])
  assert.deepEqual(problems({ subMerchantId: settings.merchantId }), ['subMerchantId same-as-merchant'])
  assert.deepEqual(problems({ subAppId: 'wx1' }), ['subAppId without-subMerchantId'])
  assert.deepEqual(problems({ storeOutId: '一号店' }), ['storeOutId malformed'])
  assert.deepEqual(problems({ merchantSerial: 'PUB_KEY_ID_01' }), ['merchantSerial not-a-hex-serial'])
  assert.deepEqual(problems({ merchantPrivateKey: 'nothing' }), ['merchantPrivateKey not-a-key'])
  assert.deepEqual(problems({ merchantPrivateKey: merchantKeys.publicKey }), ['merchantPrivateKey public-half'])
  assert.deepEqual(problems({ merchantPrivateKey: good }), ['merchantPrivateKey a-certificate'])
  assert.deepEqual(publicKey('nothing'), ['wechatpayPublicKey not-a-key'])
  assert.deepEqual(publicKey(platformKeys.privateKey), ['wechatpayPublicKey private-half'])
  assert.deepEqual(publicKey(merchantKeys.publicKey), ['wechatpayPublicKey own-public-key'])
  assert.deepEqual(publicKey(good), ['wechatpayPublicKey a-certificate'])
  assert.deepEqual(publicKey(platformKeys.publicKey, '7D3B19F5'), ['wechatpayPublicKeyId not-PUB_KEY_ID'])
})

test('there must be something to verify answers with, and it must be WeChat’s and usable', () => {
  assert.deepEqual(certificates(), ['wechatpayPublicKey missing-and-no-platformCerts'])
  assert.deepEqual(certificates('nothing'), ['platformCerts not-a-certificate'])
  assert.deepEqual(certificates(expired), ['platformCerts expired'])
  assert.deepEqual(certificates(certificate(merchantKeys.privateKey, 3)), ['platformCerts own-certificate'])
  const future = certificate(platformKeys.privateKey, 4, nowMs + dayMs, nowMs + 2 * dayMs)
  assert.deepEqual(certificates(future), ['platformCerts not-yet-valid'])
  assert.deepEqual(certificates(good, expired), [], 'while WeChat changes its certificate')
  assert.deepEqual(problems({ platformCertificates: [expired] }), [], 'beside a public key')
})

test('keys of other lengths and kinds are refused', () => {
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
  assert.deepEqual(problems({ merchantPrivateKey: short.privateKey }), ['merchantPrivateKey too-short'])
  assert.deepEqual(publicKey(short.publicKey), ['wechatpayPublicKey too-short'])
  assert.deepEqual(problems({ merchantPrivateKey: curve.privateKey }), ['merchantPrivateKey not-a-key'])
  assert.deepEqual(publicKey(curve.publicKey), ['wechatpayPublicKey not-a-key'])
})

/** What a configuration with the least in it gives. */
const texts: Readonly<Record<string, string>> = {
  baseUrl: 'https://api2.mch.weixin.qq.com',
  appId: settings.appId,
  merchantId: settings.merchantId,
  merchantSerial: settings.merchantSerial.toLowerCase(),
  merchantPrivateKey: merchantKeys.privateKey,
}
const open = (more: Readonly<Record<string, string>>, platformCerts?: readonly string[]) =>
  wechatV3Definition.open(
    { texts: { ...texts, ...more }, lists: { platformCerts } },
    { id: settings.id, wallMs: nowMs },
  )

test('the definition opens a channel in either mode, at the backup host if so set', () => {
  const answer = (serial: string) => signed(paidBody, 200, { serial })
  const byKey = open({ wechatpayPublicKeyId: publicKeyId, wechatpayPublicKey: platformKeys.publicKey })
  assert.ok(byKey.ok)
  assert.equal(told(byKey.channel.pay.decode(order, answer(publicKeyId))), 'paid')
  const { url, headers } = byKey.channel.pay.encode({ ...payRequest }, context)
  assert.equal(url, 'https://api2.mch.weixin.qq.com/v3/pay/transactions/codepay')
  assert.match(headers['authorization'] ?? '', /serial_no="3A1F5C7E9B2D4068A1C3E5F70B2D4F6891A3C5E7"/)

  const byCertificate = open({}, [good, expired])
  assert.ok(byCertificate.ok)
  assert.equal(told(byCertificate.channel.pay.decode(order, answer('01'))), 'paid')
  assert.equal(
    told(byCertificate.channel.pay.decode(order, answer('02'))),
    'unknown unverifiable-answer',
    'nobody may sign with an expired certificate',
  )
})

test('every complaint is a clause behind its field’s name, and quotes no secret', () => {
  const complaints = (...parts: Parameters<typeof open>): readonly string[] => {
    const opening = open(...parts)
    assert.equal(opening.ok, false)
    return opening.ok ? [] : opening.problems.map(({ field, problem }) => `${field} ${problem}`)
  }
  assert.deepEqual(complaints({}), ['wechatpayPublicKey missing and no platformCerts'])
  assert.deepEqual(complaints({ wechatpayPublicKeyId: publicKeyId }), [
    'wechatpayPublicKey is missing beside wechatpayPublicKeyId',
  ])
  assert.deepEqual(complaints({ wechatpayPublicKey: platformKeys.publicKey }), [
    'wechatpayPublicKeyId is missing beside wechatpayPublicKey',
  ])
  assert.deepEqual(complaints({ merchantPrivateKey: merchantKeys.publicKey }, [expired]), [
    'merchantPrivateKey public half',
    'platformCerts expired',
  ])
})
