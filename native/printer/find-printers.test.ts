import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findPrinters } from './find-printers.ts'
import { forEver } from './line-printer.fixture.ts'

const isRoot = process.getuid?.() === 0

test('USB printers, serial ports and queues are found, each by its stable name', {
  skip: process.platform === 'win32' ? 'device files are not there on Windows' : false,
}, async (context) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'printers-')))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const [devFolder, sysFolder] = [join(folder, 'dev'), join(folder, 'sys')]
  for (const path of ['dev/usb', 'dev/serial/by-id', 'sys/class/usbmisc/lp1/device']) {
    mkdirSync(join(folder, path), { recursive: true })
  }
  for (const path of ['dev/usb/lp1', 'dev/usb/lp3', 'dev/usb/hiddev0', 'dev/ttyUSB0']) {
    writeFileSync(join(folder, path), '')
  }
  symlinkSync('lp1', join(devFolder, 'usb/scantill-J4NG'))
  symlinkSync('../../ttyUSB0', join(devFolder, 'serial/by-id/usb-Prolific-port0'))
  writeFileSync(
    join(sysFolder, 'class/usbmisc/lp1/device/ieee1284_id'),
    'MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;\n',
  )
  chmodSync(join(devFolder, 'usb/lp3'), 0o000)

  const port = join(devFolder, 'ttyUSB0')
  const found = await findPrinters(forEver, {
    devFolder,
    sysFolder,
    listSerial: async () => ({
      ok: true,
      devices: [{ path: port, name: 'Prolific', vendorId: null, productId: null, serialNumber: null }],
    }),
    queues: async () => ({ ok: true, queues: ['counter'] }),
  })
  const serial = { kind: 'serial', baudRate: 9_600, flow: 'rts-cts' } as const
  assert.deepEqual(found, {
    problems: [],
    printers: [
      {
        name: 'EPSON TM-T20II',
        address: { kind: 'device-file', path: join(devFolder, 'usb/scantill-J4NG') },
        isPrinter: 'yes',
        because: null,
      },
      {
        name: 'lp3',
        address: { kind: 'device-file', path: join(devFolder, 'usb/lp3') },
        isPrinter: 'yes',
        // Root may do what the file's rights forbid.
        because: isRoot ? null : 'no-access',
      },
      {
        name: 'Prolific',
        address: { ...serial, path: join(devFolder, 'serial/by-id/usb-Prolific-port0') },
        isPrinter: 'maybe',
        because: null,
      },
      { name: 'counter', address: { kind: 'spooler', queue: 'counter' }, isPrinter: 'yes', because: null },
    ],
  })
})

test('what cannot be looked at is told, and the rest is listed all the same', async () => {
  const found = await findPrinters(forEver, {
    devFolder: join(tmpdir(), 'no-such-folder'),
    listSerial: async () => ({ ok: false, problem: { kind: 'module-does-not-load', detail: 'libfoo.so' } }),
    queues: async () => ({ ok: false, detail: 'lpstat: not found' }),
  })
  assert.deepEqual(found, {
    printers: [],
    problems: [
      { source: 'serial-ports', detail: 'libfoo.so' },
      { source: 'spooler', detail: 'lpstat: not found' },
    ],
  })
})
