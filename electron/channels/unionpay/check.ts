import { createPublicKey, type KeyObject } from 'node:crypto'
import { type ConnectionProblem, connectionProblems, validityProblem } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import { isPublicKey, readCertificates, readPrivateKey } from './certificate.ts'
import type { UnionpaySettings } from './settings.ts'

export type UnionpayKeyProblem = 'not-a-key' | 'public-half' | 'certificate' | 'too-short'
export type UnionpayCertificateProblem =
  | 'not-a-certificate'
  | 'private-half'
  | 'public-half'
  | 'expired'
  | 'not-yet-valid'
  | 'own-certificate' // the merchant's own certificate stands where UnionPay's belongs

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type UnionpaySettingsProblem =
  | { readonly field: 'baseUrl' | 'fileUrl'; readonly problem: OriginProblem | 'with-path' }
  | { readonly field: 'merchantId' | 'terminalId' | 'backUrl'; readonly problem: 'malformed' }
  | { readonly field: 'certId'; readonly problem: 'not-decimal' }
  | { readonly field: 'merchantPrivateKey'; readonly problem: UnionpayKeyProblem }
  | { readonly field: 'unionpayCert'; readonly problem: UnionpayCertificateProblem }
  | ConnectionProblem

/** UnionPay issues 2048 bits. */
const shortestKeyBits = 2048

/**
 * Checks a channel's settings before it is made: an empty list means usable. Each problem names its field; certificates
 * are judged at `wallMs`.
 */
export function checkUnionpaySettings(settings: UnionpaySettings, wallMs: number): readonly UnionpaySettingsProblem[] {
  const problems: UnionpaySettingsProblem[] = []
  const origin = originProblem(settings.baseUrl) ?? (hasPath(settings.baseUrl) ? 'with-path' : undefined)
  if (origin !== undefined) problems.push({ field: 'baseUrl', problem: origin })
  const fileOrigin = originProblem(settings.fileUrl)
  if (fileOrigin !== undefined) problems.push({ field: 'fileUrl', problem: fileOrigin })
  if (!/^[0-9A-Za-z]{15}$/.test(settings.merchantId)) problems.push({ field: 'merchantId', problem: 'malformed' })
  if (settings.terminalId !== undefined && !/^[0-9A-Za-z]{8}$/.test(settings.terminalId)) {
    problems.push({ field: 'terminalId', problem: 'malformed' })
  }
  if (!isAddress(settings.backUrl)) problems.push({ field: 'backUrl', problem: 'malformed' })
  if (!/^\d{1,128}$/.test(settings.certId)) problems.push({ field: 'certId', problem: 'not-decimal' })
  const privateKey = readPrivateKey(settings.merchantPrivateKey)
  const keyProblem = privateKeyProblem(privateKey, settings.merchantPrivateKey)
  if (keyProblem !== undefined) problems.push({ field: 'merchantPrivateKey', problem: keyProblem })
  const certificateProblem = unionpayCertProblem(settings.unionpayCert, privateKey, wallMs)
  if (certificateProblem !== undefined) problems.push({ field: 'unionpayCert', problem: certificateProblem })
  return [...problems, ...connectionProblems(settings.connection, false, wallMs)]
}

const hasPath = (baseUrl: string): boolean => {
  const { pathname, search, hash } = new URL(baseUrl) // checked by `originProblem`
  return !/^\/*$/.test(pathname) || search !== '' || hash !== ''
}

/** ANS1..256; `#` and blanks do not belong in an address that is signed as it stands. */
const isAddress = (text: string): boolean => /^https?:\/\/[\x21-\x7e]{1,240}$/.test(text) && URL.canParse(text)

const privateKeyProblem = (key: KeyObject | undefined, text: string): UnionpayKeyProblem | undefined => {
  if (key !== undefined) {
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKeyBits ? 'too-short' : undefined
  }
  if (isPublicKey(text)) return 'public-half'
  return readCertificates(text) === undefined ? 'not-a-key' : 'certificate'
}

const unionpayCertProblem = (
  text: string,
  privateKey: KeyObject | undefined,
  wallMs: number,
): UnionpayCertificateProblem | undefined => {
  const certificates = readCertificates(text)
  if (certificates === undefined) {
    if (isPublicKey(text)) return 'public-half'
    return readPrivateKey(text) === undefined ? 'not-a-certificate' : 'private-half'
  }
  const own = privateKey && createPublicKey(privateKey)
  if (own !== undefined && certificates.some(({ publicKey }) => publicKey.equals(own))) return 'own-certificate'
  return certificates
    .map((certificate) => validityProblem(certificate, wallMs))
    .find((problem) => problem !== undefined)
}
