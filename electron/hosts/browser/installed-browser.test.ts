import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BrowserSearch, browserCandidates, findInstalledBrowser, findTestBrowser } from './installed-browser.mjs'

const machine = (platform: string, environment: Record<string, string>, files: readonly string[]) => ({
  platform,
  environment,
  exists: (path: string) => files.includes(path),
})

test('Linux: Chromium before Chrome before Edge, wherever PATH has them', () => {
  const environment = { PATH: '/opt/bin:/usr/bin' }
  const all = ['/opt/bin/microsoft-edge', '/opt/bin/google-chrome', '/usr/bin/chromium']
  assert.deepEqual(findInstalledBrowser(machine('linux', environment, all)), {
    kind: 'found',
    path: '/usr/bin/chromium',
  })
  assert.deepEqual(findInstalledBrowser(machine('linux', environment, all.slice(0, 2))), {
    kind: 'found',
    path: '/opt/bin/google-chrome',
  })
  assert.deepEqual(findInstalledBrowser(machine('linux', environment, all.slice(0, 1))), {
    kind: 'found',
    path: '/opt/bin/microsoft-edge',
  })
})

test('Linux: the usual folders are searched even without PATH; relative entries of PATH never are', () => {
  assert.deepEqual(findInstalledBrowser(machine('linux', {}, ['/usr/bin/chromium'])), {
    kind: 'found',
    path: '/usr/bin/chromium',
  })
  assert.ok(browserCandidates('linux', { PATH: '.:bin:/usr/bin' }).every((path) => path.startsWith('/')))
})

test('Windows: Chrome and Edge in all three program folders', () => {
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  const environment = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }
  assert.deepEqual(findInstalledBrowser(machine('win32', environment, [edge])), { kind: 'found', path: edge })
})

test('macOS: the applications of the machine and of the person', () => {
  const chrome = '/home-of/li/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  assert.deepEqual(findInstalledBrowser(machine('darwin', { HOME: '/home-of/li' }, [chrome])), {
    kind: 'found',
    path: chrome,
  })
})

test('SCANTILL_BROWSER goes first, and when it is not there nothing else is tried', () => {
  const files = ['/usr/bin/chromium', '/opt/mine']
  assert.deepEqual(findInstalledBrowser(machine('linux', { SCANTILL_BROWSER: '/opt/mine' }, files)), {
    kind: 'found',
    path: '/opt/mine',
  })
  assert.deepEqual(findInstalledBrowser(machine('linux', { SCANTILL_BROWSER: '/opt/gone' }, files)), {
    kind: 'override-missing',
    path: '/opt/gone',
  })
  assert.equal(findInstalledBrowser(machine('linux', { SCANTILL_BROWSER: '' }, files)).kind, 'found')
})

test('a machine without any says so', () => {
  assert.deepEqual(findInstalledBrowser(machine('linux', { PATH: '/usr/bin' }, [])), { kind: 'none' })
})

test('tests take the browser without windows first; a person never gets it', () => {
  const environment = { PATH: '/usr/bin' }
  const both = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']
  const windowless: BrowserSearch = { kind: 'found', path: '/usr/bin/chromium-headless-shell' }
  const whole: BrowserSearch = { kind: 'found', path: '/usr/bin/chromium' }
  assert.deepEqual(findTestBrowser(machine('linux', environment, both)), windowless)
  assert.deepEqual(findTestBrowser(machine('linux', environment, both.slice(0, 1))), whole)
  assert.deepEqual(findTestBrowser(machine('linux', { SCANTILL_BROWSER: '/usr/bin/chromium' }, both)), whole)
  assert.deepEqual(findInstalledBrowser(machine('linux', environment, both)), whole)
  assert.deepEqual(findInstalledBrowser(machine('linux', environment, both.slice(1))), { kind: 'none' })
})
