import type { HistoryFilter, HistoryRefusal } from './history-views.ts'
import type { LedgerTrouble } from './order-views.ts'

/** Files that the window can have written; a part of the contract. */

export type ExportFormat = 'xlsx' | 'csv'

export type ExportWish =
  | { readonly kind: 'transactions'; readonly filter: HistoryFilter }
  | { readonly kind: 'totals'; readonly filter: HistoryFilter }
  | { readonly kind: 'shift'; readonly shiftId: string }
  /** The last run over a channel's day, `yyyyMMdd`. */
  | { readonly kind: 'reconciliation'; readonly channel: string; readonly date: string }

export type ExportResult =
  /** The whole file is on the disk, in the folder `exports` of the data folder. */
  | { readonly kind: 'done'; readonly path: string; readonly rows: number }
  | HistoryRefusal
  /** There is no such shift, or no run over that day. */
  | { readonly kind: 'nothing-to-export' }
  /** Nothing new stands under the file's name. */
  | { readonly kind: 'not-written'; readonly path: string; readonly problem: 'disk-full' | 'read-only' | 'disk-error' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
