import receiptline from 'receiptline'
import { encodedText } from './printable-text.ts'
import type { ReceiptCode } from './receipt-code.ts'
import type { ReceiptProfile } from './receipt-profiles.ts'

/** ESC/POS commands as text of characters up to U+00FF; hardware.md §6. */
const chineseOn = '\x1c&'
const chineseOff = '\x1c.'
const alignment = (place: number): string => `\x1ba${String.fromCharCode(place)}`
const twoBytes = (value: number): string => String.fromCharCode(value & 255, (value >> 8) & 255)

/** A dot row of a cell: the 12×24 font. */
const cellDots = 12
/** A printer without a cutter must push the last line beyond its tear bar. */
const linesToTearBar = 4

/** What stands before every receipt: initialise, font A, no gaps between characters, Chinese ones too. */
export const receiptStart = '\x1b@\x1bM\x00\x1b \x00\x1cS\x00\x00'

/**
 * What stands after every receipt. No status is asked for here, as receiptline's own commands do: an answer that the
 * transport did not ask for would be taken for the answer to its next question (hardware.md §6.1).
 */
export const receiptEnd = ({ hasCutter }: ReceiptProfile): string =>
  hasCutter ? '\x1dVB\x00' : `\x1bd${String.fromCharCode(linesToTearBar)}`

/** The bytes of a printable text: the printer reads two-byte characters in Chinese mode only. */
export const textBytes = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII, all of it
  text.replace(/[^\x00-\x7f]+/g, (run) => `${chineseOn}${encodedText(run)}${chineseOff}`)

/** The hole with this number, in as many cells as its value will take. */
export const hole = (index: number, cells: number): string => String.fromCharCode(0xe000 + index).repeat(cells)

/** How the bytes of a line tell where a hole is: its character, and one that holds its cells. */
export const holeMark = /([\ue000-\ue00f])([\u0100-\uffff])/
const holesIn = /(([\ue000-\ue00f])\2*)/
const markOf = (run: string): string => `${run.charAt(0)}${String.fromCharCode(0x100 + run.length)}`
const isHole = (text: string): boolean => /^[\ue000-\ue00f]$/.test(text)

type Command = typeof receiptline.commands.base
type QrSymbol = Parameters<Command['qrcode']>[0]

/**
 * The commands that receiptline draws with, for one printer. Each run of it makes a piece that can stand anywhere in a
 * receipt: it begins and ends in plain text at the left edge, and says nothing that already holds.
 *
 * Other than receiptline's own: Chinese mode around Chinese alone; rules of hyphens, because the line glyphs are missing
 * on Chinese models; the printer's own QR code where it has one; no raw commands; no status request. Texts may have holes
 * (`hole`), which come out as marks (`holeMark`).
 */
export function escposCommand(profile: ReceiptProfile, logoBytes: string): Command {
  let isStyled = false
  let isNarrowed = false
  let place = 0
  const styled = (bytes: string): string => {
    isStyled = true
    return bytes
  }
  const plain = (): string => {
    const bytes = isStyled ? `\x1b-\x00\x1c-\x00\x1bE\x00\x1dB\x00${sized(0, 0)}` : ''
    isStyled = false
    return bytes
  }
  const sized = (wider: number, higher: number): string => {
    const size = `\x1d!${String.fromCharCode((wider << 4) | higher)}`
    const chinese = (wider > 0 ? 4 : 0) | (higher > 0 ? 8 : 0)
    return profile.chineseSize === 'with-text' ? size : `${size}\x1c!${String.fromCharCode(chinese)}`
  }
  const align = (to: number): string => {
    const bytes = to === place ? '' : alignment(to)
    place = to
    return bytes
  }
  const area = (left: number, width: number, right: number): string => {
    const isNarrow = left > 0 || right > 0
    if (!isNarrow && !isNarrowed) return ''
    isNarrowed = isNarrow
    const dots = isNarrow ? width * cellDots : profile.dots
    return `\x1dL${twoBytes(left * cellDots)}\x1dW${twoBytes(dots)}`
  }
  return {
    ...receiptline.commands.generic,
    // A mark over a letter never comes here: printable texts have none.
    measureText: (text) => Array.from(text).reduce((sum, each) => sum + (each < '\x80' || isHole(each) ? 1 : 2), 0),
    open: () => {
      isStyled = false
      isNarrowed = false
      place = 0
      return ''
    },
    close: () => `${plain()}${align(0)}${area(0, profile.columns, 0)}`,
    area,
    align,
    absolute: (cells) => (cells === 0 ? '' : `\x1b$${twoBytes(cells * cellDots)}`),
    relative: (cells) => (cells === 0 ? '' : `\x1b\\${twoBytes(cells * cellDots)}`),
    hr: (cells) => '-'.repeat(cells),
    cut: () => (profile.hasCutter ? '\x1dVB\x00' : ''),
    ul: () => styled('\x1b-\x02\x1c-\x02'),
    em: () => styled('\x1bE\x01'),
    iv: () => styled('\x1dB\x01'),
    wh: (size) => styled(size < 3 ? sized(size & 1, (size >> 1) & 1) : sized(size - 2, size - 2)),
    normal: plain,
    text: (text) =>
      text
        .split(holesIn)
        // The pattern has two groups, so that text, run and character take turns.
        .map((piece, index) => (index % 3 === 0 ? textBytes(piece) : index % 3 === 1 ? markOf(piece) : ''))
        .join(''),
    command: () => '',
    image: () => logoBytes,
    qrcode: (symbol, encoding) => (isHole(symbol.data) ? markOf(symbol.data) : qrBytes(profile, symbol, encoding)),
    barcode: (symbol, encoding) => receiptline.commands.generic.barcode(symbol, encoding),
  }
}

/** A QR code: by the printer (GS ( k: model 2, size, level, store, print), or as a picture. */
export function qrBytes(profile: ReceiptProfile, symbol: QrSymbol, encoding: Parameters<Command['qrcode']>[1]): string {
  if (symbol.data === '') return ''
  if (!profile.hasQr) return receiptline.commands.generic.qrcode(symbol, encoding)
  const levels = { l: '0', m: '1', q: '2', h: '3' } as const satisfies Record<QrSymbol['level'], string>
  const data = Buffer.from(symbol.data, 'utf8').toString('latin1')
  return [
    '\x1d(k\x04\x001A2\x00',
    `\x1d(k\x03\x001C${String.fromCharCode(symbol.cell)}`,
    `\x1d(k\x03\x001E${levels[symbol.level]}`,
    `\x1d(k${twoBytes(data.length + 3)}1P0${data}`,
    '\x1d(k\x03\x001Q0',
  ].join('')
}

/** A Code 128, which every ESC/POS printer draws itself (GS k 73), without the text below it. */
export function barcodeBytes({ moduleDots, heightDots, data }: ReceiptCode & { readonly type: 'code128' }): string {
  return `\x1dw${String.fromCharCode(moduleDots)}\x1dh${String.fromCharCode(heightDots)}\x1dH\x00\x1dkI${String.fromCharCode(data.length)}${data}`
}
