import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaints, load } from './configuration.fixture.ts'

const anything = { vendorId: null, productId: null, serialNumber: null }
const line = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' }
const port = { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' }

test('left out, every HID POS gun is read; an empty list reads none', async (context) => {
  const [usual, none] = [await load(context, {}), await load(context, { scanners: [] })]
  assert.ok(usual.ok && none.ok)
  assert.deepEqual(usual.settings.scanners, [{ kind: 'hid', match: anything, layout: null }])
  assert.deepEqual(none.settings.scanners, [])
})

test('guns are taken over with the usual figures where a field is left out', async (context) => {
  const reading = await load(context, {
    scanners: [
      { kind: 'serial', path: 'COM3' },
      { kind: 'serial', vendorId: '1eab', serialNumber: 'A7', baudRate: 115_200, terminator: 'none', silenceMs: 50 },
      { kind: 'hid', vendorId: '0x05E0', layout: 'plain' },
      { kind: 'keyboard', vendorId: '0c2e', productId: '0b61', prefix: '\u0002' },
    ],
  })
  assert.ok(reading.ok)
  assert.deepEqual(reading.settings.scanners, [
    { kind: 'serial', path: 'COM3', match: anything, port, line },
    {
      kind: 'serial',
      path: null,
      match: { vendorId: 0x1eab, productId: null, serialNumber: 'A7' },
      port: { ...port, baudRate: 115_200 },
      line: { ...line, terminator: 'none', silenceMs: 50 },
    },
    { kind: 'hid', match: { ...anything, vendorId: 0x05e0 }, layout: 'plain' },
    {
      kind: 'keyboard',
      match: { vendorId: 0x0c2e, productId: 0x0b61, serialNumber: null },
      line: { ...line, prefix: '\u0002' },
    },
  ])
})

for (const [what, scanner, says] of [
  ['a serial gun without port and vendor', { kind: 'serial' }, /scanners\[0\]\.path: is missing/],
  ['a vendor that is no USB id', { kind: 'hid', vendorId: '7851' + '0' }, /scanners\[0\]\.vendorId: expected four/],
  ['a keyboard without a vendor', { kind: 'keyboard' }, /scanners\[0\]\.vendorId: is missing/],
  ['a terminator of another name', { kind: 'serial', path: 'COM3', terminator: 'enter' }, /scanners\[0\]\.terminator/],
  ['a misspelt field', { kind: 'serial', path: 'COM3', baud: 9600 }, /scanners\[0\]\.baud: "baud" is not a field/],
  ['a kind that there is not', { kind: 'bluetooth' }, /scanners\[0\]\.kind: expected a "kind" of scan gun/],
] as const) {
  test(`refused, with its field: ${what}`, async (context) => {
    const lines = await complaints(context, { scanners: [scanner] })
    assert.ok(
      lines.some((each) => says.test(each)),
      lines.join('\n'),
    )
  })
}
