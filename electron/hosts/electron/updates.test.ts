import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'
import { test } from 'node:test'
import type { UpdateNews } from '../../assembly/update-keeper.ts'
import { resetElectron, seen } from './electron-stand-in.fixture.ts'
import type { UpdaterProgram } from './updates.ts'

const standIn = new URL('./electron-stand-in.fixture.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
const { electronUpdater } = await import('./updates.ts')

/** Stands in for electron-updater: remembers what it was told; `satisfies` compares it with the real types. */
function fakeProgram() {
  const told = { feeds: [] as unknown[], checks: 0, installs: [] as unknown[] }
  const program = Object.assign(new EventEmitter(), {
    autoDownload: false,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    disableWebInstaller: false,
    logger: console as UpdaterProgram['logger'],
    setFeedURL: (options: unknown) => void told.feeds.push(options),
    checkForUpdates: async () => {
      told.checks += 1
      return null
    },
    quitAndInstall: (isSilent?: boolean, restart?: boolean) => void told.installs.push([isSilent, restart]),
  }) satisfies UpdaterProgram
  return { told, program }
}

const turn = (): Promise<void> => new Promise(setImmediate)
const source = { url: 'https://updates.shop.invalid/till', channel: 'latest' }

async function opened() {
  resetElectron()
  const { told, program } = fakeProgram()
  const news: UpdateNews[] = []
  const host = electronUpdater(async () => program)
  const updater = host.open(source, (each) => void news.push(each))
  updater.check()
  await turn()
  return { told, program, news, host, updater }
}

test('it downloads by itself, installs nothing by itself, goes back to no older version, and is quiet', async () => {
  const { told, program, news } = await opened()
  assert.deepEqual(told.feeds, [{ provider: 'generic', ...source }])
  assert.equal(told.checks, 1)
  const { autoDownload, autoInstallOnAppQuit, allowDowngrade, disableWebInstaller, logger } = program
  assert.deepEqual(
    { autoDownload, autoInstallOnAppQuit, allowDowngrade, disableWebInstaller, logger },
    { autoDownload: true, autoInstallOnAppQuit: false, allowDowngrade: false, disableWebInstaller: true, logger: null },
  )
  program.emit('update-downloaded', { version: '0.2.0' })
  assert.deepEqual(news, [{ kind: 'ready', version: '0.2.0' }])
})

test('of an error its code is told, never its text; a package that does not load is news, no crash', async () => {
  const { program, news } = await opened()
  program.emit('error', Object.assign(new Error('https://user:word@host'), { code: 'ERR_UPDATER_INVALID_SIGNATURE' }))
  program.emit('error', new RangeError('https://user:word@host'))
  assert.deepEqual(
    news.map((each) => (each.kind === 'failed' ? each.detail : each.kind)),
    ['ERR_UPDATER_INVALID_SIGNATURE', 'RangeError'],
  )
  const lost: UpdateNews[] = []
  const host = electronUpdater(() => Promise.reject(new TypeError('no such file')))
  host.open(source, (each) => void lost.push(each)).check()
  await turn()
  assert.deepEqual(lost, [{ kind: 'failed', detail: 'TypeError' }])
  host.end(0)
  assert.deepEqual(seen().exits, [0])
})

test('the end is an exit, unless what was downloaded may go in and the books closed well', async () => {
  const { told, host, updater } = await opened()
  host.end(0)
  assert.deepEqual([seen().exits, told.installs], [[0], []])
  updater.installAfterClosing({ restart: true })
  host.end(4)
  assert.deepEqual([seen().exits, told.installs], [[0, 4], []])
  host.end(0)
  assert.deepEqual([seen().exits, told.installs], [[0, 4], [[true, true]]])
})

test('an installer that does not start does not leave the shop without a till', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const refused = await opened()
  refused.updater.installAfterClosing({ restart: true })
  refused.host.end(0)
  refused.program.emit('error', new Error('spawn'))
  assert.deepEqual([seen().relaunches, seen().exits], [1, [0]])
  const silent = await opened()
  silent.updater.installAfterClosing({ restart: false })
  silent.host.end(0)
  assert.deepEqual(seen().exits, [])
  t.mock.timers.runAll()
  assert.deepEqual([seen().relaunches, seen().exits], [0, [0]])
})
