import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { WebSocket } from 'ws'
import { type FakeTill, fakeTill } from '../fake-till.fixture.ts'
import { type BrowserHost, startBrowserHost } from './browser-host.ts'

export type OpenHost = {
  readonly host: BrowserHost
  readonly till: FakeTill
  readonly reported: readonly string[]
  readonly port: number
  readonly ticket: string
}

/** A host with a fake till and a small page; closed when the test ends. */
export async function openHost(context: TestContext, { probeMs = 60_000, requestMs = 10_000 } = {}): Promise<OpenHost> {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-host-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'page.js'), 'document.title += "!"')
  const till = fakeTill()
  const reported: string[] = []
  const report = (line: string): void => void reported.push(line)
  const host = await startBrowserHost({ service: till, rendererDirectory: folder, report, probeMs, requestMs })
  context.after(async () => {
    await host.close()
    await rm(folder, { recursive: true })
  })
  const address = new URL(host.address)
  return { host, till, reported, port: Number(address.port), ticket: address.searchParams.get('ticket') ?? '' }
}

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

export type Visit = {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request, sent exactly as told: no path is tidied, no cookie is kept. */
export function visit(port: number, { path = '/', method = 'GET', headers = {} }: Visit = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (body += part))
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', fail)
    sent.end()
  })
}

/** Uses the ticket up and answers the `Cookie` header that it earned. */
export async function enter({ port, ticket }: Pick<OpenHost, 'port' | 'ticket'>): Promise<string> {
  const welcome = await visit(port, { path: `/?ticket=${ticket}` })
  assert.equal(welcome.status, 303)
  const cookie = welcome.headers['set-cookie']?.[0]?.split(';')[0]
  assert.ok(cookie)
  return cookie
}

export type WindowOptions = {
  readonly cookie?: string
  readonly origin?: string | null
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  /** False is a window that has gone without saying so. */
  readonly autoPong?: boolean
}

/** A bridge connection as a page of the host makes it, or as an attacker would. */
export function openSocket(port: number, options: WindowOptions = {}): WebSocket {
  const { cookie, origin = `http://127.0.0.1:${port}`, path = '/bridge', headers = {}, autoPong = true } = options
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    headers: { ...headers, ...(cookie === undefined ? {} : { cookie }), ...(origin === null ? {} : { origin }) },
    autoPong,
  })
  socket.on('error', () => undefined)
  return socket
}

/** A connection that the host has given the seat: it was answered. */
export async function openWindow(port: number, options: WindowOptions): Promise<WebSocket> {
  const socket = openSocket(port, options)
  await once(socket, 'open')
  await ask(socket, { id: 0, name: 'till.snapshot', request: null })
  return socket
}

/** The status with which an upgrade was refused. */
export async function refusedUpgrade(socket: WebSocket): Promise<number> {
  socket.once('open', () => socket.emit('unexpected-response', null, { statusCode: 101 }))
  // The event's arguments are `ws`'s own: the request and the response.
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { readonly statusCode: number }]
  socket.terminate()
  return response.statusCode
}

/** The code and reason with which a connection ends. */
export async function closing(socket: WebSocket): Promise<{ readonly code: number; readonly reason: string }> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer] // the event's arguments in `ws`
  return { code, reason: reason.toString() }
}

/** Sends a frame and answers the next message of the host. */
export async function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  const answer = nextMessage(socket)
  socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message))
  return await answer
}

export async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [data] = (await once(socket, 'message')) as [Buffer] // the event's arguments in `ws`
  return JSON.parse(data.toString())
}
