import { systemKeeperTime } from '../../native/scanner/device/keeper-time.ts'
import type { StartDeviceProcess } from '../../native/scanner/device/start-process.ts'
import type { ScannerSettings } from '../../native/scanner/scanner-settings.ts'
import { openScanners } from '../../native/scanner/scanners.ts'
import type { HeldScan, ScanArrived, ScannerView } from '../api/contract.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import type { OrderNumber } from '../till/ids.ts'
import { readScan, type ScanReading } from '../till/payment-code.ts'
import { createHeldScans } from './held-scans.ts'

type BillNumber = Extract<ScanReading, { readonly kind: 'bill-number' }>

export type ScanGunParts = {
  readonly settings: readonly ScannerSettings[]
  readonly reader: Pick<LedgerReader, 'order' | 'orders'>
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
  readonly close: () => void
}

/** Starts reading the guns that the settings ask for. */
export function openScanGuns({ settings, reader, onArrived, onScanners, start }: ScanGunParts): ScanGuns {
  const held = createHeldScans(systemKeeperTime)
  const scanners = openScanners({
    settings,
    ...(start ? { start } : {}),
    onScan: ({ text }) => {
      if (held.isRepeat(text)) return
      const reading = readScan(text)
      if (reading.kind === 'bill-number') void findBill(reader, reading).then(onArrived)
      else onArrived({ kind: 'held', scan: held.hold(text) })
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
    close() {
      held.clear()
      scanners.close()
    },
  }
}

/** The till's order that a bill's number belongs to. */
async function findBill(reader: ScanGunParts['reader'], { of, text }: BillNumber): Promise<ScanArrived> {
  const bill = { kind: 'bill', of, number: text } as const
  if (of === 'order') {
    // The bill's number has the form of an order number, as readScan has told.
    const found = await reader.order(text as OrderNumber)
    return { ...bill, orderNumber: found.ok ? (found.value?.orderNumber ?? null) : null }
  }
  const found = await reader.orders({ text, limit: 2 })
  const order = found.ok ? found.value.find(({ transactionId }) => transactionId === text) : undefined
  return { ...bill, orderNumber: order?.orderNumber ?? null }
}
