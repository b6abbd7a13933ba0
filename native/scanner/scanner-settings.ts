import type { HidPosLayoutName } from './framing/hid-pos-layout.ts'
import type { LineSettings } from './framing/line-framer.ts'

/** Which of the devices that are plugged in are meant; null takes any. */
export type DeviceMatch = {
  readonly vendorId: number | null
  readonly productId: number | null
  readonly serialNumber: string | null
}

/** The line of a serial port. Over USB-CDC the rate is ignored (hardware.md §4). */
export type PortSettings = {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  readonly flowControl: 'none' | 'hardware' | 'software'
}

/** One scan gun, or one kind of scan guns, that the main side reads itself. */
export type ScannerSettings =
  /** `path` names the port; null finds it by vendor, product and serial number, whatever port it comes under. */
  | {
      readonly kind: 'serial'
      readonly path: string | null
      readonly match: DeviceMatch
      readonly port: PortSettings
      readonly line: LineSettings
    }
  /** HID POS: every device of that usage that matches. `layout` null is told from the vendor or the reports. */
  | { readonly kind: 'hid'; readonly match: DeviceMatch; readonly layout: HidPosLayoutName | null }
  /** A keyboard gun that the desktop does not read: Linux only. */
  | { readonly kind: 'keyboard'; readonly match: DeviceMatch; readonly line: LineSettings }

export type ScannerKind = ScannerSettings['kind']
