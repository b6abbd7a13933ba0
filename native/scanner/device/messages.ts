import type { HidListing, Listing, ListingProblem, SerialListing } from '../binding/binding.ts'
import { type DropReason, type ScanEnd, scanEnds } from '../framing/framer.ts'
import type { ScannerSettings } from '../scanner-settings.ts'
import { type ScannerDevice, scannerStates } from './scanner-device.ts'

/** What the main side tells the device process. The settings were checked when they were read. */
export type ToDevices =
  | { readonly type: 'watch'; readonly settings: readonly ScannerSettings[] }
  /** Asks what is plugged in; nothing is opened. */
  | { readonly type: 'list' }

/** What the device process tells. A scan's text is in exactly one message and nowhere else (I11). */
export type FromDevices =
  | {
      readonly type: 'scan'
      readonly deviceId: string
      readonly text: string
      readonly symbology: string | null
      readonly end: ScanEnd
      readonly tookMs: number
      /** When the last piece had come, of `machineMs`. */
      readonly readAtMs: number
    }
  | { readonly type: 'dropped'; readonly deviceId: string; readonly reason: DropReason }
  | { readonly type: 'devices'; readonly devices: readonly ScannerDevice[] }
  /** The answer to `list`. */
  | { readonly type: 'lists'; readonly hid: Listing<HidListing>; readonly serial: Listing<SerialListing> }
  /** After each poll: the process is not stuck in a driver. */
  | { readonly type: 'alive' }

const dropReasons = Object.keys({
  torn: true,
  'no-terminator': true,
  'too-long': true,
  'wrong-length': true,
  noise: true,
  'line-inside-a-code': true,
  'setting-answer': true,
} satisfies Record<DropReason, true>) as readonly DropReason[] // the keys are exactly DropReason, by `satisfies`

/** Longer than any framer's limit in characters. */
const textMax = 8 * 1024
const wordsMax = 1_000

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const isText = (value: unknown, max: number): value is string => typeof value === 'string' && value.length <= max

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value =>
  values.some((each) => each === value)

/**
 * A message of the device process as its type says, or null for anything else: the process works with drivers, and what
 * a broken one sends must not reach the till.
 */
export function parseFromDevices(value: unknown): FromDevices | null {
  if (!isFields(value)) return null
  switch (value['type']) {
    case 'alive':
      return { type: 'alive' }
    case 'scan': {
      const { deviceId, text, symbology, end, tookMs, readAtMs } = value
      if (!isText(deviceId, wordsMax) || !isText(text, textMax) || text === '') return null
      if (symbology !== null && !isText(symbology, 2)) return null
      if (!oneOf(scanEnds, end) || !isTime(tookMs) || !isTime(readAtMs)) return null
      return { type: 'scan', deviceId, text, symbology, end, tookMs, readAtMs }
    }
    case 'dropped': {
      const { deviceId, reason } = value
      return isText(deviceId, wordsMax) && oneOf(dropReasons, reason) ? { type: 'dropped', deviceId, reason } : null
    }
    case 'devices': {
      const { devices } = value
      if (!Array.isArray(devices) || devices.length > 100) return null
      const read = devices.map(parseDevice)
      return read.every((device) => device !== null) ? { type: 'devices', devices: read } : null
    }
    case 'lists': {
      const hid = parseListing(value['hid'], parseHidListing)
      const serial = parseListing(value['serial'], parseSerialListing)
      return hid && serial && { type: 'lists', hid, serial }
    }
    default:
      return null
  }
}

const isId = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0

const isIdOrNull = (value: unknown): value is number | null => value === null || isId(value)

const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value, wordsMax)

const problemKinds = Object.keys({
  'module-does-not-load': true,
  'listing-failed': true,
} satisfies Record<ListingProblem['kind'], true>) as readonly ListingProblem['kind'][] // exactly these, by `satisfies`

function parseListing<Device>(value: unknown, parse: (device: unknown) => Device | null): Listing<Device> | null {
  if (!isFields(value)) return null
  const { ok, devices, problem } = value
  if (ok === false && isFields(problem)) {
    const { kind, detail } = problem
    return oneOf(problemKinds, kind) && isText(detail, wordsMax) ? { ok, problem: { kind, detail } } : null
  }
  if (ok !== true || !Array.isArray(devices) || devices.length > 1_000) return null
  return { ok, devices: devices.map(parse).filter((device) => device !== null) }
}

function parseHidListing(value: unknown): HidListing | null {
  if (!isFields(value)) return null
  const { path, name, vendorId, productId, serialNumber, usagePage, usage } = value
  if (!isText(path, wordsMax) || !isText(name, wordsMax) || !isId(vendorId) || !isId(productId)) return null
  if (!isTextOrNull(serialNumber) || !isIdOrNull(usagePage) || !isIdOrNull(usage)) return null
  return { path, name, vendorId, productId, serialNumber, usagePage, usage }
}

function parseSerialListing(value: unknown): SerialListing | null {
  if (!isFields(value)) return null
  const { path, name, vendorId, productId, serialNumber } = value
  if (!isText(path, wordsMax) || !isText(name, wordsMax)) return null
  if (!isIdOrNull(vendorId) || !isIdOrNull(productId) || !isTextOrNull(serialNumber)) return null
  return { path, name, vendorId, productId, serialNumber }
}

function parseDevice(value: unknown): ScannerDevice | null {
  if (!isFields(value)) return null
  const { id, kind, name, path, state, detail, lastDrop } = value
  if (![id, name, path, detail].every((text) => isText(text, wordsMax))) return null
  if (!oneOf(['serial', 'hid', 'keyboard'] as const, kind) || !oneOf(scannerStates, state)) return null
  if (lastDrop !== null && !oneOf(dropReasons, lastDrop)) return null
  return { id: String(id), kind, name: String(name), path: String(path), state, detail: String(detail), lastDrop }
}

/** A message of the main side, or null; both ends are one program, so only its outline is checked. */
export function parseToDevices(value: unknown): ToDevices | null {
  if (!isFields(value)) return null
  if (value['type'] === 'list') return { type: 'list' }
  if (value['type'] !== 'watch' || !Array.isArray(value['settings'])) return null
  return { type: 'watch', settings: value['settings'] satisfies readonly ScannerSettings[] }
}
