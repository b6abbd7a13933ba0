import { type PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { assertNever } from '../till/brand.ts'
import { shanghaiOffsetMs } from '../till/time.ts'
import { type ColumnKind, type ExportCell, type ExportColumn, type ExportSheet, yuanOfFen } from './table.ts'

/**
 * The sheets as a workbook (ECMA-376, the parts that every reader needs), as a stream: rows are written as they come, so
 * that a hundred thousand need no more memory than one. Texts stand in their cells and are never formulas or numbers.
 *
 * The stream fails with the error of whatever the rows are read from.
 */
export function xlsxStream(sheets: readonly ExportSheet[]): Readable {
  const zip = new ZipFile()
  // Typed more widely than it is: a PassThrough.
  const output = zip.outputStream as PassThrough
  const add = (path: string, text: string): void => zip.addBuffer(Buffer.from(text, 'utf8'), path, fixed)
  add('[Content_Types].xml', contentTypes(sheets.length))
  add('_rels/.rels', rootRelations)
  add('xl/workbook.xml', workbook(sheets))
  add('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length))
  add('xl/styles.xml', styles)
  for (const [place, sheet] of sheets.entries()) {
    const rows = Readable.from(sheetXml(sheet))
    // yazl hears of no error of its sources.
    rows.on('error', (error) => output.destroy(error))
    zip.addReadStream(rows, `xl/worksheets/sheet${place + 1}.xml`, fixed)
  }
  zip.end()
  return output
}

/** The same rows make the same bytes: no time of making in the archive. */
const fixed = { mtime: new Date(Date.UTC(1980, 0, 1)), forceDosTimestamp: true } as const

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

const contentTypes = (count: number): string =>
  `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/>` +
  numbers(count)
    .map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${content}.worksheet+xml"/>`)
    .join('') +
  '</Types>'

const rootRelations =
  `${xmlHead}<Relationships xmlns="${packageRelations}">` +
  `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbookRelations = (count: number): string =>
  `${xmlHead}<Relationships xmlns="${packageRelations}">` +
  numbers(count)
    .map((n) => `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
    .join('') +
  `<Relationship Id="rId${count + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`

const workbook = (sheets: readonly ExportSheet[]): string =>
  `${xmlHead}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
  sheets
    .map(
      ({ name }, index) => `<sheet name="${escaped(sheetName(name))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
    )
    .join('') +
  '</sheets></workbook>'

/** Cell formats by their place: 0 general, 1 yuan, 2 time, 3 text, 4 titles. */
const styles =
  `${xmlHead}<styleSheet xmlns="${main}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>' +
  '</styleSheet>'

const widths: { readonly [Kind in ColumnKind]: number } = { text: 24, count: 10, yuan: 14, time: 20 }

/** Rows to a piece: one a row would make the stream's own work the greatest part of it. */
const rowsAPiece = 200

async function* sheetXml({ columns, rows }: ExportSheet): AsyncGenerator<string, void, undefined> {
  const widest = columns
    .map(({ kind }, index) => `<col min="${index + 1}" max="${index + 1}" width="${widths[kind]}" customWidth="1"/>`)
    .join('')
  yield `${xmlHead}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widest}</cols><sheetData>${rowXml(1, columns, ({ title }, place) => textCell(place, title, 4))}`
  let piece = ''
  let count = 1
  for await (const row of rows) {
    count += 1
    piece += rowXml(count, columns, ({ kind }, place, index) => cellXml(place, kind, row[index] ?? null))
    if (count % rowsAPiece === 0) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}</sheetData></worksheet>`
}

/** One row; `cell` makes each cell at its place, such as `B7`. */
function rowXml(
  row: number,
  columns: readonly ExportColumn[],
  cell: (column: ExportColumn, place: string, index: number) => string,
): string {
  return `<row r="${row}">${columns.map((column, index) => cell(column, `${columnName(index)}${row}`, index)).join('')}</row>`
}

/** A, B, … Z, AA, …: no export has more columns than this can name. */
const columnName = (index: number): string =>
  (index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26))

function cellXml(place: string, kind: ColumnKind, cell: ExportCell): string {
  if (cell === null) return ''
  switch (kind) {
    case 'text':
      return textCell(place, String(cell), 3)
    case 'count':
      return `<c r="${place}"><v>${cell}</v></c>`
    case 'yuan':
      return `<c r="${place}" s="1"><v>${yuanOfFen(Number(cell))}</v></c>`
    case 'time':
      return `<c r="${place}" s="2"><v>${serialDay(Number(cell))}</v></c>`
    default:
      return assertNever(kind, 'kind of a column')
  }
}

const textCell = (place: string, text: string, style: number): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** A spreadsheet's time: days since 1899-12-30, in Shanghai's clock. */
const serialDay = (wallMs: number): number => (wallMs + shanghaiOffsetMs) / 86_400_000 + 25_569

/** What a name of a sheet may not hold, and its greatest length. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31)

/** XML text; characters that XML 1.0 does not have are left out. */
function escaped(text: string): string {
  const allowed = Array.from(text).filter((character) => isXmlCharacter(character.codePointAt(0) ?? 0))
  return allowed
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff
}
