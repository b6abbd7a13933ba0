import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** Wraps bare base64 of a DER key, as the platforms hand it out, into bytes; anything else is `undefined`. */
const bareDer = (text: string): Buffer | undefined => {
  const compact = text.replace(/\s+/g, '')
  return /^[A-Za-z0-9+/]{64,}={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined
}

const attempt = (read: () => KeyObject): KeyObject | undefined => {
  try {
    const key = read()
    return key.asymmetricKeyType === 'rsa' ? key : undefined
  } catch {
    return undefined
  }
}

/** Reads an RSA private key: PEM (PKCS#8 or PKCS#1) or bare base64 of either. `undefined` when it is none. */
export function readPrivateKey(text: string): KeyObject | undefined {
  if (text.includes('-----BEGIN')) return attempt(() => createPrivateKey(text))
  const der = bareDer(text)
  if (der === undefined) return undefined
  return (
    attempt(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })) ??
    attempt(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }))
  )
}

/** Reads an RSA public key: PEM (SPKI or PKCS#1) or bare base64 of either. A private key or certificate is refused. */
export function readPublicKey(text: string): KeyObject | undefined {
  if (text.includes('-----BEGIN')) {
    return /-----BEGIN (RSA )?PUBLIC KEY-----/.test(text) ? attempt(() => createPublicKey(text)) : undefined
  }
  const der = bareDer(text)
  // OpenSSL would take the public half out of a private key by itself.
  if (der === undefined || readPrivateKey(text) !== undefined) return undefined
  return (
    attempt(() => createPublicKey({ key: der, format: 'der', type: 'spki' })) ??
    attempt(() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }))
  )
}

/** Whether two keys, private or public, belong together. */
export function isSamePair(left: KeyObject, right: KeyObject): boolean {
  const publicHalf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key)
  return publicHalf(left).equals(publicHalf(right))
}
