import type { ScannerSettings } from '../../../native/scanner/scanner-settings.ts'

const line = { terminator: 'any', silenceMs: 100, prefix: '', suffix: '' } as const
const anyDevice = { vendorId: null, productId: null, serialNumber: null } as const

/** What the till does without a setting: every HID POS gun. */
export const anyHidPos: ScannerSettings = { kind: 'hid', match: anyDevice, layout: null }

/** A serial gun by its make, whatever port it comes under. */
export const serialOf = (vendorId: number): ScannerSettings => ({
  kind: 'serial',
  path: null,
  match: { ...anyDevice, vendorId },
  port: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  line,
})

/** A keyboard gun that the desktop leaves alone, by its make. */
export const keyboardOf = (vendorId: number): ScannerSettings => ({
  kind: 'keyboard',
  match: { ...anyDevice, vendorId },
  line,
})
