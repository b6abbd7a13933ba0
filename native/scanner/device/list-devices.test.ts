import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listDevices, listingMs } from './list-devices.ts'
import type { DeviceProcessListeners } from './start-process.ts'
import { createVirtualTime } from './virtual-time.fixture.ts'

/** A listing process that the test plays. */
function listing() {
  const clock = createVirtualTime()
  const heard: unknown[] = []
  let kills = 0
  const kill = (): void => {
    kills += 1
  }
  let process: DeviceProcessListeners | null = null
  const answer = listDevices((_file, listeners) => {
    process = listeners
    return { send: (message) => void heard.push(message), kill }
  }, clock.time)
  const said = (): DeviceProcessListeners => {
    if (process === null) throw new Error('no process was started')
    return process
  }
  return { answer, heard, clock, said, kills: () => kills }
}

test('what the process lists is answered as its type says, and the process is ended', async () => {
  const { answer, heard, said, kills } = listing()
  assert.deepEqual(heard, [{ type: 'list' }])
  const port = { path: '/dev/ttyACM0', name: 'Gun', vendorId: 0x1eab, productId: 0x1010, serialNumber: null }
  const problem = { kind: 'module-does-not-load', detail: 'libusb-1.0.so.0' }
  said().onMessage({ type: 'lists', hid: { ok: true, devices: {} }, serial: null })
  said().onMessage({
    type: 'lists',
    hid: { ok: false, problem },
    serial: { ok: true, devices: [port, { ...port, path: 7 }, { ...port, vendorId: '1eab' }] },
  })
  assert.deepEqual(await answer, { hid: { ok: false, problem }, serial: { ok: true, devices: [port] } })
  assert.ok(kills() > 0)
})

test('a process that crashes, or hangs in a driver, lists nothing', async () => {
  const crashed = listing()
  crashed.said().onExit()
  assert.equal(await crashed.answer, null)
  const hung = listing()
  await hung.clock.pass(listingMs)
  assert.equal(await hung.answer, null)
  assert.ok(hung.kills() > 0)
})

test('the real process tells lists, whatever is plugged in here', { timeout: 60_000 }, async () => {
  const lists = await listDevices()
  assert.ok(lists !== null)
  for (const list of [lists.hid, lists.serial]) assert.ok(list.ok || list.problem.detail !== '')
})
