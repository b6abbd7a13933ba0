import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { becomeReady, resetElectron, seen } from './hosts/electron/electron-stand-in.fixture.ts'

const standIn = new URL('./hosts/electron/electron-stand-in.fixture.ts', import.meta.url).href
const noTill = `data:text/javascript,export const openTill = async (options) =>
  ({ ok: false, exitCode: 3, problem: options.host + ' ' + options.dataDirectory })`

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'electron') return { url: standIn, format: 'module-typescript', shortCircuit: true }
    if (specifier === './open-till.ts') return { url: noTill, format: 'module', shortCircuit: true }
    return next(specifier, context)
  },
})

test('main.ts sets everything up before ready, then opens the till as Electron’s', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-main-'))
  t.after(() => rm(folder, { recursive: true }))
  t.mock.property(process, 'argv', ['electron', '.', '--data', folder])
  t.mock.method(process.stderr, 'write', () => true)
  resetElectron()
  await import('./main.ts')
  assert.equal(seen().sandboxed, true)
  assert.equal(seen().schemes[0]?.scheme, 'app')
  assert.deepEqual(seen().exits, [])
  becomeReady()
  while (seen().exits.length === 0) await new Promise(setImmediate)
  assert.deepEqual(seen().exits, [3])
  assert.equal(seen().errorBoxes[0]?.content, `electron ${folder}`)
})
