import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FailureCode } from './failure-codes.ts'

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Why a request may have nothing, before anything else of it is looked at: the exact `Host` (a page of elsewhere whose name
 * was pointed at 127.0.0.1 sends its own), no `Origin` (only browsers send one, and no page has business here), the
 * bearer token (RFC 6750), compared in constant time. Null lets it in.
 */
export function refusal(
  { headers }: Pick<IncomingMessage, 'headers'>,
  place: { readonly host: string; readonly token: string },
): FailureCode | null {
  if (headers.host !== place.host) return 'wrong-host'
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 'origin-refused'
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digestOf(given), digestOf(place.token)) ? null : 'unauthorised'
}
