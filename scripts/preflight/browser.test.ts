import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BrowserSearch } from '../../electron/hosts/browser/installed-browser.mjs'
import { aptBringsBrowser, browserAdvice, ensureBrowser, type Machine } from './browser.mjs'
import { CannotGoOn, type Run, type RunResult } from './progress.mjs'

const debianRoot: Machine = { platform: 'linux', root: true, apt: true, system: 'NAME="Debian"\nID=debian\n' }

test('apt is used by root on Debian and its children only', () => {
  assert.equal(aptBringsBrowser(debianRoot), true)
  assert.equal(aptBringsBrowser({ ...debianRoot, system: 'ID=raspbian\nID_LIKE=debian\n' }), true)
  assert.equal(aptBringsBrowser({ ...debianRoot, root: false }), false)
  assert.equal(aptBringsBrowser({ ...debianRoot, apt: false }), false)
  assert.equal(aptBringsBrowser({ ...debianRoot, system: 'ID=ubuntu\nID_LIKE=debian\n' }), false)
  assert.equal(aptBringsBrowser({ ...debianRoot, system: 'ID=linuxmint\nID_LIKE="ubuntu debian"\n' }), false)
  assert.equal(aptBringsBrowser({ ...debianRoot, system: '' }), false)
  assert.equal(aptBringsBrowser({ ...debianRoot, platform: 'darwin' }), false)
})

test('the advice fits the machine', () => {
  assert.match(browserAdvice({ ...debianRoot, root: false }).join('\n'), /sudo apt-get install .*chromium/)
  assert.doesNotMatch(browserAdvice({ ...debianRoot, system: 'ID=ubuntu' }).join('\n'), /apt-get/)
  assert.match(browserAdvice({ ...debianRoot, platform: 'win32' }).join('\n'), /Chrome or Microsoft Edge/)
})

describe('ensureBrowser', () => {
  const world = ({
    browser,
    font,
    has = ['chromium-headless-shell', 'chromium', 'fonts-wqy-microhei'],
    appears = true,
  }: {
    browser: BrowserSearch
    font: boolean
    has?: readonly string[]
    appears?: boolean
  }): {
    readonly find: () => BrowserSearch
    readonly run: Run
    readonly calls: string[]
    readonly said: string[]
    readonly say: (line: string) => void
  } => {
    let now = browser
    const calls: string[] = []
    const said: string[] = []
    const run: Run = (command, args, options) => {
      calls.push([command, ...args].join(' '))
      if (command === 'fc-list') {
        const answer: RunResult = font
          ? { ok: true, output: 'WenQuanYi Micro Hei\n' }
          : { ok: false, output: '', problem: 'spawn fc-list ENOENT' }
        return Promise.resolve(answer)
      }
      assert.equal(options?.environment?.['DEBIAN_FRONTEND'], 'noninteractive')
      const wanted = args.includes('install') ? args.slice(args.indexOf('--no-install-recommends') + 1) : []
      if (wanted.some((name) => !has.includes(name)))
        return Promise.resolve({ ok: false, output: 'E: Unable to locate package', problem: 'apt-get ended with 100' })
      const browserName = wanted.find((name) => name.startsWith('chromium'))
      if (appears && browserName !== undefined) now = { kind: 'found', path: `/usr/bin/${browserName}` }
      return Promise.resolve({ ok: true, output: '' })
    }
    return { find: () => now, run, calls, said, say: (line) => said.push(line) }
  }
  const found: BrowserSearch = { kind: 'found', path: '/usr/bin/google-chrome' }
  const none: BrowserSearch = { kind: 'none' }

  test('a browser and a font: nothing is installed', async () => {
    const { calls, ...tools } = world({ browser: found, font: true })
    assert.equal(await ensureBrowser({ ...tools, step: '3/3', machine: debianRoot }), '/usr/bin/google-chrome')
    assert.deepEqual(
      calls.filter((call) => call.startsWith('apt-get')),
      [],
    )
  })

  test('a bare Debian as root: lists, then browser and font, waiting for another apt', async () => {
    const { calls, ...tools } = world({ browser: none, font: false })
    assert.equal(
      await ensureBrowser({ ...tools, step: '3/3', machine: debianRoot }),
      '/usr/bin/chromium-headless-shell',
    )
    const patient = 'apt-get -o DPkg::Lock::Timeout=300 -y -q'
    assert.deepEqual(
      calls.filter((call) => call.startsWith('apt-get')),
      [`${patient} update`, `${patient} install --no-install-recommends chromium-headless-shell fonts-wqy-microhei`],
    )
  })

  test('an older Debian, which has the whole browser only, brings that', async () => {
    const { calls, ...tools } = world({ browser: none, font: true, has: ['chromium'] })
    assert.equal(await ensureBrowser({ ...tools, step: '3/3', machine: debianRoot }), '/usr/bin/chromium')
    assert.ok(calls.at(-1)?.endsWith('--no-install-recommends chromium'))
  })

  test('only the font is missing: only the font is installed', async () => {
    const { calls, ...tools } = world({ browser: found, font: false })
    await ensureBrowser({ ...tools, step: '3/3', machine: debianRoot })
    assert.ok(calls.some((call) => call.endsWith('--no-install-recommends fonts-wqy-microhei')))
  })

  test('not root: no browser ends with advice, no font is only said', async () => {
    const person: Machine = { ...debianRoot, root: false }
    const bare = world({ browser: none, font: false })
    await assert.rejects(ensureBrowser({ ...bare, step: '3/3', machine: person }), (error) => {
      assert.ok(error instanceof CannotGoOn)
      assert.match(error.text(), /sudo apt-get install[\s\S]*SCANTILL_BROWSER/)
      return true
    })
    const fontless = world({ browser: found, font: false })
    await ensureBrowser({ ...fontless, step: '3/3', machine: person })
    assert.equal(fontless.said.length, 1)
    assert.deepEqual(
      [...bare.calls, ...fontless.calls].filter((call) => call.startsWith('apt-get')),
      [],
    )
  })

  test('a wrong SCANTILL_BROWSER is said, and nothing else is tried', async () => {
    const { calls, ...tools } = world({ browser: { kind: 'override-missing', path: '/opt/none' }, font: false })
    await assert.rejects(
      ensureBrowser({ ...tools, step: '3/3', machine: debianRoot }),
      /SCANTILL_BROWSER names \/opt\/none/,
    )
    assert.deepEqual(calls, [])
  })

  test('an apt that fails shows its last lines', async () => {
    const tools = world({ browser: none, font: true, has: [] })
    await assert.rejects(ensureBrowser({ ...tools, step: '3/3', machine: debianRoot }), (error) => {
      assert.ok(error instanceof CannotGoOn)
      assert.match(error.text(), /could not install chromium[\s\S]*Unable to locate package/)
      return true
    })
  })

  test('an apt that succeeds without bringing a browser is not believed', async () => {
    const tools = world({ browser: none, font: true, appears: false })
    await assert.rejects(ensureBrowser({ ...tools, step: '3/3', machine: debianRoot }), /cannot be found/)
  })
})
