import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { TransportResult } from './result.ts'
import { closedPort, nobody, post, runHttp } from './servers.fixture.ts'
import { createTransport, type Transport } from './transport.ts'

const patient = { requestTimeoutMs: 20_000 }
const open = (t: TestContext): Transport => {
  const transport = createTransport()
  t.after(() => transport.close())
  return transport
}
const textOf = (result: TransportResult): string =>
  result.kind === 'answered' ? Buffer.from(result.response.body).toString('utf8') : `${result.kind} ${result.reason}`

test('connections are kept and shared', async (t) => {
  const server = await runHttp(t, (_request, response) => response.end('ok'))
  const transport = open(t)
  for (let count = 0; count < 3; count += 1) {
    assert.equal(textOf(await transport.send({}, post(`http://127.0.0.1:${server.port}/`), patient)), 'ok')
  }
  assert.equal(server.connections(), 1)
})

test('a warm connection is used by the next request, and a dead one is replaced', async (t) => {
  const server = await runHttp(t, (_request, response) => response.end('ok'))
  const transport = open(t)
  const url = `http://127.0.0.1:${server.port}/`
  await transport.warm(nobody, url)
  await transport.warm(nobody, url)
  assert.equal(textOf(await transport.send(nobody, post(url), patient)), 'ok')
  assert.equal(server.connections(), 1)
  await transport.warm(nobody, url)
  assert.equal(server.connections(), 1)

  const other = open(t)
  await other.warm(nobody, url)
  const [socket] = [...server.sockets].slice(-1)
  assert.ok(socket)
  socket.end()
  await once(socket, 'close') // the other side noticed and closed as well
  assert.equal(textOf(await other.send(nobody, post(url), patient)), 'ok')
  await other.warm(nobody, `http://127.0.0.1:${await closedPort()}/`)
})

test('a connection that is warmed while everything closes is closed too', async (t) => {
  const accepted = Promise.withResolvers<Socket>()
  const server = createServer((socket) => accepted.resolve(socket)).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a path
  const transport = open(t)
  const warmed = transport.warm(nobody, `http://127.0.0.1:${port}/`)
  await transport.close()
  await warmed
  const socket = await accepted.promise
  socket.resume()
  if (!socket.readableEnded) await once(socket, 'close')
  assert.equal(socket.bytesRead, 0)
})

test('closing waits for the requests under way and takes no more', async (t) => {
  const held: (() => void)[] = []
  const arrived = Promise.withResolvers<void>()
  const server = await runHttp(t, (_request, response) => {
    held.push(() => response.end('ok'))
    arrived.resolve()
  })
  const transport = createTransport()
  const request = post(`http://127.0.0.1:${server.port}/`)
  const first = transport.send(nobody, request, patient)
  await arrived.promise
  const closing = transport.close()
  assert.equal(textOf(await transport.send(nobody, request, patient)), 'not-sent aborted')
  for (const release of held) release()
  assert.equal(textOf(await first), 'ok')
  await closing
})
