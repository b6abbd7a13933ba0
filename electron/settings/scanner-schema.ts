import { z } from 'zod'
import type { DeviceMatch, ScannerSettings } from '../../native/scanner/scanner-settings.ts'

/** `scanners` of `config.json` (design §9): which scan guns the main side reads itself. */

/** Below, a slow gun is taken for a person; above, a quick person for a gun. */
export const keyGapRange = { leastMs: 15, mostMs: 60 } as const

const usbId = z
  .string()
  .regex(/^(0x)?[0-9a-fA-F]{4}$/, 'expected four hexadecimal digits, such as "1eab"')
  .optional()

const match = {
  vendorId: usbId,
  productId: usbId,
  serialNumber: z.string().min(1).max(100).optional(),
}

const edge = z
  .string()
  .max(8)
  .refine((text) => [...text].every((character) => character > '\0' && character <= '\xff'), {
    error: 'expected at most 8 characters of Latin-1, such as "\\u0002"',
  })

const line = {
  terminator: z.enum(['any', 'cr', 'lf', 'crlf', 'tab', 'none']).default('any'),
  silenceMs: z.int().min(20).max(1_000).default(100),
  prefix: edge.default(''),
  suffix: edge.default(''),
}

const serial = z
  .strictObject({
    kind: z.literal('serial'),
    path: z.string().min(1).max(200).optional(),
    ...match,
    baudRate: z.int().min(300).max(921_600).default(9_600),
    dataBits: z.literal([7, 8]).default(8),
    parity: z.enum(['none', 'even', 'odd']).default('none'),
    stopBits: z.literal([1, 2]).default(1),
    flowControl: z.enum(['none', 'hardware', 'software']).default('none'),
    ...line,
  })
  .refine(({ path, vendorId }) => path !== undefined || vendorId !== undefined, {
    path: ['path'],
    error: 'is missing; give the port, such as "/dev/ttyACM0" or "COM3", or the vendorId of its USB device',
  })

const hid = z.strictObject({
  kind: z.literal('hid'),
  ...match,
  layout: z.enum(['auto', 'aim', 'plain', 'shifted', 'microscan']).default('auto'),
})

const keyboard = z.strictObject({
  kind: z.literal('keyboard'),
  ...match,
  vendorId: z
    .string({ error: 'is missing; without it every keyboard of this machine would be read' })
    .regex(/^(0x)?[0-9a-fA-F]{4}$/, 'expected four hexadecimal digits, such as "05e0"'),
  ...line,
})

export const scannerSchema = z.discriminatedUnion('kind', [serial, hid, keyboard], {
  error: 'expected a "kind" of scan gun: serial, hid, keyboard',
})

/** `keyboardGun` of `config.json`: how the window tells a gun that types from a person. */
export const keyboardGunSchema = z.strictObject({
  /**
   * The median time from key to key up to which keys come from a gun (hardware.md §3.3: people are above 30 ms and
   * typically 80, guns at 1 to 19).
   */
  keyGapMs: z.int().min(keyGapRange.leastMs).max(keyGapRange.mostMs).default(35),
})

type ScannerConfiguration = z.infer<typeof scannerSchema>

/** Left out, every HID POS gun is read: nothing else has that usage. An empty list leaves all guns to the window. */
export const defaultScanners: readonly ScannerConfiguration[] = [{ kind: 'hid', layout: 'auto' }]

/** A gun's configuration as the device process takes it. */
export function scannerSettings(scanner: ScannerConfiguration): ScannerSettings {
  const found = matchOf(scanner)
  if (scanner.kind === 'hid') {
    return { kind: 'hid', match: found, layout: scanner.layout === 'auto' ? null : scanner.layout }
  }
  const { terminator, silenceMs, prefix, suffix } = scanner
  const cut = { terminator, silenceMs, prefix, suffix }
  if (scanner.kind === 'keyboard') return { kind: 'keyboard', match: found, line: cut }
  const { path, baudRate, dataBits, parity, stopBits, flowControl } = scanner
  const port = { baudRate, dataBits, parity, stopBits, flowControl }
  return { kind: 'serial', path: path ?? null, match: found, port, line: cut }
}

function matchOf({ vendorId, productId, serialNumber }: ScannerConfiguration): DeviceMatch {
  return {
    vendorId: vendorId === undefined ? null : Number.parseInt(vendorId, 16),
    productId: productId === undefined ? null : Number.parseInt(productId, 16),
    serialNumber: serialNumber ?? null,
  }
}
