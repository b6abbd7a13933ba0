import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { WebSocket } from 'ws'
import { type FakeTill, fakeTill, snapshot } from '../fake-till.fixture.ts'
import type { OpenedTill, OpenTillOptions } from '../service.ts'
import type { AppWindow, AppWindowOptions, WindowEnd } from './app-window.ts'
import { type BrowserTillOptions, runBrowserTill } from './run-browser-till.ts'
import { ask, enter, nextMessage, openSocket, openWindow, visit } from './visitor.fixture.ts'

type FakeWindow = {
  readonly options: AppWindowOptions
  readonly end: (how: WindowEnd) => void
  closes: number
}

type Running = {
  readonly till: FakeTill
  readonly opened: readonly OpenTillOptions[]
  readonly said: readonly string[]
  readonly reported: readonly string[]
  readonly stop: AbortController
  readonly exitCode: Promise<number>
  /** The till's window, when it opens. */
  readonly window: Promise<FakeWindow>
  /** The address, when it is printed. */
  readonly address: Promise<URL>
  readonly folder: string
}

type Setting = Partial<Pick<BrowserTillOptions, 'browser' | 'platform'>> & {
  readonly answer?: OpenedTill
  /** Answers of the first tries; the ones after them open. */
  readonly answers?: OpenedTill[]
  /** The till opens only then. */
  readonly opensAfter?: Promise<void>
}

const refusal = (problem: string, exitCode: number): Extract<OpenedTill, { ok: false }> => ({
  ok: false,
  problem,
  exitCode,
  trouble: { kind: 'damaged', damage: 'chain-broken', sentence: problem, command: null, backup: null },
})

async function run(
  context: TestContext,
  { browser = null, platform = 'linux', answer, answers = [], opensAfter }: Setting = {},
): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-run-'))
  context.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'index.html'), '<title>page</title>')
  const till = fakeTill()
  const opened: OpenTillOptions[] = []
  const said: string[] = []
  const reported: string[] = []
  const stop = new AbortController()
  const window = Promise.withResolvers<FakeWindow>()
  const address = Promise.withResolvers<URL>()
  const openFakeWindow = (options: AppWindowOptions): AppWindow => {
    const ended = Promise.withResolvers<WindowEnd>()
    const fake: FakeWindow = { options, end: ended.resolve, closes: 0 }
    window.resolve(fake)
    return {
      ended: ended.promise,
      async close() {
        fake.closes += 1
        ended.resolve({ kind: 'closed' })
      },
    }
  }
  const exitCode = runBrowserTill({
    dataDirectory: join(folder, 'data'),
    configFile: null,
    openTill: async (options) => {
      opened.push(options)
      await opensAfter
      return answer ?? answers.shift() ?? { ok: true, service: till }
    },
    rendererDirectory: folder,
    browser,
    platform,
    root: false,
    say: (line) => {
      said.push(line)
      const [, found] = /^Open (.*)$/.exec(line) ?? []
      if (found !== undefined) address.resolve(new URL(found))
    },
    report: (line) => void reported.push(line),
    stop: stop.signal,
    openWindow: openFakeWindow,
    waits: { handOverMs: 1, reloadMs: 1, windowlessMs: 1 },
  })
  return { till, opened, said, reported, stop, exitCode, window: window.promise, address: address.promise, folder }
}

/** What the browser behind an address does: ticket, page, bridge. */
async function browse(address: URL): Promise<WebSocket> {
  const port = Number(address.port)
  const cookie = await enter({ port, ticket: address.searchParams.get('ticket') ?? '' })
  assert.match((await visit(port, { headers: { cookie } })).body, /page/)
  return await openWindow(port, { cookie })
}

async function leave(page: WebSocket): Promise<void> {
  page.close()
  await once(page, 'close')
}

test('end to end without a display: address, ticket, page, call, stop, closed books', async (t) => {
  const { address, till, opened, stop, exitCode, said, reported, folder } = await run(t)
  const page = await browse(await address)
  assert.deepEqual(opened, [{ dataDirectory: join(folder, 'data'), configFile: null, host: 'browser' }])
  assert.deepEqual(await ask(page, { id: 1, name: 'till.snapshot', request: null }), {
    id: 1,
    answer: { ok: true, reply: snapshot },
  })
  assert.equal(till.closed, false)
  stop.abort()
  assert.equal(await exitCode, 0)
  assert.equal(till.closed, true)
  assert.equal(said.length, 2)
  assert.match(said[1] ?? '', /Ctrl\+C/)
  assert.deepEqual(reported, [])
  await assert.rejects(visit(Number((await address).port)), { code: 'ECONNREFUSED' })
})

test('a browser that leaves does not end a till without a window of its own', async (t) => {
  const { address, till, stop, exitCode } = await run(t)
  const url = await address
  const port = Number(url.port)
  const cookie = await enter({ port, ticket: url.searchParams.get('ticket') ?? '' })
  await leave(await openWindow(port, { cookie }))
  await leave(await openWindow(port, { cookie }))
  assert.equal(till.closed, false)
  stop.abort()
  assert.equal(await exitCode, 0)
})

test('a till that cannot be opened says why on standard error, with its exit code', async (t) => {
  const answer = refusal('config.json: till.id must be text.', 2)
  const { exitCode, said, reported } = await run(t, { answer })
  assert.equal(await exitCode, 2)
  assert.deepEqual(reported, [answer.problem])
  assert.deepEqual(said, [])
})

test('a till that cannot be opened tells its window why, and opens at the second try', async (t) => {
  const answers: OpenedTill[] = [refusal('The ledger is damaged.', 4), refusal('The ledger is damaged.', 4)]
  const { window, till, exitCode, reported, opened } = await run(t, { browser: '/usr/bin/chromium', answers })
  const { options, end } = await window
  const port = Number(new URL(options.address).port)
  const cookie = await enter({ port, ticket: new URL(options.address).searchParams.get('ticket') ?? '' })
  const page = openSocket(port, { cookie })
  await once(page, 'open')
  const call = async (name: string) => {
    const { answer } = (await ask(page, { id: 1, name, request: null })) as { readonly answer: unknown }
    return answer
  }
  const trouble = refusal('The ledger is damaged.', 4).trouble
  assert.deepEqual(await call('till.opening'), { ok: true, reply: trouble })
  assert.match(JSON.stringify(await call('till.snapshot')), /"failed"/)
  assert.deepEqual(await call('till.open-again'), { ok: true, reply: trouble })
  assert.deepEqual(await call('till.open-again'), { ok: true, reply: null })
  assert.deepEqual(await call('till.snapshot'), { ok: true, reply: snapshot })
  assert.equal(opened.length, 3)
  assert.equal(reported[0], 'The ledger is damaged.')
  assert.equal(reported.filter((line) => line === reported[0]).length, 1)
  const event = nextMessage(page)
  till.emit('readiness.changed', snapshot.readiness)
  assert.deepEqual(await event, { event: 'readiness.changed', payload: snapshot.readiness })
  page.terminate()
  end({ kind: 'closed' })
  assert.equal(await exitCode, 0)
  assert.equal(till.closed, true)
})

test('the window opens while the till opens its books, and what it asks waits for them', async (t) => {
  const books = Promise.withResolvers<void>()
  const { window, till, exitCode } = await run(t, { browser: '/usr/bin/chromium', opensAfter: books.promise })
  const { options, end } = await window
  const port = Number(new URL(options.address).port)
  const cookie = await enter({ port, ticket: new URL(options.address).searchParams.get('ticket') ?? '' })
  const page = openSocket(port, { cookie })
  await once(page, 'open')
  const told = ask(page, { id: 1, name: 'till.snapshot', request: null })
  page.ping()
  await once(page, 'pong')
  books.resolve()
  assert.deepEqual(await told, { id: 1, answer: { ok: true, reply: snapshot } })
  page.terminate()
  end({ kind: 'closed' })
  assert.equal(await exitCode, 0)
  assert.equal(till.closed, true)
})

test('a window that is closed while the till cannot open ends with its exit code', async (t) => {
  const running = await run(t, { browser: '/usr/bin/chromium', answer: refusal('The disk is full.', 4) })
  const { end } = await running.window
  end({ kind: 'closed' })
  assert.equal(await running.exitCode, 4)
})

test('closing the till’s window ends the till', async (t) => {
  const { window, till, exitCode, said, folder } = await run(t, { browser: '/usr/bin/chromium' })
  const { options, end } = await window
  assert.equal(options.program, '/usr/bin/chromium')
  assert.equal(options.profileDirectory, join(folder, 'data', 'window', 'browser'))
  const page = await browse(new URL(options.address))
  page.terminate()
  end({ kind: 'closed' })
  assert.equal(await exitCode, 0)
  assert.equal(till.closed, true)
  assert.ok(!said.join().includes('ticket'), 'the address is the window’s alone')
})

test('stopping the till closes its window', async (t) => {
  const running = await run(t, { browser: '/usr/bin/chromium' })
  const window = await running.window
  running.stop.abort()
  assert.equal(await running.exitCode, 0)
  assert.equal(window.closes, 1)
  assert.equal(running.till.closed, true)
})

test('a stop while the till opens still closes its books', async (t) => {
  const running = await run(t, { browser: '/usr/bin/chromium' })
  running.stop.abort()
  assert.equal(await running.exitCode, 0)
  assert.equal(running.till.closed, true)
})

test('a browser that hands the address to another one: the till lives as long as the page there', async (t) => {
  const { window, till, exitCode } = await run(t, { browser: '/usr/bin/chromium' })
  const { options, end } = await window
  const page = await browse(new URL(options.address))
  end({ kind: 'closed' })
  await ask(page, { id: 1, name: 'till.snapshot', request: null })
  assert.equal(till.closed, false)
  await leave(page)
  assert.equal(await exitCode, 0)
})

test('a window that was closed before the page came ends the till', async (t) => {
  const { window, exitCode } = await run(t, { browser: '/usr/bin/chromium' })
  const { end } = await window
  end({ kind: 'closed' })
  assert.equal(await exitCode, 0)
})

test('a browser that cannot open a window: the address is printed and the till waits', async (t) => {
  const { window, address, stop, exitCode, till, reported } = await run(t, { browser: '/usr/bin/chromium' })
  const { end } = await window
  end({ kind: 'failed' })
  const page = await browse(await address)
  assert.match(reported.join('\n'), /could not be opened/)
  await ask(page, { id: 1, name: 'till.snapshot', request: null })
  assert.equal(till.closed, false)
  stop.abort()
  assert.equal(await exitCode, 0)
})

test('macOS: a browser that stays without a window does not keep the till', async (t) => {
  const running = await run(t, { browser: '/Applications/Chromium', platform: 'darwin' })
  const { options } = await running.window
  await leave(await browse(new URL(options.address)))
  assert.equal(await running.exitCode, 0)
  assert.equal((await running.window).closes, 1)
})
