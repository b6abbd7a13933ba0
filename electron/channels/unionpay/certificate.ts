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
function readCertificate(pem: string): X509Certificate | undefined {
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
function isOfCompany(certificate: X509Certificate, companies: readonly string[]): boolean {
  // One attribute a line, with control characters escaped. Not `toLegacyObject`: it ends the process on spoiled names.
  const names = certificate.subject.split('\n').filter((line) => line.startsWith('CN='))
  return names.length === 1 && companies.includes(names[0]?.split('@')[2] ?? '')
}

/** Whether a certificate is one of those that are trusted, or was issued by one of them. */
function isTrusted(certificate: X509Certificate, anchors: readonly X509Certificate[]): boolean {
  return anchors.some(
    (anchor) =>
      anchor.raw.equals(certificate.raw) ||
      (anchor.ca && certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey)),
  )
}

/**
 * The public key of the certificate that came with an answer, or `undefined` where it proves nothing: it must be of one
 * of the companies, under one of the anchors, and not expired at `wallMs` (unionpay.md §4). Never throws: what came over
 * the wire is looked into only once an anchor vouches for it.
 */
export function trustedKey(
  pem: string,
  anchors: readonly X509Certificate[],
  companies: readonly string[],
  wallMs: number,
): KeyObject | undefined {
  return attempt(() => {
    const certificate = readCertificate(pem)
    const isGood =
      certificate !== undefined &&
      isTrusted(certificate, anchors) &&
      Date.parse(certificate.validTo) >= wallMs &&
      isOfCompany(certificate, companies)
    return isGood ? certificate.publicKey : undefined
  })
}
