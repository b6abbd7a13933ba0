import receiptline from 'receiptline'
import { cellsOf } from '../till/receipt/cells.ts'
import type { ReceiptDocument } from '../till/receipt/document.ts'
import { barcodeBytes, escposCommand, hole, holeMark, receiptEnd, receiptStart, textBytes } from './escpos-command.ts'
import { type FilledLine, filledLines, lineMarkup } from './filled-lines.ts'
import { printableMarkup } from './printable-text.ts'
import { codeFor } from './receipt-code.ts'
import type { ReceiptProfile } from './receipt-profiles.ts'
import type { ReceiptTemplate, TemplateLine } from './templates/receipt-template.ts'

/** Bytes of a line with the numbers of the slots between them. */
type Shape = readonly (string | number)[]

const shapesMax = 100
const rememberedLinesMax = 500

/**
 * What turns documents into a printer's bytes by one template. Laying a line out costs far more than anything else, and
 * from one receipt to the next only values change, hardly ever their lengths. So receiptline lays out each line once for
 * each set of lengths, with holes in place of the values; after that the values' bytes are put into the holes. A line that
 * breaks over rows is laid out as it is, and remembered by its text.
 */
export type ReceiptPrinting = (document: ReceiptDocument) => Uint8Array

/** Prepares a template for a printer. `logoBytes` are the raster commands of the shop's logo, empty without one. */
export function receiptPrinting(
  template: ReceiptTemplate,
  profile: ReceiptProfile,
  logoBytes: string,
): ReceiptPrinting {
  const { columns, dots, encoding: drawing } = profile
  const command = escposCommand(profile, logoBytes)
  const printer = { cpl: columns, encoding: 'gb18030', spacing: true, cutting: false, command } as const
  const laidOut = (line: TemplateLine, markup: string): string =>
    receiptline.transform([...line.settings, markup].join('\n'), printer)

  const shapes = new Map<TemplateLine, Map<string, Shape | null>>()
  const remembered = new Map<string, string>()

  const shapeOf = (
    line: TemplateLine & { readonly kind: 'text' | 'code' | 'qr' },
    cells: readonly number[],
  ): Shape | null => {
    const key = cells.join()
    const known = shapes.get(line)?.get(key)
    if (known !== undefined) return known
    const markup =
      line.kind === 'text'
        ? line.texts.map((text, index) => `${printableMarkup(text, drawing)}${hole(index, cells[index] ?? 0)}`).join('')
        : `{code:${hole(0, 1)};option:qrcode}`
    const shape = readShape(laidOut(line, markup), cells)
    const ofLine = shapes.get(line) ?? new Map<string, Shape | null>()
    if (ofLine.size >= shapesMax) ofLine.clear()
    shapes.set(line, ofLine.set(key, shape))
    return shape
  }

  const plainLine = (filled: FilledLine): string => {
    const markup = lineMarkup(filled, { columns, dots, drawing })
    const key = [...filled.line.settings, markup].join('\n')
    const known = remembered.get(key)
    if (known !== undefined) return known
    const bytes = laidOut(filled.line, markup)
    if (remembered.size >= rememberedLinesMax) remembered.clear()
    remembered.set(key, bytes)
    return bytes
  }

  const codeLine = (filled: FilledLine, line: TemplateLine & { readonly kind: 'code' | 'qr' }): string => {
    const [text = ''] = filled.values
    const code = codeFor(text, line.kind, dots)
    const shape = code === null ? null : shapeOf(line, [1])
    if (code === null || shape === null) return plainLine(filled)
    const symbol =
      code.type === 'code128'
        ? barcodeBytes(code)
        : command.qrcode({ type: 'qrcode', data: text, cell: code.cellDots, level: code.level }, 'gb18030')
    return shape.map((piece) => (typeof piece === 'string' ? piece : symbol)).join('')
  }

  const lineBytes = (filled: FilledLine): string => {
    const { line, values } = filled
    switch (line.kind) {
      case 'logo':
        return plainLine(filled)
      case 'code':
      case 'qr':
        return codeLine(filled, line)
      case 'text': {
        const shape = shapeOf(line, values.map(cellsOf))
        if (shape === null) return plainLine(filled)
        let bytes = ''
        for (const piece of shape) bytes += typeof piece === 'string' ? piece : textBytes(values[piece] ?? '')
        return bytes
      }
    }
  }

  return (document) => {
    let bytes = receiptStart
    for (const filled of filledLines(template, document, { hasLogo: logoBytes !== '', drawing })) {
      bytes += lineBytes(filled)
    }
    return Buffer.from(bytes + receiptEnd(profile), 'latin1')
  }
}

/** The pieces of a line that was laid out with holes; null where one was broken, and its text must be laid out itself. */
function readShape(bytes: string, cells: readonly number[]): Shape | null {
  const pieces = bytes.split(holeMark)
  const shape: (string | number)[] = [pieces[0] ?? '']
  const seen = new Set<number>()
  for (let at = 1; at < pieces.length; at += 3) {
    const index = (pieces[at]?.charCodeAt(0) ?? 0) - 0xe000
    const length = (pieces[at + 1]?.charCodeAt(0) ?? 0) - 0x100
    if (seen.has(index) || length !== cells[index]) return null
    seen.add(index)
    shape.push(index, pieces[at + 2] ?? '')
  }
  return cells.every((each, index) => each === 0 || seen.has(index)) ? shape : null
}
