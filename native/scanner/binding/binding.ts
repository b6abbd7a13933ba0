import type { PortSettings } from '../scanner-settings.ts'

/** A HID device as the system lists it; one device may appear once for each of its collections. */
export type HidListing = {
  readonly path: string
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string | null
  /** Null where the system does not tell. */
  readonly usagePage: number | null
  readonly usage: number | null
}

/** A serial port as the system lists it; the ids are there for USB ports only. */
export type SerialListing = {
  readonly path: string
  readonly name: string
  readonly vendorId: number | null
  readonly productId: number | null
  readonly serialNumber: string | null
}

/** Why nothing can be listed: the package or its compiled part does not load here, or the system refuses. */
export type ListingProblem = {
  readonly kind: 'module-does-not-load' | 'listing-failed'
  /** The system's own words; they name files and libraries, never what was scanned. */
  readonly detail: string
}

export type Listing<Device> =
  | { readonly ok: true; readonly devices: readonly Device[] }
  | { readonly ok: false; readonly problem: ListingProblem }

/** Why a device cannot be opened. */
export type OpeningProblem = {
  readonly kind: 'absent' | 'no-access' | 'busy' | 'failed' | 'module-does-not-load'
  readonly detail: string
}

/** What the owner of an open device hears. `onGone` comes at most once, and nothing after it. */
export type DeviceListeners = {
  readonly onData: (bytes: Uint8Array) => void
  readonly onGone: () => void
}

export type OpenDevice = {
  /** Whether its device file is still the one that was opened: now and then no event tells of an unplugging. */
  readonly isThere: () => Promise<boolean>
  /** Lets go of the device; `onGone` does not follow. Never rejects. */
  readonly close: () => Promise<void>
}

export type Opening =
  | { readonly ok: true; readonly device: OpenDevice }
  | { readonly ok: false; readonly problem: OpeningProblem }

/** The hardware: the only layer that touches it. Nothing here throws or rejects; drivers' errors are values. */
export type Binding = {
  readonly listHid: () => Promise<Listing<HidListing>>
  readonly listSerial: () => Promise<Listing<SerialListing>>
  readonly openHid: (path: string, listeners: DeviceListeners) => Promise<Opening>
  readonly openSerial: (path: string, settings: PortSettings, listeners: DeviceListeners) => Promise<Opening>
}

/** HID Point of Sale Usage Tables 1.02: the page, and the scanner's application collection on it. */
export const isHidPosScanner = ({ usagePage, usage }: HidListing): boolean => usagePage === 0x8c && usage === 0x02

/** A keyboard: generic desktop page, usage 6. */
export const isKeyboard = ({ usagePage, usage }: HidListing): boolean => usagePage === 0x01 && usage === 0x06
