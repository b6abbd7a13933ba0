import type { SystemState } from '../../electron/api/contract.ts'
import type { Wait } from '../system/waits.ts'

/** The words of the system's section. */
export type SystemWords = {
  readonly program: string
  readonly versionIs: (version: string, machine: string) => string
  readonly training: string
  readonly live: string
  readonly waits: string
  readonly waitsFor: Readonly<Record<Wait['kind'], (count: number) => string>>
  readonly waitsForNothing: string
  readonly disk: string
  readonly diskFree: (mebibytes: string) => string
  readonly diskLow: string
  readonly diskUnknown: string
  readonly clock: string
  readonly clockRight: string
  readonly clockUnknown: string
  readonly clockOff: (seconds: number) => string
  readonly ledger: string
  readonly ledgerReady: string
  readonly ledgerTrouble: string
  readonly backup: string
  readonly backupAt: (time: string) => string
  readonly backupNone: string
  readonly backupMaking: string
  readonly backupDamaged: string
  readonly secrets: string
  readonly sealedStores: Readonly<Record<SystemState['sealedStore'], string>>
  readonly support: string
  readonly supportWhat: string
  readonly makeSupportFile: string
  readonly making: string
  readonly made: (path: string) => string
  readonly notWritten: (detail: string) => string
  /** What is asked of the manager who gives the PIN. */
  readonly allowSupportFile: string
  readonly lost: string
}
