import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentSecurityPolicy } from '../page-policy.ts'
import * as electron from './electron-stand-in.fixture.ts'
import { startInStandIn } from './started-till.fixture.ts'

test('the window is locked up and loads the till’s own page', async (t) => {
  const { window } = await startInStandIn(t)
  const { preload, ...preferences } = window.options.webPreferences ?? {}
  assert.match(preload ?? '', /preload\.cjs$/)
  assert.deepEqual(preferences, {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    autoplayPolicy: 'no-user-gesture-required',
    devTools: true,
  })
  assert.deepEqual(window.loaded, ['app://till/'])
  assert.equal(window.shown, 0)
  window.emit('ready-to-show')
  assert.equal(window.shown, 1)
})

test('DevTools are off in the packaged application', async (t) => {
  const { window } = await startInStandIn(t, { electronChanges: { packaged: true } })
  assert.equal(window.options.webPreferences?.devTools, false)
})

test('navigation, redirects, webviews and further windows are refused', async (t) => {
  const { window } = await startInStandIn(t)
  const { webContents } = window
  const foreign = [
    'https://shop.example/',
    'file:///etc/passwd',
    'app://tills/',
    'app://till.example/',
    'app://till:1/',
    'app:till/',
    'data:,x',
    'javascript:1',
    'http://till/',
  ]
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    for (const url of foreign) assert.ok(electron.preventable(webContents, event, { url }), `${event} ${url}`)
    assert.ok(!electron.preventable(webContents, event, { url: 'app://till/index.html#orders' }), event)
  }
  assert.ok(electron.preventable(webContents, 'will-attach-webview', {}, {}, {}))
  for (const url of [...foreign, 'app://till/']) {
    // Of the details only the address matters.
    const details = { url } as Parameters<NonNullable<typeof webContents.openHandler>>[0]
    assert.deepEqual(webContents.openHandler?.(details), { action: 'deny' })
  }
})

test('every permission and device is refused', async (t) => {
  const { window } = await startInStandIn(t)
  const { permissionRequest, permissionCheck, devicePermission } = electron.seen()
  assert.ok(permissionRequest && permissionCheck && devicePermission)
  // The handlers may look at none of these: the answer is no.
  const contents = window.webContents as unknown as Electron.WebContents
  const nothing = {} as never
  for (const permission of [
    'media',
    'hid',
    'serial',
    'usb',
    'clipboard-read',
    'openExternal',
    'notifications',
  ] as const) {
    const decided = Promise.withResolvers<boolean>()
    permissionRequest(contents, permission, decided.resolve, nothing)
    assert.equal(await decided.promise, false)
    assert.equal(permissionCheck(contents, permission, 'app://till', nothing), false)
  }
  assert.equal(devicePermission(nothing), false)
})

test('the page’s protocol: files with the policy headers, nothing outside, no other host', async (t) => {
  await startInStandIn(t)
  const handler = electron.seen().pages.get('app')
  assert.ok(handler)
  const load = (url: string, method = 'GET'): Promise<Response> | Response =>
    handler({ url, method } as Parameters<typeof handler>[0]) // the parts of a request that are looked at
  const page = await load('app://till/')
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<title>page/)
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.equal((await load('app://till/index.html?x=1#y')).status, 200)
  const refused: readonly [string, number, string?][] = [
    ['app://till/..%2fdata', 403],
    ['app://till/%2e%2e/data', 403],
    ['app://other/index.html', 403],
    ['app://till.example/', 403],
    ['app://till/absent.js', 404],
    ['app://till/', 405, 'POST'],
  ]
  for (const [url, status, method] of refused) assert.equal((await load(url, method)).status, status, url)
  for (const url of ['app://till/', 'app://till/absent.js', 'app://other/']) {
    const { headers } = await load(url)
    assert.equal(headers.get('content-security-policy'), contentSecurityPolicy)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  }
})
