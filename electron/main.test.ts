import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { becomeReady, resetElectron, seen } from './hosts/electron/electron-stand-in.fixture.ts'

const standIn = new URL('./hosts/electron/electron-stand-in.fixture.ts', import.meta.url).href
const noTill = `data:text/javascript,export const openTill = async (options) => {
  globalThis.askedToOpen = options;
  throw new Error('no till here')
}`
/** How often the event loop may turn before the till must have been asked for; far more than it takes. */
const turnsAllowed = 100_000

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
  for (let turn = 0; turn < turnsAllowed && seen().exits.length === 0; turn += 1) await new Promise(setImmediate)
  assert.deepEqual(seen().exits, [4])
  const { askedToOpen } = globalThis as {
    readonly askedToOpen?: { readonly host: string; readonly dataDirectory: string }
  }
  assert.deepEqual([askedToOpen?.host, askedToOpen?.dataDirectory], ['electron', folder])
})
