import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  adviceForNpm,
  ensureNode,
  ensurePackages,
  nodeProgram,
  npmCommand,
  npmErrorLines,
  packagesState,
  stampOf,
} from './packages.mjs'
import { CannotGoOn, type Run } from './progress.mjs'

const lockOf = (packages: Readonly<Record<string, { version: string; optional?: true }>>): string =>
  JSON.stringify({ packages: { '': { version: '0.1.0' }, ...packages } })

const lockText = lockOf({
  'node_modules/react': { version: '19.3.1' },
  'node_modules/for-windows': { version: '1.0.0', optional: true },
})

describe('packagesState', () => {
  test('the stamp of this very lock file is enough', () => {
    assert.equal(packagesState({ lockText, stamp: stampOf(lockText) }), 'ready')
  })

  test('nothing installed is missing, whatever an old stamp says', () => {
    assert.equal(packagesState({ lockText }), 'missing')
    assert.equal(packagesState({ lockText, stamp: stampOf('{}') }), 'missing')
  })

  test('installed by hand: the same versions will do, and optional packages of another system may lack', () => {
    const recordText = lockOf({
      'node_modules/react': { version: '19.3.1' },
      'node_modules/extra': { version: '1.0.0' },
    })
    assert.equal(packagesState({ lockText, recordText }), 'ready')
  })

  test('another version, a missing package, or another version of an optional one is outdated', () => {
    const records = [
      lockOf({ 'node_modules/react': { version: '19.3.0' } }),
      lockOf({}),
      lockOf({ 'node_modules/react': { version: '19.3.1' }, 'node_modules/for-windows': { version: '0.9.0' } }),
    ]
    for (const recordText of records) assert.equal(packagesState({ lockText, recordText }), 'outdated')
  })
})

describe('on a folder', () => {
  let root = ''
  let calls: { command: string; args: readonly string[]; label: string | undefined }[] = []

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'scantill-preflight-'))
    calls = []
    writeFileSync(join(root, 'package-lock.json'), lockText)
    writeFileSync(join(root, 'package.json'), JSON.stringify({ devDependencies: { node: '24.21.0' } }))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  /** A machine on which `act` is what each program does. */
  const runner =
    (act: (args: readonly string[]) => { ok: boolean; output?: string }): Run =>
    (command, args, options) => {
      calls.push({ command, args, label: options?.label })
      const { ok, output = '' } = act(args)
      return Promise.resolve(ok ? { ok, output } : { ok, output, problem: 'npm ended with 1' })
    }

  const place = (path: string, text = ''): void => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const stampPath = (): string => join(root, 'node_modules', '.scantill-packages')
  const context = { environment: {}, platform: 'linux', step: '1/2' }
  const installs = runner(() => {
    mkdirSync(join(root, 'node_modules'), { recursive: true })
    return { ok: true }
  })

  test('a fresh clone is installed once; the second time nothing runs', async () => {
    assert.equal(await ensurePackages({ root, run: installs, ...context }), 'fresh')
    assert.deepEqual(
      calls.map(({ command, args }) => [command, args[0]]),
      [['npm', 'ci']],
    )
    assert.ok(calls[0]?.args.includes('--include=dev'), 'NODE_ENV=production must not leave out what is needed')
    assert.equal(await ensurePackages({ root, run: installs, ...context }), 'known')
    assert.equal(calls.length, 1)
  })

  test('a changed lock file is installed again, and the label says why', async () => {
    await ensurePackages({ root, run: installs, ...context })
    place(join(root, 'node_modules/.package-lock.json'), lockText)
    writeFileSync(join(root, 'package-lock.json'), lockOf({ 'node_modules/react': { version: '19.4.0' } }))
    assert.equal(await ensurePackages({ root, run: installs, ...context }), 'fresh')
    assert.match(calls[1]?.label ?? '', /lock file changed/)
  })

  test('what was installed by hand is taken as it is', async () => {
    place(join(root, 'node_modules/.package-lock.json'), lockOf({ 'node_modules/react': { version: '19.3.1' } }))
    assert.equal(await ensurePackages({ root, run: installs, ...context }), 'fresh')
    assert.deepEqual(calls, [])
    assert.equal(readFileSync(stampPath(), 'utf8'), stampOf(lockText))
  })

  test('a failed installation leaves no stamp and says what to try', async () => {
    const run = runner(() => ({ ok: false, output: 'npm error code ENOTFOUND\nnpm error network no such host\n' }))
    await assert.rejects(ensurePackages({ root, run, ...context }), (error) => {
      assert.ok(error instanceof CannotGoOn)
      assert.match(error.text(), /could not be installed[\s\S]*ENOTFOUND[\s\S]*Check the network/)
      return true
    })
    assert.equal(existsSync(stampPath()), false)
  })

  test('a Node that is there is not started on later runs', async () => {
    place(nodeProgram(root, 'linux'))
    assert.equal(await ensureNode({ root, run: installs, fresh: false, ...context }), nodeProgram(root, 'linux'))
    assert.deepEqual(calls, [])
  })

  test('a Node that is missing is rebuilt, with install scripts allowed, and checked', async () => {
    const run = runner((args) => {
      if (args[0] === '--version') return { ok: true, output: 'v24.21.0\n' }
      place(nodeProgram(root, 'linux'))
      return { ok: true }
    })
    await ensureNode({ root, run, fresh: true, ...context })
    assert.deepEqual(
      calls.map(({ args }) => args.slice(0, 3)),
      [['rebuild', 'node', '--no-ignore-scripts'], ['--version']],
    )
  })

  test('a Node of another version is rebuilt; if it stays so, the stamp goes and the message says how to mend it', async () => {
    place(nodeProgram(root, 'linux'))
    place(stampPath(), stampOf(lockText))
    const run = runner((args) => ({ ok: true, output: args[0] === '--version' ? 'v20.20.2\n' : '' }))
    await assert.rejects(ensureNode({ root, run, fresh: true, ...context }), /Node 24\.21\.0 could not be installed/)
    assert.equal(existsSync(stampPath()), false)
  })
})

test('the npm that runs us is the npm that installs', () => {
  const running = npmCommand({ npm_execpath: '/usr/lib/npm-cli.js' }, 'linux')
  assert.deepEqual(running, { command: process.execPath, args: ['/usr/lib/npm-cli.js'] })
  assert.equal(npmCommand({}, 'linux').command, 'npm')
  assert.equal(npmCommand({}, 'win32').command, 'npm.cmd')
  assert.equal(npmCommand({ npm_execpath: '/usr/bin/pnpm' }, 'linux').command, 'npm')
})

test("npm's errors are shown without its usage text and stack", () => {
  const output = [
    'npm warn deprecated something',
    'npm error code EUSAGE',
    'npm error',
    'npm error Missing: ws@ from lock file',
    'npm error     at somewhere (file.js:1:1)',
    'npm error Clean install a project',
    'npm error Options: many',
  ].join('\n')
  assert.deepEqual(npmErrorLines(output), ['code EUSAGE', 'Missing: ws@ from lock file'])
  assert.deepEqual(npmErrorLines('no npm at all'), ['no npm at all'])
})

test('each usual failure has advice of its own', () => {
  const outputs = ['ENOTFOUND', 'ENOSPC', 'EACCES', 'EUSAGE', 'E404', 'something new']
  const advice = outputs.map((output) => adviceForNpm(output).join('\n'))
  assert.equal(new Set(advice).size, outputs.length)
  assert.match(adviceForNpm('something new').join(), /npm ci/)
})
