import { cellsOf, wrapAtWords } from '../till/receipt/cells.ts'
import type { ReceiptDocument } from '../till/receipt/document.ts'
import { receiptLabels } from '../till/receipt/receipt-words.ts'
import { escapedText } from './escape-text.ts'
import { printableMarkup, printableText, type ReceiptDrawing } from './printable-text.ts'
import { codeFor, codeOption } from './receipt-code.ts'
import type { ReceiptTemplate, TemplateLine, TemplateSlot } from './templates/receipt-template.ts'

/** What the drawn row has room for, and what its font knows. */
export type ReceiptRoom = { readonly columns: number; readonly dots: number; readonly drawing: ReceiptDrawing }

/** A line that this paper has, with the printable text of each of its slots. */
export type FilledLine = { readonly line: TemplateLine; readonly values: readonly string[] }

/** The lines of a document's paper, from the first to the last: what is left out is gone, what is repeated is there. */
export function filledLines(
  { blocks }: ReceiptTemplate,
  document: ReceiptDocument,
  { hasLogo, drawing }: { readonly hasLogo: boolean; readonly drawing: ReceiptDrawing },
): readonly FilledLine[] {
  const filled: FilledLine[] = []
  for (const { list, lines } of blocks) {
    for (const entry of list === null ? [undefined] : (document.lists[list] ?? [])) {
      for (const line of lines) {
        if (line.when !== null && !isThere(line.when, document, hasLogo)) continue
        if (line.kind === 'logo') {
          if (hasLogo) filled.push({ line, values: [] })
          continue
        }
        const texts = (line.kind === 'text' ? line.slots : [line.slot]).map((slot) => textOf(slot, document, entry))
        if (!texts.every((text) => text !== undefined)) continue
        const values = texts.map((text) => printableText(text, drawing))
        if (line.kind !== 'text' && values[0] === '') continue
        // Nothing at all would let the column fall together with its neighbour.
        filled.push({ line, values: values.map((value) => (value === '' ? ' ' : value)) })
      }
    }
  }
  return filled
}

const isThere = (name: string, { fields, lists }: ReceiptDocument, hasLogo: boolean): boolean =>
  name === 'logo' ? hasLogo : fields[name] !== undefined || (lists[name]?.length ?? 0) > 0

function textOf(
  slot: TemplateSlot,
  { fields, language }: ReceiptDocument,
  entry: Readonly<Record<string, string>> | undefined,
): string | undefined {
  switch (slot.kind) {
    case 'field':
      return fields[slot.name]
    case 'word':
      return receiptLabels[language][slot.name]
    case 'entry':
      return entry?.[slot.name]
  }
}

/** The key that stands for the shop's logo in an image property; receiptline lets nothing but base64 through. */
export const logoKey = 'logo'

/** A filled line in receiptline's language, without the settings that hold for it. */
export function lineMarkup({ line, values }: FilledLine, { columns, dots, drawing }: ReceiptRoom): string {
  switch (line.kind) {
    case 'logo':
      return `{image:${logoKey}}`
    case 'code':
    case 'qr': {
      const [text = ''] = values
      const code = codeFor(text, line.kind, dots)
      // What is too long for any code can still be read by a person.
      return code === null ? escapedText(text) : `{code:${escapedText(text)};option:${codeOption(code)}}`
    }
    case 'text': {
      const { texts, paragraphScale } = line
      const [first = ''] = values
      const broken =
        paragraphScale !== null && cellsOf(first) * paragraphScale > columns
          ? [brokenAtWords(first, columns, paragraphScale)]
          : values.map(escapedText)
      return texts.map((text, index) => `${printableMarkup(text, drawing)}${broken[index] ?? ''}`).join('')
    }
  }
}

function brokenAtWords(text: string, columns: number, scale: number): string {
  const rows = wrapAtWords(text, Math.floor(columns / scale))
  // A full row ends by itself; a line feed behind it would leave an empty one.
  const ends = rows.map((row, index) => (index === rows.length - 1 || cellsOf(row) * scale === columns ? '' : '\\n'))
  return rows.map((row, index) => `${escapedText(row)}${ends[index] ?? ''}`).join('')
}

/** The whole paper in receiptline's language, each property where it changes. */
export function paperMarkup(lines: readonly FilledLine[], room: ReceiptRoom): string {
  const rows: string[] = []
  let holding: readonly string[] = []
  for (const filled of lines) {
    const { settings } = filled.line
    rows.push(...settings.filter((setting) => !holding.includes(setting)), lineMarkup(filled, room))
    holding = settings
  }
  return rows.join('\n')
}
