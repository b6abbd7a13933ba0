import { createHash } from 'node:crypto'
import type { LookupFunction } from 'node:net'
import { Pool } from 'undici'
import type { ConnectionSettings, HttpRequest } from '../channels/channel.ts'
import { createConnector, type WarmConnector } from './connector.ts'
import { exchange, type OnWire } from './exchange.ts'
import { isAllowedAddress } from './origin.ts'
import { errorCode, type NotSent, notSentReason, type TransportResult } from './result.ts'

export type RequestLimits = {
  /** From the call to the last byte of the answer. */
  readonly requestTimeoutMs: number
  /** From the call to the moment the request can be written; 5 s unless given. */
  readonly connectTimeoutMs?: number
  /** Longest answer that is taken, in bytes; 1 MiB unless given. It is cut off there, never held. */
  readonly replyBytesMax?: number
}

export type Transport = {
  /**
   * Sends one request once, and never throws: an answer of any status, `not-sent` when nothing left the machine, or
   * `no-answer`. Redirects are not followed and nothing is repeated; only where nothing left this machine is the
   * connection's `backupOrigin` tried once.
   */
  send(
    connection: ConnectionSettings,
    request: HttpRequest,
    limits: RequestLimits,
    signal?: AbortSignal,
    onWire?: OnWire,
  ): Promise<TransportResult>
  /**
   * Opens a connection to a request's address ahead of time. Failing at that is no failure of any request; the answer
   * says why, null when a connection is there.
   */
  warm(
    connection: ConnectionSettings,
    url: string,
    options?: { readonly clientCertificate?: boolean },
  ): Promise<NotSent | null>
  /** Takes no more requests and resolves when those under way have ended, each within its own limits. */
  close(): Promise<void>
}

export type TransportOptions = {
  /** Name resolution; the system's unless given. */
  readonly lookup?: LookupFunction
}

type Route = { readonly pool: Pool; readonly connector: WarmConnector }

const defaultConnectTimeoutMs = 5_000
const defaultReplyBytesMax = 1_048_576
/** How long an idle connection is kept when the server does not say; a server's shorter hint is kept to. */
const keepAliveMs = 30_000
const connectionsPerOrigin = 16

/** The one HTTP client: keep-alive connections per channel settings, TLS rules, limits (design §2, §9). */
export function createTransport(options: TransportOptions = {}): Transport {
  const routes = new Map<string, Route>()
  const underWay = new Set<Promise<TransportResult>>()
  let closed = false

  const routeTo = (connection: ConnectionSettings, origin: URL, withClientCertificate: boolean): Route => {
    const key = routeKey(connection, origin, withClientCertificate)
    const known = routes.get(key)
    if (known !== undefined) return known
    const connector = createConnector(connection, withClientCertificate, options.lookup)
    const pool = new Pool(origin.origin, {
      connect: connector.connect,
      connections: connectionsPerOrigin,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      headersTimeout: 0,
      bodyTimeout: 0,
      allowH2: false,
    })
    const route = { pool, connector }
    routes.set(key, route)
    return route
  }

  const sendOnce: Transport['send'] = async (connection, request, limits, signal, onWire) => {
    const refusal = closed ? refuse('aborted', 'CLOSED') : refusalOf(connection, request)
    if (refusal !== undefined) return refusal
    const url = new URL(request.url)
    const route = attempt(() => routeTo(connection, url, request.clientCertificate))
    if (route === undefined) return refuse('tls', `UNUSABLE_CERTIFICATE at ${url.origin}`)
    const pending = exchange(
      route.pool,
      {
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.method === 'GET' && request.body === '' ? null : request.body,
      },
      {
        requestTimeoutMs: limits.requestTimeoutMs,
        connectTimeoutMs: limits.connectTimeoutMs ?? defaultConnectTimeoutMs,
        replyBytesMax: limits.replyBytesMax ?? defaultReplyBytesMax,
      },
      url.origin,
      signal,
      onWire,
    )
    underWay.add(pending)
    return pending.finally(() => underWay.delete(pending))
  }

  return {
    async send(connection, request, limits, signal, onWire) {
      const startedMs = performance.now()
      const result = await sendOnce(connection, request, limits, signal, onWire)
      const { backupOrigin } = connection
      if (backupOrigin === undefined || result.kind !== 'not-sent' || !isUnreachable(result)) return result
      // Nothing of it left this machine: the very same request may go to the other address, within the same time.
      const leftMs = limits.requestTimeoutMs - (performance.now() - startedMs)
      if (closed || leftMs <= 0) return result
      const { pathname, search } = new URL(request.url)
      const again = { ...request, url: `${new URL(backupOrigin).origin}${pathname}${search}` }
      return sendOnce(connection, again, { ...limits, requestTimeoutMs: Math.ceil(leftMs) }, signal, onWire)
    },
    async warm(connection, url, warmOptions) {
      if (closed) return refuse('aborted', 'CLOSED')
      if (!isAllowedAddress(url)) return refuse('refused', 'ADDRESS_NOT_ALLOWED')
      const origin = new URL(url)
      const route = attempt(() => routeTo(connection, origin, warmOptions?.clientCertificate ?? false))
      if (route === undefined) return refuse('tls', `UNUSABLE_CERTIFICATE at ${origin.origin}`)
      if (route.pool.stats.free > 0) return null
      const failed = await route.connector.warm(origin)
      return failed === null ? null : refuse(notSentReason(failed), `${errorCode(failed)} at ${origin.origin}`)
    },
    async close() {
      closed = true
      await Promise.all(underWay)
      for (const { connector } of routes.values()) connector.close()
      await Promise.all([...routes.values()].map(({ pool }) => pool.destroy()))
    },
  }
}

/** The address could not be reached; certificates that do not fit are no reason to try another. */
const isUnreachable = ({ reason }: NotSent): boolean =>
  reason === 'dns' || reason === 'refused' || reason === 'connect-timeout'

const refuse = (reason: NotSent['reason'], detail: string): NotSent => ({ kind: 'not-sent', reason, detail })

/** What must not be sent at all: plain http to another machine, or an mTLS call without its certificate. */
const refusalOf = (connection: ConnectionSettings, request: HttpRequest): NotSent | undefined => {
  if (!isAllowedAddress(request.url)) return refuse('refused', 'ADDRESS_NOT_ALLOWED')
  const { protocol, origin } = new URL(request.url)
  const lacksCertificate = request.clientCertificate && connection.clientCertificate === undefined
  return lacksCertificate && protocol === 'https:' ? refuse('tls', `NO_CLIENT_CERTIFICATE at ${origin}`) : undefined
}

const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** Requests share connections when address, authority and certificate are the same; the key holds no secret. */
const routeKey = (connection: ConnectionSettings, origin: URL, withClientCertificate: boolean): string => {
  const { certificateAuthority = '', clientCertificate } = connection
  const identity = withClientCertificate ? [clientCertificate?.certificate ?? '', clientCertificate?.key ?? ''] : []
  const digest = createHash('sha256')
    .update(JSON.stringify([certificateAuthority, identity]))
    .digest('hex')
  return `${origin.origin} ${digest}`
}
