/**
 * Text is counted in cells, as a receipt printer counts it: 32 on 58 mm paper, 48 (on some models 42) on 80 mm, at 12 dots
 * each.
 */

const ascii = /^[\x20-\x7e]*$/

/** Marks that stand over or between characters and take no cell. */
const takesNoCell = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** Cells of one character: in GB18030 ASCII is one byte and one cell, everything else that printers draw is two. */
export function cellsOfCharacter(character: string): 0 | 1 | 2 {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point >= 0x4e00 && point <= 0x9fff) return 2
  return takesNoCell.test(character) ? 0 : 2
}

/** Cells of a text. */
export function cellsOf(text: string): number {
  if (ascii.test(text)) return text.length
  let cells = 0
  for (const character of text) cells += cellsOfCharacter(character)
  return cells
}

/** What is kept together: an English word with its space, and a Chinese character with the marks that close after it. */
const unbroken = /[\x21-\x7e]+ ?|[^\x21-\x7e][,.;:!?)、。,;:!?)”]*/gu

/**
 * Breaks a text into rows of at most so many cells: at a space where one is near, else between two characters, and no row
 * begins with a mark that closes what stood before. Nothing but spaces at the breaks is lost.
 */
export function wrapAtWords(text: string, cells: number): readonly string[] {
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
