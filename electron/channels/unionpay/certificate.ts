import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

/** The company in the common name of the certificate that answers are signed with (unionpay.md §4). */
const companyName = '中国银联股份有限公司'
/** The same place in the test environment. */
const testCompanyName = '00040000:SIGN'
/** Only here the test name is never good enough. */
const productionHost = 'gateway.95516.com'

const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** Reads an RSA private key in PEM; `undefined` when it is none. */
export function readPrivateKey(text: string): KeyObject | undefined {
  const key = attempt(() => createPrivateKey(text))
  return key?.asymmetricKeyType === 'rsa' ? key : undefined
}

/** Whether a text is the public half of a key pair in PEM: no certificate, and no private key. */
export function isPublicKey(text: string): boolean {
  return /-----BEGIN (RSA )?PUBLIC KEY-----/.test(text) && attempt(() => createPublicKey(text)) !== undefined
}

/** Reads one certificate in PEM or `undefined`; blanks around it and CR LF inside do not matter. */
export function readCertificate(pem: string): X509Certificate | undefined {
  return /^\s*-----BEGIN CERTIFICATE-----/.test(pem) ? attempt(() => new X509Certificate(pem)) : undefined
}

/** Reads every certificate of a PEM bundle in file order; `undefined` when there is none or one does not parse. */
export function readCertificates(bundle: string): readonly X509Certificate[] | undefined {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  const read = blocks.map(readCertificate)
  const all = read.filter((certificate) => certificate !== undefined)
  return all.length === 0 || all.length < read.length ? undefined : all
}

/** The companies that may sign answers of a gateway: in production UnionPay alone, elsewhere its test name too. */
export function companiesOf(baseUrl: string): readonly string[] {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''
  return host === productionHost ? [companyName] : [companyName, testCompanyName]
}

/**
 * Whether a certificate's common name has one of the companies as the third of its parts, which `@` joins: "contains" is
 * not enough (unionpay.md, field notes).
 */
export function isOfCompany(certificate: X509Certificate, companies: readonly string[]): boolean {
  const commonName: unknown = certificate.toLegacyObject().subject?.CN
  return typeof commonName === 'string' && companies.includes(commonName.split('@')[2] ?? '')
}

/** Whether a certificate is one of those that are trusted, or was issued by one of them. */
export function isTrusted(certificate: X509Certificate, anchors: readonly X509Certificate[]): boolean {
  return anchors.some(
    (anchor) =>
      anchor.raw.equals(certificate.raw) ||
      (anchor.ca && certificate.checkIssued(anchor) && attempt(() => certificate.verify(anchor.publicKey)) === true),
  )
}
