import { createPublicKey, type KeyObject } from 'node:crypto'
import { type ConnectionProblem, connectionProblems, validityProblem } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import { certificateSerial, isSamePair, readCertificate, readPrivateKey, readPublicKey } from './keys.ts'
import type { WechatV3Settings } from './settings.ts'

type KeyProblem = 'not-a-key' | 'public-half' | 'private-half' | 'a-certificate' | 'too-short' | 'own-public-key'
type CertificateProblem = 'not-a-certificate' | 'expired' | 'not-yet-valid' | 'own-certificate'

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type WechatV3SettingsProblem =
  | { readonly field: 'baseUrl'; readonly problem: OriginProblem }
  | {
      readonly field: 'appId' | 'merchantId' | 'subMerchantId' | 'subAppId' | 'storeId' | 'storeOutId'
      readonly problem: 'malformed'
    }
  | { readonly field: 'subMerchantId'; readonly problem: 'same-as-merchant' }
  | { readonly field: 'subAppId'; readonly problem: 'without-subMerchantId' }
  | { readonly field: 'merchantSerial'; readonly problem: 'not-a-hex-serial' }
  | { readonly field: 'merchantPrivateKey' | 'wechatpayPublicKey'; readonly problem: KeyProblem }
  | { readonly field: 'wechatpayPublicKeyId'; readonly problem: 'not-PUB_KEY_ID' }
  | { readonly field: 'platformCerts'; readonly problem: CertificateProblem }
  | { readonly field: 'wechatpayPublicKey'; readonly problem: 'missing-and-no-platformCerts' }
  | ConnectionProblem

/** The signature's name says it: 2048 bits (wechat.md §3.3). */
const shortestKeyBits = 2048
const isTooShort = (key: KeyObject): boolean => (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKeyBits

/** Identifiers are at most 32 letters and digits (wechat.md §2.10); `_` and `-` are let through for test systems. */
const identifier = /^[A-Za-z0-9_-]{1,32}$/

/**
 * Checks a channel's settings before it is made: an empty list means usable. Each problem names its field: a public half
 * where the private key belongs, the merchant's own public key or certificate in place of WeChat's, certificates that
 * expired by `wallMs`. At least one key to verify answers with must be there.
 */
export function checkWechatV3Settings(settings: WechatV3Settings, wallMs: number): readonly WechatV3SettingsProblem[] {
  const problems: WechatV3SettingsProblem[] = []
  const origin = originProblem(settings.baseUrl)
  if (origin !== undefined) problems.push({ field: 'baseUrl', problem: origin })
  for (const field of ['appId', 'merchantId', 'subMerchantId', 'subAppId', 'storeId', 'storeOutId'] as const) {
    const value = settings[field]
    if (value !== undefined && !identifier.test(value)) problems.push({ field, problem: 'malformed' })
  }
  if (settings.subMerchantId === settings.merchantId) {
    problems.push({ field: 'subMerchantId', problem: 'same-as-merchant' })
  }
  if (settings.subAppId !== undefined && settings.subMerchantId === undefined) {
    problems.push({ field: 'subAppId', problem: 'without-subMerchantId' })
  }
  if (!/^[0-9A-Fa-f]{8,40}$/.test(settings.merchantSerial)) {
    problems.push({ field: 'merchantSerial', problem: 'not-a-hex-serial' })
  }
  const privateKey = readPrivateKey(settings.merchantPrivateKey)
  const keyProblem = privateKeyProblem(privateKey, settings.merchantPrivateKey)
  if (keyProblem !== undefined) problems.push({ field: 'merchantPrivateKey', problem: keyProblem })
  return [
    ...problems,
    ...publicKeyProblems(settings, privateKey),
    ...certificateProblems(settings, privateKey, wallMs),
    ...connectionProblems(settings.connection, false, wallMs),
  ]
}

const privateKeyProblem = (key: KeyObject | undefined, text: string): KeyProblem | undefined => {
  if (key !== undefined) return isTooShort(key) ? 'too-short' : undefined
  if (readCertificate(text) !== undefined) return 'a-certificate'
  return readPublicKey(text) === undefined ? 'not-a-key' : 'public-half'
}

const publicKeyProblems = (
  { wechatpayPublicKey, platformCertificates }: WechatV3Settings,
  privateKey: KeyObject | undefined,
): readonly WechatV3SettingsProblem[] => {
  if (wechatpayPublicKey === undefined) {
    return platformCertificates.length > 0
      ? []
      : [{ field: 'wechatpayPublicKey', problem: 'missing-and-no-platformCerts' }]
  }
  const problems: WechatV3SettingsProblem[] = []
  if (!/^PUB_KEY_ID_[0-9A-Za-z]{1,64}$/.test(wechatpayPublicKey.id)) {
    problems.push({ field: 'wechatpayPublicKeyId', problem: 'not-PUB_KEY_ID' })
  }
  const problem = publicKeyProblem(wechatpayPublicKey.key, privateKey)
  return problem === undefined ? problems : [...problems, { field: 'wechatpayPublicKey', problem }]
}

const publicKeyProblem = (text: string, privateKey: KeyObject | undefined): KeyProblem | undefined => {
  const key = readPublicKey(text)
  if (key === undefined) {
    if (readCertificate(text) !== undefined) return 'a-certificate'
    return readPrivateKey(text) === undefined ? 'not-a-key' : 'private-half'
  }
  if (privateKey !== undefined && isSamePair(privateKey, key)) return 'own-public-key'
  return isTooShort(key) ? 'too-short' : undefined
}

const certificateProblems = (
  settings: WechatV3Settings,
  privateKey: KeyObject | undefined,
  wallMs: number,
): readonly WechatV3SettingsProblem[] => {
  const problems = settings.platformCertificates.flatMap((pem) => {
    const problem = certificateProblem(pem, settings.merchantSerial, privateKey, wallMs)
    return problem === undefined ? [] : [problem]
  })
  // While WeChat changes its certificate both generations are listed, and one of them may be over already.
  const hasUsable = problems.length < settings.platformCertificates.length || settings.wechatpayPublicKey !== undefined
  const telling = hasUsable ? problems.filter((problem) => problem !== 'expired') : problems
  return [...new Set(telling)].map((problem) => ({ field: 'platformCerts', problem }) as const)
}

const certificateProblem = (
  pem: string,
  merchantSerial: string,
  privateKey: KeyObject | undefined,
  wallMs: number,
): CertificateProblem | undefined => {
  const certificate = readCertificate(pem)
  if (certificate === undefined) return 'not-a-certificate'
  const isOwnKey = privateKey !== undefined && createPublicKey(privateKey).equals(certificate.publicKey)
  if (isOwnKey || certificateSerial(certificate) === merchantSerial.toUpperCase()) return 'own-certificate'
  return validityProblem(certificate, wallMs)
}

/** The platform certificates without those that are over at a wall time: nobody may sign with them any more. */
export function unexpiredCertificates(pems: readonly string[], wallMs: number): readonly string[] {
  return pems.filter((pem) => {
    const certificate = readCertificate(pem)
    return certificate === undefined || validityProblem(certificate, wallMs) !== 'expired'
  })
}
