import { type DropReason, type ScanEnd, scanEnds } from '../framing/framer.ts'
import type { ScannerSettings } from '../scanner-settings.ts'
import { type ScannerDevice, scannerStates } from './scanner-device.ts'

/** What the main side tells the device process. The settings were checked when they were read. */
export type ToDevices = { readonly type: 'watch'; readonly settings: readonly ScannerSettings[] }

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
    default:
      return null
  }
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
  if (!isFields(value) || value['type'] !== 'watch' || !Array.isArray(value['settings'])) return null
  return { type: 'watch', settings: value['settings'] satisfies readonly ScannerSettings[] }
}
