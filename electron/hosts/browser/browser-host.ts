import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { normalize, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { openDoor } from '../door.ts'
import { readPageFile } from '../page-files.ts'
import { pageHeaders } from '../page-policy.ts'
import type { Report, TillService } from '../service.ts'
import { converse, endConversation } from './conversation.ts'
import { judgeRequest, judgeUpgrade, type Place } from './guard.ts'
import { createPresence, type Presence } from './presence.ts'
import { createSeat } from './seat.ts'
import { createSession, type Session } from './session.ts'

export type BrowserHostOptions = {
  readonly service: TillService
  /** The built page. */
  readonly rendererDirectory: string
  readonly report: Report
  /** How long a silent window keeps its seat when another asks for it. */
  readonly probeMs?: number
  /** How long a request may take to arrive; a connection that is slower is ended. */
  readonly requestMs?: number
}

export type BrowserHost = {
  /** Where a window begins; holds the one-time ticket. */
  readonly address: string
  readonly origin: string
  readonly presence: Presence
  /** Ends every connection and stops listening. The service is its owner's to close. */
  close(): Promise<void>
}

const frameBytesMax = 1024 * 1024
const loopback = '127.0.0.1'

/** Serves the page and the bridge on a free port of 127.0.0.1 (design §7, platform.md §4). Rejects when it cannot listen. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { service, report, probeMs = 1500, requestMs = 10_000 } = options
  const rendererDirectory = normalize(resolve(options.rendererDirectory))
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    // Node looks every half a minute otherwise, and the limit would be as coarse.
    connectionsCheckingInterval: requestMs,
  })
  const port = await listen(server)
  const place: Place = { host: `${loopback}:${port}`, origin: `http://${loopback}:${port}` }
  const session = createSession(port)
  const door = openDoor(service, report)
  const seat = createSeat(probeMs)
  const presence = createPresence()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameBytesMax, perMessageDeflate: false })

  server.on('request', (request, response) => {
    void answerRequest(request, response, { place, session, rendererDirectory })
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const verdict = judgeUpgrade(request, place, session)
    if (verdict.kind === 'refused') return refuseUpgrade(stream, verdict.status)
    sockets.handleUpgrade(request, stream, head, async (socket) => {
      // A broken frame or connection is the window's affair: `close` follows, and the window connects again.
      socket.on('error', () => undefined)
      // What the newcomer sends waits until it is seated.
      socket.pause()
      const seating = await seat.offer(socket)
      if (seating === 'seated') {
        presence.arrived()
        socket.once('close', () => presence.left())
        converse(socket, { door, events: service, report })
      }
      if (seating === 'taken') endConversation(socket, { code: 4409, reason: 'another-window' })
      socket.resume()
    })
  })

  return {
    address: `${place.origin}/?ticket=${session.ticket}`,
    origin: place.origin,
    presence,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const socket of sockets.clients) {
        endConversation(socket, { code: 1001, reason: 'stopping' })
        // A window that does not answer the closing handshake must not keep the till from ending.
        setTimeout(() => socket.terminate(), probeMs).unref()
      }
      sockets.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen({ host: loopback, port: 0 }, () => {
      server.off('error', fail)
      const address = server.address()
      if (address === null || typeof address === 'string') return fail(new Error('listening without a port'))
      done(address.port)
    })
  })
}

type Rooms = { readonly place: Place; readonly session: Session; readonly rendererDirectory: string }

async function answerRequest(request: IncomingMessage, response: ServerResponse, rooms: Rooms): Promise<void> {
  const verdict = judgeRequest(request, rooms.place, rooms.session)
  if (verdict.kind === 'welcome') {
    response.writeHead(303, { ...pageHeaders, location: '/', 'set-cookie': rooms.session.setCookie }).end()
    return
  }
  if (verdict.kind === 'refused') return refuse(response, verdict.status)
  const file = await readPageFile(rooms.rendererDirectory, verdict.path)
  if (file.kind === 'outside') return refuse(response, 403)
  if (file.kind === 'missing') return refuse(response, 404)
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': file.contentType,
    'content-length': file.body.byteLength,
  })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

const refusals = {
  403: 'This address is not good any more. Start the till again for a new one.',
  404: 'There is nothing here.',
  405: 'Only GET and HEAD.',
  421: 'The till answers to 127.0.0.1 only.',
} as const

function refuse(response: ServerResponse, status: keyof typeof refusals): void {
  const allow = status === 405 ? { allow: 'GET, HEAD' } : {}
  response.writeHead(status, { ...pageHeaders, ...allow, 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${refusals[status]}\n`)
}

function refuseUpgrade(stream: Duplex, status: 403 | 404 | 421): void {
  const phrase = { 403: 'Forbidden', 404: 'Not Found', 421: 'Misdirected Request' }[status]
  stream.on('error', () => undefined)
  stream.end(`HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
