import type { HttpResponse } from '../channels/channel.ts'
import type { QueryOutcome } from '../till/outcome.ts'
import type { AwayReason, Contact } from '../till/reachability.ts'
import type { ExchangeResult } from './ports.ts'

/** When a request began and ended, on the monotonic clock. */
export type ContactTimes = { readonly startedMs: number; readonly endedMs: number }

/** Beyond this the channels refuse requests for their time alone (wechat.md §3.3). */
const clockRefusedMs = 300_000

/** What an exchange told about its channel, before anybody decoded an answer; null when it told nothing. */
export function contactOf(result: ExchangeResult, times: ContactTimes): Contact | null {
  if (result.kind === 'answered') {
    const reason = wrongDoor(result.response)
    return reason === null ? { kind: 'answered', ...times } : { kind: 'failed', reason, ...times }
  }
  const reason = result.kind === 'not-sent' ? notSentReason(result) : noAnswerReason(result.reason)
  return reason === null ? null : { kind: 'failed', reason, ...times }
}

/** What a probe told: an exchange about an order that cannot exist, with its decoded answer. */
export function contactOfProbe(
  result: ExchangeResult,
  outcome: QueryOutcome | null,
  clockOffsetMs: number | null,
  times: ContactTimes,
): Contact | null {
  const contact = contactOf(result, times)
  if (contact?.kind !== 'answered' || outcome === null) return contact
  if (outcome.kind !== 'unknown') return { kind: 'understood', ...times }
  switch (outcome.reason) {
    case 'refused-request': {
      const isClockOff = clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockRefusedMs
      return { kind: 'failed', reason: isClockOff ? 'clock-off' : 'keys-refused', ...times }
    }
    case 'unverifiable-answer':
      return { kind: 'failed', reason: 'unverifiable', ...times }
    case 'unreadable-answer':
    case 'http-status':
      return { kind: 'failed', reason: 'portal-page', ...times }
    default:
      return contact
  }
}

/** The transport's `detail` begins with the code of Node, OpenSSL or undici (transport/result.ts). */
const codeOf = (detail: string): string => /^[A-Z0-9_/]+/.exec(detail)?.[0] ?? ''

const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])

function notSentReason({ reason, detail }: { readonly reason: string; readonly detail: string }): AwayReason | null {
  const code = codeOf(detail)
  if (noRoute.has(code)) return 'no-network'
  // Our own certificate is missing for this one call; that says nothing about the line.
  if (code === 'NO_CLIENT_CERTIFICATE') return null
  switch (reason) {
    case 'dns':
      return 'name-not-resolved'
    case 'tls':
      return code === 'CERT_NOT_YET_VALID' ? 'clock-off' : 'tls'
    case 'connect-timeout':
      return 'timed-out'
    case 'aborted':
      return null
    default:
      return 'refused'
  }
}

function noAnswerReason(reason: string): AwayReason | null {
  if (reason === 'timeout') return 'timed-out'
  if (reason === 'reply-too-large') return 'portal-page'
  return reason === 'aborted' ? null : 'connection-lost'
}

/** Why an answer cannot be the channel's own word; null when it may be. */
function wrongDoor({ status, body }: HttpResponse): AwayReason | null {
  if (status === 511 || status === 407 || (status >= 300 && status < 400)) return 'portal-page'
  if (status >= 500) return 'channel-fault'
  // Not by the content type: Alipay's own answers are declared as text/html.
  const begin = new TextDecoder().decode(body.subarray(0, 512)).trimStart().toLowerCase()
  return begin.startsWith('<') && /<!doctype html|<html/.test(begin) ? 'portal-page' : null
}
