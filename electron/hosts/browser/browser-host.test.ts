import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import type { OrderView } from '../../api/contract.ts'
import { eventNames } from '../events.ts'
import { readiness, snapshot } from '../fake-till.fixture.ts'
import { callsInFlightMax } from './conversation.ts'
import { ask, closing, enter, nextMessage, openHost, openSocket, openWindow, visit } from './visitor.fixture.ts'

const scan = '134567890123456789'
const scanRequest = { amountText: '12.34', scan, saleId: null, anotherCustomer: false }

test('from the ticket to the page to the till and back', async (t) => {
  const opened = await openHost(t)
  const { port, till } = opened
  const cookie = await enter(opened)
  assert.match((await visit(port, { headers: { cookie } })).body, /<title>page/)
  assert.equal(
    (await visit(port, { path: '/page.js', headers: { cookie } })).headers['content-type']?.split(';')[0],
    'text/javascript',
  )

  const window = await openWindow(port, { cookie })
  assert.deepEqual(await ask(window, { id: 7, name: 'till.snapshot', request: null }), {
    id: 7,
    answer: { ok: true, reply: snapshot },
  })
  till.answer('sale.scan', () => ({ kind: 'wallet-not-configured', wallet: 'wechat' }))
  assert.deepEqual(await ask(window, { id: 8, name: 'sale.scan', request: scanRequest }), {
    id: 8,
    answer: { ok: true, reply: { kind: 'wallet-not-configured', wallet: 'wechat' } },
  })
  assert.deepEqual(till.asked.at(-1), { name: 'sale.scan', request: scanRequest })

  const event = nextMessage(window)
  till.emit('readiness.changed', readiness)
  assert.deepEqual(await event, { event: 'readiness.changed', payload: readiness })
})

test('answers come as they are ready, each with its id', async (t) => {
  const opened = await openHost(t)
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  const late = Promise.withResolvers<readonly OrderView[]>()
  opened.till.answer('orders.list', () => late.promise)
  window.send(JSON.stringify({ id: 1, name: 'orders.list', request: { day: null, status: null, text: null } }))
  assert.equal(((await ask(window, { id: 2, name: 'till.snapshot', request: null })) as { id: number }).id, 2)
  const first = nextMessage(window)
  late.resolve([])
  assert.deepEqual(await first, { id: 1, answer: { ok: true, reply: [] } })
})

test('junk is refused in words and the connection goes on', async (t) => {
  const opened = await openHost(t)
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  const nowhere = {
    id: null,
    answer: { ok: false, refusal: { code: 'bad-request', field: '', expected: 'id, name, request' } },
  }
  for (const junk of [
    '',
    'no json',
    '[]',
    'null',
    '7',
    '"text"',
    '{}',
    '{"id":"1"}',
    '{"id":1.5}',
    '[{"id":1}]',
    Buffer.from([0, 1]),
  ]) {
    assert.deepEqual(await ask(window, junk), nowhere, String(junk))
  }
  const unknown = { ok: false, refusal: { code: 'unknown-call' } }
  assert.deepEqual(await ask(window, { id: 1 }), { id: 1, answer: unknown })
  assert.deepEqual(await ask(window, { id: 2, name: 'constructor', request: null }), { id: 2, answer: unknown })
  assert.deepEqual(await ask(window, '{"id":3,"name":"__proto__","request":{"__proto__":1}}'), {
    id: 3,
    answer: unknown,
  })
  const bad = await ask(window, { id: 4, name: 'sale.scan', request: { ...scanRequest, scan: { text: scan } } })
  assert.deepEqual(bad, {
    id: 4,
    answer: { ok: false, refusal: { code: 'bad-request', field: 'scan', expected: 'string' } },
  })
  assert.deepEqual(await ask(window, { id: 5, name: 'till.snapshot', request: null }), {
    id: 5,
    answer: { ok: true, reply: snapshot },
  })
})

test('a bug behind the door is a refusal, and neither answer nor report tell the scan', async (t) => {
  const opened = await openHost(t)
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  opened.till.answer('sale.scan', () => Promise.reject(new Error(`no such code ${scan}`)))
  const answer = JSON.stringify(await ask(window, { id: 1, name: 'sale.scan', request: scanRequest }))
  assert.match(answer, /"code":"failed"/)
  assert.equal(opened.reported.length, 1)
  assert.ok(!answer.includes(scan) && !opened.reported.join().includes(scan))
})

test('a reply that JSON cannot carry ends the connection, not the till', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const window = await openWindow(opened.port, { cookie })
  // A bug that the types forbid.
  opened.till.answer('orders.list', () => 1n as unknown as [])
  const end = closing(window)
  window.send(JSON.stringify({ id: 1, name: 'orders.list', request: { day: null, status: null, text: null } }))
  assert.deepEqual(await end, { code: 1011, reason: 'bug' })
  assert.equal(opened.reported.length, 1)
  await openWindow(opened.port, { cookie })
})

test('a frame that is too large ends the connection, and the next one works', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const window = await openWindow(opened.port, { cookie })
  const end = closing(window)
  window.send(JSON.stringify({ id: 1, name: 'sale.scan', request: { ...scanRequest, scan: '1'.repeat(1_100_000) } }))
  assert.equal((await end).code, 1009)
  assert.equal(opened.till.asked.filter(({ name }) => name === 'sale.scan').length, 0)
  await openWindow(opened.port, { cookie })
})

test('more calls at once than a window can need are refused', async (t) => {
  const opened = await openHost(t)
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  const late = Promise.withResolvers<readonly OrderView[]>()
  opened.till.answer('orders.list', () => late.promise)
  const refused = nextMessage(window)
  const request = { day: null, status: null, text: null }
  for (let id = 1; id <= callsInFlightMax + 1; id += 1)
    window.send(JSON.stringify({ id, name: 'orders.list', request }))
  assert.deepEqual(await refused, {
    id: callsInFlightMax + 1,
    answer: { ok: false, refusal: { code: 'failed', detail: 'too many calls at once' } },
  })
  late.resolve([])
})

test('one client: a second window is refused while the first is there', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const first = await openWindow(opened.port, { cookie })
  const second = openSocket(opened.port, { cookie })
  second.on('open', () => second.send(JSON.stringify({ id: 1, name: 'sale.scan', request: scanRequest })))
  assert.deepEqual(await closing(second), { code: 4409, reason: 'another-window' })
  assert.equal(opened.till.asked.filter(({ name }) => name === 'sale.scan').length, 0)
  await ask(first, { id: 1, name: 'till.snapshot', request: null })
  assert.equal(opened.till.listeners, eventNames.length, 'only the first window hears events')
})

test('the next window gets the till when the first has gone', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const first = await openWindow(opened.port, { cookie })
  first.close()
  await once(first, 'close')
  const second = await openWindow(opened.port, { cookie })
  second.terminate()
  await openWindow(opened.port, { cookie })
  assert.equal(opened.till.listeners, eventNames.length, 'no listener of a former window is left')
})

test('a window that has gone without saying so loses the till to the next one', async (t) => {
  const opened = await openHost(t, { probeMs: 1 })
  const cookie = await enter(opened)
  const first = await openWindow(opened.port, { cookie, autoPong: false })
  const end = closing(first)
  const second = await openWindow(opened.port, { cookie })
  assert.equal((await end).code, 1006)
  await ask(second, { id: 1, name: 'till.snapshot', request: null })
})

test('of many windows that come at once one gets the till', async (t) => {
  const opened = await openHost(t)
  const cookie = await enter(opened)
  const windows = Array.from({ length: 5 }, () => openSocket(opened.port, { cookie }))
  const fates = await Promise.all(
    windows.map(async (window) => {
      window.on('open', () => window.send(JSON.stringify({ id: 1, name: 'till.snapshot', request: null })))
      return await Promise.race([closing(window).then(({ code }) => code), nextMessage(window).then(() => 'seated')])
    }),
  )
  assert.deepEqual(fates.filter((fate) => fate === 'seated').length, 1)
  assert.deepEqual(fates.filter((fate) => fate === 4409).length, 4)
})

test('closing the host tells the window, frees the port and leaves the service to its owner', async (t) => {
  const opened = await openHost(t)
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  const end = closing(window)
  await opened.host.close()
  assert.deepEqual(await end, { code: 1001, reason: 'stopping' })
  await assert.rejects(visit(opened.port), { code: 'ECONNREFUSED' })
  assert.equal(opened.till.closed, false)
  assert.equal(opened.till.listeners, 0)
})

test('presence tells who is there', async (t) => {
  const opened = await openHost(t)
  const { presence } = opened.host
  assert.deepEqual([presence.connected, presence.everConnected], [false, false])
  const window = await openWindow(opened.port, { cookie: await enter(opened) })
  await presence.whenConnected()
  assert.deepEqual([presence.connected, presence.everConnected], [true, true])
  const alone = presence.whenAlone(0, new AbortController().signal)
  window.close()
  await alone
  assert.deepEqual([presence.connected, presence.everConnected], [false, true])
})
