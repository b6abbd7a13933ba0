import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Collections } from './collections.ts'
import { posFolder, practiceCode, type RawRequest, send } from './pos-till.fixture.ts'
import { mostBodyBytes } from './read-body.ts'
import { mostConnections, mostStreams, type PosServerParts, startPosServer } from './server.ts'

test('only who knows the token, comes from no page and names the very address gets in', async (context) => {
  const { open, token, dataDirectory } = posFolder(context)
  const { url, host, authorization, orders } = await open()
  assert.deepEqual(JSON.parse(readFileSync(join(dataDirectory, 'pos.json'), 'utf8')), { url })
  const json = { 'content-type': 'application/json' }
  const chunked = { 'transfer-encoding': 'chunked' }
  const whole = { method: 'POST', path: '/collections', headers: { host, authorization, ...json } }
  const body = JSON.stringify({ reference: 'G-1', amountFen: 100, paymentCode: practiceCode('pays-at-once') })
  const refusals: readonly (readonly [string, number, Partial<RawRequest> & { readonly spoil?: object }])[] = [
    ['wrong-host', 421, { spoil: { host: 'till.example' } }],
    ['wrong-host', 421, { spoil: { host: host.replace('127.0.0.1', 'localhost') } }],
    ['origin-refused', 403, { spoil: { origin: url } }],
    ['origin-refused', 403, { spoil: { origin: 'null' } }],
    ['origin-refused', 403, { spoil: { 'sec-fetch-site': 'cross-site' } }],
    ['unauthorised', 401, { spoil: { authorization: '' } }],
    ['unauthorised', 401, { spoil: { authorization: `Bearer ${token}x` } }],
    ['unauthorised', 401, { spoil: { authorization: `Bearer ${token.slice(0, -1)}` } }],
    ['unauthorised', 401, { spoil: { authorization: `Basic ${token}` } }],
    ['json-only', 415, { spoil: { 'content-type': 'text/plain' } }],
    ['body-too-large', 413, { body: JSON.stringify({ reference: 'x'.repeat(mostBodyBytes) }) }],
    ['body-too-large', 413, { body: JSON.stringify({ reference: 'x'.repeat(mostBodyBytes) }), spoil: chunked }],
    ['bad-request', 400, { body: '{"reference":' }],
    ['bad-request', 400, { body: JSON.stringify({ reference: '../x', amountFen: 1 }) }],
    ['bad-request', 400, { body: JSON.stringify({ reference: 'G-1', amountFen: 1, amount: '0.01' }) }],
    ['bad-request', 400, { body: JSON.stringify({ reference: 'G-1', amountFen: 1.5 }) }],
    ['amount-refused', 422, { body: JSON.stringify({ reference: 'G-1', amount: '1.234' }) }],
    ['amount-refused', 422, { body: JSON.stringify({ reference: 'G-1', amountFen: 0 }) }],
    ['amount-refused', 422, { body: JSON.stringify({ reference: 'G-1', amount: '50000.01' }) }],
    ['method-not-allowed', 405, { method: 'DELETE' }],
    ['no-such-address', 404, { path: '/orders' }],
    ['no-such-address', 404, { path: '/collections/G-1/pay' }],
    ['bad-request', 400, { path: '/collections/G%2F1', method: 'GET' }],
    ['no-such-collection', 404, { path: '/collections/G-1', method: 'GET' }],
    ['no-such-collection', 404, { path: '/collections/G-1/events', method: 'GET' }],
    ['no-such-collection', 404, { path: '/collections/G-1/cancel', body: '' }],
  ]
  for (const [code, status, { spoil = {}, ...change }] of refusals) {
    const of = change.method === undefined ? { ...whole, body } : whole
    const answer = await send(url, { ...of, ...change, headers: { ...whole.headers, ...spoil } })
    const said = JSON.parse(answer.text) as { code: string; message: string }
    assert.deepEqual([answer.status, said.code], [status, code], JSON.stringify({ spoil, change }))
    assert.ok(said.message.length > 0)
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
    assert.ok(!answer.text.includes(token))
  }
  assert.equal((await orders()).length, 0, 'nothing of what was refused has charged')
  const health = await send(url, { method: 'GET', path: '/health', headers: { host, authorization } })
  assert.deepEqual([health.status, JSON.parse(health.text).training], [200, true])
})

test('it listens on the loopback address alone, and not at all where it is off', async (context) => {
  const { open } = posFolder(context)
  const { url } = await open()
  const { port } = new URL(url)
  const elsewhere = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.2', port: Number(port) })
    socket.on('connect', () => resolve('connected'))
    socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
  })
  assert.equal(elsewhere, 'ECONNREFUSED')
  const off = posFolder(context, { pos: { enabled: false } })
  await assert.rejects(off.open(), /did not start/)
  assert.ok(!existsSync(join(off.dataDirectory, 'pos.json')))
})

test('a port that is taken keeps no till from opening', async (context) => {
  const taken = new URL((await posFolder(context).open()).url).port
  const second = posFolder(context, { pos: { port: Number(taken) } })
  const { desk } = await second.openTill()
  assert.deepEqual(desk.view(), { kind: 'trouble', because: 'port-in-use' })
})

/** Says something over a bare connection and hears all that comes back. */
const say = (url: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    let heard = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text))
    socket.on('data', (piece) => {
      heard += String(piece)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(heard))
  })

/** A server in front of nothing: what these tests send never gets to a collection. */
async function bareServer(context: TestContext, limits: NonNullable<PosServerParts['limits']> = {}) {
  const token = randomBytes(24).toString('hex')
  const server = await startPosServer({
    collections: {} as Collections, // not called, see above
    token,
    port: 0,
    language: 'en',
    health: () => ({ ready: true, training: true, locked: false, store: '', till: '', version: '' }),
    onBug: (error) => assert.fail(String(error)),
    limits,
  })
  context.after(() => server.close())
  const { host, port } = new URL(server.url)
  return { url: server.url, host, port: Number(port), authorization: `Bearer ${token}` }
}

test('what is no request, or none that ends, is answered in words', async (context) => {
  const limits = { headersTimeout: 20, requestTimeout: 40, connectionsCheckingInterval: 10 }
  const { url, host, authorization } = await bareServer(context, limits)
  const head = `POST /collections HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${authorization}\r\n`
  const json = 'content-type: application/json\r\n'
  assert.match(await say(url, 'this is no request\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*"code":"bad-request"/)
  assert.match(await say(url, head), /^HTTP\/1\.1 408 [\s\S]*"code":"body-not-whole"/)
  const unfinished = `${head}${json}content-length: 50\r\n\r\n{`
  assert.match(await say(url, unfinished), /^HTTP\/1\.1 408 [\s\S]*"code":"body-not-whole"/)
})

test('a crowd of connections is cut at its end, and leaves room when it goes', async (context) => {
  const { url, host, port, authorization } = await bareServer(context)
  const crowd = Array.from({ length: mostConnections + 1 }, () => connect({ host: '127.0.0.1', port }))
  const closed = crowd.map((socket) => once(socket, 'close').then(() => socket))
  const cut = await Promise.race(closed)
  assert.equal(cut.bytesRead, 0, 'dropped, and not timed out in words')
  for (const socket of crowd) socket.destroy()
  await Promise.all(closed)
  const health = await send(url, { method: 'GET', path: '/health', headers: { host, authorization } })
  assert.equal(health.status, 200)
})

type Follower = { readonly events: () => readonly Event[]; readonly until: (count: number) => Promise<void> }
type Event = { readonly id: number; readonly data: Record<string, unknown> }

/** Follows a collection; resolves when the stream has ended or `count` events have come. */
async function follow(
  url: string,
  headers: Record<string, string>,
  reference: string,
): Promise<
  Follower & {
    readonly status: number
    readonly ended: Promise<void>
    readonly cut: () => void
  }
> {
  const cutter = new AbortController()
  const response = await fetch(`${url}/collections/${reference}/events`, { headers, signal: cutter.signal })
  let text = ''
  const checks = new Set<() => void>()
  const events = () =>
    [...text.matchAll(/^id: (\d+)\nevent: state\ndata: (.*)\n\n/gm)].map(([, id, data = '']) => {
      return { id: Number(id), data: JSON.parse(data) as Record<string, unknown> }
    })
  const ended = (async () => {
    const decoder = new TextDecoder()
    try {
      for await (const piece of response.body ?? []) {
        text += decoder.decode(piece as Uint8Array, { stream: true })
        for (const check of checks) check()
      }
    } catch (error) {
      if (!cutter.signal.aborted) throw error
    }
  })()
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (events().length >= count) resolve()
      }
      checks.add(check)
      check()
    })
  return { status: response.status, events, until, ended, cut: () => cutter.abort() }
}

test('events tell each change with its id; who comes again hears exactly what it missed, across a restart too', async (context) => {
  const { open, authorization } = posFolder(context)
  const first = await open()
  await first.collect('E-1')
  const early = await follow(first.url, { authorization }, 'E-1')
  await early.until(1)
  early.cut()
  await early.ended
  assert.deepEqual(
    early.events().map(({ id, data }) => [id, data.status, data.money]),
    [[1, 'waiting-for-scan', 'not-taken']],
  )
  const watching = await follow(first.url, { authorization }, 'E-1')
  await first.collect('E-1', { paymentCode: practiceCode('password-never') })
  await watching.ended
  const statuses = watching.events().map(({ data }) => data.status)
  assert.deepEqual(statuses, ['waiting-for-scan', 'created', 'paying', 'awaiting-payer', 'revoking', 'revoked'])
  const ids = watching.events().map(({ id }) => id)
  assert.deepEqual(
    ids,
    [...new Set(ids)].toSorted((a, b) => a - b),
    'ids only grow',
  )
  const last = watching.events().at(-1)
  assert.deepEqual([last?.data.final, last?.data.money, last?.data.revokeEffect], [true, 'not-taken', 'closed'])
  await first.close()
  const { url } = await open()
  const late = await follow(url, { authorization, 'last-event-id': String(ids[2]) }, 'E-1')
  await late.ended
  assert.deepEqual(late.events(), watching.events().slice(3))
  const over = await follow(url, { authorization, 'last-event-id': String(ids.at(-1)) }, 'E-1')
  assert.equal(over.status, 204)
})

test('a cancel is told at once; more streams than fit are refused in words', async (context) => {
  const { open, authorization } = posFolder(context)
  const { url, collect, call } = await open()
  await collect('E-2')
  const streams = await Promise.all(Array.from({ length: mostStreams }, () => follow(url, { authorization }, 'E-2')))
  const refused = await call('GET', '/collections/E-2/events')
  assert.deepEqual([refused.status, refused.body?.code], [429, 'too-many-streams'])
  await call('POST', '/collections/E-2/cancel')
  await Promise.all(streams.map(({ ended }) => ended))
  for (const stream of streams) {
    assert.deepEqual(
      stream.events().map(({ id, data }) => [id, data.status]),
      [
        [1, 'waiting-for-scan'],
        [2, 'cancelled'],
      ],
    )
  }
  const afterwards = await follow(url, { authorization }, 'E-2')
  await afterwards.ended
  assert.equal(afterwards.events().length, 2, 'room for the next')
})
