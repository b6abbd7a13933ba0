import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { ConnectionSettings } from './channel.ts'
import { type OriginProblem, originProblem } from './origin.ts'

export type CertificateProblem = 'missing' | 'not-a-certificate' | 'expired' | 'not-yet-valid'

/** What is wrong with the connection's certificates; field names are the configuration's (design §9). */
export type ConnectionProblem =
  | { readonly field: 'backupBaseUrl'; readonly problem: OriginProblem }
  | { readonly field: 'ca'; readonly problem: CertificateProblem }
  | { readonly field: 'clientCert'; readonly problem: CertificateProblem }
  | { readonly field: 'clientKey'; readonly problem: 'not-a-private-key' | 'not-of-this-certificate' }

/** Whether a certificate is usable at a wall time; `undefined` = yes. */
export function validityProblem(certificate: X509Certificate, wallMs: number): 'expired' | 'not-yet-valid' | undefined {
  if (wallMs > Date.parse(certificate.validTo)) return 'expired'
  return wallMs < Date.parse(certificate.validFrom) ? 'not-yet-valid' : undefined
}

const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

const certificateProblem = (pem: string, wallMs: number): CertificateProblem | undefined => {
  const certificate = attempt(() => new X509Certificate(pem))
  return certificate === undefined ? 'not-a-certificate' : validityProblem(certificate, wallMs)
}

const clientKeyProblem = (certificatePem: string, keyPem: string): ConnectionProblem | undefined => {
  const key: KeyObject | undefined = attempt(() => createPrivateKey(keyPem))
  if (key === undefined) return { field: 'clientKey', problem: 'not-a-private-key' }
  const certificate = attempt(() => new X509Certificate(certificatePem))
  const isPair = certificate === undefined || certificate.checkPrivateKey(key)
  return isPair ? undefined : { field: 'clientKey', problem: 'not-of-this-certificate' }
}

/** Checks authority, client certificate and client key of a connection; an empty list means usable. */
export function connectionProblems(
  connection: ConnectionSettings,
  needsClientCertificate: boolean,
  wallMs: number,
): readonly ConnectionProblem[] {
  const { backupOrigin, certificateAuthority, clientCertificate } = connection
  const problems: ConnectionProblem[] = []
  const backup = backupOrigin === undefined ? undefined : originProblem(backupOrigin)
  if (backup !== undefined) problems.push({ field: 'backupBaseUrl', problem: backup })
  if (certificateAuthority !== undefined) {
    const problem = certificateProblem(certificateAuthority, wallMs)
    if (problem !== undefined) problems.push({ field: 'ca', problem })
  }
  if (clientCertificate === undefined) {
    return needsClientCertificate ? [...problems, { field: 'clientCert', problem: 'missing' }] : problems
  }
  const problem = certificateProblem(clientCertificate.certificate, wallMs)
  if (problem !== undefined) problems.push({ field: 'clientCert', problem })
  const keyProblem = clientKeyProblem(clientCertificate.certificate, clientCertificate.key)
  return keyProblem === undefined ? problems : [...problems, keyProblem]
}
