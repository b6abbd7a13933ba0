import {
  type HidListing,
  isHidPosScanner,
  isKeyboard,
  type Listing,
  type ListingProblem,
  type SerialListing,
} from '../binding/binding.ts'
import type { DeviceMatch, ScannerSettings } from '../scanner-settings.ts'

/** A gun to read, as the settings and the present lists give it. */
export type WantedDevice = {
  readonly id: string
  readonly settings: ScannerSettings
  readonly name: string
  /** Null for settings that match nothing that is plugged in. */
  readonly path: string | null
  readonly vendorId: number | null
  /** Whether the lists would show it; a port typed by hand (a pty, a Bluetooth port) may be in none. */
  readonly listed: boolean
  /** Why its list could not be read. */
  readonly problem: ListingProblem | null
}

export type DeviceLists = { readonly hid: Listing<HidListing> | null; readonly serial: Listing<SerialListing> | null }

type Identified = {
  readonly vendorId: number | null
  readonly productId: number | null
  readonly serialNumber: string | null
}

const matches = (device: Identified, { vendorId, productId, serialNumber }: DeviceMatch): boolean =>
  (vendorId === null || device.vendorId === vendorId) &&
  (productId === null || device.productId === productId) &&
  (serialNumber === null || device.serialNumber === serialNumber)

const hexadecimal = (id: number | null): string => (id ?? 0).toString(16).padStart(4, '0')

/** Vendor, product and serial number; the path where there is none, or where two guns share one, as cheap ones do. */
const identity = (kind: string, device: Identified & { readonly path: string }, alone: boolean): string => {
  const own = alone && device.serialNumber !== null ? device.serialNumber : device.path
  return [kind, hexadecimal(device.vendorId), hexadecimal(device.productId), own].join(':')
}

/**
 * Which guns the settings ask for among what is plugged in. The lists are the truth; a device that two settings match,
 * or that is listed twice, is wanted once, by the first.
 */
export function wantedDevices(settings: readonly ScannerSettings[], lists: DeviceLists): readonly WantedDevice[] {
  const taken = new Set<string>()
  return settings.flatMap((each, index) => {
    const wanted = wantedBy(each, lists).filter(({ path }) => path === null || !taken.has(path))
    for (const { path } of wanted) if (path !== null) taken.add(path)
    return wanted.length > 0 ? wanted : [nothingFound(each, index, lists)]
  })
}

function wantedBy(settings: ScannerSettings, { hid, serial }: DeviceLists): readonly WantedDevice[] {
  if (settings.kind === 'serial') {
    const { path, match } = settings
    if (path !== null) {
      const found = serial?.ok ? serial.devices.find((device) => device.path === path) : undefined
      const name = found?.name ?? path
      const vendorId = found?.vendorId ?? null
      return [{ id: `serial:${path}`, settings, name, path, vendorId, listed: found !== undefined, problem: null }]
    }
    return found(settings, serial?.ok ? serial.devices.filter((device) => matches(device, match)) : [])
  }
  const isOfKind = settings.kind === 'hid' ? isHidPosScanner : isKeyboard
  const devices = hid?.ok ? hid.devices.filter((device) => isOfKind(device) && matches(device, settings.match)) : []
  return found(settings, devices)
}

function found(settings: ScannerSettings, devices: readonly (HidListing | SerialListing)[]): readonly WantedDevice[] {
  const different = devices.filter((device, index) => devices.findIndex(({ path }) => path === device.path) === index)
  return different.map((device) => {
    const own = identity('', device, true)
    const twins = different.filter((other) => identity('', other, true) === own)
    return {
      id: identity(settings.kind, device, twins.length === 1),
      settings,
      name: device.name,
      path: device.path,
      vendorId: device.vendorId,
      listed: true,
      problem: null,
    }
  })
}

function nothingFound(settings: ScannerSettings, index: number, { hid, serial }: DeviceLists): WantedDevice {
  const list = settings.kind === 'serial' ? serial : hid
  const problem = list !== null && !list.ok ? list.problem : null
  return { id: `settings:${index}`, settings, name: settings.kind, path: null, vendorId: null, listed: true, problem }
}
