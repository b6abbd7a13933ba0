import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Language } from '../api/language.ts'
import type { SaleId } from '../till/ids.ts'
import { CollectionStoreTrouble } from './collection-store.ts'
import type { Collections } from './collections.ts'
import { type EventStream, lastIdOf, streamChanges } from './event-stream.ts'
import { failureBody, type PosFailure, type PosResult } from './failure.ts'
import { failureStatuses } from './failure-codes.ts'
import { refusal } from './guard.ts'
import { referenceForm } from './names.ts'
import { readBody } from './read-body.ts'
import { readCollection, readRefund } from './requests.ts'

export type PosServerParts = {
  readonly collections: Collections
  readonly token: string
  readonly port: number
  readonly language: Language
  /** What `GET /health` says. */
  readonly health: () => PosHealth
  /** Told of an error in the program, which must not name a request's content. */
  readonly onBug: (error: unknown) => void
  /** How long a request may take to arrive; the usual figures where it is left out. */
  readonly limits?: Partial<typeof usualLimits>
}

export type PosHealth = {
  readonly ready: boolean
  readonly training: boolean
  readonly locked: boolean
  readonly store: string
  readonly till: string
  readonly version: string
}

export type PosServer = {
  readonly url: string
  /** A collection of this sale may have changed. */
  changed(saleId: SaleId): void
  close(): Promise<void>
}

/** A shop has one POS or a few; more is a fault or an attack. */
export const mostConnections = 32
export const mostStreams = 8

const mostClosingMs = 2_000

const usualLimits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 8 * 1024,
  connectionsCheckingInterval: 1_000,
} satisfies ServerOptions

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

/** Serves the interface of docs/pos-api.yaml on 127.0.0.1 and on nothing else. Rejects where the port cannot be had. */
export async function startPosServer(parts: PosServerParts): Promise<PosServer> {
  const { collections, token, language, health, onBug } = parts
  const streams = new Map<EventStream, SaleId>()
  let host = ''

  const failure = (said: PosFailure): Answer => ({
    status: failureStatuses[said.code],
    body: failureBody(said, language),
    headers: said.waitMs === undefined ? {} : { 'retry-after': String(Math.ceil(said.waitMs / 1_000)) },
  })
  const answerOf = <Value>(
    result: PosResult<Value>,
    status: (value: Value) => number,
    body: (value: Value) => unknown,
  ) => (result.ok ? { status: status(result.value), body: body(result.value) } : failure(result.failure))
  const created = <View>(result: PosResult<{ readonly isNew: boolean; readonly view: View }>): Answer =>
    answerOf(
      result,
      ({ isNew }) => (isNew ? 201 : 200),
      ({ view }) => view,
    )
  const shown = <View>(result: PosResult<View>): Answer =>
    answerOf(
      result,
      () => 200,
      (view) => view,
    )

  const posted = async <Wanted>(
    request: IncomingMessage,
    read: (body: unknown) => PosResult<Wanted>,
    act: (wanted: Wanted) => Promise<Answer>,
  ): Promise<Answer> => {
    const body = await readBody(request)
    if (!body.ok) return failure(body.failure)
    const wanted = read(body.value)
    return wanted.ok ? act(wanted.value) : failure(wanted.failure)
  }

  const follow = async (request: IncomingMessage, response: ServerResponse, reference: string) => {
    if (streams.size >= mostStreams) return failure({ code: 'too-many-streams' })
    const first = await collections.changes(reference)
    if (!first.ok) return failure(first.failure)
    const lastId = lastIdOf(request.headers['last-event-id'])
    const last = first.value.at(-1)
    // 204 tells an event source not to come again: it has heard the end.
    if (last?.standing.final === true && last.id <= lastId) return { status: 204, body: null }
    if (response.destroyed) return null
    const stream = streamChanges(
      response,
      lastId,
      () => collections.changes(reference),
      () => streams.delete(stream),
    )
    streams.set(stream, collections.saleOf(reference))
    return null
  }

  /** The answer; null where the response is a stream now. */
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<Answer | null> => {
    const refused = refusal(request, { host, token })
    if (refused !== null) return failure({ code: refused })
    const { method } = request
    const [first = '', name, act, ...more] = (request.url ?? '').slice(1).split('/')
    if (first === 'health' && name === undefined) {
      return method === 'GET' ? { status: 200, body: health() } : failure({ code: 'method-not-allowed' })
    }
    if (first !== 'collections' || more.length > 0) return failure({ code: 'no-such-address' })
    if (name === undefined) {
      if (method !== 'POST') return failure({ code: 'method-not-allowed' })
      return posted(request, readCollection, async (wanted) => created(await collections.open(wanted)))
    }
    if (!referenceForm.test(name)) return failure({ code: 'bad-request', field: 'reference' })
    switch (act) {
      case undefined:
        return method === 'GET' ? shown(await collections.view(name)) : failure({ code: 'method-not-allowed' })
      case 'events':
        return method === 'GET' ? follow(request, response, name) : failure({ code: 'method-not-allowed' })
      case 'cancel':
        if (method !== 'POST') return failure({ code: 'method-not-allowed' })
        return posted(
          request,
          () => ({ ok: true, value: null }),
          async () => shown(await collections.cancel(name)),
        )
      case 'refunds':
        if (method !== 'POST') return failure({ code: 'method-not-allowed' })
        return posted(
          request,
          (body) => readRefund(name, body),
          async (wanted) => created(await collections.refund(wanted)),
        )
      default:
        return failure({ code: 'no-such-address' })
    }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let said: Answer | null
    try {
      said = await route(request, response)
    } catch (error) {
      const isDisk = error instanceof CollectionStoreTrouble
      if (!isDisk) onBug(error)
      said = failure(isDisk ? { code: 'ledger-trouble', reason: 'disk-error' } : { code: 'bug' })
    }
    if (said === null || response.headersSent || response.destroyed) return
    // What was not read of a refused body must not be taken for the next request.
    const headers = request.complete ? said.headers : { ...said.headers, connection: 'close' }
    response.writeHead(said.status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    response.end(said.body === null ? undefined : `${JSON.stringify(said.body)}\n`)
  }

  const server = createServer(
    { ...usualLimits, ...parts.limits },
    (request, response) => void answer(request, response),
  )
  // What is no request, or none that ends: Node has no response object for it.
  server.on('clientError', (error, socket) => {
    const isLate = 'code' in error && error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    const { status, body } = failure(isLate ? { code: 'body-not-whole' } : { code: 'bad-request', field: '' })
    const text = `${JSON.stringify(body)}\n`
    const reason = isLate ? 'Request Timeout' : 'Bad Request'
    const head = [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
    ]
    if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: parts.port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject)
      server.on('error', onBug)
      resolve()
    })
  })
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  host = `127.0.0.1:${port}`

  return {
    url: `http://${host}`,
    changed(saleId) {
      for (const [stream, followed] of streams) if (followed === saleId) stream.look()
    },
    close: () =>
      new Promise((resolve) => {
        for (const stream of streams.keys()) stream.close()
        server.close(() => resolve())
        server.closeIdleConnections()
        // Whoever sends no end of a request loses nothing: the reference tells everything after the next start.
        setTimeout(() => server.closeAllConnections(), mostClosingMs).unref()
      }),
  }
}
