import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choiceSentence, chooseHost, type HostChoice, type HostMachine, hasDisplay } from './choose-host.ts'

const electron = '/electron'
const browser = '/usr/bin/chromium'
const full: HostMachine = { electron, display: true, browser, browserWanted: false }
const inElectron: HostChoice = { host: 'electron', program: electron }
const inWindow: HostChoice = { host: 'browser', window: 'app', program: browser, because: 'no-electron' }
const asWanted: HostChoice = { host: 'browser', window: 'app', program: browser, because: 'wanted' }
const noDisplay: HostChoice = { host: 'browser', window: 'none', because: 'no-display' }
const noBrowser: HostChoice = { host: 'browser', window: 'none', because: 'no-browser' }

const table: readonly [string, Partial<HostMachine>, HostChoice][] = [
  ['everything is there', {}, inElectron],
  ['no browser, but Electron', { browser: null }, inElectron],
  ['no Electron', { electron: null }, inWindow],
  ['Electron, but the browser is wanted', { browserWanted: true }, asWanted],
  ['no Electron, and the browser is wanted', { electron: null, browserWanted: true }, asWanted],
  ['neither Electron nor a browser', { electron: null, browser: null }, noBrowser],
  ['the browser is wanted, and there is none', { browser: null, browserWanted: true }, noBrowser],
  ['no display', { display: false }, noDisplay],
  ['no display and no Electron', { display: false, electron: null }, noDisplay],
  ['no display, and the browser is wanted', { display: false, browserWanted: true }, noDisplay],
  ['nothing at all', { display: false, electron: null, browser: null }, noDisplay],
]

for (const [situation, machine, choice] of table) {
  test(`host: ${situation}`, () => assert.deepEqual(chooseHost({ ...full, ...machine }), choice))
}

test('every choice but Electron is told in one plain line', () => {
  assert.equal(choiceSentence(inElectron), null)
  const sentences = [inWindow, asWanted, noDisplay, noBrowser].map(choiceSentence)
  assert.equal(new Set(sentences).size, 4)
  for (const sentence of sentences) assert.match(sentence ?? '', /^[A-Z][^\n]*\.$/)
})

test('a display: named on Linux, always there elsewhere', () => {
  assert.equal(hasDisplay('linux', {}), false)
  assert.equal(hasDisplay('linux', { DISPLAY: '' }), false)
  assert.equal(hasDisplay('linux', { DISPLAY: ':0' }), true)
  assert.equal(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' }), true)
  assert.equal(hasDisplay('darwin', {}), true)
  assert.equal(hasDisplay('win32', {}), true)
})
