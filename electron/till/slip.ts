/**
 * A slip as data: what stands on the paper, whatever prints it. Widths are in cells, as a receipt printer counts them:
 * 32 on 58 mm paper, 48 on 80 mm.
 */
export type SlipColumns = 32 | 48

export type SlipEmphasis = 'normal' | 'strong' | 'large'

export type SlipLine =
  | { readonly kind: 'text'; readonly text: string; readonly align: 'left' | 'center'; readonly emphasis: SlipEmphasis }
  /** A name at the left and its value at the right. */
  | { readonly kind: 'pair'; readonly name: string; readonly value: string; readonly emphasis: 'normal' | 'strong' }
  | { readonly kind: 'rule' }

export type Slip = { readonly columns: SlipColumns; readonly lines: readonly SlipLine[] }

/** One row of cells: where its text begins, and how wide and heavy it is. */
export type SlipRow = { readonly text: string; readonly startCell: number; readonly emphasis: SlipEmphasis }

/** Marks that stand over or between characters and take no cell. */
const takesNoCell = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** Cells of one character: in GB18030 ASCII is one byte and one cell, everything else that printers draw is two. */
export function cellsOfCharacter(character: string): 0 | 1 | 2 {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  return takesNoCell.test(character) ? 0 : 2
}

/** Cells of a text. */
export const cellsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + cellsOfCharacter(character), 0)

/** The rows of a slip, each within its columns; nothing is cut off, what is too long goes on in the next row. */
export function layOut({ columns, lines }: Slip): readonly SlipRow[] {
  return lines.flatMap((line) => rowsOf(line, columns))
}

function rowsOf(line: SlipLine, columns: SlipColumns): readonly SlipRow[] {
  switch (line.kind) {
    case 'rule':
      return [{ text: '-'.repeat(columns), startCell: 0, emphasis: 'normal' }]
    case 'text': {
      const { align, emphasis } = line
      const scale = emphasis === 'large' ? 2 : 1
      return wrap(line.text, columns / scale).map((text) => {
        const freeCells = columns - cellsOf(text) * scale
        return { text, startCell: align === 'center' ? Math.floor(freeCells / 2) : 0, emphasis }
      })
    }
    case 'pair': {
      const { name, value, emphasis } = line
      const valueStart = columns - cellsOf(value)
      if (cellsOf(name) + 1 <= valueStart) {
        return [{ text: `${name}${' '.repeat(valueStart - cellsOf(name))}${value}`, startCell: 0, emphasis }]
      }
      const values = wrap(value, columns).map((text) => ({ text, startCell: columns - cellsOf(text), emphasis }))
      return [{ text: name, startCell: 0, emphasis }, ...values]
    }
  }
}

/** What is kept together: an English word with its space, and a Chinese character with the marks that close after it. */
const unbroken = /[\x21-\x7e]+ ?|[^\x21-\x7e][,.;:!?)、。,;:!?)”]*/gu

/** Breaks a text into pieces of at most so many cells: at a space where one is near, else between two characters. */
function wrap(text: string, cells: number): readonly string[] {
  const rows: string[] = []
  let row = ''
  for (const word of text.match(unbroken) ?? ['']) {
    if (cellsOf(row) + cellsOf(word.trimEnd()) > cells && row.trim() !== '') {
      rows.push(row.trimEnd())
      row = ''
    }
    if (row === '' && word === ' ') continue
    for (const character of word) {
      if (cellsOf(row) + cellsOfCharacter(character) > cells) {
        rows.push(row)
        row = character === ' ' ? '' : character
      } else row += character
    }
  }
  return [...rows, row.trimEnd()]
}
