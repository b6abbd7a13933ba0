import { machineMs, systemKeeperTime } from '../../native/scanner/device/keeper-time.ts'
import { listDevices, type PluggedIn } from '../../native/scanner/device/list-devices.ts'
import type { StartDeviceProcess } from '../../native/scanner/device/start-process.ts'
import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'
import { openScanners } from '../../native/scanner/scanners.ts'
import type { HeldScan, ScanArrived, ScannerView } from '../api/contract.ts'
import { readScan } from '../till/payment-code.ts'
import { createHeldScans } from './held-scans.ts'

export type ScanGunParts = {
  readonly settings: readonly ScannerSettings[]
  readonly onArrived: (arrived: ScanArrived) => void
  readonly onScanners: (scanners: readonly ScannerView[]) => void
  /** How the host starts the device process; a child process of Node where it is left out. */
  readonly start?: StartDeviceProcess
}

/** The guns of a till's window: what they read is held here, and the window hears of it. */
export type ScanGuns = {
  readonly scanners: () => readonly ScannerView[]
  /** The text of a held scan, once. */
  readonly claim: (scan: HeldScan) => string | null
  /** What is plugged in, used or not; null where the drivers gave no answer. */
  readonly pluggedIn: () => Promise<PluggedIn | null>
  readonly close: () => void
}

/** Starts reading the guns that the settings ask for. */
export function openScanGuns({ settings, onArrived, onScanners, start }: ScanGunParts): ScanGuns {
  const held = createHeldScans(systemKeeperTime)
  const scanners = openScanners({
    settings,
    ...(start ? { start } : {}),
    onScan: ({ text, deviceId, symbology, end, tookMs, readAtMs }) => {
      const passage = { deviceId, symbology, end, tookMs, latencyMs: Math.max(0, machineMs() - readAtMs) }
      if (held.isRepeat(text)) return
      const reading = readScan(text)
      if (reading.kind === 'bill-number') onArrived({ kind: 'bill', of: reading.of, number: reading.text, passage })
      else onArrived({ kind: 'held', scan: held.hold(text), passage })
    },
    onDropped: ({ reason }) => {
      // Nothing that a cashier scanned, and the rest of a text that was told already.
      if (reason !== 'setting-answer' && reason !== 'line-inside-a-code')
        onArrived({ kind: 'unreadable', loss: reason })
    },
    onDevices: onScanners,
  })
  return {
    scanners: scanners.devices,
    claim: held.claim,
    pluggedIn: () => listDevices(start),
    close() {
      held.clear()
      scanners.close()
    },
  }
}
