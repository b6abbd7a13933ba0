import { X509Certificate } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { assertNever } from '../till/brand.ts'
import type { TrainingKeys } from './authority.ts'
import type { TrainingFault } from './fault.ts'

/** A request that arrived whole, or whose body was longer than the servers read. */
export type Arrival = {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  readonly contentType: string
  /** All headers, their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | 'too-large'
  /** Whether the connection showed the merchant's own certificate of our authority. */
  readonly merchantCertificate: boolean
}

export type Answer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly contentType: string
      /** Headers beside the content type, such as those that sign the body. */
      readonly headers?: Readonly<Record<string, string>>
      readonly body: string
      /** A file in place of the text: what a bill's call answers. */
      readonly bytes?: Uint8Array
      readonly fault: TrainingFault
    }
  /** The connection is cut without a byte of answer. */
  | { readonly kind: 'cut' }

export type Listener = {
  /** `https://127.0.0.1:PORT`, without a slash at its end. */
  readonly origin: string
  /** Ends every connection, also the hanging ones. */
  close(): Promise<void>
}

/** Requests of this product are some kilobytes; more is not read. */
const bodyLimitBytes = 65_536
/** As long as the usual gateways keep an idle connection; shorter than a till's polls would cut one under its hands. */
const keepAliveMs = 75_000
const hugeBodyBytes = 100_000_000

/**
 * Listens with TLS on a free port of 127.0.0.1. A client certificate is asked for, and it is the handler's business
 * whether one is needed. `handle` is synchronous: when it returns, what it changed outlives this process.
 */
export function listen(keys: TrainingKeys, handle: (arrival: Arrival) => Answer): Promise<Listener> {
  const merchantFingerprint = new X509Certificate(keys.merchantCertificate).fingerprint256
  const server = createServer(
    {
      key: keys.serverKey,
      cert: keys.serverCertificate,
      ca: keys.certificateAuthority,
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      keepAliveTimeout: keepAliveMs,
    },
    (request, response) => {
      void serve(request, response, merchantFingerprint, handle)
    },
  )
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      const { port } = server.address() as AddressInfo // a TCP server that listens has one
      resolve({ origin: `https://127.0.0.1:${port}`, close: () => closeServer(server) })
    })
  })
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((problem) => (problem === undefined ? resolve() : reject(problem)))
    server.closeAllConnections()
  })
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  merchantFingerprint: string,
  handle: (arrival: Arrival) => Answer,
): Promise<void> {
  response.on('error', () => response.destroy())
  let body: Uint8Array | 'too-large'
  try {
    body = await readBody(request)
  } catch {
    response.destroy() // the client left in the middle of its request: there is nobody to answer
    return
  }
  const answer = handle({
    method: request.method ?? '',
    target: request.url ?? '',
    contentType: request.headers['content-type'] ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body,
    merchantCertificate: showsMerchantCertificate(request, merchantFingerprint),
  })
  if (answer.kind === 'cut') request.socket.destroy()
  else deliver(response, answer)
}

/** `authorized` says that the certificate is of our authority; the fingerprint, that it is the merchant's. */
const showsMerchantCertificate = ({ socket }: IncomingMessage, fingerprint: string): boolean =>
  socket instanceof TLSSocket && socket.authorized && socket.getPeerX509Certificate()?.fingerprint256 === fingerprint

async function readBody(request: IncomingMessage): Promise<Uint8Array | 'too-large'> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the body was decoded before it was read')
    length += chunk.length
    if (length > bodyLimitBytes) return 'too-large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`

/** An answer in HTML, as a gateway in front of the wallet gives it. */
export function htmlAnswer(status: number, title: string, fault: TrainingFault): Answer {
  return { kind: 'answer', status, contentType: 'text/html', body: page(title), fault }
}

function deliver(response: ServerResponse, answer: Extract<Answer, { readonly kind: 'answer' }>): void {
  const { status, contentType, headers = {}, body, fault } = answer
  const send = (sentStatus: number, sentType: string, content: string | Uint8Array): void => {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
    response.writeHead(sentStatus, { 'Content-Type': sentType, 'Content-Length': bytes.length })
    response.end(bytes)
  }
  switch (fault) {
    case 'hang':
      break
    case 'html':
      send(200, 'text/html', page('网络认证'))
      break
    case 'http-502':
      send(502, 'text/html', page('502 Bad Gateway'))
      break
    case 'doctype':
      send(status, contentType, `<!DOCTYPE xml [<!ENTITY paid "SUCCESS">]>\n${body}`)
      break
    case 'half-answer':
      breakInTheMiddle(response, status, contentType, body)
      break
    case 'huge-body':
      flood(response, status, contentType, body)
      break
    case 'none':
    case 'wrong-signature':
    case 'other-order':
    case 'other-amount':
      response.setHeaders(new Map(Object.entries(headers)))
      send(status, contentType, answer.bytes ?? body) // what these spoil was spoiled while the answer was built
      break
    default:
      assertNever(fault, 'training fault')
  }
}

function breakInTheMiddle(response: ServerResponse, status: number, contentType: string, body: string): void {
  const bytes = Buffer.from(body, 'utf8')
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.length })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

/** The answer and then blanks without end, as fast as the client takes them. */
function flood(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'Content-Type': contentType })
  response.write(body)
  const blanks = Buffer.alloc(65_536, 0x20)
  let left = hugeBodyBytes
  const pour = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= blanks.length
      if (!response.write(blanks)) {
        response.once('drain', pour)
        return
      }
    }
    if (!response.destroyed) response.end()
  }
  pour()
}
