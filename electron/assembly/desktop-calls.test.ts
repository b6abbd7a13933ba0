import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makePracticeCode } from '../training/practice-code.ts'
import { copyTrainingKeys } from '../training/shared-keys.fixture.ts'
import { assembleTill } from './assemble.ts'
import type { DesktopHost } from './desktop-host.ts'
import { noGuns } from './no-guns.fixture.ts'
import { createAnnouncer, createTillService, readinessOf } from './service.ts'
import type { UpdateNews } from './update-keeper.ts'

const manager = { staffNumber: '1', pin: '730519' }

/** A till in training mode with a host that has an update server, whose news a test tells. */
async function open(context: TestContext, host: 'desktop' | 'browser' = 'desktop') {
  const data = mkdtempSync(join(tmpdir(), 'desktop-'))
  copyTrainingKeys(data)
  const configuration = { updates: { url: 'https://updates.shop.invalid' }, kiosk: true }
  writeFileSync(join(data, 'config.json'), JSON.stringify(configuration))
  const seen = { quits: 0, installs: [] as unknown[], kiosk: true }
  let tell: (news: UpdateNews) => void = () => undefined
  const desktop: DesktopHost = {
    openUpdater: (_source, onNews) => {
      tell = onNews
      return { check: () => undefined, installAfterClosing: (wanted) => void seen.installs.push(wanted) }
    },
    keys: { weakness: async () => 'unavailable', wrap: () => assert.fail(), unwrap: () => assert.fail() },
    enterKiosk: () => undefined,
    leaveKiosk: () => {
      seen.kiosk = false
    },
    isKiosk: () => seen.kiosk,
    quit: () => {
      seen.quits += 1
    },
  }
  const ofHost = host === 'desktop' ? desktop : null
  const place = { dataDirectory: data, configFile: null, environment: {}, openUpdater: ofHost?.openUpdater }
  const assembly = await assembleTill(place, { onChange: () => undefined, onReadiness: () => undefined })
  assert.ok(assembly.ok)
  const { till } = assembly
  till.updates.start()
  const service = createTillService(till, 'electron', createAnnouncer(), noGuns, undefined, ofHost)
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await service.close()
  }
  context.after(async () => {
    await close()
    rmSync(data, { recursive: true, force: true })
  })
  const install = (proof: typeof manager | null) => service.call('desktop.install-update', { manager: proof })
  return { till, service, seen, close, install, ready: () => tell({ kind: 'ready', version: '0.2.0' }) }
}

test('a version that waits goes in by a manager’s PIN, with a restart, after the books are closed', async (context) => {
  const { till, service, seen, close, install, ready } = await open(context)
  assert.deepEqual(await install(null), { kind: 'nothing-to-do' })
  ready()
  assert.equal(readinessOf(till).updateReady, '0.2.0')
  assert.deepEqual(await service.call('desktop.state', null), {
    update: { version: '0.2.0', hindrances: [] },
    isKiosk: true,
  })
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  assert.deepEqual(await install(null), { kind: 'manager-needed' })
  assert.equal((await install({ ...manager, pin: '000000' })).kind, 'pin-wrong')
  await new Promise(setImmediate)
  assert.equal(seen.quits, 0)
  assert.deepEqual(await install(manager), { kind: 'done' })
  await new Promise(setImmediate)
  assert.deepEqual([seen.quits, seen.installs], [1, []])
  await close()
  assert.deepEqual(seen.installs, [{ restart: true }])
})

test('with an open order or shift nothing goes in: not for a manager, and not at the end', async (context) => {
  const { service, seen, close, install, ready } = await open(context)
  ready()
  await service.call('shift.open', { floatText: null })
  const scan = makePracticeCode('wechat', 'password-never', '0000000001')
  const taken = await service.call('sale.scan', { amountText: '1.00', scan, saleId: null, anotherCustomer: false })
  assert.equal(taken.kind, 'started')
  assert.deepEqual(await install(manager), { kind: 'not-now', hindrances: ['order-open', 'shift-open'] })
  await close()
  assert.deepEqual([seen.quits, seen.installs], [0, []])
})

test('a till at rest that is closed by its people takes the new version along, and does not start again', async (context) => {
  const { seen, close, ready } = await open(context)
  ready()
  await close()
  assert.deepEqual(seen.installs, [{ restart: false }])
})

test('the full screen is left by a manager’s PIN where there is staff', async (context) => {
  const { service, seen } = await open(context)
  await service.call('staff.set-up', { name: '王芳', pin: manager.pin, again: manager.pin })
  const leave = (proof: typeof manager | null) => service.call('desktop.leave-kiosk', { manager: proof })
  assert.deepEqual(await leave(null), { kind: 'manager-needed' })
  assert.ok(seen.kiosk)
  assert.deepEqual(await leave(manager), { kind: 'done' })
  assert.ok(!seen.kiosk)
  assert.deepEqual(await leave(manager), { kind: 'nothing-to-do' })
})

test('behind a browser there is neither', async (context) => {
  const { service, install } = await open(context, 'browser')
  assert.deepEqual(await service.call('desktop.state', null), { update: null, isKiosk: false })
  assert.deepEqual(await install(manager), { kind: 'nothing-to-do' })
  assert.deepEqual(await service.call('desktop.leave-kiosk', { manager }), { kind: 'nothing-to-do' })
})
