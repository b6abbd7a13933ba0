import type { ManagerProof, ManagerRefusal } from './staff-views.ts'

/** What somebody who helps asks for first: the program, the machine, and what is not at its end. */
export type SystemState = {
  readonly version: string
  /** Operating system and processor, as Node names them. */
  readonly machine: string
  readonly dataDirectory: string
  /** Of the data folder's disk; null where the system does not say. */
  readonly freeBytes: number | null
  /** Whether that is less than a till should have. */
  readonly isDiskLow: boolean
  /** Who keeps the key of the sealed store; `none` where there is no such store. */
  readonly sealedStore: 'none' | 'passphrase' | 'desktop'
  /** Refunds that are not at their end. */
  readonly openRefunds: number
}

/** What came of the wish for a support file. */
export type SupportFileResult =
  /** The file holds no secret and no payment code; order numbers and amounts are in it. */
  | { readonly kind: 'done'; readonly path: string; readonly bytes: number }
  /** The disk refused it; `detail` is the system's own code. */
  | { readonly kind: 'not-written'; readonly detail: string }
  | ManagerRefusal

/** The calls of the system's section; part of `Calls`. */
export type SystemCalls = {
  'system.state': { readonly request: null; readonly reply: SystemState }
  /** Puts what helps into one archive in the data folder. Nothing else is changed. */
  'system.support-file': {
    readonly request: { readonly manager: ManagerProof | null }
    readonly reply: SupportFileResult
  }
}
