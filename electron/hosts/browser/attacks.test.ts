import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { snapshot } from '../fake-till.fixture.ts'
import {
  ask,
  closing,
  enter,
  type OpenHost,
  openHost,
  openSocket,
  openWindow,
  refusedUpgrade,
  visit,
} from './visitor.fixture.ts'

/**
 * Attacks on the browser host, each with its answer: by a web page that the cashier has open elsewhere, by another
 * program of this machine, and by whoever got a session's cookie. Each runs against a host of its own; after each the
 * till's own window must still be served, and no attack may have asked the till for anything.
 */
type Attack = {
  readonly attack: string
  readonly answer: unknown
  run(opened: OpenHost, cookie: string, context: TestContext): Promise<unknown>
}

const scan = { amountText: '12.34', scan: '134567890123456789', saleId: null, anotherCustomer: false }

/** Of a mebibyte each: more than may wait in the host and in the connection's own buffers. */
const floodCalls = 40

const status = async (visiting: ReturnType<typeof visit>): Promise<number> => (await visiting).status

/** Sends bytes as they are and answers the status line's number; null when the host hung up without one. */
async function raw(port: number, text: string): Promise<number | null> {
  const stream = connect(port, '127.0.0.1')
  let heard = ''
  stream.setEncoding('latin1')
  stream.on('error', () => undefined)
  stream.on('data', (part: string) => (heard += part))
  stream.end(text)
  await once(stream, 'close')
  const found = /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1]
  return found === undefined ? null : Number(found)
}

/** Asks for a path with a good cookie: what is judged is the path alone. */
const path = (attack: string, target: string, answer: number): Attack => ({
  attack,
  answer,
  run: ({ port }, cookie) => status(visit(port, { path: target, headers: { cookie } })),
})

const method = (name: string): Attack => ({
  attack: `method ${name}`,
  answer: 405,
  run: ({ port }, cookie) => status(visit(port, { method: name, headers: { cookie } })),
})

/** A name of the attacker's, pointed at 127.0.0.1; the browser would send the attacker's cookies, at worst ours. */
const rebinding = (host: string): Attack => ({
  attack: `DNS rebinding, Host ${host}`,
  answer: [421, 421],
  run: async ({ port }, cookie) => [
    await status(visit(port, { headers: { host, cookie } })),
    await refusedUpgrade(openSocket(port, { cookie, headers: { host } })),
  ],
})

const foreignOrigin = (origin: string | null): Attack => ({
  attack: `a WebSocket of Origin ${origin ?? 'none'}, with the cookie`,
  answer: 403,
  run: ({ port }, cookie) => refusedUpgrade(openSocket(port, { cookie, origin })),
})

/** Sends one frame in the till's own window's place. */
const frame = (attack: string, message: unknown, refusal: object): Attack => ({
  attack,
  answer: { id: 1, answer: { ok: false, refusal } },
  run: async ({ port }, cookie) => {
    const window = await openWindow(port, { cookie })
    const answer = await ask(window, message)
    window.terminate()
    await once(window, 'close')
    return answer
  },
})

const attacks: readonly Attack[] = [
  rebinding('till.example'),
  rebinding('localhost'),
  rebinding('127.0.0.1'),
  rebinding('[::1]'),
  rebinding('127.0.0.1:80'),
  {
    attack: 'a page elsewhere fetches the till’s page: nothing lets it read the answer',
    answer: [undefined, 'same-origin'],
    run: async ({ port }, cookie) => {
      const { headers } = await visit(port, { headers: { cookie, origin: 'https://shop.example' } })
      return [headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]
    },
  },
  foreignOrigin('https://shop.example'),
  foreignOrigin('http://127.0.0.1'),
  foreignOrigin('null'),
  foreignOrigin(null),
  {
    attack: 'the ticket, replayed from the browser’s command line',
    answer: 403,
    run: ({ port, ticket }) => status(visit(port, { path: `/?ticket=${ticket}` })),
  },
  {
    attack: 'the ticket as the cookie',
    answer: 403,
    run: ({ port, ticket }) => status(visit(port, { headers: { cookie: `scantill-${port}=${ticket}` } })),
  },
  {
    attack: 'no cookie',
    answer: [403, 403],
    run: async ({ port }) => [await status(visit(port)), await refusedUpgrade(openSocket(port))],
  },
  {
    attack: 'the cookie of another till on this machine, under its name and under ours',
    answer: [403, 403, 403],
    run: async ({ port }, _cookie, context) => {
      const foreign = await enter(await openHost(context))
      const renamed = `scantill-${port}=${foreign.split('=')[1] ?? ''}`
      return [
        await status(visit(port, { headers: { cookie: foreign } })),
        await status(visit(port, { headers: { cookie: renamed } })),
        await refusedUpgrade(openSocket(port, { cookie: renamed })),
      ]
    },
  },
  {
    attack: 'a second client with the cookie, while the till’s window is there',
    answer: { code: 4409, reason: 'another-window' },
    run: async ({ port }, cookie) => {
      const window = await openWindow(port, { cookie })
      const second = openSocket(port, { cookie })
      second.on('open', () => second.send(JSON.stringify({ id: 1, name: 'sale.scan', request: scan })))
      const end = await closing(second)
      window.terminate()
      await once(window, 'close')
      return end
    },
  },
  path('path ../', '/../key.txt', 403),
  path('path ..%2f', '/..%2fkey.txt', 403),
  path('path %2e%2e/', '/%2e%2e/key.txt', 403),
  path('path ..%5c', '/..%5ckey.txt', 403),
  path('path with a null byte', '/index.html%00.js', 403),
  path('path encoded twice: decoded once, so a name that is not there', '/..%252fkey.txt', 404),
  path('path in overlong UTF-8', '/%c0%ae%c0%ae/key.txt', 403),
  path('path of a sibling folder whose name begins the same', '/../renderer-secret/key.txt', 403),
  path('an absolute address as the path', 'http://till.example/', 403),
  method('POST'),
  method('PUT'),
  method('DELETE'),
  method('OPTIONS'),
  method('PROPFIND'),
  method('TRACE'),
  {
    attack: 'method CONNECT: hung up',
    answer: null,
    run: ({ port }) => raw(port, `CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
  },
  {
    attack: 'a method overridden by a header: the page, as for GET',
    answer: 200,
    run: ({ port }, cookie) => status(visit(port, { headers: { cookie, 'x-http-method-override': 'DELETE' } })),
  },
  {
    attack: 'headers of more than 16 KiB',
    answer: 431,
    run: ({ port }) => raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`),
  },
  {
    attack: 'a request hidden behind another (two lengths)',
    answer: 400,
    run: ({ port }) =>
      raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`),
  },
  {
    attack: 'a message of more than 1 MiB',
    answer: 1009,
    run: async ({ port }, cookie) => {
      const window = await openWindow(port, { cookie })
      const end = closing(window)
      window.send('1'.repeat(1024 * 1024 + 1))
      return (await end).code
    },
  },
  {
    attack: 'a flood of calls, none of the answers read: cut off before the till’s memory is full',
    answer: { code: 1013, reason: 'too-slow' },
    run: async ({ port, till }, cookie) => {
      const window = await openWindow(port, { cookie })
      const end = closing(window)
      const asked = till.asked.length
      till.answer('till.snapshot', () => ({ ...snapshot, version: 'x'.repeat(1024 * 1024) }))
      window.pause()
      for (let id = 1; id <= floodCalls; id += 1) {
        window.send(JSON.stringify({ id, name: 'till.snapshot', request: null }))
      }
      while (till.asked.length < asked + floodCalls) await nextTurn()
      // The last answer is given a turn after it was asked for.
      await nextTurn()
      till.answer('till.snapshot', () => snapshot)
      window.resume()
      return await end
    },
  },
  frame(
    'a call that the contract does not have',
    { id: 1, name: 'till.shell', request: null },
    { code: 'unknown-call' },
  ),
  frame('a call by a name of Object.prototype', { id: 1, name: 'toString', request: null }, { code: 'unknown-call' }),
  frame('__proto__ as the call', '{"id":1,"name":"__proto__","request":{}}', { code: 'unknown-call' }),
  frame('a call whose name is a list', { id: 1, name: ['sale.scan'], request: scan }, { code: 'unknown-call' }),
]

for (const { attack, answer, run } of attacks) {
  test(`${attack} → ${JSON.stringify(answer) ?? 'undefined'}`, async (t) => {
    const opened = await openHost(t)
    const cookie = await enter(opened)
    assert.deepEqual(await run(opened, cookie, t), answer)
    assert.deepEqual(
      opened.till.asked.filter(({ name }) => name !== 'till.snapshot'),
      [],
    )
    const window = await openWindow(opened.port, { cookie })
    window.terminate()
  })
}

test('keys that would change every object → refused, and no object is changed', async (t) => {
  const opened = await openHost(t)
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  const request = JSON.stringify(scan).slice(0, -1)
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    await ask(window, `{"id":1,"name":"sale.scan","request":${request},"${key}":{"isManager":true}}}`)
  }
  assert.equal(Reflect.get({}, 'isManager'), undefined)
  for (const { request: asked } of opened.till.asked) {
    assert.equal(asked === null ? undefined : Reflect.get(Object(asked), 'isManager'), undefined)
  }
})

test('headers that never end → 408, and hung up', async (t) => {
  const { port } = await openHost(t, { requestMs: 20 })
  const stream = connect(port, '127.0.0.1')
  let heard = ''
  stream.on('error', () => undefined)
  stream.on('data', (part) => (heard += part.toString('latin1')))
  stream.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
  await once(stream, 'close')
  assert.match(heard, /^HTTP\/1\.1 408 /)
})
