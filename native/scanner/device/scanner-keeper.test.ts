import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMockBinding } from '../binding/mock-binding.fixture.ts'
import { countedDigits, hidPosReports, latin1 } from '../framing/reports.fixture.ts'
import { scanText } from '../framing/scan-text.ts'
import type { ScannerSettings } from '../scanner-settings.ts'
import type { ScannerDevice } from './scanner-device.ts'
import { createScannerKeeper, pollMs, reopenMs, serialListMs, wiggleMs, wigglePollMs } from './scanner-keeper.ts'
import { createVirtualTime } from './virtual-time.fixture.ts'

const anything = { vendorId: null, productId: null, serialNumber: null }
const line = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' } as const
const port = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' } as const
const hid: ScannerSettings = { kind: 'hid', match: anything, layout: null }
const serialAt = (path: string): ScannerSettings => ({ kind: 'serial', path, match: anything, port, line })

/** A keeper over hardware and time that the test moves. */
async function keeperOf(
  settings: readonly ScannerSettings[],
  prepare = (_hardware: ReturnType<typeof createMockBinding>) => {},
) {
  const hardware = createMockBinding()
  prepare(hardware)
  const clock = createVirtualTime()
  const scans: string[] = []
  const from: string[] = []
  const drops: string[] = []
  const told: (readonly ScannerDevice[])[] = []
  const keeper = createScannerKeeper({
    binding: hardware.binding,
    time: clock.time,
    settings,
    onScan: (id, scan) => {
      scans.push(scanText(scan))
      from.push(id)
    },
    onDropped: (_id, reason) => void drops.push(reason),
    onDevices: (devices) => void told.push(devices),
  })
  await keeper.poll()
  const states = () => keeper.devices().map(({ state }) => state)
  return { hardware, clock, keeper, scans, from, drops, told, states }
}

test('a gun that is there is read, one that comes later too, each under its own name', async () => {
  const { hardware, clock, scans, from, states } = await keeperOf([hid], ({ plugHid }) =>
    plugHid({ path: '/dev/hidraw0', serialNumber: 'A' }),
  )
  assert.deepEqual(states(), ['connected'])
  hardware.plugHid({ path: '/dev/hidraw1', serialNumber: 'B', vendorId: 0x1eab })
  await clock.pass(pollMs)
  const codes = [countedDigits(18), countedDigits(18, 1)]
  hardware.send('/dev/hidraw0', ...hidPosReports('aim', latin1(codes[0] ?? '')))
  hardware.send('/dev/hidraw1', ...hidPosReports('plain', latin1(codes[1] ?? '')))
  assert.deepEqual(scans, codes)
  assert.deepEqual(from, ['hid:1234:0010:A', 'hid:1eab:0010:B'])
})

test('two guns at once keep their codes apart, report by report', async () => {
  const { hardware, scans } = await keeperOf([hid], ({ plugHid }) => {
    plugHid({ path: '/dev/hidraw0' })
    plugHid({ path: '/dev/hidraw1' })
  })
  const [long, other] = [countedDigits(100), countedDigits(100, 5)]
  const [first, second] = [hidPosReports('aim', latin1(long)), hidPosReports('aim', latin1(other))]
  for (const [index, report] of first.entries()) {
    hardware.send('/dev/hidraw0', report)
    hardware.send('/dev/hidraw1', second[index] as Uint8Array)
  }
  assert.deepEqual(scans, [long, other])
})

test('the same device, listed twice or wanted by two settings, is opened once', async () => {
  const { hardware } = await keeperOf([hid, { ...hid, match: { ...anything, vendorId: 0x1234 } }], ({ plugHid }) => {
    plugHid({ path: '/dev/hidraw0' })
    plugHid({ path: '/dev/hidraw0' })
  })
  assert.deepEqual(hardware.openings, ['/dev/hidraw0'])
})

test('keyboards, printers and other HID devices are left alone', async () => {
  const { hardware, states } = await keeperOf([hid], ({ plugHid }) =>
    plugHid({ path: '/dev/hidraw0', usagePage: 1, usage: 6 }),
  )
  assert.deepEqual([hardware.openings, states()], [[], ['absent']])
})

test('half a code, out and in again under another path: fifty times no code is lost, glued or told as gone', async () => {
  const { hardware, clock, scans, drops, told } = await keeperOf([hid], ({ plugHid }) =>
    plugHid({ path: '/dev/hidraw0', serialNumber: 'A' }),
  )
  for (let round = 0; round < 50; round += 1) {
    const path = `/dev/hidraw${round}`
    hardware.send(path, hidPosReports('aim', latin1(countedDigits(90)))[0] as Uint8Array)
    hardware.unplug(path)
    hardware.plugHid({ path: `/dev/hidraw${round + 1}`, serialNumber: 'A' })
    await clock.pass(400)
    hardware.send(`/dev/hidraw${round + 1}`, ...hidPosReports('aim', latin1(countedDigits(18, round))))
  }
  assert.deepEqual(
    scans,
    Array.from({ length: 50 }, (_, round) => countedDigits(18, round)),
  )
  assert.deepEqual(drops, new Array(50).fill('torn'))
  assert.ok(told.flat().every(({ state }) => state === 'connected' || state === 'connecting'))
})

test('a gun whose cable wiggled is looked for more often than a gun that is away', async () => {
  const { hardware, clock, states, told } = await keeperOf([hid], ({ plugHid }) =>
    plugHid({ path: '/dev/hidraw0', serialNumber: 'A' }),
  )
  hardware.unplug('/dev/hidraw0')
  // The bus knows it again just after the first look.
  await clock.pass(reopenMs[0] ?? 0)
  hardware.plugHid({ path: '/dev/hidraw1', serialNumber: 'A' })
  await clock.pass(wigglePollMs)
  assert.deepEqual(states(), ['connected'])
  assert.ok(told.flat().every(({ state }) => state === 'connected' || state === 'connecting'))
})

test('a gun that stays away is told as absent after the wiggle, and found when it comes', async () => {
  const { hardware, clock, states } = await keeperOf([hid], ({ plugHid }) => plugHid({ path: '/dev/hidraw0' }))
  hardware.unplug('/dev/hidraw0')
  await clock.pass(1_000)
  assert.deepEqual(states(), ['connecting'])
  await clock.pass(wiggleMs + 2 * pollMs)
  assert.deepEqual(states(), ['absent'])
  hardware.plugHid({ path: '/dev/hidraw0' })
  await clock.pass(pollMs)
  assert.deepEqual(states(), ['connected'])
})

test('ports are listed at each poll while a gun is missing, and seldom while all are read', async () => {
  const { hardware, clock } = await keeperOf([serialAt('/dev/ttyUSB0')], ({ plugSerial }) =>
    plugSerial({ path: '/dev/ttyUSB0' }),
  )
  const listings = async (ms: number): Promise<number> => {
    const before = hardware.serialListings()
    await clock.pass(ms)
    return hardware.serialListings() - before
  }
  assert.ok((await listings(4 * serialListMs)) <= 5)
  hardware.unplug('/dev/ttyUSB0')
  assert.ok((await listings(4 * serialListMs)) >= (4 * serialListMs) / pollMs)
})

test('a driver that does not tell of the unplugging is found out by the list', async () => {
  for (const settings of [hid, serialAt('/dev/ttyUSB0')]) {
    const path = settings.kind === 'hid' ? '/dev/hidraw0' : '/dev/ttyUSB0'
    const { hardware, clock, scans } = await keeperOf([settings], ({ plugHid, plugSerial }) =>
      settings.kind === 'hid' ? plugHid({ path }) : plugSerial({ path }),
    )
    assert.ok(hardware.isOpen(path))
    hardware.unplug(path, { silently: true })
    await clock.pass(serialListMs + 3 * pollMs)
    assert.ok(!hardware.isOpen(path))
    if (settings.kind === 'hid') hardware.plugHid({ path })
    else hardware.plugSerial({ path })
    await clock.pass(2 * pollMs)
    const code = latin1(countedDigits(18))
    hardware.send(path, ...(settings.kind === 'hid' ? hidPosReports('aim', code) : [code, latin1('\r')]))
    assert.deepEqual(scans, [countedDigits(18)])
  }
})

test('a device file that is gone without an event or a list is found out too', async () => {
  const { hardware, clock, states } = await keeperOf([serialAt('/dev/pts/7')], ({ plugSerial }) =>
    plugSerial({ path: '/dev/pts/7' }),
  )
  hardware.removeFile('/dev/pts/7')
  hardware.refuse('/dev/pts/7', { kind: 'absent', detail: 'no such file or directory' })
  await clock.pass(pollMs)
  assert.ok(!hardware.isOpen('/dev/pts/7'))
  await clock.pass(wiggleMs)
  assert.deepEqual(states(), ['absent'])
})

test('a list that cannot be read closes nothing, and says why nothing new is found', async () => {
  const { hardware, clock, states } = await keeperOf([hid], ({ plugHid }) => plugHid({ path: '/dev/hidraw0' }))
  hardware.breakListing({ kind: 'listing-failed', detail: 'udevadm is missing' })
  await clock.pass(5 * pollMs)
  assert.ok(hardware.isOpen('/dev/hidraw0'))
  assert.deepEqual(states(), ['connected'])
})

test('a package that does not load is a state with its reason', async () => {
  const { keeper } = await keeperOf([hid], ({ breakListing }) =>
    breakListing({ kind: 'module-does-not-load', detail: 'libusb-1.0.so.0: cannot open shared object file' }),
  )
  const [device] = keeper.devices()
  assert.equal(device?.state, 'module-does-not-load')
  assert.match(device?.detail ?? '', /libusb/)
})

test('no access and a busy port are told, tried again with longer waits, and work once they are mended', async () => {
  for (const kind of ['no-access', 'busy'] as const) {
    const { hardware, clock, states } = await keeperOf([serialAt('/dev/ttyUSB0')], ({ plugSerial, refuse }) => {
      plugSerial({ path: '/dev/ttyUSB0' })
      refuse('/dev/ttyUSB0', { kind, detail: 'the system says so' })
    })
    assert.deepEqual(states(), [kind])
    await clock.pass(60_000)
    assert.ok(hardware.openings.length > 5 && hardware.openings.length < 20, String(hardware.openings.length))
    hardware.refuse('/dev/ttyUSB0', null)
    await clock.pass(5_000)
    assert.deepEqual(states(), ['connected'])
  }
})

test('a port that no list shows is tried all the same', async () => {
  const { hardware, clock, states } = await keeperOf([serialAt('/dev/pts/7')])
  assert.deepEqual(states(), ['absent'])
  await clock.pass(30_000)
  hardware.plugSerial({ path: '/dev/pts/7' })
  await clock.pass(pollMs)
  assert.deepEqual(states(), ['connected'])
})

test('silence ends a code where nothing else does, and a gun that is silent for an hour still scans', async () => {
  const settings: ScannerSettings = {
    ...(serialAt('/dev/ttyUSB0') as Extract<ScannerSettings, { kind: 'serial' }>),
    line: { ...line, terminator: 'none' },
  }
  const { hardware, clock, scans } = await keeperOf([settings], ({ plugSerial }) =>
    plugSerial({ path: '/dev/ttyUSB0' }),
  )
  await clock.pass(3_600_000)
  hardware.send('/dev/ttyUSB0', latin1(countedDigits(18)))
  await clock.pass(line.silenceMs - 1)
  assert.deepEqual(scans, [])
  await clock.pass(3)
  assert.deepEqual(scans, [countedDigits(18)])
})

test('after stop nothing is open and nothing is told', async () => {
  const { hardware, clock, keeper, told } = await keeperOf([hid], ({ plugHid }) => plugHid({ path: '/dev/hidraw0' }))
  await keeper.stop()
  const before = told.length
  hardware.plugHid({ path: '/dev/hidraw1' })
  await clock.pass(60_000)
  assert.ok(!hardware.isOpen('/dev/hidraw0') && !hardware.isOpen('/dev/hidraw1'))
  assert.equal(told.length, before)
})
