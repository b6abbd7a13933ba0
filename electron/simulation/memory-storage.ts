import { formatDisk } from './disk.ts'
import { openDiskLedger } from './disk-ledger.ts'
import type { LedgerHost, TillStorage } from './till-storage.ts'

/** A data folder that is kept in memory; `isShared` leaves out the lock, which is a mutation. */
export function createMemoryStorage(wallMs: number, ledgerMark: string, isShared: boolean): TillStorage {
  const disk = formatDisk(wallMs, ledgerMark)
  let holder: LedgerHost | null = null
  return {
    disk,
    hasFiles: false,
    open(host) {
      if (holder?.isAlive() && !isShared) return { ok: false, problem: { kind: 'in-use', path: 'simulated' } }
      holder = host
      return { ok: true, value: openDiskLedger(disk, host, ledgerMark) }
    },
    abandon: () => undefined,
    verify: () => [],
    end: () => undefined,
  }
}
