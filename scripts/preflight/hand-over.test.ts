import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { isProjectNode } from './hand-over.mjs'

const scripts = dirname(import.meta.dirname)
const place = mkdtempSync(join(tmpdir(), 'scantill-hand-over-'))
after(() => rmSync(place, { recursive: true }))

let root = ''
let count = 0
beforeEach(() => {
  count += 1
  root = join(place, String(count))
  mkdirSync(join(root, 'electron/cli'), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module","devDependencies":{"node":"24.21.0"}}')
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{}}')
  for (const name of ['till.mjs', 'preflight.mjs', 'preflight']) {
    cpSync(join(scripts, name), join(root, 'scripts', name), { recursive: true })
  }
})

const installed = (): void => {
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true })
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages":{}}')
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  symlinkSync(process.execPath, join(root, 'node_modules/node/bin', name))
}

const run = (
  ...words: string[]
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })

test('the command line gets its arguments, stdout is its own, its exit code is the answer', () => {
  installed()
  const program = 'console.log(JSON.stringify(process.argv.slice(2)))\nprocess.exitCode = 3\n'
  writeFileSync(join(root, 'electron/cli/main.ts'), program)
  const { status, stdout, stderr } = run('scripts/till.mjs', 'orders', '--json')
  assert.deepEqual({ status, stdout, stderr }, { status: 3, stdout: '["orders","--json"]\n', stderr: '' })
})

test('without packages the command line says so on stderr and ends 4', () => {
  const { status, stdout, stderr } = run('scripts/till.mjs', 'orders', '--json')
  assert.equal(status, 4)
  assert.equal(stdout, '')
  assert.match(stderr, /packages are not installed.*npm ci/)
})

test('a part that is missing is named, and ends 4', () => {
  installed()
  writeFileSync(join(root, 'electron/cli/main.ts'), "import 'scantill-no-such-package'\n")
  const { status, stdout, stderr } = run('scripts/till.mjs')
  assert.equal(status, 4)
  assert.equal(stdout, '')
  assert.match(stderr, /scantill-no-such-package/)
})

test('an error of the command itself is not taken for a missing part', () => {
  installed()
  writeFileSync(join(root, 'electron/cli/main.ts'), "throw new Error('broken on purpose')\n")
  const { status, stderr } = run('scripts/till.mjs')
  assert.equal(status, 1)
  assert.match(stderr, /broken on purpose/)
  assert.doesNotMatch(stderr, /npm ci/)
})

test('the preflight with nothing to do is silent and runs the script with its arguments', () => {
  installed()
  // The version that this fixture's package.json asks for is the one that runs the tests.
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ type: 'module', devDependencies: { node: process.versions.node } }),
  )
  writeFileSync(
    join(root, 'scripts/hello.ts'),
    'const words: string[] = process.argv.slice(2)\nconsole.log(words.join())\n',
  )
  const { status, stdout, stderr } = run('scripts/preflight.mjs', 'scripts/hello.ts', 'a', 'b')
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'a,b\n', stderr: '' })
})

test('Node 24 is ours, 20 and 26 are not', () => {
  assert.deepEqual(
    ['24.21.0', '20.20.2', '26.0.0', '2.4.0'].map((version) => isProjectNode(version)),
    [true, false, false, false],
  )
})
