import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { type ConnectionProblem, connectionProblems, validityProblem } from '../connection-check.ts'
import { type OriginProblem, originProblem } from '../origin.ts'
import { isSamePair, readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import { readCertificates, rootCertificateSerial } from './certificate.ts'
import type { AlipaySettings, AlipayVerification } from './settings.ts'

type KeyProblem = 'not-a-key' | 'public-half' | 'private-half' | 'too-short' | 'own-public-key'
type CertificateProblem =
  | 'not-a-certificate'
  | 'expired'
  | 'not-yet-valid'
  | 'not-of-this-key' // the application's certificate and private key are no pair
  | 'own-certificate' // the application's certificate stands where Alipay's belongs
  | 'not-by-this-root'
  | 'no-rsa-root'

/** What is wrong with one setting; the field's name is the configuration's (design §9). */
export type AlipaySettingsProblem =
  | { readonly field: 'gateway'; readonly problem: OriginProblem }
  | { readonly field: 'appId' | 'appAuthToken'; readonly problem: 'malformed' }
  | { readonly field: 'appPrivateKey' | 'alipayPublicKey'; readonly problem: KeyProblem }
  | { readonly field: 'appCert' | 'alipayCert' | 'alipayRootCert'; readonly problem: CertificateProblem }
  | ConnectionProblem

/** RSA2 wants 2048 bits or more (alipay.md §1.2). */
const shortestKeyBits = 2048
const isTooShort = (key: KeyObject): boolean => (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKeyBits

/**
 * Checks a channel's settings before it is made: an empty list means usable. Each problem names its field: a public half
 * where the private key belongs, the application's own public key in place of Alipay's (alipay.md §8 pitfall 3),
 * certificates that expired by `wallMs`, or that the root bundle did not issue.
 */
export function checkAlipaySettings(settings: AlipaySettings, wallMs: number): readonly AlipaySettingsProblem[] {
  const problems: AlipaySettingsProblem[] = []
  const origin = originProblem(settings.gateway)
  if (origin !== undefined) problems.push({ field: 'gateway', problem: origin })
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(settings.appId)) problems.push({ field: 'appId', problem: 'malformed' })
  if (settings.appAuthToken !== undefined && !/^[\x21-\x7e]{1,40}$/.test(settings.appAuthToken)) {
    problems.push({ field: 'appAuthToken', problem: 'malformed' })
  }
  const privateKey = readPrivateKey(settings.appPrivateKey)
  const keyProblem = privateKeyProblem(privateKey, settings.appPrivateKey)
  if (keyProblem !== undefined) problems.push({ field: 'appPrivateKey', problem: keyProblem })
  return [
    ...problems,
    ...verificationProblems(settings.verification, privateKey, wallMs),
    ...connectionProblems(settings.connection, false, wallMs),
  ]
}

const privateKeyProblem = (key: KeyObject | undefined, text: string): KeyProblem | undefined => {
  if (key !== undefined) return isTooShort(key) ? 'too-short' : undefined
  return readPublicKey(text) === undefined ? 'not-a-key' : 'public-half'
}

const verificationProblems = (
  verification: AlipayVerification,
  privateKey: KeyObject | undefined,
  wallMs: number,
): readonly AlipaySettingsProblem[] => {
  if (verification.mode === 'certificate') return certificateProblems(verification, privateKey, wallMs)
  const text = verification.alipayPublicKey
  const key = readPublicKey(text)
  const problem =
    key === undefined
      ? readPrivateKey(text) === undefined
        ? 'not-a-key'
        : 'private-half'
      : privateKey !== undefined && isSamePair(privateKey, key)
        ? 'own-public-key'
        : isTooShort(key)
          ? 'too-short'
          : undefined
  return problem === undefined ? [] : [{ field: 'alipayPublicKey', problem }]
}

const certificateProblems = (
  verification: Extract<AlipayVerification, { readonly mode: 'certificate' }>,
  privateKey: KeyObject | undefined,
  wallMs: number,
): readonly AlipaySettingsProblem[] => {
  const problems: AlipaySettingsProblem[] = []
  const own = readCertificates(verification.appCertificate)
  const ownProblem = leafProblem(own, wallMs, (leaf) =>
    privateKey !== undefined && !leaf.checkPrivateKey(privateKey) ? 'not-of-this-key' : undefined,
  )
  if (ownProblem !== undefined) problems.push({ field: 'appCert', problem: ownProblem })

  const roots = rootsOf(verification.alipayRootCertificate)
  if (roots === undefined) problems.push({ field: 'alipayRootCert', problem: 'no-rsa-root' })

  const alipay = readCertificates(verification.alipayCertificate)
  const alipayProblem = leafProblem(alipay, wallMs, (leaf) => {
    if (privateKey !== undefined && isSamePair(createPublicKey(privateKey), leaf.publicKey)) return 'own-certificate'
    return roots === undefined || isIssuedUnder(leaf, alipay?.slice(1) ?? [], roots, wallMs)
      ? undefined
      : 'not-by-this-root'
  })
  if (alipayProblem !== undefined) problems.push({ field: 'alipayCert', problem: alipayProblem })
  return problems
}

const leafProblem = (
  certificates: readonly X509Certificate[] | undefined,
  wallMs: number,
  further: (leaf: X509Certificate) => CertificateProblem | undefined,
): CertificateProblem | undefined => {
  const leaf = certificates?.[0]
  if (leaf === undefined) return 'not-a-certificate'
  return validityProblem(leaf, wallMs) ?? further(leaf)
}

/** The bundle's certificates that can be understood; SM2 roots may not be, and are not needed. */
const rootsOf = (bundlePem: string): readonly X509Certificate[] | undefined => {
  try {
    rootCertificateSerial(bundlePem)
  } catch {
    return undefined
  }
  const blocks = bundlePem.split(/(?=-----BEGIN CERTIFICATE-----)/)
  return blocks.flatMap((pem) => readCertificates(pem) ?? [])
}

/** Whether a chain leads from a certificate over the others of its file to a root; every link's signature is checked. */
const isIssuedUnder = (
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  wallMs: number,
): boolean => {
  const issued = (issuer: X509Certificate): boolean =>
    certificate.checkIssued(issuer) && verifies(certificate, issuer) && validityProblem(issuer, wallMs) === undefined
  if (roots.some(issued)) return true
  return others.some((issuer, at) => issued(issuer) && isIssuedUnder(issuer, others.toSpliced(at, 1), roots, wallMs))
}

const verifies = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}
