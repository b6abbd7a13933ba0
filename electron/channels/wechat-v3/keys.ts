import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

const attempt = <Value>(read: () => Value): Value | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const ifRsa = (key: KeyObject | undefined): KeyObject | undefined =>
  key?.asymmetricKeyType === 'rsa' ? key : undefined

/** Reads an RSA private key from PEM, PKCS#8 or PKCS#1 (`apiclient_key.pem`). `undefined` when it is none. */
export function readPrivateKey(pem: string): KeyObject | undefined {
  return ifRsa(attempt(() => createPrivateKey(pem)))
}

/** Reads an RSA public key from PEM, SPKI or PKCS#1. A private key or a certificate is refused. */
export function readPublicKey(pem: string): KeyObject | undefined {
  // OpenSSL would take the public half out of either by itself.
  return /-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem) ? ifRsa(attempt(() => createPublicKey(pem))) : undefined
}

/** Reads a certificate that holds an RSA key from PEM. `undefined` when it is none. */
export function readCertificate(pem: string): X509Certificate | undefined {
  const certificate = attempt(() => new X509Certificate(pem))
  return certificate !== undefined && ifRsa(certificate.publicKey) !== undefined ? certificate : undefined
}

/** The serial as WeChat's headers spell it: hex in upper case (wechat.md §3.3, §3.4). */
export function certificateSerial(certificate: X509Certificate): string {
  return certificate.serialNumber.toUpperCase()
}

/** Whether a private and a public key belong together. */
export function isSamePair(privateKey: KeyObject, publicKey: KeyObject): boolean {
  return createPublicKey(privateKey).equals(publicKey)
}
