import receiptline from 'receiptline'

/** How a code is drawn, in dots; `data` is the Code 128 as GS k takes it, with the letters that choose its sets. */
export type ReceiptCode =
  | { readonly type: 'code128'; readonly moduleDots: 2; readonly heightDots: 64; readonly data: string }
  | { readonly type: 'qrcode'; readonly cellDots: number; readonly level: 'm' }

/** Bytes that a QR code of level M holds, from version 1 on (ISO/IEC 18004, table 7, byte mode); version v has 17 + 4v modules. */
const qrBytes = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666]
const cellDotsMin = 3
const cellDotsMax = 6
const barcodeModuleDots = 2
/** Modules of one symbol of Code 128; its stop has two more (ISO/IEC 15417). */
const symbolModules = 11

/** Modules of a Code 128 as the printer draws it, without the quiet zones: the paper's margins are those. */
function barcodeModules(data: string): number {
  let symbols = 0
  for (let at = 0; at < data.length; at += 1) {
    symbols += 1
    // "{" and the letter behind it are one symbol that chooses the set; "{{" is the brace itself.
    if (data.charAt(at) === '{') at += 1
  }
  const withCheckAndStop = symbols + 2
  return withCheckAndStop * symbolModules + 2
}

/**
 * The code that shows a text on paper of this width: Code 128 where it was asked for and fits in bars of two dots, which
 * every gun reads, else a QR code. Null where the text is empty or too long for both.
 */
export function codeFor(text: string, wanted: 'code' | 'qr', dots: number): ReceiptCode | null {
  if (text === '') return null
  if (wanted === 'code' && /^[\x20-\x7e]+$/.test(text)) {
    const data: string = receiptline.commands.generic['code128'](text)
    if (data.length < 256 && barcodeModules(data) * barcodeModuleDots <= dots) {
      return { type: 'code128', moduleDots: barcodeModuleDots, heightDots: 64, data }
    }
  }
  const bytes = Buffer.byteLength(text)
  const version = qrBytes.findIndex((room) => bytes <= room) + 1
  if (version === 0) return null
  const modules = 17 + 4 * version
  const cellDots = Math.min(cellDotsMax, Math.floor(dots / modules))
  return cellDots < cellDotsMin ? null : { type: 'qrcode', cellDots, level: 'm' }
}

/** The code as a property of receiptline's language. */
export const codeOption = (code: ReceiptCode): string =>
  code.type === 'code128' ? `code128,${code.moduleDots},${code.heightDots}` : `qrcode,${code.cellDots},${code.level}`
