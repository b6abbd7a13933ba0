import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readiness, snapshot } from '../fake-till.fixture.ts'
import * as electron from './electron-stand-in.fixture.ts'
import { startInStandIn } from './started-till.fixture.ts'

const scan = '134567890123456789'
const scanRequest = { amountText: '12.34', scan, saleId: null, anotherCustomer: false }

test('a call from the page is answered; the door’s refusals come through', async (t) => {
  const { till, reported } = await startInStandIn(t)
  assert.deepEqual(await electron.invoke('till.snapshot', null), { ok: true, reply: snapshot })
  const bad = await electron.invoke('sale.scan', { ...scanRequest, scan: 7 })
  assert.deepEqual(bad, { ok: false, refusal: { code: 'bad-request', field: 'scan', expected: 'string' } })
  till.answer('sale.scan', () => Promise.reject(new Error(scan)))
  const failed = JSON.stringify(await electron.invoke('sale.scan', scanRequest))
  assert.match(failed, /"code":"failed"/)
  assert.ok(!failed.includes(scan) && !reported.join().includes(scan))
  await assert.rejects(electron.invoke('till.explode', null), /no handler/)
})

test('a call from anywhere but the page’s main frame is refused, with no frame too', async (t) => {
  const { till, window } = await startInStandIn(t)
  const other = new electron.StandInContents()
  const gone = {
    get url(): string {
      throw new Error('Render frame was disposed')
    },
  }
  const strangers = [
    { senderFrame: null },
    { senderFrame: undefined },
    { senderFrame: { url: 'app://till/' } },
    { sender: other },
    { sender: other, senderFrame: other.mainFrame },
    { senderFrame: gone },
  ]
  for (const from of strangers) {
    assert.deepEqual(await electron.invoke('till.snapshot', null, from), {
      ok: false,
      refusal: { code: 'untrusted-sender' },
    })
  }
  for (const url of ['https://shop.example/', 'app://other/', 'file:///app/index.html', 'about:blank', '']) {
    const frame = { url }
    Object.assign(window.webContents, { mainFrame: frame })
    const answer = await electron.invoke('till.snapshot', null, { senderFrame: frame })
    assert.deepEqual(answer, { ok: false, refusal: { code: 'untrusted-sender' } }, url)
  }
  Object.assign(window.webContents, { mainFrame: gone })
  assert.deepEqual(await electron.invoke('till.snapshot', null, { senderFrame: gone }), {
    ok: false,
    refusal: { code: 'untrusted-sender' },
  })
  assert.deepEqual(till.asked, [])
})

test('events reach the window, and none is sent to one that is gone', async (t) => {
  const { till, window } = await startInStandIn(t)
  const heard: unknown[] = []
  electron.rendererEvents.on('readiness.changed', (_event, payload: unknown) => heard.push(payload))
  till.emit('readiness.changed', readiness)
  assert.deepEqual(heard, [readiness])
  window.destroyed = true
  till.emit('readiness.changed', readiness)
  assert.equal(heard.length, 1)
  window.emit('closed')
  assert.equal(till.listeners, 0)
  assert.equal(electron.seen().handlers.size, 0)
})

test('an event that cannot be cloned is reported and ends nothing', async (t) => {
  const { till, reported } = await startInStandIn(t)
  // A bug that the types forbid.
  till.emit('readiness.changed', { ...readiness, clockOffsetMs: (() => 0) as unknown as number })
  assert.equal(reported.length, 1)
  assert.match(reported[0] ?? '', /readiness\.changed/)
})
