import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeTill } from '../fake-till.fixture.ts'
import * as electron from './electron-stand-in.fixture.ts'
import { startInStandIn } from './started-till.fixture.ts'

const scan = '134567890123456789'

test('before ready: sandbox for all, the page’s scheme, no menu, a folder of its own', async (t) => {
  const { opened, dataDirectory } = await startInStandIn(t)
  const told = electron.seen()
  assert.equal(told.sandboxed, true)
  assert.deepEqual(told.schemes, [
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
  assert.equal(told.menu, null)
  assert.equal(told.paths['userData'], join(dataDirectory, 'window', 'electron'))
  assert.ok((await stat(told.paths['userData'] ?? '')).isDirectory())
  const [asked] = opened
  assert.deepEqual(
    { ...asked, startDeviceProcess: undefined, desktop: undefined },
    {
      dataDirectory,
      configFile: null,
      host: 'electron',
      startDeviceProcess: undefined,
      desktop: undefined,
    },
  )
  assert.equal(typeof asked?.startDeviceProcess, 'function')
})

test('a second till on the folder leaves at once and touches nothing', async (t) => {
  const { opened } = await startInStandIn(t, { electronChanges: { lockIsFree: false } })
  assert.deepEqual(electron.seen().exits, [0])
  assert.deepEqual(opened, [])
  assert.deepEqual(electron.seen().windows, [])
})

test('the first till comes to the front when a second is started', async (t) => {
  const { window } = await startInStandIn(t)
  window.minimized = true
  electron.appEvents.emit('second-instance')
  assert.deepEqual([window.minimized, window.focused], [false, 1])
})

test('a till that cannot be opened tells its window why, leaves with its code, and opens at a later try', async (t) => {
  const problem = 'config.json: till.id must be text.'
  const trouble = { kind: 'settings', damage: null, sentence: problem, command: null, backup: null } as const
  const refused = { ok: false, problem, exitCode: 2, trouble } as const
  const { reported } = await startInStandIn(t, { openTill: async () => refused })
  assert.deepEqual(electron.seen().errorBoxes, [])
  assert.equal(electron.seen().windows.length, 1)
  assert.deepEqual(reported, [problem])
  assert.deepEqual(await electron.invoke('till.opening', null), { ok: true, reply: trouble })
  assert.deepEqual(await electron.invoke('till.open-again', null), { ok: true, reply: trouble })
  electron.preventable(electron.appEvents, 'will-quit')
  await new Promise(setImmediate)
  assert.deepEqual(electron.seen().exits, [2])

  let tries = 0
  const service = fakeTill()
  await startInStandIn(t, {
    openTill: async () => {
      tries += 1
      return tries === 1 ? refused : { ok: true, service }
    },
  })
  assert.deepEqual(await electron.invoke('till.open-again', null), { ok: true, reply: null })
  assert.match(JSON.stringify(await electron.invoke('till.snapshot', null)), /"ok":true/)
  electron.preventable(electron.appEvents, 'will-quit')
  await new Promise(setImmediate)
  assert.ok(service.closed)
  assert.deepEqual(electron.seen().exits, [0])
})

test('a bug while opening, and an Electron without node:sqlite, are told in words', async (t) => {
  await startInStandIn(t, { openTill: () => Promise.reject(new TypeError(scan)) })
  const missing = Object.assign(new Error('No such built-in module: node:sqlite'), {
    code: 'ERR_UNKNOWN_BUILTIN_MODULE',
  })
  const [bug] = electron.seen().errorBoxes
  assert.match(bug?.content ?? '', /TypeError at run-electron-till\.test\.ts/)
  assert.ok(!bug?.content.includes(scan))
  assert.deepEqual(electron.seen().exits, [4])
  await startInStandIn(t, { openTill: () => Promise.reject(missing) })
  assert.match(electron.seen().errorBoxes[0]?.content ?? '', /node:sqlite/)
})

test('a usage error is told', async (t) => {
  await startInStandIn(t, { args: ['/app', '--data'] })
  assert.match(electron.seen().errorBoxes[0]?.content ?? '', /--data/)
  assert.deepEqual(electron.seen().exits, [2])
})

test('the end waits for the till to close its books, once', async (t) => {
  const closing = Promise.withResolvers<void>()
  let closes = 0
  const service = {
    ...fakeTill(),
    close: () => {
      closes += 1
      return closing.promise
    },
  }
  await startInStandIn(t, { openTill: async () => ({ ok: true, service }) })
  electron.appEvents.emit('window-all-closed')
  assert.equal(electron.seen().quits, 1)
  assert.ok(electron.preventable(electron.appEvents, 'will-quit'))
  assert.ok(electron.preventable(electron.appEvents, 'will-quit'))
  assert.equal(closes, 1)
  assert.deepEqual(electron.seen().exits, [])
  closing.resolve()
  await new Promise(setImmediate)
  assert.deepEqual(electron.seen().exits, [0])
})

test('a page that crashed is loaded again, but not for ever', async (t) => {
  const { window, till } = await startInStandIn(t)
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  assert.equal(window.loaded.length, 1)
  for (let crash = 0; crash < 5; crash += 1) window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  assert.equal(window.loaded.length, 6)
  assert.deepEqual(electron.seen().exits, [])
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  await new Promise(setImmediate)
  assert.equal(window.loaded.length, 6)
  assert.ok(till.closed)
  assert.deepEqual(electron.seen().exits, [4])
})

test('a page that is missing is told', async (t) => {
  await startInStandIn(t, { electronChanges: { loading: () => Promise.reject(new Error('ERR_FILE_NOT_FOUND')) } })
  await new Promise(setImmediate)
  assert.match(electron.seen().errorBoxes[0]?.content ?? '', /missing/)
})

test('a data folder that cannot be written still gets its window', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-file-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'file')
  await writeFile(file, '')
  const { opened, window } = await startInStandIn(t, { args: ['/app', '--data', file] })
  const userData = electron.seen().paths['userData'] ?? ''
  t.after(() => rm(userData, { recursive: true }))
  assert.ok((await stat(userData)).isDirectory())
  assert.equal(opened[0]?.dataDirectory, file)
  assert.ok(window)
})
