import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceProcessListeners } from '../../native/scanner/device/start-process.ts'
import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'
import type { ScanArrived } from '../api/contract.ts'
import { openScanGuns } from './scan-guns.ts'

const hid: ScannerSettings = {
  kind: 'hid',
  match: { vendorId: null, productId: null, serialNumber: null },
  layout: null,
}
/** How each scan of these tests came in. */
const passage = { deviceId: 'hid:1', symbology: null, end: 'cr', tookMs: 0 } as const
const code = `28${'0123456789012345'}`

/** Guns whose device process the test plays. */
function guns() {
  const arrived: ScanArrived[] = []
  const processes: DeviceProcessListeners[] = []
  const opened = openScanGuns({
    settings: [hid],
    onArrived: (each) => void arrived.push(each),
    onScanners: () => undefined,
    start: (_file, listeners) => {
      processes.push(listeners)
      return { send: () => undefined, kill: () => undefined }
    },
  })
  const say = (message: object): void => processes[0]?.onMessage(message)
  const scan = (text: string, deviceId = 'hid:1'): void =>
    say({ type: 'scan', deviceId, text, symbology: null, end: 'cr', tookMs: 0, readAtMs: 0 })
  return { opened, arrived, say, scan }
}

test('a scan arrives as a name that gives the text out once, and never as the text', () => {
  const { opened, arrived, scan } = guns()
  scan(code)
  const [first] = arrived
  assert.ok(first?.kind === 'held')
  assert.ok(!JSON.stringify(arrived).includes(code.slice(2, -4)))
  assert.equal(opened.claim(first.scan), code)
  assert.equal(opened.claim(first.scan), null)
  opened.close()
})

test('one code in two guns at once is one scan; two codes are two', () => {
  const { opened, arrived, scan } = guns()
  scan(code, 'hid:1')
  scan(code, 'hid:2')
  scan(`${code}9`, 'hid:2')
  assert.equal(arrived.length, 2)
  opened.close()
})

test('a bill is no secret: its number arrives as it is', () => {
  for (const [text, of] of [
    ['S0010120261123K7QX000042', 'order'],
    [`4200${'1'.repeat(24)}`, 'wechat'],
    [`20261125${'2'.repeat(20)}`, 'alipay'],
  ] as const) {
    const { opened, arrived, scan } = guns()
    scan(text)
    const [first] = arrived
    assert.ok(first?.kind === 'bill')
    assert.deepEqual([first.of, first.number], [of, text])
    assert.deepEqual({ ...first.passage, latencyMs: 0 }, { ...passage, latencyMs: 0 })
    opened.close()
  }
})

test('what was not read whole is told; answers to settings and the rest of a text are not', () => {
  const { opened, arrived, say } = guns()
  for (const reason of ['torn', 'setting-answer', 'line-inside-a-code', 'no-terminator']) {
    say({ type: 'dropped', deviceId: 'hid:1', reason })
  }
  assert.deepEqual(arrived, [
    { kind: 'unreadable', loss: 'torn' },
    { kind: 'unreadable', loss: 'no-terminator' },
  ])
  opened.close()
})

test('after closing nothing is given out', () => {
  const { opened, arrived, scan } = guns()
  scan(code)
  opened.close()
  const [first] = arrived
  assert.ok(first?.kind === 'held')
  assert.equal(opened.claim(first.scan), null)
})
