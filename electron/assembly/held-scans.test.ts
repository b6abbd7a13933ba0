import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVirtualTime } from '../../native/scanner/device/virtual-time.fixture.ts'
import { createHeldScans, heldMs, sameScanMs, sameUnusedScanMs } from './held-scans.ts'

const code = '28' + '0123456789012345'

test('a held scan is claimed once, by its name only, and the name tells nothing of it', () => {
  const scans = createHeldScans(createVirtualTime().time)
  const scan = scans.hold(code)
  assert.match(scan.held, /^[0-9a-f]{16}$/)
  assert.equal(scans.claim({ held: '0'.repeat(16) }), null)
  assert.equal(scans.claim(scan), code)
  assert.equal(scans.claim(scan), null)
})

test('what nobody claims is forgotten', async () => {
  const clock = createVirtualTime()
  const scans = createHeldScans(clock.time)
  const [early, late] = [scans.hold(code), scans.hold(code)]
  await clock.pass(heldMs - 1)
  assert.equal(scans.claim(early), code)
  await clock.pass(1)
  assert.equal(scans.claim(late), null)
  const last = scans.hold(code)
  scans.clear()
  assert.equal(scans.claim(last), null)
})

test('the same text within a moment is one scan; another text is not, and later it counts again', async () => {
  const clock = createVirtualTime()
  const scans = createHeldScans(clock.time)
  assert.equal(scans.isRepeat(code), false)
  scans.claim(scans.hold(code))
  await clock.pass(sameScanMs)
  assert.equal(scans.isRepeat(code), true)
  assert.equal(scans.isRepeat(`${code}7`), false)
  scans.claim(scans.hold(`${code}7`))
  await clock.pass(sameScanMs + 1)
  assert.equal(scans.isRepeat(`${code}7`), false)
})

test('a scan that the window had no use for may be made again soon', async () => {
  const clock = createVirtualTime()
  const scans = createHeldScans(clock.time)
  scans.isRepeat(code)
  scans.hold(code)
  await clock.pass(sameUnusedScanMs)
  assert.equal(scans.isRepeat(code), true)
  await clock.pass(sameUnusedScanMs + 1)
  assert.equal(scans.isRepeat(code), false)
})
