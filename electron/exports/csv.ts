import { assertNever } from '../till/brand.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { type ExportCell, type ExportColumn, type ExportSheet, yuanOfFen } from './table.ts'

/** Tells Excel and WPS that the file is UTF-8; without it they take Chinese for GBK. */
export const byteOrderMark = '\u{feff}'

/**
 * The sheets as CSV (RFC 4180): UTF-8 with a byte order mark, CRLF, each sheet under its titles, an empty line between
 * them. Yields a piece a row.
 */
export async function* csvText(sheets: readonly ExportSheet[]): AsyncGenerator<string, void, undefined> {
  yield byteOrderMark
  for (const [place, { name, columns, rows }] of sheets.entries()) {
    if (sheets.length > 1) yield `${place === 0 ? '' : '\r\n'}${quoted(guarded(name))}\r\n`
    yield line(columns.map(({ title }) => quoted(guarded(title))))
    for await (const row of rows) yield line(columns.map((column, index) => cellText(column, row[index] ?? null)))
  }
}

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

function cellText({ kind }: ExportColumn, cell: ExportCell): string {
  if (cell === null) return ''
  switch (kind) {
    case 'text':
      return quoted(guarded(String(cell)))
    case 'count':
      return String(cell)
    case 'yuan':
      return yuanOfFen(Number(cell))
    case 'time':
      return shanghaiDateTime(Number(cell))
    default:
      return assertNever(kind, 'kind of a column')
  }
}

/**
 * A text that a spreadsheet takes as the text that it is. What begins like a formula gets an apostrophe before it (CSV
 * injection); what looks like a number or a date, such as a transaction's 28 digits, a tab behind it, as the wallets' own
 * bills have it: else its end would be rounded away.
 */
function guarded(text: string): string {
  if (/^\s*[=+\-@|%]/.test(text) || /^[\t\r\n]/.test(text)) return `'${text}`
  return /^\d[\d.,:/ eE+-]*$/.test(text) ? `${text}\t` : text
}

const quoted = (text: string): string => (/[",\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
