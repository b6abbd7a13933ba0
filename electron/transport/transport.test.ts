import assert from 'node:assert/strict'
import type { LookupFunction } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { TransportResult } from './result.ts'
import { bodyOf, closedPort, nobody, post, runHttp, runRaw } from './servers.fixture.ts'
import { createTransport, type Transport, type TransportOptions } from './transport.ts'

const patient = { requestTimeoutMs: 20_000 }
/** For servers that never answer; nothing waits longer than this. */
const hasty = { requestTimeoutMs: 40 }

const open = (t: TestContext, options: TransportOptions = {}): Transport => {
  const transport = createTransport(options)
  t.after(() => transport.close())
  return transport
}
const named = (result: TransportResult): string =>
  result.kind === 'answered' ? `answered ${result.response.status}` : `${result.kind} ${result.reason}`
const textOf = (result: TransportResult): string =>
  result.kind === 'answered' ? Buffer.from(result.response.body).toString('utf8') : named(result)

test('an answer comes with status, lower-case header names and its bytes', async (t) => {
  const server = await runHttp(t, async (request, response) => {
    const echo = `${request.method} ${request.url} ${request.headers['content-type']} ${await bodyOf(request)}`
    response.writeHead(201, { 'X-Trace': 'abc' }).end(echo)
  })
  const result = await open(t).send(nobody, post(`http://127.0.0.1:${server.port}/pay?sign=a%2Bb`), patient)
  assert.ok(result.kind === 'answered')
  assert.equal(result.response.status, 201)
  assert.equal(result.response.headers['x-trace'], 'abc')
  assert.equal(textOf(result), 'POST /pay?sign=a%2Bb text/xml; charset=utf-8 <xml>付款</xml>')
  assert.ok(result.response.body instanceof Uint8Array)
})

test('statuses and pages are answers; redirects are not followed', async (t) => {
  const seen: (string | undefined)[] = []
  const server = await runHttp(t, (request, response) => {
    seen.push(request.url)
    const status = Number(request.url?.slice(1))
    response.writeHead(status, { location: '/200' }).end('<html>')
  })
  const transport = open(t)
  for (const status of [200, 202, 302, 404, 500, 503]) {
    const result = await transport.send(nobody, post(`http://127.0.0.1:${server.port}/${status}`), patient)
    assert.equal(named(result), `answered ${status}`)
  }
  assert.deepEqual(seen, ['/200', '/202', '/302', '/404', '/500', '/503'])
})

test('when no connection is made, nothing was sent, and the reason says why', async (t) => {
  const unknownHost: LookupFunction = (hostname, _options, callback) =>
    callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), '', 4)
  const silentLookup: LookupFunction = () => {}
  const url = 'https://pay.example.invalid/pay?sign=secret'
  const refused = await open(t).send(nobody, post(`http://127.0.0.1:${await closedPort()}/?sign=secret`), patient)
  assert.equal(named(refused), 'not-sent refused')
  const lost = await open(t, { lookup: unknownHost }).send(nobody, post(url), patient)
  assert.equal(named(lost), 'not-sent dns')
  const late = await open(t, { lookup: silentLookup }).send(nobody, post(url), { ...patient, connectTimeoutMs: 20 })
  assert.equal(named(late), 'not-sent connect-timeout')
  const never = await open(t, { lookup: silentLookup }).send(nobody, post(url), hasty)
  assert.equal(named(never), 'not-sent connect-timeout')
  for (const result of [refused, lost, late, never]) {
    assert.ok(result.kind === 'not-sent')
    assert.match(result.detail, /^[A-Z_]+ at https?:\/\/[a-z0-9.:]+$/)
  }
})

test('plain http leaves this machine for nobody, and other schemes not at all', async (t) => {
  const transport = open(t)
  const urls = [
    'http://pay.example.invalid/',
    'http://10.0.0.1/',
    'http://127.0.0.1.example.invalid/',
    'http://localhost.example.invalid/',
    'http://[::2]/',
    'ftp://127.0.0.1/',
    'no url',
  ]
  for (const url of urls) assert.equal(named(await transport.send(nobody, post(url), patient)), 'not-sent refused', url)
})

test('a server that takes the request and never answers is a time-out', async (t) => {
  const arrived: string[] = []
  const server = await runHttp(t, async (request) => {
    arrived.push(await bodyOf(request))
  })
  const transport = open(t)
  await transport.warm(nobody, `http://127.0.0.1:${server.port}/`) // so that no slow connect can use the time up
  const result = await transport.send(nobody, post(`http://127.0.0.1:${server.port}/?sign=secret`), hasty)
  assert.equal(named(result), 'no-answer timeout')
  assert.ok(result.kind === 'no-answer')
  assert.doesNotMatch(result.detail, /secret/)
  assert.ok(arrived.length <= 1)
})

test('a connection that breaks at any point after connecting is a lost one, and nothing is sent twice', async (t) => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n'
  const stories: readonly string[] = ['', 'HTTP/1.1 20', head, `${head}half`]
  for (const story of stories) {
    let requests = 0
    const server = await runRaw(t, (socket) => {
      socket.once('data', () => {
        requests += 1
        socket.end(story)
      })
    })
    const result = await open(t).send(nobody, post(`http://127.0.0.1:${server.port}/`), patient)
    assert.equal(named(result), 'no-answer connection-lost', story)
    assert.equal(requests, 1)
    assert.equal(server.connections(), 1)
  }
})

test('a reset before and after the request is a lost connection, also on one that was kept', async (t) => {
  const early = await runRaw(t, (socket) => socket.resetAndDestroy())
  assert.match(
    named(await open(t).send(nobody, post(`http://127.0.0.1:${early.port}/`), patient)),
    /^(?:no-answer connection-lost|not-sent refused)$/,
  )
  let requests = 0
  const kept = await runRaw(t, (socket) => {
    socket.on('data', () => {
      requests += 1
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      else socket.resetAndDestroy()
    })
  })
  const transport = open(t)
  const request = post(`http://127.0.0.1:${kept.port}/`)
  assert.equal(textOf(await transport.send(nobody, request, patient)), 'ok')
  assert.equal(named(await transport.send(nobody, request, patient)), 'no-answer connection-lost')
  assert.equal(requests, 2)
  assert.equal(kept.connections(), 1)
})

test('what is no HTTP is a lost connection', async (t) => {
  const server = await runRaw(t, (socket) =>
    socket.once('data', () => socket.end('220 mail.example.invalid ESMTP\r\n')),
  )
  const result = await open(t).send(nobody, post(`http://127.0.0.1:${server.port}/`), patient)
  assert.equal(named(result), 'no-answer connection-lost')
})

test('a reply of 100 MB is cut off at the limit, announced or not', async (t) => {
  const megabyte = Buffer.alloc(1_048_576, 120)
  for (const announced of [true, false]) {
    let written = 0
    const server = await runHttp(t, (_request, response) => {
      response.writeHead(200, announced ? { 'content-length': 100 * megabyte.length } : {})
      const more = (): void => {
        while (written < 100 && !response.destroyed) {
          written += 1
          if (!response.write(megabyte)) return
        }
        response.end()
      }
      response.on('drain', more).on('error', () => {})
      more()
    })
    const result = await open(t).send(nobody, post(`http://127.0.0.1:${server.port}/`), patient)
    assert.equal(named(result), 'no-answer reply-too-large')
    assert.ok(written < 50, `${written} MB were written`)
  }
})

test('a reply of just the limit is whole, one byte more is too much', async (t) => {
  const server = await runHttp(t, (request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))))
  const transport = open(t)
  const limits = { ...patient, replyBytesMax: 1_000 }
  const ask = (bytes: number): Promise<TransportResult> =>
    transport.send(nobody, post(`http://127.0.0.1:${server.port}/${bytes}`), limits)
  assert.equal(textOf(await ask(1_000)).length, 1_000)
  assert.equal(named(await ask(1_001)), 'no-answer reply-too-large')
  assert.equal(textOf(await ask(10)).length, 10)
})

test('an abort before the request is written sends nothing, one after it is no answer', async (t) => {
  const server = await runHttp(t, (request) => request.resume())
  const transport = open(t)
  const url = `http://127.0.0.1:${server.port}/`
  assert.equal(named(await transport.send(nobody, post(url), patient, AbortSignal.abort())), 'not-sent aborted')
  const stop = new AbortController()
  let release: () => void = () => {}
  const lookup: LookupFunction = (_hostname, options, callback) => {
    release = () =>
      options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)
    stop.abort()
  }
  const early = open(t, { lookup }).send(nobody, post(`http://localhost:${server.port}/`), patient, stop.signal)
  assert.equal(named(await early), 'not-sent aborted')
  assert.equal(server.connections(), 0)
  release()
  const second = await runRaw(t, (socket) => void socket.once('data', () => late.abort()))
  const late = new AbortController()
  const aborted = await transport.send(nobody, post(`http://127.0.0.1:${second.port}/`), patient, late.signal)
  assert.equal(named(aborted), 'no-answer aborted')
})

test('what was reported as not sent is never sent afterwards', async (t) => {
  const arrived: string[] = []
  const server = await runHttp(t, async (request, response) => {
    arrived.push(await bodyOf(request))
    response.end('ok')
  })
  let release: () => void = () => {}
  const lookup: LookupFunction = (_hostname, options, callback) => {
    release = () =>
      options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)
  }
  const transport = open(t, { lookup })
  const first = { ...post(`http://localhost:${server.port}/`), body: 'first' }
  assert.equal(
    named(await transport.send(nobody, first, { ...patient, connectTimeoutMs: 20 })),
    'not-sent connect-timeout',
  )
  const second = transport.send(nobody, { ...first, body: 'second' }, patient)
  release() // the first one's connection now opens, and may serve the second
  await new Promise(setImmediate)
  release()
  assert.equal(textOf(await second), 'ok')
  assert.deepEqual(arrived, ['second'])
})

test('a header that HTTP cannot carry is refused, not thrown', async (t) => {
  const server = await runHttp(t, (_request, response) => response.end('ok'))
  const request = { ...post(`http://127.0.0.1:${server.port}/`), headers: { 'x-bad': 'a\r\nb: c' } }
  assert.equal(named(await open(t).send(nobody, request, patient)), 'not-sent refused')
})
