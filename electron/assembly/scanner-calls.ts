import type { Calls, TillSnapshot, TriedScan } from '../api/contract.ts'
import { settingsProblemLines } from '../settings/problem.ts'
import { keyGapRange } from '../settings/scanner-schema.ts'
import type { Settings } from '../settings/settings.ts'
import { writeConfiguration } from '../settings/write-configuration.ts'
import { maskCode, normaliseScan, readScan } from '../till/payment-code.ts'
import { foundScanners } from './found-scanners.ts'
import type { ScanGuns } from './scan-guns.ts'

type ScannerCall = 'scanners.list' | 'scanners.found' | 'scanners.set-key-gap' | 'scan.try'

type ScannerCalls = {
  readonly [Name in ScannerCall]: (request: Calls[Name]['request']) => Promise<Calls[Name]['reply']>
}

/** Longest text of a test scan that is shown. */
const shownMax = 60

/** The calls of the screen for scan guns, and the one setting that it changes. */
export function createScannerCalls(
  settings: Pick<Settings, 'configurationFile' | 'scanners' | 'gunKeyGapMs'>,
  guns: ScanGuns,
): { readonly calls: ScannerCalls; readonly gunKeyGap: () => TillSnapshot['gunKeyGap'] } {
  let keyGapMs = settings.gunKeyGapMs
  const { configurationFile: file } = settings
  const calls: ScannerCalls = {
    'scanners.list': async () => guns.scanners(),
    'scanners.found': async () => {
      const lists = await guns.pluggedIn()
      if (lists === null) return { kind: 'no-answer' }
      const found = await foundScanners(lists, settings.scanners)
      const problems = [
        ...(lists.hid.ok ? [] : [{ package: 'node-hid', detail: lists.hid.problem.detail } as const]),
        ...(lists.serial.ok ? [] : [{ package: 'serialport', detail: lists.serial.problem.detail } as const]),
      ]
      const devices = found.map(({ kind, name, path, because }) => ({ kind, name, path, because }))
      return { kind: 'listed', devices, problems }
    },
    'scan.try': async ({ scan }) => {
      const text = typeof scan === 'string' ? scan : guns.claim(scan)
      return text === null ? { kind: 'scan-gone' } : triedScan(text)
    },
    'scanners.set-key-gap': async ({ keyGapMs: wanted }) => {
      const written = await writeConfiguration(file, ['keyboardGun', 'keyGapMs'], wanted)
      switch (written.kind) {
        case 'written':
          keyGapMs = wanted
          return { kind: 'kept', keyGapMs, file }
        case 'problems':
          return { kind: 'configuration-problem', file, problem: settingsProblemLines(written.problems)[0] ?? file }
        case 'disk-error':
          return { kind: 'disk-error', file, detail: written.detail }
      }
    },
  }
  return { calls, gunKeyGap: () => ({ ms: keyGapMs, ...keyGapRange }) }
}

/** What a test scan was, with no more of its text than may be shown (I11). */
export function triedScan(text: string): TriedScan {
  const reading = readScan(text)
  const scan = normaliseScan(text)
  const { length } = scan
  switch (reading.kind) {
    case 'empty':
      return { kind: 'empty' }
    case 'payment-code':
      return { kind: reading.kind, wallet: reading.wallet, shown: reading.masked, length }
    case 'goods-barcode':
    case 'bill-number':
    case 'link':
    case 'collection-code':
      return { kind: reading.kind, shown: scan.slice(0, shownMax), length }
    case 'letters':
    case 'wrong-length':
    case 'unknown-wallet':
      // It may be a payment code that came mangled.
      return { kind: reading.kind, shown: maskCode(scan.slice(0, shownMax)), length }
  }
}
