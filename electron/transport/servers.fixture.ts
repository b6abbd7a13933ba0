import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { ConnectionSettings, HttpRequest } from '../channels/channel.ts'
import { writeCertificate } from '../training/certificate.ts'

/** For tests only: servers on loopback that end with their test, and certificates of this run. */

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
const makePair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

export type Authority = {
  readonly certificate: string
  issue(kind: 'server' | 'client', subject: string): { readonly certificate: string; readonly key: string }
}

export function makeAuthority(subject: string): Authority {
  const own = makePair()
  const write = (kind: 'authority' | 'server' | 'client', name: string, { publicKey }: Pair): string =>
    writeCertificate({
      kind,
      subject: name,
      publicKey,
      issuer: { subject, ...own },
      serial: randomBytes(16),
      notBeforeMs: Date.now() - 86_400_000,
      notAfterMs: Date.now() + 86_400_000,
    })
  return {
    certificate: write('authority', subject, own),
    issue(kind, name) {
      const pair = makePair()
      return {
        certificate: write(kind, name, pair),
        key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      }
    },
  }
}

export type Running = { readonly port: number; readonly sockets: Set<Socket>; connections(): number }

const run = async (t: TestContext, server: Server): Promise<Running> => {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a listening TCP server has one
  return { port, sockets, connections: () => connections }
}

export const runHttp = (t: TestContext, listener: RequestListener): Promise<Running> => run(t, createServer(listener))
export const runHttps = (t: TestContext, options: ServerOptions, listener: RequestListener): Promise<Running> =>
  run(t, createSecureServer(options, listener))
export const runRaw = (t: TestContext, listener: (socket: Socket) => void): Promise<Running> =>
  run(t, createPlainServer(listener))

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createPlainServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has one
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const bodyOf = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer) // no encoding was set
  return Buffer.concat(chunks).toString('utf8')
}

export const post = (url: string, clientCertificate = false): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: '<xml>付款</xml>',
  clientCertificate,
})

export const nobody: ConnectionSettings = {}
