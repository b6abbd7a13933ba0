import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { HttpRequest } from '../channels/channel.ts'
import type { TransportResult } from './result.ts'
import { bodyOf, makeAuthority, nobody, post, runHttp, runHttps, runRaw } from './servers.fixture.ts'
import { createTransport, type Transport } from './transport.ts'

// "Not sent" is a promise about money: whoever hears it may say that nobody was charged. So for each way to hear it the
// other side writes down every byte that it got, and the request's own words must never be among them, then or later.

const marker = 'AUTHCODE-OF-THIS-TEST'
const marked = (url: string): HttpRequest => ({ ...post(`${url}?mark=${marker}`), body: marker })
const patient = { requestTimeoutMs: 20_000 }
const named = (result: TransportResult): string =>
  result.kind === 'answered' ? `answered ${result.response.status}` : `${result.kind} ${result.reason}`
const open = (t: TestContext): Transport => {
  const transport = createTransport()
  t.after(() => transport.close())
  return transport
}
/** A server that writes down what it gets, and does no more than `answers` says. */
async function listening(t: TestContext, answer: 'nothing' | 'no-tls' | 'destroys' | 'ends') {
  const got: Buffer[] = []
  const server = await runRaw(t, (socket) => {
    socket.on('data', (chunk) => {
      got.push(chunk)
      if (answer === 'no-tls') socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
      if (answer === 'destroys') socket.resetAndDestroy()
      if (answer === 'ends') socket.end()
    })
  })
  return { port: server.port, bytes: () => Buffer.concat(got) }
}

for (const [answer, reason] of [
  ['nothing', 'connect-timeout'],
  ['no-tls', 'tls'],
  ['destroys', 'tls'],
  ['ends', 'tls'],
] as const) {
  test(`a handshake that never ends well (${answer}) lets no byte of the request through`, async (t) => {
    const server = await listening(t, answer)
    const limits = { ...patient, connectTimeoutMs: answer === 'nothing' ? 100 : 5_000 }
    const result = await open(t).send(nobody, marked(`https://127.0.0.1:${server.port}/`), limits)
    assert.equal(named(result), `not-sent ${reason}`)
    // It did hear of us, so that "nothing arrived" is no accident of a wrong address.
    assert.ok(answer === 'nothing' || server.bytes().length > 0)
    assert.ok(!server.bytes().includes(marker))
  })
}

test('a certificate that is not trusted lets no byte of the request through', async (t) => {
  const { certificate, key } = makeAuthority('Strange authority').issue('server', '127.0.0.1')
  const seen: string[] = []
  const server = await runHttps(t, { cert: certificate, key }, async (request, response) => {
    seen.push(`${request.url} ${await bodyOf(request)}`)
    response.end('ok')
  })
  const trusted = { certificateAuthority: makeAuthority('Test authority').certificate }
  const result = await open(t).send(trusted, marked(`https://127.0.0.1:${server.port}/`), patient)
  assert.equal(named(result), 'not-sent tls')
  assert.deepEqual(seen, [])
  assert.equal(server.connections(), 1)
})

test('a request that waits for a free connection until its time is up is never sent, also when one becomes free', async (t) => {
  const seen: string[] = []
  const held: (() => void)[] = []
  const all = Promise.withResolvers<void>()
  const server = await runHttp(t, async (request, response) => {
    const body = await bodyOf(request)
    seen.push(body)
    if (body === 'last') response.end('ok')
    else held.push(() => response.end('ok'))
    if (held.length === 16) all.resolve()
  })
  const transport = open(t)
  const url = `http://127.0.0.1:${server.port}/`
  const busy = Array.from({ length: 16 }, () => transport.send(nobody, { ...post(url), body: 'busy' }, patient))
  await all.promise
  const waiting = await transport.send(nobody, marked(url), { ...patient, connectTimeoutMs: 50 })
  assert.equal(named(waiting), 'not-sent connect-timeout')
  const aborter = new AbortController()
  const aborted = transport.send(nobody, marked(url), patient, aborter.signal)
  aborter.abort()
  assert.equal(named(await aborted), 'not-sent aborted')
  for (const release of held) release()
  assert.deepEqual(
    (await Promise.all(busy)).map(named),
    Array.from({ length: 16 }, () => 'answered 200'),
  )
  assert.equal(named(await transport.send(nobody, { ...post(url), body: 'last' }, patient)), 'answered 200')
  assert.equal(seen.filter((body) => body.includes(marker)).length, 0)
})

test('a connection that was kept and then died is never "not sent": the request may have been read', async (t) => {
  let requests = 0
  const server = await runRaw(t, (socket) => {
    socket.on('data', () => {
      requests += 1
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      else socket.destroy()
    })
  })
  const transport = open(t)
  const url = `http://127.0.0.1:${server.port}/`
  assert.equal(named(await transport.send(nobody, post(url), patient)), 'answered 200')
  assert.equal(named(await transport.send(nobody, marked(url), patient)), 'no-answer connection-lost')
})

test('opening a connection ahead of time says why it could not, and nothing of a request leaves by it', async (t) => {
  const transport = open(t)
  const server = await listening(t, 'no-tls')
  const failed = await transport.warm(nobody, `https://127.0.0.1:${server.port}/?mark=${marker}`)
  assert.deepEqual([failed?.kind, failed?.reason], ['not-sent', 'tls'])
  assert.ok(!server.bytes().includes(marker))
  const alive = await runHttp(t, (_request, response) => response.end('ok'))
  assert.equal(await transport.warm(nobody, `http://127.0.0.1:${alive.port}/`), null)
})
