import { createSign, createVerify, type KeyObject } from 'node:crypto'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'

/**
 * The string to sign of a V2 request: everything but `sign` and empty values, names in ASCII order, values raw, joined
 * with `&`; `sign_type` takes part (alipay.md §1.4).
 */
export function alipayStringToSign(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .filter((name) => name !== 'sign' && parameters[name] !== '' && parameters[name] !== undefined)
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((name) => `${name}=${parameters[name]}`)
    .join('&')
}

/**
 * RSA2 (RSASSA-PKCS1-v1_5 with SHA-256) over the text's UTF-8 bytes, in standard base64 (alipay.md §1.4).
 *
 * The key is PEM (PKCS#8, PKCS#1), bare base64, or parsed already. A key that does not parse is a bug here and throws:
 * settings are checked by `checkAlipaySettings` before.
 */
export function alipaySignature(text: string, privateKey: string | KeyObject): string {
  const key = typeof privateKey === 'string' ? readPrivateKey(privateKey) : privateKey
  if (key === undefined) throw new TypeError('not an RSA private key')
  return createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64')
}

/** Whether the base64 signature is Alipay's over the text. Never throws: a bad key or bad base64 matches nothing. */
export function alipaySignatureMatches(text: string, signature: string, publicKey: string | KeyObject): boolean {
  const key = typeof publicKey === 'string' ? readPublicKey(publicKey) : publicKey
  if (key === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  try {
    return createVerify('RSA-SHA256').update(text, 'utf8').verify(key, signature, 'base64')
  } catch {
    return false
  }
}
