import type { FoundScannerView, ScanEnd as GunEnd, ScanLoss } from '../../electron/api/contract.ts'
import type { ScanEnd as WindowEnd } from '../scan/capture.ts'
import type { Tried } from '../scanners/state.ts'

/** The words of the screen for scan guns. */
export type GunWords = {
  readonly safe: string
  readonly scanNow: string
  readonly scanNowHint: string
  readonly kinds: Readonly<Record<Exclude<Tried['what']['kind'], 'unreadable'>, string>>
  readonly losses: Readonly<Record<ScanLoss, string>>
  readonly facts: {
    readonly shown: string
    readonly gun: string
    readonly symbology: string
    readonly end: string
    readonly time: string
    readonly latency: string
  }
  readonly length: (characters: number) => string
  readonly modes: Readonly<Record<FoundScannerView['kind'] | 'window', string>>
  readonly noSymbology: string
  readonly ends: Readonly<Record<GunEnd | WindowEnd, string>>
  readonly milliseconds: (ms: string) => string
  readonly rhythm: (keys: number, ms: string) => string
  readonly typed: (keys: number, ms: string) => string
  readonly threshold: {
    readonly title: string
    readonly explained: string
    readonly slower: string
    readonly quicker: string
    readonly kept: (file: string) => string
    readonly problem: (problem: string) => string
    readonly disk: (file: string, detail: string) => string
    readonly lost: string
  }
  readonly devices: {
    readonly title: string
    readonly look: string
    readonly looking: string
    readonly none: string
    readonly noAnswer: string
    readonly because: Readonly<Record<NonNullable<FoundScannerView['because']>, string>>
    readonly packageProblem: (name: string, detail: string) => string
  }
  readonly manuals: string
}
