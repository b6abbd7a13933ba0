import type { ExportResult, HistoryKind, HistoryRow } from '../../electron/api/contract.ts'

export type CashKind = NonNullable<HistoryRow['cashKind']>
type Unwritten = Extract<ExportResult, { readonly kind: 'not-written' }>['problem']

/** The sentences of the manager's view of all transactions. */
export type BooksWords = {
  readonly search: string
  /** What the search was taken for. */
  readonly meant: Readonly<Record<'nothing' | 'amount' | 'time' | 'digits' | 'number' | 'unclear', string>>
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly state: string
  readonly channel: string
  readonly cashier: string
  readonly shift: string
  readonly all: string
  readonly nobody: string
  readonly number: (number: number) => string
  readonly shiftName: (day: string, time: string) => string
  readonly kinds: Readonly<Record<HistoryKind, string>>
  readonly cashKinds: Readonly<Record<CashKind, string>>
  readonly rows: string
  readonly open: (last: string) => string
  readonly empty: string
  readonly reading: string
  readonly failed: string
  readonly hidden: string
  readonly doubtful: (count: number) => string
  readonly hint: string
  readonly locked: { readonly sentence: string; readonly ask: string; readonly what: string; readonly lost: string }
  readonly acts: { readonly totals: string; readonly list: string; readonly print: string }
  readonly net: (amount: string) => string
  readonly totals: {
    readonly title: string
    readonly by: Readonly<Record<'tender' | 'channel' | 'cashier' | 'hour' | 'day', string>>
    readonly heads: Readonly<Record<'sales' | 'sold' | 'returns' | 'returned' | 'net', string>>
    readonly whole: string
    readonly tenders: Readonly<Record<'code' | 'cash', string>>
    readonly hour: (hour: string) => string
    readonly revoked: (count: number, amount: string) => string
    readonly open: (count: number, amount: string) => string
    readonly chart: (what: string) => string
  }
  readonly exporting: {
    readonly writing: string
    readonly done: (rows: number) => string
    readonly unwritten: Readonly<Record<Unwritten, string>>
    readonly nothing: string
    readonly lost: string
    readonly csv: string
    readonly xlsx: string
  }
}
