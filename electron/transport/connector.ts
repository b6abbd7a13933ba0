import type { LookupFunction, Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import type { ConnectionSettings } from '../channels/channel.ts'

/** A connector that can open a connection before there is a request for it. */
export type WarmConnector = {
  readonly connect: buildConnector.connector
  /** Opens one connection to the origin unless one is waiting already; resolves when it is open, or with why it is not. */
  warm(origin: URL): Promise<Error | null>
  close(): void
}

/** How long a connection that was opened early waits for its request. */
const warmLifetimeMs = 30_000
/** Above every connect limit that a caller sets; theirs decide, this one only clears up. */
const connectCeilingMs = 30_000

const secureContextOf = (settings: ConnectionSettings, withClientCertificate: boolean): SecureContext =>
  createSecureContext({
    minVersion: 'TLSv1.2',
    ...(settings.certificateAuthority === undefined ? {} : { ca: settings.certificateAuthority }),
    ...(withClientCertificate && settings.clientCertificate !== undefined
      ? { cert: settings.clientCertificate.certificate, key: settings.clientCertificate.key }
      : {}),
  })

/**
 * Makes the connector of one kind of connection: TLS 1.2 or newer, server certificate and name always checked, HTTP/1.1
 * only, the client certificate only where wanted. Throws what OpenSSL throws for a certificate or key it cannot read.
 */
export function createConnector(
  settings: ConnectionSettings,
  withClientCertificate: boolean,
  lookup: LookupFunction | undefined,
): WarmConnector {
  const open = buildConnector({
    secureContext: secureContextOf(settings, withClientCertificate),
    rejectUnauthorized: true,
    allowH2: false,
    timeout: connectCeilingMs,
    ...(lookup === undefined ? {} : { lookup }),
  })
  const waiting = new Map<string, Socket>()
  let closed = false

  const keyOf = (protocol: string, hostname: string, port: string): string =>
    `${protocol}//${hostname.replace(/^\[|\]$/g, '')}:${port}`

  const take = (key: string): Socket | undefined => {
    const socket = waiting.get(key)
    waiting.delete(key)
    if (socket === undefined || socket.destroyed || !socket.writable || socket.readableEnded) return undefined
    socket.removeAllListeners('timeout')
    socket.setTimeout(0)
    socket.ref()
    return socket
  }

  return {
    connect(options, callback) {
      const ready = take(keyOf(options.protocol, options.hostname, options.port))
      if (ready === undefined) open(options, callback)
      else queueMicrotask(() => callback(null, ready)) // as a real connect: never before it returned
    },
    warm(origin) {
      const key = keyOf(origin.protocol, origin.hostname, origin.port)
      if (waiting.has(key)) return Promise.resolve(null)
      const { protocol, host, hostname, port } = origin
      return new Promise((resolve) => {
        open({ protocol, host, hostname: hostname.replace(/^\[|\]$/g, ''), port }, (error, socket) => {
          if (error === null) keep(key, socket)
          resolve(error)
        })
      })
    },
    close() {
      closed = true
      for (const socket of waiting.values()) socket.destroy()
      waiting.clear()
    },
  }

  function keep(key: string, socket: Socket): void {
    // The handshake may end after everything was closed: nobody would ever take or end this connection.
    if (closed) {
      socket.destroy()
      return
    }
    const forget = (): void => {
      if (waiting.get(key) === socket) waiting.delete(key)
    }
    socket.on('error', forget).on('close', forget).on('end', forget)
    socket.setTimeout(warmLifetimeMs, () => socket.destroy())
    socket.unref()
    waiting.get(key)?.destroy()
    waiting.set(key, socket)
  }
}
