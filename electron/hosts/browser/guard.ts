import type { IncomingMessage } from 'node:http'
import type { BridgePath } from '../../api/wire.ts'
import type { Session } from './session.ts'

export const bridgePath = '/bridge' satisfies BridgePath

/** What a request may have. Every other answer is a refusal with its status. */
export type Verdict =
  /** The one-time ticket was good: to `/`, with the session's cookie. */
  | { readonly kind: 'welcome' }
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'refused'; readonly status: 403 | 405 | 421 }

/** What an upgrade may have. */
export type UpgradeVerdict =
  | { readonly kind: 'bridge' }
  | { readonly kind: 'refused'; readonly status: 403 | 404 | 421 }

/** The address that the host answers to, and no other name of it. */
export type Place = { readonly host: string; readonly origin: string }

/**
 * Judges a page request, in this order: the exact `Host` (a page of elsewhere whose name was pointed at 127.0.0.1 sends
 * its own), the method, then the ticket or the cookie. A `HEAD` cannot use the ticket up.
 */
export function judgeRequest(request: IncomingMessage, place: Place, session: Session): Verdict {
  if (request.headers.host !== place.host) return { kind: 'refused', status: 421 }
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'refused', status: 405 }
  const { path, query } = splitTarget(request.url)
  const ticket = path === '/' ? new URLSearchParams(query).get('ticket') : null
  if (ticket !== null) {
    return request.method === 'GET' && session.redeem(ticket) ? { kind: 'welcome' } : { kind: 'refused', status: 403 }
  }
  return session.holds(request.headers.cookie) ? { kind: 'page', path } : { kind: 'refused', status: 403 }
}

/** Judges a WebSocket's opening request: the exact `Host`, the page's own `Origin`, the cookie, the one path. */
export function judgeUpgrade(request: IncomingMessage, place: Place, session: Session): UpgradeVerdict {
  if (request.headers.host !== place.host) return { kind: 'refused', status: 421 }
  if (request.headers.origin !== place.origin) return { kind: 'refused', status: 403 }
  if (!session.holds(request.headers.cookie)) return { kind: 'refused', status: 403 }
  if (splitTarget(request.url).path !== bridgePath) return { kind: 'refused', status: 404 }
  return { kind: 'bridge' }
}

/** Path and query as they came; `URL` would tidy `..` away before anyone could refuse it. */
function splitTarget(target: string | undefined): { readonly path: string; readonly query: string } {
  const text = target ?? ''
  const mark = text.indexOf('?')
  return mark < 0 ? { path: text, query: '' } : { path: text.slice(0, mark), query: text.slice(mark + 1) }
}
