import { type KeyObject, sign, verify } from 'node:crypto'

/** The one way to sign in WeChat Pay v3 (wechat.md §3.3). */
export const wechatV3Scheme = 'WECHATPAY2-SHA256-RSA2048'

/** A signature that begins so is a deliberate bad one (签名探测); it must be refused (§3.4). */
const probePrefix = 'WECHATPAY/SIGNTEST/'

/** What of a request takes part in its signature. */
export type WechatV3RequestParts = {
  readonly method: 'GET' | 'POST'
  /** Absolute path with query, exactly as sent. */
  readonly pathAndQuery: string
  /** Unix seconds. */
  readonly timestamp: string
  readonly nonce: string
  /** Exactly as sent; empty for GET. */
  readonly body: string
}

/** The text that a request's signature covers: five lines, each ended (wechat.md §3.3). */
export function wechatV3RequestText({ method, pathAndQuery, timestamp, nonce, body }: WechatV3RequestParts): string {
  return `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n${body}\n`
}

/** RSA PKCS#1 v1.5 with SHA-256, in base64. */
export function wechatV3Signature(text: string, privateKey: KeyObject): string {
  return sign('sha256', Buffer.from(text, 'utf8'), privateKey).toString('base64')
}

/** The `Authorization` header of a request (§3.3). */
export function wechatV3Authorization(
  parts: WechatV3RequestParts,
  signer: { readonly merchantId: string; readonly merchantSerial: string; readonly privateKey: KeyObject },
): string {
  const items = {
    mchid: signer.merchantId,
    nonce_str: parts.nonce,
    signature: wechatV3Signature(wechatV3RequestText(parts), signer.privateKey),
    timestamp: parts.timestamp,
    serial_no: signer.merchantSerial,
  }
  const list = Object.entries(items).map(([name, value]) => `${name}="${value}"`)
  return `${wechatV3Scheme} ${list.join(',')}`
}

/** The headers that sign an answer (§3.4). */
export type WechatV3AnswerSignature = {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: string
}

/** The signature of an answer from its headers (names in lower case): `undefined` when there is none. */
export function readWechatV3Signature(headers: Readonly<Record<string, string>>): WechatV3AnswerSignature | undefined {
  const signature = headers['wechatpay-signature']
  if (signature === undefined) return undefined
  return {
    timestamp: headers['wechatpay-timestamp'] ?? '',
    nonce: headers['wechatpay-nonce'] ?? '',
    serial: headers['wechatpay-serial'] ?? '',
    signature,
  }
}

/**
 * Whether WeChat signed these bytes: the key is the one that the answer's `Wechatpay-Serial` names, a platform
 * certificate's or the WeChat Pay public key (§3.4). Missing headers, unknown serials and probes never match.
 */
export function wechatV3AnswerMatches(
  body: Uint8Array,
  { timestamp, nonce, serial, signature }: WechatV3AnswerSignature,
  platformKeys: ReadonlyMap<string, KeyObject>,
): boolean {
  const key = platformKeys.get(serial) ?? platformKeys.get(serial.toUpperCase())
  if (key === undefined || nonce === '' || !/^\d{1,12}$/.test(timestamp)) return false
  if (signature.startsWith(probePrefix)) return false
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false
  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`, 'utf8'), body, Buffer.from('\n')])
  return verify('sha256', signed, key, Buffer.from(signature, 'base64'))
}
