import iconv from 'iconv-lite'
import type { ReceiptEncoding } from './receipt-profiles.ts'

/** Where a text is drawn: by a printer's font, or by a screen that knows every character. */
export type ReceiptDrawing = ReceiptEncoding | 'screen'

/** Longer texts are cut: a name that fills metres of paper is a mistake or an attack. */
const charactersMax = 400

/** U+25A1: what stands for a character that the printer cannot draw; two bytes in GBK. */
const unknownCharacter = '□'

/** Signs whose own form needs four bytes, and what says the same in two or fewer (hardware.md §6). */
const substitutes: ReadonlyMap<string, string> = new Map([
  ['¥', '￥'],
  ['®', '(R)'],
  ['©', '(C)'],
  ['™', '(TM)'],
])

const plain = /^[\x20-\x7e]*$/
const ideograph = /^\p{Unified_Ideograph}$/u
const marks = /\p{M}/gu

const encodedCharacters = new Map<string, string>()
const encodedCharactersMax = 20_000

/** The GB18030 bytes of one character as a string of characters up to U+00FF. */
function encodedCharacter(character: string): string {
  const known = encodedCharacters.get(character)
  if (known !== undefined) return known
  const bytes = iconv.encode(character, 'gb18030').toString('latin1')
  if (encodedCharacters.size >= encodedCharactersMax) encodedCharacters.clear()
  encodedCharacters.set(character, bytes)
  return bytes
}

/** A printable text in GB18030 as a string of characters up to U+00FF. GBK's characters are the same two bytes there. */
export function encodedText(text: string): string {
  if (plain.test(text)) return text
  let bytes = ''
  for (const character of text) bytes += character < '\x80' ? character : encodedCharacter(character)
  return bytes
}

/**
 * What a printer can draw of a text that nobody has checked: one line without control characters, without marks over
 * letters and without changes of direction; at most 400 characters. What the font lacks becomes its plain form, or □.
 *
 * In `gbk` every character of four GB18030 bytes is replaced, because such a printer takes them for other characters; in
 * `gb18030` Chinese characters stay, and the rest of four bytes (emoji, foreign letters) is replaced, because no printer
 * has a font for it.
 */
export function printableText(text: string, drawing: ReceiptDrawing): string {
  if (text.length <= charactersMax && plain.test(text)) return text.trim()
  const known = cleaned[drawing].get(text)
  if (known !== undefined) return known
  const printable = cleanedText(text, drawing)
  if (text.length <= charactersMax) {
    if (cleaned[drawing].size >= cleanedMax) cleaned[drawing].clear()
    cleaned[drawing].set(text, printable)
  }
  return printable
}

/** Labels and names come again on every receipt. */
const cleaned: Readonly<Record<ReceiptDrawing, Map<string, string>>> = {
  gb18030: new Map(),
  gbk: new Map(),
  screen: new Map(),
}
const cleanedMax = 1_000

function cleanedText(text: string, drawing: ReceiptDrawing): string {
  const clean = text
    // A text of millions of characters is not looked at to its end.
    .slice(0, charactersMax * 4)
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]|(?!\u3000)\p{Zs}/gu, ' ')
    .trim()
  const drawn = Array.from(clean, (character) => printableCharacter(character, drawing)).filter((each) => each !== '')
  if (drawn.length <= charactersMax && text.length <= charactersMax * 4) return drawn.join('').trim()
  return `${drawn
    .slice(0, charactersMax - 1)
    .join('')
    .trim()}…`
}

/** The same of a template's own text, whose blanks and length are its author's. */
export function printableMarkup(text: string, drawing: ReceiptDrawing): string {
  if (plain.test(text)) return text
  return Array.from(text, (character) => printableCharacter(character, drawing)).join('')
}

function printableCharacter(character: string, drawing: ReceiptDrawing): string {
  if (character < '\x80') return character
  if (/^\p{M}$/u.test(character)) return ''
  if (/^[\p{Co}\p{Cn}]$/u.test(character)) return unknownCharacter
  if (drawing === 'screen') return character
  if (encodedCharacter(character).length === 2) return character
  if (drawing === 'gb18030' && ideograph.test(character)) return character
  const substitute = substitutes.get(character)
  if (substitute !== undefined) return substitute
  const withoutMarks = character.normalize('NFKD').replace(marks, '')
  return plain.test(withoutMarks) && withoutMarks !== '' ? withoutMarks : unknownCharacter
}
