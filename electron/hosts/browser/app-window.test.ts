import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type AppWindow, appWindowArguments, browserEnvironment, openAppWindow } from './app-window.ts'

const options = {
  address: 'http://127.0.0.1:5000/?ticket=x',
  profileDirectory: '/data/window/browser',
  platform: 'linux',
  root: false,
} as const

test('the arguments: an app window with a profile of its own that calls nobody', () => {
  const args = appWindowArguments(options)
  assert.equal(args[0], '--app=http://127.0.0.1:5000/?ticket=x')
  assert.ok(args.includes('--user-data-dir=/data/window/browser'))
  for (const name of [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-popup-blocking',
    '--no-first-run',
  ]) {
    assert.ok(args.includes(name), name)
  }
  assert.ok(!args.includes('--no-sandbox'))
  assert.ok(appWindowArguments({ ...options, root: true }).includes('--no-sandbox'))
  assert.ok(appWindowArguments({ ...options, root: true }).includes('--test-type'))
})

const posixOnly = { skip: process.platform === 'win32' ? 'the stand-in for a browser is a script' : false }

/** A program that stands in for a browser: it writes `running` beside itself, then does as told. */
async function program(context: TestContext, body: string): Promise<{ window: AppWindow; running: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-browser-'))
  context.after(() => rm(folder, { recursive: true }))
  const running = join(folder, 'running')
  const file = join(folder, 'browser')
  const head = `#!${process.execPath}\nconst { appendFileSync, writeFileSync } = require('node:fs')\n`
  await writeFile(file, `${head}writeFileSync(${JSON.stringify(running)}, String(process.pid))\n${body}\n`)
  await chmod(file, 0o755)
  return { window: openAppWindow({ ...options, program: file }), running }
}

async function present(file: string): Promise<void> {
  for (;;) {
    try {
      return await access(file)
    } catch {
      await new Promise(setImmediate)
    }
  }
}

test('a browser that ends by itself: closed, or failed', posixOnly, async (t) => {
  const good = await program(t, 'process.exit(0)')
  assert.deepEqual(await good.window.ended, { kind: 'closed' })
  const bad = await program(t, 'process.exit(1)')
  assert.deepEqual(await bad.window.ended, { kind: 'failed' })
  await good.window.close()
})

test('a browser that is not there: failed', async () => {
  const window = openAppWindow({ ...options, program: join(tmpdir(), 'no-such-browser') })
  assert.deepEqual(await window.ended, { kind: 'failed' })
  await window.close()
})

test('closing ends a browser that runs', posixOnly, async (t) => {
  const { window, running } = await program(t, 'setInterval(() => {}, 1000)')
  await present(running)
  await window.close()
  assert.deepEqual(await window.ended, { kind: 'failed' })
})

test('a till that ends abruptly takes its window along', posixOnly, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-abrupt-'))
  t.after(() => rm(folder, { recursive: true }))
  // The browser's life is a connection: it opens when the browser runs, and breaks when the browser is gone.
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo // it listens on TCP
  const file = join(folder, 'browser')
  await writeFile(file, `#!${process.execPath}\nrequire('node:net').connect(${port}, '127.0.0.1')\n`)
  await chmod(file, 0o755)
  const script = `
    import { openAppWindow } from ${JSON.stringify(new URL('./app-window.ts', import.meta.url).href)}
    openAppWindow(${JSON.stringify({ ...options, program: file })})
    process.on('SIGTERM', () => process.exit(130))`
  const till = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  const [browser] = (await once(server, 'connection')) as [Socket] // the event's argument
  browser.on('error', () => undefined)
  const browserGone = once(browser.resume(), 'close')
  till.kill('SIGTERM')
  assert.deepEqual(await once(till, 'exit'), [130, null])
  await browserGone
})

test('the browser gets no variable that may hold a secret', () => {
  const given = {
    DISPLAY: ':1',
    HOME: '/home/till',
    SCANTILL_PASSPHRASE: 'p',
    SCANTILL_PASSPHRASE_FILE: 'f',
    WECHAT_API_KEY: 'k',
    alipay_private_key: 'k',
    CLIENT_SECRET: 's',
    POS_TOKEN: 't',
  }
  assert.deepEqual(browserEnvironment(given), { DISPLAY: ':1', HOME: '/home/till' })
})
