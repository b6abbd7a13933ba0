import { X509Certificate } from 'node:crypto'

/** Until when a certificate that the configuration names is good. */
export type CertificateTerm = {
  readonly channel: string
  /** The field of the channel, such as `clientCert` or `platformCerts[0]`. */
  readonly field: string
  readonly untilWallMs: number
}

/** From so long ahead on it is told: a new certificate is asked for in days, not in hours. */
export const certificateWarningMs = 30 * 86_400_000

/** Those that end soon or have ended, the next one first. */
export function endingCertificates(terms: readonly CertificateTerm[], wallMs: number): readonly CertificateTerm[] {
  return terms
    .filter(({ untilWallMs }) => untilWallMs - wallMs < certificateWarningMs)
    .toSorted((left, right) => left.untilWallMs - right.untilWallMs)
}

/**
 * Until when the certificates in a text are good; null where there is none. A bundle of authorities is good as long as
 * one of them is; in a chain the certificate that is not an authority's counts.
 */
export function termOfText(text: string): number | null {
  const certificates = (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).flatMap(read)
  const own = certificates.filter(({ ca }) => !ca)
  const ends = (own.length > 0 ? own : certificates).map(({ validTo }) => Date.parse(validTo))
  if (ends.length === 0) return null
  return own.length > 0 ? Math.min(...ends) : Math.max(...ends)
}

/** What cannot be read is complained about where the channel is opened. */
function read(pem: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(pem)]
  } catch {
    return []
  }
}
