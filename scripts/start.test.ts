import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'

/** `npm start` on a machine without a display, on a fresh data folder. */
async function start(
  context: TestContext,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const data = await mkdtemp(join(tmpdir(), 'scantill-start-'))
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, SCANTILL_BROWSER: _browser, ...rest } = process.env
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args], {
    env: { ...rest, SCANTILL_DATA: data, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  context.after(async () => {
    child.kill('SIGKILL')
    await rm(data, { recursive: true })
  })
  return child
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  assert.ok(stream)
  let text = ''
  for await (const part of stream) text += String(part)
  return text
}

const wrong: readonly [string, readonly string[], Readonly<Record<string, string>>, RegExp][] = [
  ['an option that does not exist', ['--dta', 'x'], {}, /^usage: npm start .*--data/],
  ['a data folder without a name', ['--data='], {}, /^--data needs a path$/m],
  ['a browser that is not there', [], { SCANTILL_BROWSER: '/no/such/browser' }, /^SCANTILL_BROWSER names /],
]

for (const [what, args, environment, sentence] of wrong) {
  test(`npm start says in one line and ends with 2: ${what}`, async (t) => {
    const child = await start(t, args, environment)
    const [said, complaint, [code]] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      once(child, 'exit'),
    ])
    assert.equal(code, 2)
    assert.equal(said, '')
    assert.match(complaint, sentence)
    assert.equal(complaint.split('\n').length, 2)
  })
}

const posixOnly = { skip: process.platform === 'linux' ? false : 'a display is always there' }

test('npm start without a display prints the address, serves the till and ends cleanly', posixOnly, async (t) => {
  const child = await start(t, [])
  const complaint = textOf(child.stderr)
  assert.ok(child.stdout)
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    const [, address] = /^Open (http:\/\/127\.0\.0\.1:\d+\/\?ticket=.*)$/.exec(line) ?? []
    if (address === undefined) continue
    const welcome = await fetch(address, { redirect: 'manual' })
    assert.equal(welcome.status, 303)
    const cookie = welcome.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const page = await fetch(new URL('/', address), { headers: { cookie } })
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<script type="module"/)
    child.kill('SIGTERM')
  }
  if (child.exitCode === null) await once(child, 'exit')
  assert.equal(child.exitCode, 0)
  assert.equal(await complaint, '')
  assert.match(lines.join('\n'), /no display.*\nOpen http.*\n.*Ctrl\+C/)
  assert.equal(lines.length, 3)
})
