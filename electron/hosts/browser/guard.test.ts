import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { contentSecurityPolicy } from '../page-policy.ts'
import { enter, openHost, openSocket, refusedUpgrade, visit } from './visitor.fixture.ts'

// Every row of platform.md §4's table, by real requests.

test('no token: 403, whatever is asked for', async (t) => {
  const { port } = await openHost(t)
  for (const path of [
    '/',
    '/page.js',
    '/absent',
    '/bridge',
    '/..%2fkey',
    '/?ticket=',
    '/?ticket=wrong',
    '/page.js?ticket=x',
  ]) {
    assert.equal((await visit(port, { path })).status, 403, path)
  }
})

test('a wrong cookie, another till’s cookie, the ticket as a cookie: 403', async (t) => {
  const { port, ticket } = await openHost(t)
  const other = await openHost(t)
  const foreign = await enter(other)
  const secret = foreign.split('=')[1] ?? ''
  for (const cookie of [`scantill-${port}=`, `scantill-${port}=${ticket}`, `scantill-${port}=${secret}`, foreign]) {
    assert.equal((await visit(port, { headers: { cookie } })).status, 403)
  }
})

test('a Host that is not exactly the address: 421, even with the ticket or the cookie', async (t) => {
  const opened = await openHost(t)
  const { port, ticket } = opened
  const names = [
    `localhost:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `till.example:${port}`,
    `127.0.0.1.:${port}`,
  ]
  for (const host of names) {
    assert.equal((await visit(port, { path: `/?ticket=${ticket}`, headers: { host } })).status, 421, host)
  }
  const cookie = await enter(opened)
  for (const host of names) assert.equal((await visit(port, { headers: { host, cookie } })).status, 421, host)
})

test('the ticket: 303 to / and an HttpOnly, SameSite=Strict cookie with the port in its name', async (t) => {
  const { port, ticket } = await openHost(t)
  const welcome = await visit(port, { path: `/?ticket=${ticket}` })
  assert.equal(welcome.status, 303)
  assert.equal(welcome.headers.location, '/')
  const [setCookie, ...more] = welcome.headers['set-cookie'] ?? []
  assert.deepEqual(more, [])
  assert.match(setCookie ?? '', new RegExp(`^scantill-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
  assert.ok(!setCookie?.includes(ticket))
  const cookie = `another=1; ${setCookie?.split(';')[0]}`
  const page = await visit(port, { headers: { cookie } })
  assert.equal(page.status, 200)
  assert.match(page.body, /<title>page<\/title>/)
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
})

test('the same ticket again: 403, with the cookie too', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const path = `/?ticket=${opened.ticket}`
  assert.equal((await visit(opened.port, { path })).status, 403)
  assert.equal((await visit(opened.port, { path, headers: { cookie } })).status, 403)
})

test('two who bring the ticket at the same time: one gets in', async (t) => {
  const { port, ticket } = await openHost(t)
  const path = `/?ticket=${ticket}`
  const answers = await Promise.all([visit(port, { path }), visit(port, { path }), visit(port, { path })])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 403, 403])
})

test('only GET uses the ticket up', async (t) => {
  const opened = await openHost(t)
  const path = `/?ticket=${opened.ticket}`
  assert.equal((await visit(opened.port, { path, method: 'HEAD' })).status, 403)
  assert.equal((await visit(opened.port, { path, method: 'POST' })).status, 405)
  await enter(opened)
})

test('a path out of the page: 403', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  for (const path of [
    '/..%2fkey.txt',
    '/../key.txt',
    '/%2e%2e%2fkey.txt',
    '/..%5ckey.txt',
    '/%00',
    `http://127.0.0.1/`,
  ]) {
    assert.equal((await visit(opened.port, { path, headers: { cookie } })).status, 403, path)
  }
  assert.equal((await visit(opened.port, { path: '/absent.js', headers: { cookie } })).status, 404)
})

test('only GET and HEAD', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await visit(opened.port, { method, headers: { cookie } })
    assert.equal(answer.status, 405, method)
    assert.equal(answer.headers.allow, 'GET, HEAD')
  }
  const head = await visit(opened.port, { method: 'HEAD', path: '/page.js', headers: { cookie } })
  assert.equal(head.status, 200)
  assert.equal(head.headers['content-length'], '21')
  assert.equal(head.body, '')
})

test('every answer carries the policy headers', async (t) => {
  const opened = await openHost(t)
  const { port } = opened
  const refusal = await visit(port)
  const welcome = await visit(port, { path: `/?ticket=${opened.ticket}` })
  const cookie = welcome.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const answers = [
    refusal,
    welcome,
    await visit(port, { headers: { cookie } }),
    await visit(port, { path: '/page.js', headers: { cookie } }),
    await visit(port, { path: '/absent', headers: { cookie } }),
    await visit(port, { method: 'POST' }),
    await visit(port, { headers: { host: 'localhost' } }),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 303, 200, 200, 404, 405, 421],
  )
  for (const { headers, status } of answers) {
    assert.equal(headers['content-security-policy'], contentSecurityPolicy, String(status))
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['access-control-allow-origin'], undefined)
  }
  assert.match(contentSecurityPolicy, /default-src 'none'; script-src 'self'; style-src 'self';/)
  assert.doesNotMatch(contentSecurityPolicy, /unsafe|\*/)
})

test('a WebSocket without the cookie: 403', async (t) => {
  const opened = await openHost(t)
  assert.equal(await refusedUpgrade(openSocket(opened.port)), 403)
  assert.equal(await refusedUpgrade(openSocket(opened.port, { path: `/bridge?ticket=${opened.ticket}` })), 403)
  await enter(opened)
})

test('a WebSocket with a foreign Origin or none: 403', async (t) => {
  const opened = await openHost(t)
  const { port } = opened
  const cookie = await enter(opened)
  const origins = ['https://shop.example', `http://localhost:${port}`, `http://127.0.0.1:${port + 1}`, 'null', null]
  for (const origin of origins) {
    assert.equal(await refusedUpgrade(openSocket(port, { cookie, origin })), 403, String(origin))
  }
})

test('a WebSocket to another Host: 421; to another path: 404', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const headers = { host: `localhost:${opened.port}` }
  assert.equal(await refusedUpgrade(openSocket(opened.port, { cookie, headers })), 421)
  assert.equal(await refusedUpgrade(openSocket(opened.port, { cookie, path: '/other' })), 404)
})

test('the host listens on the loopback address only, and broken requests do not end it', async (t) => {
  const { host, port } = await openHost(t)
  assert.equal(host.origin, `http://127.0.0.1:${port}`)
  for (const text of [
    '\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    '\0\0\0\0',
  ]) {
    const stream = connect(port, '127.0.0.1')
    stream.on('error', () => undefined)
    stream.resume()
    stream.end(text)
    await once(stream, 'close')
  }
  assert.equal((await visit(port)).status, 403)
})
