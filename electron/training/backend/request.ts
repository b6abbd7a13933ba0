import {
  type BackendCall,
  type BackendErrorCode,
  backendCalls,
  backendClockWindowMs,
  backendVersion,
} from '../../channels/backend/codes.ts'
import { type JsonFields, readJsonObject } from '../../channels/backend/json.ts'
import {
  backendHeaders,
  backendPath,
  backendRequestText,
  backendSignatureMatches,
} from '../../channels/backend/sign.ts'
import type { Arrival } from '../listener.ts'

/** Who the training back end knows: one till's key. */
export type BackendIdentity = { readonly keyId: string; readonly key: string }

/** Why a request is not carried out; `field` names a header or a member, never a value. */
export type BackendRefusal = {
  readonly code: BackendErrorCode
  readonly field: string
  readonly message: string
}

export type BackendReading =
  | { readonly ok: true; readonly fields: JsonFields }
  | { readonly ok: false; readonly refusal: BackendRefusal; readonly fields: JsonFields | undefined }

/** The call that a path names. A path has neither query nor anything behind the call. */
export function backendCallOf(target: string): BackendCall | undefined {
  return backendCalls.find((call) => backendPath(call) === target)
}

/** The nonces of the last ten minutes; what is older is outside the clock's window anyway. */
export type NonceMemory = {
  /** Remembers a nonce; false when it was there before. */
  spend(nonce: string, wallMs: number): boolean
}

export function openNonceMemory(): NonceMemory {
  const seen = new Map<string, number>()
  return {
    spend(nonce, wallMs) {
      for (const [old, atMs] of seen) if (wallMs - atMs > 2 * backendClockWindowMs) seen.delete(old)
      if (seen.has(nonce)) return false
      seen.set(nonce, wallMs)
      return true
    },
  }
}

const headerOf = (arrival: Arrival, name: keyof typeof backendHeaders): string =>
  arrival.headers[backendHeaders[name]] ?? ''

const refuse = (code: BackendErrorCode, field: string, message: string): BackendRefusal => ({ code, field, message })

/** The refusals that cannot be signed: whose key it is must be certain first. */
function keyRefusal(arrival: Arrival, path: string, { keyId, key }: BackendIdentity): BackendRefusal | undefined {
  if (headerOf(arrival, 'keyId') !== keyId) return refuse('unknown-key', backendHeaders.keyId, 'no such key id')
  const nonce = headerOf(arrival, 'nonce')
  const timestamp = headerOf(arrival, 'timestamp')
  // Both stand in lines of their own, so a line feed in them would let one text be read as another.
  const isFormed = /^\d{13}$/.test(timestamp) && /^[A-Za-z0-9]{16,64}$/.test(nonce)
  const { body, method } = arrival
  const isSigned =
    isFormed &&
    body !== 'too-large' &&
    backendSignatureMatches(
      backendRequestText({ keyId, timestamp, nonce, method, path, body }),
      headerOf(arrival, 'signature'),
      key,
    )
  return isSigned ? undefined : refuse('bad-signature', backendHeaders.signature, 'the signature does not match')
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const readBody = (body: Arrival['body']): JsonFields | undefined => {
  if (body === 'too-large') return undefined
  try {
    return readJsonObject(utf8.decode(body))
  } catch {
    return undefined
  }
}

/** Checks key, signature, clock, nonce, form and version, in this order (docs/backend-api.yaml, "Order of checks"). */
export function readBackendRequest(
  arrival: Arrival,
  call: BackendCall,
  identity: BackendIdentity,
  nonces: NonceMemory,
  wallMs: number,
): BackendReading {
  const fields = readBody(arrival.body)
  const refusal = keyRefusal(arrival, backendPath(call), identity) ?? signedRefusal(arrival, fields, nonces, wallMs)
  if (refusal !== undefined) return { ok: false, refusal, fields }
  return fields === undefined
    ? { ok: false, refusal: refuse('bad-request', 'body', 'the body is not one JSON object'), fields }
    : { ok: true, fields }
}

function signedRefusal(
  arrival: Arrival,
  fields: JsonFields | undefined,
  nonces: NonceMemory,
  wallMs: number,
): BackendRefusal | undefined {
  if (Math.abs(Number(headerOf(arrival, 'timestamp')) - wallMs) > backendClockWindowMs) {
    return refuse('clock-off', backendHeaders.timestamp, 'the clocks are more than five minutes apart')
  }
  if (!nonces.spend(headerOf(arrival, 'nonce'), wallMs)) {
    return refuse('nonce-used', backendHeaders.nonce, 'this nonce came before')
  }
  if (!/^application\/json\s*(;\s*charset=utf-8)?$/i.test(arrival.contentType)) {
    return refuse('bad-request', 'content-type', 'the content type is not application/json')
  }
  if (fields === undefined) return refuse('bad-request', 'body', 'the body is not one JSON object')
  const version = fields.text('version')
  if (version === undefined) return refuse('bad-request', 'version', 'version is missing')
  return version === backendVersion ? undefined : refuse('unsupported-version', 'version', 'this is version 1.0')
}
