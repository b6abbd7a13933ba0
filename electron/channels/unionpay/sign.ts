import { createHash, createSign, createVerify, type KeyObject } from 'node:crypto'

type Fields = Readonly<Record<string, string>>

/**
 * The string to sign of a message: every field but `signature`, names in byte order, values as they are, joined with `&`
 * (unionpay.md §4). Empty values take no part, unless `emptyToo`.
 */
export function unionpayStringToSign(fields: Fields, emptyToo = false): string {
  return Object.keys(fields)
    .filter((name) => name !== 'signature' && (emptyToo || fields[name] !== ''))
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
}

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits: this text, not its 32 bytes, is what RSA signs (§4). */
export function unionpayDigest(stringToSign: string): string {
  return createHash('sha256').update(stringToSign, 'utf8').digest('hex')
}

/** signMethod 01: RSA PKCS#1 v1.5 with SHA-256 over the digest's hex text, in base64 (unionpay.md §4). */
export function unionpaySignature(fields: Fields, privateKey: KeyObject): string {
  const digest = unionpayDigest(unionpayStringToSign(fields))
  return createSign('RSA-SHA256').update(digest, 'ascii').sign(privateKey, 'base64')
}

/**
 * Whether `signature` among the fields is of this key. Never throws; a missing one matches nothing.
 *
 * Where a message has empty fields, both readings are tried: senders leave them out, and no source says whether a
 * gateway that sends one signs it. An empty field proves nothing either way.
 */
export function unionpaySignatureMatches(fields: Fields, publicKey: KeyObject): boolean {
  const signature = (fields['signature'] ?? '').trim()
  if (publicKey.asymmetricKeyType !== 'rsa' || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  const isOf = (text: string): boolean => {
    try {
      return createVerify('RSA-SHA256').update(unionpayDigest(text), 'ascii').verify(publicKey, signature, 'base64')
    } catch {
      return false
    }
  }
  const hasEmpty = Object.values(fields).includes('')
  return isOf(unionpayStringToSign(fields)) || (hasEmpty && isOf(unionpayStringToSign(fields, true)))
}
