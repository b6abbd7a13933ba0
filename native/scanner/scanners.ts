import { type KeeperTime, systemKeeperTime } from './device/keeper-time.ts'
import { type FromDevices, parseFromDevices } from './device/messages.ts'
import type { ScannerDevice } from './device/scanner-device.ts'
import {
  type DeviceProcess,
  deviceProgram,
  type StartDeviceProcess,
  startChildProcess,
} from './device/start-process.ts'
import type { DropReason } from './framing/framer.ts'
import type { ScannerSettings } from './scanner-settings.ts'

/** Waits before each next start of a device process that ended; the last one repeats. */
export const restartMs: readonly number[] = [200, 500, 1_000, 2_000, 5_000, 30_000]
/** A process that has run for this long is well: the waits begin anew. */
const steadyMs = 30_000
/** A process that is silent for this long hangs in a driver; it tells after every poll. */
export const silentMs = 20_000

export type ScannerListeners = {
  /** The text may be a payment code: hold it in memory only, and not for long (I11). */
  readonly onScan: (scan: Omit<Extract<FromDevices, { readonly type: 'scan' }>, 'type'>) => void
  readonly onDropped: (dropped: { readonly deviceId: string; readonly reason: DropReason }) => void
  readonly onDevices: (devices: readonly ScannerDevice[]) => void
}

export type ScannerParts = ScannerListeners & {
  readonly settings: readonly ScannerSettings[]
  readonly start?: StartDeviceProcess
  readonly time?: KeeperTime
}

/** The guns that the main side reads. */
export type Scanners = {
  /** As of the last word of the device process. */
  readonly devices: () => readonly ScannerDevice[]
  /** Lets go of every device. */
  readonly close: () => void
}

/**
 * Reads scan guns in a process of their own. A driver that crashes or hangs takes down that process alone: it is started
 * anew, and no payment knows of it. Without settings no process is started.
 */
export function openScanners(parts: ScannerParts): Scanners {
  const { settings, start = startChildProcess, time = systemKeeperTime, onScan, onDropped, onDevices } = parts
  let devices: readonly ScannerDevice[] = []
  let current: DeviceProcess | null = null
  let closed = false
  let crashes = 0
  let cancelRestart: (() => void) | null = null
  let cancelWatch: (() => void) | null = null

  const take = (value: readonly ScannerDevice[]): void => {
    devices = value
    onDevices(value)
  }

  const watch = (): void => {
    cancelWatch?.()
    cancelWatch = time.after(silentMs, () => current?.kill())
  }

  const run = (): void => {
    const startedMs = time.nowMs()
    let ended = false
    const own = start(deviceProgram(), {
      onMessage: (value) => {
        if (closed || ended) return
        watch()
        const message = parseFromDevices(value)
        if (message?.type === 'scan') onScan(message)
        else if (message?.type === 'dropped') onDropped(message)
        else if (message?.type === 'devices') take(message.devices)
      },
      onExit: () => {
        if (closed || ended) return
        ended = true
        cancelWatch?.()
        current = null
        if (time.nowMs() - startedMs >= steadyMs) crashes = 0
        const waitMs = restartMs[Math.min(crashes, restartMs.length - 1)] ?? steadyMs
        crashes += 1
        take(devices.map((device) => ({ ...device, state: 'connecting', detail: 'the device process was restarted' })))
        cancelRestart = time.after(waitMs, run)
      },
    })
    current = own
    watch()
    own.send({ type: 'watch', settings })
  }

  if (settings.length > 0) run()

  return {
    devices: () => devices,
    close() {
      closed = true
      cancelRestart?.()
      cancelWatch?.()
      current?.kill()
      current = null
    },
  }
}
