import { createHash, X509Certificate } from 'node:crypto'

const pemBlocks = (bundle: string): readonly string[] =>
  bundle.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []

/** Reads every certificate of a PEM bundle in file order; `undefined` when there is none or one does not parse. */
export function readCertificates(bundlePem: string): readonly X509Certificate[] | undefined {
  const blocks = pemBlocks(bundlePem)
  if (blocks.length === 0) return undefined
  try {
    return blocks.map((pem) => new X509Certificate(pem))
  } catch {
    return undefined
  }
}

/** Node prints one issuer attribute a line, as stored (country first); the serial wants them reversed (RFC 2253). */
const serialOf = (certificate: X509Certificate): string => {
  const issuer = certificate.issuer.split('\n').reverse().join(',')
  const serialDecimal = BigInt(`0x${certificate.serialNumber}`).toString(10)
  return createHash('md5').update(`${issuer}${serialDecimal}`, 'utf8').digest('hex')
}

/**
 * Alipay's serial of a certificate (`app_cert_sn`, `alipay_cert_sn`): 32 lower-case hex digits, MD5 over the issuer
 * and the decimal serial number (alipay.md §1.7). Of several certificates the first counts. Throws when there is none.
 */
export function certificateSerial(pem: string): string {
  const [first] = pemBlocks(pem)
  if (first === undefined) throw new TypeError('not a PEM certificate')
  return serialOf(new X509Certificate(first))
}

/** The content of the DER element at `at` and where the next one begins; lengths of up to four bytes. */
const derElement = (der: Buffer, at: number): { readonly start: number; readonly end: number } => {
  const first = der[at + 1] ?? 0
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes)
  const start = at + 2 + lengthBytes
  return { start, end: start + length }
}

/** DER of the object identifier prefix 1.2.840.113549.1.1, which all RSA signature algorithms share. */
const rsaAlgorithmPrefix = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01])

/** Whether a certificate was signed with RSA, read from its DER: SM2 roots need not be understood to be skipped. */
const isSignedWithRsa = (pem: string): boolean => {
  const der = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s+/g, ''), 'base64')
  const certificate = derElement(der, 0)
  const toBeSigned = derElement(der, certificate.start)
  const algorithm = derElement(der, toBeSigned.end)
  const identifier = derElement(der, algorithm.start)
  return der
    .subarray(identifier.start, identifier.end)
    .subarray(0, rsaAlgorithmPrefix.length)
    .equals(rsaAlgorithmPrefix)
}

/**
 * `alipay_root_cert_sn`: the serials of the bundle's RSA-signed certificates in file order, joined with `_`; EC and SM2
 * roots are left out (alipay.md §1.7). Throws when the bundle holds no readable RSA certificate.
 */
export function rootCertificateSerial(bundlePem: string): string {
  const serials = pemBlocks(bundlePem)
    .filter(isSignedWithRsa)
    .map((pem) => serialOf(new X509Certificate(pem)))
  if (serials.length === 0) throw new TypeError('no RSA certificate in the bundle')
  return serials.join('_')
}
