import type { HttpResponse } from '../channels/channel.ts'
import { assertNever } from '../till/brand.ts'
import type { UnknownReason } from '../till/outcome.ts'

/** Nothing of the request left this machine: it may be sent again without any doubt. */
export type NotSent = {
  readonly kind: 'not-sent'
  readonly reason: 'refused' | 'dns' | 'tls' | 'connect-timeout' | 'aborted'
  readonly detail: string
}

/** The request was, or may have been, written; whether it was processed nobody knows. */
export type NoAnswer = {
  readonly kind: 'no-answer'
  readonly reason: 'timeout' | 'connection-lost' | 'reply-too-large' | 'aborted'
  readonly detail: string
}

/**
 * What came of one request. `detail` is for logs: an error's code and the origin, never a path's query, a header, a
 * body or a key.
 */
export type TransportResult = { readonly kind: 'answered'; readonly response: HttpResponse } | NotSent | NoAnswer

/** The order rules' word for a request without an answer (outcome.ts, UnknownReason). */
export function unknownReasonOf(result: NotSent | NoAnswer): UnknownReason {
  if (result.kind === 'not-sent') return 'not-reachable'
  const { reason } = result
  switch (reason) {
    case 'timeout':
    case 'connection-lost':
    case 'aborted':
      return 'no-answer'
    case 'reply-too-large':
      return 'unreadable-answer'
    default:
      return assertNever(reason, 'transport result')
  }
}

/** The code of a Node, OpenSSL or undici error; short, and free of what was sent. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_/]{1,64}$/.test(code) ? code : 'UNKNOWN'
}

/** Names the failure of a connection that was never made; the codes are those of Node, OpenSSL and undici. */
export function notSentReason(error: unknown): NotSent['reason'] {
  const code = errorCode(error)
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns'
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'connect-timeout'
  if (code === 'UND_ERR_ABORTED' || code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') return 'aborted'
  // A connection that was made and then broke while nothing of the request was written: the handshake failed.
  const isHandshake = error instanceof Error && 'syscall' in error && error.syscall !== 'connect'
  const isEarlyEnd = error instanceof Error && error.message.includes('secure TLS connection')
  if (isEarlyEnd || code === 'EPROTO' || (code === 'ECONNRESET' && isHandshake)) return 'tls'
  return code === 'UNKNOWN' || code.startsWith('UND_ERR_') || /^E[A-Z0-9]+$/.test(code) ? 'refused' : 'tls'
}
