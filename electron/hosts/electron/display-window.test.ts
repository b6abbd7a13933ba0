import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as electron from './electron-stand-in.fixture.ts'
import { startInStandIn } from './started-till.fixture.ts'

const displayAddress = 'app://till/display.html'
const ask = (window: electron.StandInWindow, url = displayAddress) => {
  // Of the details only the address matters.
  const details = { url } as Parameters<NonNullable<typeof window.webContents.openHandler>>[0]
  return window.webContents.openHandler?.(details)
}
const laptop = { id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 } }
const second = { id: 2, bounds: { x: 1366, y: 0, width: 1024, height: 600 } }

test('the display fills the other screen, locked up like the till’s window and without a preload', async (t) => {
  const { window } = await startInStandIn(t, { electronChanges: { displays: [laptop, second] } })
  assert.deepEqual(ask(window), { action: 'deny' })
  const [, display] = electron.seen().windows
  assert.ok(display)
  const { x, y, width, height, fullscreen, webPreferences } = display.options
  assert.deepEqual({ x, y, width, height, fullscreen }, { ...second.bounds, fullscreen: true })
  const { preload, ...ofCounter } = window.options.webPreferences ?? {}
  assert.ok(preload)
  assert.deepEqual(webPreferences, ofCounter)
  assert.deepEqual(display.loaded, [displayAddress])
  display.emit('ready-to-show')
  assert.deepEqual([display.shownInactive, display.shown, display.focused], [1, 0, 0], 'the counter keeps the keyboard')
})

test('one display, asked for by its exact address; a closed one opens again', async (t) => {
  const { window } = await startInStandIn(t)
  for (const url of [
    'app://till/',
    `${displayAddress}?x`,
    'app://till/other.html',
    'https://shop.example/display.html',
  ]) {
    assert.deepEqual(ask(window, url), { action: 'deny' })
  }
  assert.equal(electron.seen().windows.length, 1)
  ask(window)
  ask(window)
  const [, display] = electron.seen().windows
  assert.equal(electron.seen().windows.length, 2)
  assert.deepEqual([display?.options.fullscreen, display?.options.width], [undefined, 1024])
  display?.destroy()
  ask(window)
  assert.equal(electron.seen().windows.length, 3)
})

test('the display’s page is answered no call, and its end is no end of the till', async (t) => {
  const { window, reported } = await startInStandIn(t)
  ask(window)
  const [, display] = electron.seen().windows
  assert.ok(display)
  const { webContents } = display
  const from = { sender: webContents, senderFrame: webContents.mainFrame }
  const answer = await electron.invoke('till.snapshot', null, from)
  assert.deepEqual(answer, { ok: false, refusal: { code: 'untrusted-sender' } })
  for (let crash = 0; crash < 6; crash += 1) webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  assert.equal(reported.length, 6)
  assert.deepEqual([display.destroyed, window.destroyed], [true, false])
  assert.deepEqual(electron.seen().exits, [])
})

test('the display goes with the till’s window, and a second start shows the till’s window', async (t) => {
  const { window } = await startInStandIn(t)
  ask(window)
  electron.appEvents.emit('second-instance')
  const [, display] = electron.seen().windows
  assert.deepEqual([window.focused, display?.focused], [1, 0])
  window.destroy()
  assert.equal(display?.destroyed, true)
})
