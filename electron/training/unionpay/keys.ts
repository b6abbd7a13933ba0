import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { writeCertificate } from '../certificate.ts'

/** The files of the training UnionPay's keys, beside its books. */
export const unionpayFiles = {
  authority: 'authority.pem',
  gatewayPrivate: 'gateway-private.pem',
  gatewayCertificate: 'gateway-certificate.pem',
  merchantPrivate: 'merchant-private.pem',
  merchantCertificate: 'merchant-certificate.pem',
} as const

/** Both names are of the test environment: four parts, the company's the third (unionpay.md §4, field notes). */
const gatewayName = '041@TRAINING@00040000:SIGN@00000001'
const merchantName = '041@TRAINING@示例便利店@00000002'
const authorityName = 'Training UnionPay authority'

/** Certificates are for practice and outlive every clock that a test or a training till may have. */
const notBeforeMs = Date.UTC(2020, 0, 1)
const notAfterMs = Date.UTC(2049, 11, 31)

/** Makes the authority, UnionPay's signing certificate and the merchant's, all of this data folder alone. */
export function makeUnionpayKeys(): Readonly<Record<string, string>> {
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const gateway = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificateOf = (kind: 'authority' | 'client', subject: string, publicKey: typeof gateway.publicKey): string =>
    writeCertificate({
      kind,
      subject,
      publicKey,
      issuer: { subject: authorityName, ...authority },
      serial: randomBytes(16),
      notBeforeMs,
      notAfterMs,
    })
  const privatePem = (key: typeof gateway.privateKey): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    [unionpayFiles.authority]: certificateOf('authority', authorityName, authority.publicKey),
    [unionpayFiles.gatewayPrivate]: privatePem(gateway.privateKey),
    [unionpayFiles.gatewayCertificate]: certificateOf('client', gatewayName, gateway.publicKey),
    [unionpayFiles.merchantPrivate]: privatePem(merchant.privateKey),
    [unionpayFiles.merchantCertificate]: certificateOf('client', merchantName, merchant.publicKey),
  }
}

/** `certId`: the serial number of a certificate, decimal (unionpay.md §2.1). */
export function certIdOf(certificate: string): string {
  return BigInt(`0x${new X509Certificate(certificate).serialNumber}`).toString(10)
}
