import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import {
  type HidListing,
  isHidPosScanner,
  isKeyboard,
  type SerialListing,
} from '../../native/scanner/binding/binding.ts'
import type { PluggedIn } from '../../native/scanner/device/list-devices.ts'
import { wantedDevices } from '../../native/scanner/device/wanted.ts'
import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'

/** Makers of scan guns (hardware.md §3.1): a keyboard of theirs is a gun in keyboard mode. */
const gunVendors: ReadonlySet<number> = new Set([
  0x0c2e, // Honeywell
  0x23d0, // Youjie
  0x05e0, // Zebra
  0x05f9, // Datalogic
  0x1eab, // Newland
])

/** Why a device is not read by the main side. */
export type NotUsed =
  | 'no-access'
  /** No entry of `scanners` means it; a serial port may be anything. */
  | 'not-in-settings'
  /** It types into the window, which takes its scans. */
  | 'keyboard-mode'

/** A device that is plugged in and is a gun, or may be one. */
export type FoundScanner = {
  readonly kind: 'hid' | 'keyboard' | 'serial'
  readonly name: string
  readonly path: string
  /** USB ids as four hexadecimal digits, as the configuration takes them. */
  readonly vendorId: string | null
  readonly productId: string | null
  readonly serialNumber: string | null
  /** Null for a device that the settings ask for and that can be opened, as far as its file tells. */
  readonly because: NotUsed | null
}

const hexadecimal = (id: number | null): string | null => (id === null ? null : id.toString(16).padStart(4, '0'))

/** Keyboards of other makers are nobody's business. */
const isGunKeyboard = (device: HidListing): boolean => isKeyboard(device) && gunVendors.has(device.vendorId)

/** Every gun among what is plugged in, each once, and why the settings leave one out. Opens nothing. */
export async function foundScanners(
  { hid, serial }: PluggedIn,
  settings: readonly ScannerSettings[],
): Promise<readonly FoundScanner[]> {
  const wanted = new Set(wantedDevices(settings, { hid, serial }).map(({ path }) => path))
  const found = async (kind: FoundScanner['kind'], device: HidListing | SerialListing): Promise<FoundScanner> => {
    const { name, path, vendorId, productId, serialNumber } = device
    const because = wanted.has(path) ? ((await isAccessible(path)) ? null : 'no-access') : notUsed[kind]
    const ids = { vendorId: hexadecimal(vendorId), productId: hexadecimal(productId), serialNumber }
    return { kind, name, path, ...ids, because }
  }
  const guns = (hid.ok ? hid.devices : []).filter((device) => isHidPosScanner(device) || isGunKeyboard(device))
  const all = await Promise.all([
    ...guns.map((device) => found(isHidPosScanner(device) ? 'hid' : 'keyboard', device)),
    ...(serial.ok ? serial.devices : []).map((device) => found('serial', device)),
  ])
  return all.filter(({ path }, index) => all.findIndex((other) => other.path === path) === index)
}

const notUsed: Readonly<Record<FoundScanner['kind'], NotUsed>> = {
  hid: 'not-in-settings',
  serial: 'not-in-settings',
  keyboard: 'keyboard-mode',
}

/** Where devices are files, their rights tell; elsewhere only opening does. */
async function isAccessible(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
}
