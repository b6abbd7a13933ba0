import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epsonProfile, genericProfile } from '../../native/printer/printer-profile.ts'
import { complaints, load } from './configuration.fixture.ts'

test('left out, there is no printer', async (context) => {
  const reading = await load(context, {})
  assert.ok(reading.ok)
  assert.deepEqual(reading.settings.printers, [])
})

test('printers are taken over with the usual figures where a field is left out', async (context) => {
  const reading = await load(context, {
    printers: [
      { kind: 'tcp', address: '192.168.1.50:9100', profile: 'generic-80' },
      { kind: 'tcp', address: '[fd00::50]', profile: 'epson-tm-t20', name: '前台', drawer: true },
      { kind: 'serial', path: 'COM3', profile: 'generic-58', name: 'counter', fallback: '前台', status: 'never' },
      { kind: 'device-file', path: '/dev/usb/lp0', profile: 'generic-58', paper: 58, encoding: 'gbk' },
      { kind: 'spooler', queue: 'Receipt printer', profile: 'generic-80', drawer: { pin: 5, onMs: 120 } },
    ],
  })
  assert.ok(reading.ok, JSON.stringify(reading))
  const usual = { transport: genericProfile, paperMm: null, encoding: null, fallback: null, silenceMeansPrinted: false }
  const usualPulse = { pin: 2, onMs: 50, offMs: 500 }
  assert.deepEqual(reading.settings.printers, [
    {
      ...usual,
      name: '192.168.1.50:9100',
      address: { kind: 'tcp', host: '192.168.1.50', port: 9_100 },
      profile: 'generic-80',
    },
    {
      ...usual,
      name: '前台',
      address: { kind: 'tcp', host: 'fd00::50', port: 9_100 },
      profile: 'epson-tm-t20',
      transport: { ...epsonProfile, drawer: usualPulse },
    },
    {
      ...usual,
      name: 'counter',
      address: { kind: 'serial', path: 'COM3', baudRate: 9_600, flow: 'rts-cts' },
      profile: 'generic-58',
      transport: { ...genericProfile, realTimeStatus: 'never', proof: 'none' },
      fallback: '前台',
      silenceMeansPrinted: true,
    },
    {
      ...usual,
      name: '/dev/usb/lp0',
      address: { kind: 'device-file', path: '/dev/usb/lp0' },
      profile: 'generic-58',
      paperMm: 58,
      encoding: 'gbk',
    },
    {
      ...usual,
      name: 'Receipt printer',
      address: { kind: 'spooler', queue: 'Receipt printer' },
      profile: 'generic-80',
      transport: { ...genericProfile, drawer: { pin: 5, onMs: 120, offMs: 500 } },
    },
  ])
})

const tcp = { kind: 'tcp', address: '192.168.1.50:9100', profile: 'generic-80' }

for (const [what, printers, says] of [
  ['no address', [{ kind: 'tcp', profile: 'generic-80' }], /printers\[0\]\.address: is missing/],
  [
    'a port that there is not',
    [{ ...tcp, address: 'printer:99999' }],
    /printers\[0\]\.address: expected host and port/,
  ],
  [
    'an address with a path',
    [{ ...tcp, address: 'http://printer/' }],
    /printers\[0\]\.address: expected host and port/,
  ],
  ['no profile', [{ kind: 'tcp', address: 'printer' }], /printers\[0\]\.profile: is missing/],
  [
    'a kind that there is not',
    [{ kind: 'usb', profile: 'generic-80' }],
    /printers\[0\]\.kind: expected a "kind" of pr/,
  ],
  ['a misspelt field', [{ ...tcp, draw: true }], /printers\[0\]\.draw: "draw" is not a field here/],
  ['a paper that there is not', [{ ...tcp, paper: 76 }], /printers\[0\]\.paper: expected 58 or 80/],
  [
    'a plain file',
    [{ kind: 'device-file', path: 'lp.bin', profile: 'generic-80' }],
    /printers\[0\]\.path: expected a dev/,
  ],
  [
    'a queue that looks like an option',
    [{ kind: 'spooler', queue: '-d', profile: 'generic-80' }],
    /printers\[0\]\.queue/,
  ],
  ['a pulse that no printer gives', [{ ...tcp, drawer: { onMs: 4_000 } }], /printers\[0\]\.drawer/],
  ['two printers of one name', [tcp, tcp], /printers\[1\]\.name: "192\.168\.1\.50:9100" is printers\[0\] already/],
  ['a fall-back that there is not', [{ ...tcp, fallback: 'bar' }], /printers\[0\]\.fallback: no printer has this name/],
  [
    'a printer as its own fall-back',
    [{ ...tcp, name: 'bar', fallback: 'bar' }],
    /printers\[0\]\.fallback: a printer can/,
  ],
] as const) {
  test(`refused, with its field: ${what}`, async (context) => {
    const lines = await complaints(context, { printers })
    assert.ok(
      lines.some((each) => says.test(each)),
      lines.join('\n'),
    )
  })
}
