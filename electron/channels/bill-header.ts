import type { BillProblem } from './bill-reading.ts'
import { utf8Text } from './text.ts'

export type BillCharset = 'utf-8' | 'gb18030'

/** The line as text in a charset; undefined where it is none in it. */
export function lineText(bytes: Uint8Array, start: number, end: number, charset: BillCharset): string | undefined {
  const line = bytes.subarray(start, end)
  if (charset === 'utf-8') return utf8Text(line)
  try {
    return new TextDecoder(charset, { fatal: true }).decode(line)
  } catch {
    return undefined
  }
}

/** A column's name without what differs between generations of a file: unit, blanks, TABs, width of brackets. */
export function columnName(text: string): string {
  return text
    .replace(/[\s\uFEFF`"]/g, '')
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replace(/\(元\)$/, '')
}

/** The names of a header line; some official ones have a full-width comma (wechat.md §7.2). */
export function columnNames(text: string): readonly string[] {
  return text.split(/[,，]/).map(columnName)
}

/** What a first line that is no bill's gives away. */
export function strangeBeginning(text: string): BillProblem | null {
  const beginning = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase()
  if (beginning.startsWith('<!doctype') || beginning.startsWith('<html') || beginning.startsWith('<head'))
    return 'web-page'
  if (beginning.startsWith('<') || beginning.startsWith('{')) return 'error-answer'
  return null
}
