import { createHash, createSign, createVerify, type KeyObject, timingSafeEqual } from 'node:crypto'

/** The ways to sign; `sign_type` of the request says which, and the answer is signed in the same way (swiftpass.md §4). */
export type QraSignType = 'MD5' | 'RSA_1_256' | 'RSA_1_1'

/** What a side signs with. */
export type QraSigningKey =
  | { readonly signType: 'MD5'; readonly apiKey: string }
  | { readonly signType: 'RSA_1_256' | 'RSA_1_1'; readonly privateKey: KeyObject }

/** What the other side's signature is checked with. */
export type QraVerifyingKey =
  | { readonly signType: 'MD5'; readonly apiKey: string }
  | { readonly signType: 'RSA_1_256' | 'RSA_1_1'; readonly publicKey: KeyObject }

const digests = { RSA_1_256: 'RSA-SHA256', RSA_1_1: 'RSA-SHA1' } as const

/**
 * The string to sign without a key: `name=value` joined with `&`, names in byte order, values raw; `sign` and empty
 * values are left out, `sign_type` takes part (swiftpass.md §4).
 */
export function qraStringToSign(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .filter((name) => name !== 'sign' && parameters[name] !== '' && parameters[name] !== undefined)
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((name) => `${name}=${parameters[name]}`)
    .join('&')
}

/** Upper-case hex of the MD5 with `&key=` at its end, or base64 of the RSA signature, which has no key in its text (§4). */
export function qraSignature(parameters: Readonly<Record<string, string>>, key: QraSigningKey): string {
  const text = qraStringToSign(parameters)
  return key.signType === 'MD5'
    ? md5(text, key.apiKey)
    : createSign(digests[key.signType]).update(text, 'utf8').sign(key.privateKey, 'base64')
}

/** Whether `sign` among the parameters is their signature. Never throws; a missing one never matches. */
export function qraSignatureMatches(parameters: Readonly<Record<string, string>>, key: QraVerifyingKey): boolean {
  const text = qraStringToSign(parameters)
  const received = parameters.sign ?? ''
  if (key.signType === 'MD5') {
    const expected = Buffer.from(md5(text, key.apiKey))
    const actual = Buffer.from(received)
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(received)) return false
  try {
    return createVerify(digests[key.signType]).update(text, 'utf8').verify(key.publicKey, received, 'base64')
  } catch {
    return false
  }
}

const md5 = (text: string, apiKey: string): string =>
  createHash('md5').update(`${text}&key=${apiKey}`, 'utf8').digest('hex').toUpperCase()
