import { createSign, createVerify, type KeyObject } from 'node:crypto'
import { readPrivateKey, readPublicKey } from '../rsa-keys.ts'

/** How requests are signed: `RSA2` is SHA-256, `RSA` is SHA-1 (icbc.md §2). */
export type IcbcSignType = 'RSA2' | 'RSA'

/** What answers may be signed with: SHA-1, whatever the request used; the other only as a second try (icbc.md §4). */
export type IcbcAnswerDigest = 'SHA1' | 'SHA1-or-SHA256'

const digests = { RSA2: 'RSA-SHA256', RSA: 'RSA-SHA1' } as const satisfies Record<IcbcSignType, string>

const answerDigests = {
  SHA1: ['RSA-SHA1'],
  'SHA1-or-SHA256': ['RSA-SHA1', 'RSA-SHA256'],
} as const satisfies Record<IcbcAnswerDigest, readonly string[]>

/**
 * The string to sign of a request: the path and `?`, then everything but `sign` and empty values, names in byte order,
 * values raw, joined with `&` (icbc.md §4).
 */
export function icbcStringToSign(path: string, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(parameters)
    .filter((name) => name !== 'sign' && parameters[name] !== '' && parameters[name] !== undefined)
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((name) => `${name}=${parameters[name]}`)
  return `${path}?${pairs.join('&')}`
}

/**
 * RSASSA-PKCS1-v1_5 over the text's UTF-8 bytes, in standard base64 (icbc.md §4).
 *
 * The key is PEM, bare base64, or parsed already. A key that does not parse is a bug here and throws: settings are
 * checked by `checkIcbcSettings` before.
 */
export function icbcSignature(text: string, privateKey: string | KeyObject, signType: IcbcSignType): string {
  const key = typeof privateKey === 'string' ? readPrivateKey(privateKey) : privateKey
  if (key === undefined) throw new TypeError('not an RSA private key')
  return createSign(digests[signType]).update(text, 'utf8').sign(key, 'base64')
}

/** Whether the signature is that of the key's owner over the text. Never throws: a bad key or base64 matches nothing. */
export function icbcSignatureMatches(
  text: string,
  signature: string,
  publicKey: string | KeyObject,
  signType: IcbcSignType,
): boolean {
  return verifies(digests[signType], text, signature, publicKey)
}

/** Whether the gateway signed an answer's raw `response_biz_content`: with SHA-1 even where the request used RSA2. */
export function icbcAnswerSignatureMatches(
  text: string,
  signature: string,
  publicKey: string | KeyObject,
  digest: IcbcAnswerDigest,
): boolean {
  return answerDigests[digest].some((each) => verifies(each, text, signature, publicKey))
}

const verifies = (digest: string, text: string, signature: string, publicKey: string | KeyObject): boolean => {
  const key = typeof publicKey === 'string' ? readPublicKey(publicKey) : publicKey
  if (key === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  try {
    return createVerify(digest).update(text, 'utf8').verify(key, signature, 'base64')
  } catch {
    return false
  }
}
