import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FromDevices, parseFromDevices } from './device/messages.ts'
import type { ScannerDevice } from './device/scanner-device.ts'
import type { DeviceProcessListeners } from './device/start-process.ts'
import { createVirtualTime } from './device/virtual-time.fixture.ts'
import { countedDigits } from './framing/reports.fixture.ts'
import type { ScannerSettings } from './scanner-settings.ts'
import { openScanners, restartMs, silentMs } from './scanners.ts'

const hid: ScannerSettings = {
  kind: 'hid',
  match: { vendorId: null, productId: null, serialNumber: null },
  layout: null,
}

const gun: ScannerDevice = {
  id: 'hid:1234:0010:A',
  kind: 'hid',
  name: 'Gun',
  path: '/dev/hidraw0',
  state: 'connected',
  detail: '',
  lastDrop: null,
}

/** Scanners over processes that the test plays. */
function scannersOf(settings: readonly ScannerSettings[]) {
  const clock = createVirtualTime()
  const runs: (DeviceProcessListeners & { readonly heard: unknown[]; killed: boolean })[] = []
  const scans: string[] = []
  const scanners = openScanners({
    settings,
    time: clock.time,
    start: (_file, listeners) => {
      const run = { ...listeners, heard: [] as unknown[], killed: false }
      runs.push(run)
      return {
        send: (message) => void run.heard.push(message),
        kill: () => {
          run.killed = true
          run.onExit()
        },
      }
    },
    onScan: ({ text }) => void scans.push(text),
    onDropped: () => undefined,
    onDevices: () => undefined,
  })
  return { clock, runs, scans, scanners }
}

test('without a gun to read no process is started', () => {
  assert.equal(scannersOf([]).runs.length, 0)
})

test('a process that ends is started anew and told what to watch; scans go on', async () => {
  const { clock, runs, scans, scanners } = scannersOf([hid])
  runs[0]?.onMessage({ type: 'devices', devices: [gun] })
  assert.equal(scanners.devices()[0]?.state, 'connected')
  runs[0]?.onExit()
  assert.equal(scanners.devices()[0]?.state, 'connecting')
  await clock.pass(restartMs[0] ?? 0)
  assert.deepEqual(runs[1]?.heard, [{ type: 'watch', settings: [hid] }])
  runs[1]?.onMessage({
    type: 'scan',
    deviceId: gun.id,
    text: countedDigits(18),
    symbology: null,
    end: 'cr',
    tookMs: 0,
    readAtMs: 0,
  })
  assert.deepEqual(scans, [countedDigits(18)])
})

test('a process that always crashes is started ever less often, and once it is steady soon again', async () => {
  const { clock, runs } = scannersOf([hid])
  for (const waitMs of restartMs) {
    const before = runs.length
    runs.at(-1)?.onExit()
    await clock.pass(waitMs - 1)
    assert.equal(runs.length, before)
    await clock.pass(1)
    assert.equal(runs.length, before + 1)
  }
  const before = runs.length
  for (let waited = 0; waited < 60_000; waited += 10_000) {
    runs.at(-1)?.onMessage({ type: 'alive' })
    await clock.pass(10_000)
  }
  runs.at(-1)?.onExit()
  await clock.pass(restartMs[0] ?? 0)
  assert.equal(runs.length, before + 1)
})

test('a process that hangs in a driver is ended and started anew', async () => {
  const { clock, runs } = scannersOf([hid])
  runs[0]?.onMessage({ type: 'alive' })
  await clock.pass(silentMs + (restartMs[0] ?? 0))
  assert.equal(runs[0]?.killed, true)
  assert.equal(runs.length, 2)
})

test('what a dead process still says, and what comes after closing, is nobody’s', async () => {
  const { clock, runs, scans, scanners } = scannersOf([hid])
  const late = {
    type: 'scan',
    deviceId: gun.id,
    text: countedDigits(18),
    symbology: null,
    end: 'cr',
    tookMs: 0,
    readAtMs: 0,
  }
  runs[0]?.onExit()
  runs[0]?.onMessage(late)
  await clock.pass(1_000)
  scanners.close()
  runs[1]?.onMessage(late)
  await clock.pass(60_000)
  assert.deepEqual(scans, [])
  assert.equal(runs[1]?.killed, true)
  assert.equal(runs.length, 2)
})

test('messages of the device process get in as their type says, or not at all', () => {
  const good: readonly FromDevices[] = [
    { type: 'alive' },
    { type: 'scan', deviceId: gun.id, text: countedDigits(18), symbology: 'C0', end: 'cr', tookMs: 0, readAtMs: 0 },
    { type: 'dropped', deviceId: gun.id, reason: 'torn' },
    { type: 'devices', devices: [gun] },
  ]
  for (const message of good) assert.deepEqual(parseFromDevices(JSON.parse(JSON.stringify(message))), message)
  const bad: readonly unknown[] = [
    { type: 'scan', deviceId: gun.id, text: '', symbology: null, end: 'cr', tookMs: 0, readAtMs: 0 },
    { type: 'scan', deviceId: gun.id, text: '1'.repeat(10_000), symbology: null, end: 'cr', tookMs: 0, readAtMs: 0 },
    { type: 'scan', deviceId: 7, text: '1', symbology: null, end: 'cr', tookMs: 0, readAtMs: 0 },
    { type: 'scan', deviceId: gun.id, text: '1' },
    { type: 'dropped', deviceId: gun.id, reason: 'toString' },
    { type: 'devices', devices: [{ ...gun, state: 'happy' }] },
    { type: 'devices', devices: [{ ...gun, name: null }] },
    { type: 'devices', devices: {} },
  ]
  for (const message of bad) assert.equal(parseFromDevices(message), null, JSON.stringify(message))
  fc.assert(fc.property(fc.anything(), (value) => parseFromDevices(value) === null || typeof value === 'object'))
})
