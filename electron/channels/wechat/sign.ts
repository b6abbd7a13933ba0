import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The two ways to sign in WeChat Pay v2 (wechat.md §3.1); the answer is signed in the way of its request. */
export type WechatSignType = 'HMAC-SHA256' | 'MD5'

/** What of a message takes part: everything that is not empty, except the signature itself. */
const signedNames = (parameters: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(parameters)
    .filter((name) => name !== 'sign' && parameters[name] !== '' && parameters[name] !== undefined)
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))

/**
 * The string to sign without its key: `name=value` joined with `&`, names in byte order, values raw (wechat.md §3.1).
 *
 * Empty values and `sign` are left out; `sign_type` takes part when it is sent.
 */
export function wechatStringToSign(parameters: Readonly<Record<string, string>>): string {
  return signedNames(parameters)
    .map((name) => `${name}=${parameters[name]}`)
    .join('&')
}

/** The v2 signature of a request or answer in upper-case hex: 32 characters for MD5, 64 for HMAC-SHA256 (§3.1). */
export function wechatSignature(
  parameters: Readonly<Record<string, string>>,
  apiKey: string,
  signType: WechatSignType,
): string {
  const text = `${wechatStringToSign(parameters)}&key=${apiKey}`
  const hash = signType === 'MD5' ? createHash('md5') : createHmac('sha256', apiKey)
  return hash.update(text, 'utf8').digest('hex').toUpperCase()
}

/** Whether `sign` among the parameters is their signature. Compared in constant time; a missing one never matches. */
export function wechatSignatureMatches(
  parameters: Readonly<Record<string, string>>,
  apiKey: string,
  signType: WechatSignType,
): boolean {
  const received = Buffer.from(parameters.sign ?? '')
  const expected = Buffer.from(wechatSignature(parameters, apiKey, signType))
  return received.length === expected.length && timingSafeEqual(received, expected)
}
