import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { countedDigits } from '../framing/reports.fixture.ts'
import { openPseudoTerminal, withoutPseudoTerminal } from '../pseudo-terminal.fixture.ts'
import type { ScannerSettings } from '../scanner-settings.ts'
import { openScanners } from '../scanners.ts'
import type { ScannerState } from './scanner-device.ts'
import { type DeviceProcess, startChildProcess } from './start-process.ts'

const serialAt = (path: string): ScannerSettings => ({
  kind: 'serial',
  path,
  match: { vendorId: null, productId: null, serialNumber: null },
  port: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  line: { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' },
})

/** A round takes a second or two, most of it the wait for a cable that wiggles; `SCANTILL_UNPLUG_ROUNDS=50` asks for more. */
const unplugRounds = Number(process.env['SCANTILL_UNPLUG_ROUNDS'] ?? 4)

/** The limit only ends a run that would wait for ever. */
const options = { skip: withoutPseudoTerminal, timeout: 60_000 + unplugRounds * 10_000 }

/** The real process over a port, whose scans and states a test awaits. */
function watchPort(context: TestContext, path: string) {
  const scans: string[] = []
  const drops: string[] = []
  let state: ScannerState = 'connecting'
  let process: DeviceProcess | null = null
  let wake = (): void => undefined
  const scanners = openScanners({
    settings: [serialAt(path)],
    start: (file, listeners) => {
      process = startChildProcess(file, listeners)
      return process
    },
    onScan: ({ text }) => {
      scans.push(text)
      wake()
    },
    onDropped: ({ reason }) => {
      drops.push(reason)
      wake()
    },
    onDevices: ([device]) => {
      state = device?.state ?? 'connecting'
      wake()
    },
  })
  context.after(() => scanners.close())
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise<void>((resolve) => (wake = resolve))
  }
  return { scans, drops, until, state: () => state, killProcess: () => process?.kill() }
}

test('a serial gun on a real port: a thousand codes, all arrive, in order', options, async (context) => {
  const line = await openPseudoTerminal()
  context.after(() => line.unplug())
  const port = watchPort(context, line.path)
  await port.until(() => port.state() === 'connected')
  const codes = Array.from({ length: 1_000 }, (_, index) => `28${String(index).padStart(6, '0')}${countedDigits(10)}`)
  for (const [index, code] of codes.entries()) {
    line.send(`${code}${['\r', '\n', '\r\n', '\t'][index % 4]}`)
    await port.until(() => port.scans.length > index)
  }
  assert.deepEqual(port.scans, codes)
  assert.deepEqual(port.drops, [])
})

test('unplugged in mid-code and plugged in again: the next code is whole', options, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'scantill-port-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'tty-gun')
  const port = watchPort(context, path)
  for (let round = 0; round < unplugRounds; round += 1) {
    const line = await openPseudoTerminal()
    await symlink(line.path, path)
    await port.until(() => port.state() === 'connected')
    line.send(`${countedDigits(18, round)}\r1302`)
    await port.until(() => port.scans.length > round)
    await rm(path)
    await line.unplug()
    await port.until(() => port.state() !== 'connected')
  }
  assert.deepEqual(
    port.scans,
    Array.from({ length: unplugRounds }, (_, round) => countedDigits(18, round)),
  )
  assert.ok(port.drops.every((reason) => reason === 'torn' || reason === 'no-terminator'))
})

test('a killed device process comes back by itself and scans', options, async (context) => {
  const line = await openPseudoTerminal()
  context.after(() => line.unplug())
  const port = watchPort(context, line.path)
  await port.until(() => port.state() === 'connected')
  port.killProcess()
  await port.until(() => port.state() !== 'connected')
  await port.until(() => port.state() === 'connected')
  line.send(`${countedDigits(18)}\r`)
  await port.until(() => port.scans.length > 0)
  assert.deepEqual(port.scans, [countedDigits(18)])
})
