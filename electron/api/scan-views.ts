import type { BillNumberOf } from '../till/bill-number.ts'
import type { ScanProblem, Wallet } from '../till/payment-code.ts'

/**
 * A scan that the main side read from a gun and holds under a one-time name, for a few seconds: the payment code itself
 * never enters the window (I11).
 */
export type HeldScan = { readonly held: string }

/** Why a gun's bytes became no scan. */
export type ScanLoss =
  | 'torn'
  | 'no-terminator'
  | 'too-long'
  | 'wrong-length'
  | 'noise'
  | 'line-inside-a-code'
  | 'setting-answer'

/** What ended a scan: a line end, the configured suffix, a silence, or a HID report without continuation. */
export type ScanEnd = 'cr' | 'lf' | 'crlf' | 'tab' | 'suffix' | 'silence' | 'report'

/** How a scan came in, for the test of a gun. */
export type ScanPassage = {
  /** The `id` of a `ScannerView`. */
  readonly deviceId: string
  /** The AIM identifier without its `]`, such as `Q1`; null where the gun sends none. */
  readonly symbology: string | null
  readonly end: ScanEnd
  /** From the first piece to the last. */
  readonly tookMs: number
  /** From the last piece until the till had it. */
  readonly latencyMs: number
}

/** What a gun that the main side reads has sent. */
export type ScanArrived =
  | { readonly kind: 'held'; readonly scan: HeldScan; readonly passage: ScanPassage }
  /** Out of a wallet's bill: `rescue.find` tells what became of it. */
  | { readonly kind: 'bill'; readonly of: BillNumberOf; readonly number: string; readonly passage: ScanPassage }
  | { readonly kind: 'unreadable'; readonly loss: ScanLoss }

/** A gun that the configuration asks for, whether it is there or not. */
export type ScannerView = {
  readonly id: string
  readonly kind: 'serial' | 'hid' | 'keyboard'
  readonly name: string
  readonly path: string
  readonly state: 'connected' | 'connecting' | 'absent' | 'no-access' | 'busy' | 'failed' | 'module-does-not-load'
  /** The system's own words about the state, small print for support. */
  readonly detail: string
  readonly lastDrop: ScanLoss | null
}

/** What a test scan was. It charged nobody, and its text is used up. */
export type TriedScan =
  | { readonly kind: 'payment-code'; readonly wallet: Wallet; readonly shown: string; readonly length: number }
  | {
      readonly kind: Exclude<ScanProblem['kind'], 'empty'>
      /** As much as may be shown: what can be a payment code, whole or mangled, is masked (I11). */
      readonly shown: string
      readonly length: number
    }
  | { readonly kind: 'scan-gone' | 'empty' }

/** A gun that is plugged in, or a serial port that may be one. */
export type FoundScannerView = {
  readonly kind: 'hid' | 'keyboard' | 'serial'
  readonly name: string
  readonly path: string
  /** Why the main side does not read it; null where it does, or tries to. */
  readonly because: 'no-access' | 'not-in-settings' | 'keyboard-mode' | null
}

export type FoundScanners =
  | {
      readonly kind: 'listed'
      readonly devices: readonly FoundScannerView[]
      /** Packages that could not list theirs, with the system's words. */
      readonly problems: readonly { readonly package: 'node-hid' | 'serialport'; readonly detail: string }[]
    }
  /** The drivers crashed or hung while they were asked. */
  | { readonly kind: 'no-answer' }

/** What became of a new threshold. Unless it is `kept`, the former one holds. */
export type KeyGapResult =
  | { readonly kind: 'kept'; readonly keyGapMs: number; readonly file: string }
  /** The configuration was edited meanwhile and has mistakes, which are named; it is left as it is. */
  | { readonly kind: 'configuration-problem'; readonly file: string; readonly problem: string }
  | { readonly kind: 'disk-error'; readonly file: string; readonly detail: string }
