/** What stands in a column: texts, whole numbers, fen that are shown as yuan, or Unix milliseconds shown in Shanghai's time. */
export type ColumnKind = 'text' | 'count' | 'yuan' | 'time'

export type ExportColumn = { readonly title: string; readonly kind: ColumnKind }

/** A text for a `text` column, a number for the others; null is an empty cell. */
export type ExportCell = string | number | null

/** One table: its rows may come as they are read, so that a year's need not fit into memory. */
export type ExportSheet = {
  readonly name: string
  readonly columns: readonly ExportColumn[]
  readonly rows: Iterable<readonly ExportCell[]> | AsyncIterable<readonly ExportCell[]>
}

/** Fen as yuan with two decimals, digit by digit; signed, because differences are. */
export function yuanOfFen(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
