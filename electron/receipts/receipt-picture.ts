import receiptline from 'receiptline'
import type { ReceiptDocument } from '../till/receipt/document.ts'
import { filledLines, paperMarkup, type ReceiptRoom } from './filled-lines.ts'
import type { ReceiptTemplate } from './templates/receipt-template.ts'

/** What a picture is drawn for: a paper's width, and the characters that its printer or a screen has. */
export type PictureParts = {
  readonly template: ReceiptTemplate
  readonly room: ReceiptRoom
  /** The logo as a PNG of black and white dots, as `readLogo` makes it; null without one. */
  readonly logoPng: Uint8Array | null
}

/** White paper around the text, in dots. */
const margin = 24
/** Every character stands on its own cells, so that any of these fonts gives the same columns. */
const fonts =
  "'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei Mono', 'Microsoft YaHei', 'PingFang SC', monospace"

const { svg } = receiptline.commands

/**
 * A document as an SVG picture of its paper, one unit a printer's dot: what the printer would print, on white, with
 * nothing that is loaded from elsewhere.
 */
export function receiptSvg(document: ReceiptDocument, { template, room, logoPng }: PictureParts): string {
  const lines = filledLines(template, document, { hasLogo: logoPng !== null, drawing: room.drawing })
  const logo = logoPng === null ? '' : Buffer.from(logoPng).toString('base64')
  const drawn = receiptline.transform(paperMarkup(lines, room), {
    cpl: room.columns,
    encoding: 'gb18030',
    spacing: true,
    command: {
      ...svg,
      open(printer) {
        const start = svg.open.call(this, printer)
        // Its own is drawn by chance; the same document is the same picture.
        Object.assign(this, { receiptId: 'paper' })
        return start
      },
      command: () => '',
      image(_key: string) {
        return svg.image.call(this, logo, 0, 0, 0, 0)
      },
    },
  })
  const [, width = '0', height = '0'] = /^<svg width="([\d.]+)px" height="([\d.]+)px"/.exec(drawn) ?? []
  const [outerWidth, outerHeight] = [Number(width) + 2 * margin, Number(height) + 2 * margin]
  const paper = drawn
    .trimEnd()
    .replace('<svg ', `<svg x="${margin}" y="${margin}" `)
    .replace('font-family="monospace"', `font-family="${fonts}"`)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${outerWidth}" height="${outerHeight}" viewBox="0 0 ${outerWidth} ${outerHeight}"><rect width="100%" height="100%" fill="#fff"/>${paper}</svg>\n`
}

/** A document as text for a fixed-width font in which Chinese takes two cells; sizes, codes and the logo are lost. */
export function receiptText(document: ReceiptDocument, { template, room }: Omit<PictureParts, 'logoPng'>): string {
  const lines = filledLines(template, document, { hasLogo: false, drawing: room.drawing })
  const drawn = receiptline.transform(paperMarkup(lines, room), {
    cpl: room.columns,
    encoding: 'gb18030',
    cutting: false,
    command: 'text',
  })
  return drawn
    .split('\n')
    .map((row) => row.trimEnd())
    .join('\n')
}
