import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { BackendCall } from './codes.ts'

/** The path of a call, as it stands in the signing text: from `/v1` on, whatever stands before it in the address. */
export const backendPath = (call: BackendCall): string => `/v1/${call}`

/** The headers that carry the signature, in lower case as decoders see them. */
export const backendHeaders = {
  keyId: 'scantill-key-id',
  timestamp: 'scantill-timestamp',
  nonce: 'scantill-nonce',
  signature: 'scantill-signature',
} as const

export type SignedParts = {
  readonly keyId: string
  /** Unix time in milliseconds, as decimal digits. */
  readonly timestamp: string
  /** Of the request; an answer repeats it. */
  readonly nonce: string
  readonly method: string
  /** From `/v1` on. */
  readonly path: string
  readonly body: string | Uint8Array
}

const hashOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex')

/** The signing text of a request: seven lines, joined by line feeds, none at the end (docs/backend-api.yaml, "Signing"). */
export function backendRequestText({ keyId, timestamp, nonce, method, path, body }: SignedParts): string {
  return ['scantill-v1-request', keyId, timestamp, nonce, method, path, hashOf(body)].join('\n')
}

/** The signing text of an answer: as the request's, with the HTTP status before the body's hash. */
export function backendAnswerText(parts: SignedParts & { readonly status: number }): string {
  const { keyId, timestamp, nonce, method, path, status, body } = parts
  return ['scantill-v1-answer', keyId, timestamp, nonce, method, path, String(status), hashOf(body)].join('\n')
}

/** HMAC-SHA256 over the text's UTF-8 bytes, as 64 hexadecimal digits in lower case. */
export function backendSignature(text: string, key: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex')
}

/** Whether a signature is that of the text; compared in constant time. Never throws. */
export function backendSignatureMatches(text: string, signature: string, key: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false
  return timingSafeEqual(Buffer.from(signature, 'hex'), Buffer.from(backendSignature(text, key), 'hex'))
}
