import { PNG } from 'pngjs'

/** A logo as black and white dots, ready for the printer and for pictures. */
export type ReceiptLogo = {
  readonly widthDots: number
  readonly heightDots: number
  /** The raster commands (GS v 0) as text of characters up to U+00FF. */
  readonly bytes: string
  readonly png: Uint8Array
}

/** Why a file cannot be the logo. */
export type LogoProblem =
  | { readonly kind: 'not-a-png' }
  | { readonly kind: 'file-too-large'; readonly bytesMax: number }
  | { readonly kind: 'too-many-pixels'; readonly pixels: number; readonly pixelsMax: number }
  | { readonly kind: 'damaged' }

export type LogoReading =
  | { readonly ok: true; readonly logo: ReceiptLogo }
  | { readonly ok: false; readonly problem: LogoProblem }

const fileBytesMax = 2_000_000
const pixelsMax = 4_000_000
const heightDotsMax = 240
const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/**
 * Reads a PNG as the logo of paper of this width: made smaller to fit, and dithered to black and white dots. The picture's
 * size is read from its header (PNG specification, §11.2.2) and refused before a pixel is decoded: 40 megapixels in
 * memory would stop the till.
 */
export function readLogo(file: Uint8Array, dots: number): LogoReading {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length > fileBytesMax) return { ok: false, problem: { kind: 'file-too-large', bytesMax: fileBytesMax } }
  const isPng =
    bytes.length >= 33 && bytes.subarray(0, 8).equals(signature) && bytes.toString('latin1', 12, 16) === 'IHDR'
  if (!isPng) return { ok: false, problem: { kind: 'not-a-png' } }
  const pixels = bytes.readUInt32BE(16) * bytes.readUInt32BE(20)
  if (pixels > pixelsMax) return { ok: false, problem: { kind: 'too-many-pixels', pixels, pixelsMax } }
  if (!hasItsEnd(bytes)) return { ok: false, problem: { kind: 'damaged' } }
  try {
    return { ok: true, logo: logoOf(PNG.sync.read(bytes), dots) }
  } catch {
    // The decoder throws texts; whatever it disliked, the file is no picture that can be used.
    return { ok: false, problem: { kind: 'damaged' } }
  }
}

/**
 * Whether every chunk up to IEND is there (PNG specification, §5.3). The decoder takes some files that break off, with
 * whatever stood in memory for their dots.
 */
function hasItsEnd(bytes: Buffer): boolean {
  for (let at = signature.length; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true
  }
  return false
}

type Picture = { readonly width: number; readonly height: number; readonly data: Uint8Array }

function logoOf(picture: Picture, dots: number): ReceiptLogo {
  const scale = Math.min(1, dots / picture.width, heightDotsMax / picture.height)
  const widthDots = Math.max(1, Math.floor(picture.width * scale))
  const heightDots = Math.max(1, Math.floor(picture.height * scale))
  const black = dithered(greyed(picture, widthDots, heightDots), widthDots)
  return {
    widthDots,
    heightDots,
    bytes: rasterBytes(black, widthDots, heightDots),
    png: pngOf(black, widthDots, heightDots),
  }
}

/** The light of each dot, 0 to 255, on white paper: the mean of the pixels that fall into it (ITU-R BT.601 weights). */
function greyed({ width, height, data }: Picture, widthDots: number, heightDots: number): Float64Array {
  const light = new Float64Array(widthDots * heightDots)
  for (let row = 0; row < heightDots; row += 1) {
    const top = Math.floor((row * height) / heightDots)
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / heightDots))
    for (let column = 0; column < widthDots; column += 1) {
      const left = Math.floor((column * width) / widthDots)
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / widthDots))
      let sum = 0
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          const at = (y * width + x) * 4
          const own = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
          sum += 255 + ((own - 255) * (data[at + 3] ?? 0)) / 255
        }
      }
      light[row * widthDots + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return light
}

/** Black where a dot is burnt; each dot's error goes to its neighbours (Floyd and Steinberg, 1976). */
function dithered(light: Float64Array, widthDots: number): readonly boolean[] {
  const spread = (at: number, error: number): void => {
    if (at < light.length) light[at] = (light[at] ?? 0) + error
  }
  return Array.from(light, (_, at) => {
    const own = light[at] ?? 0
    const isBlack = own < 128
    const error = own - (isBlack ? 0 : 255)
    const column = at % widthDots
    if (column + 1 < widthDots) spread(at + 1, (error * 7) / 16)
    if (column > 0) spread(at + widthDots - 1, (error * 3) / 16)
    spread(at + widthDots, (error * 5) / 16)
    if (column + 1 < widthDots) spread(at + widthDots + 1, error / 16)
    return isBlack
  })
}

function rasterBytes(black: readonly boolean[], widthDots: number, heightDots: number): string {
  const rowBytes = Math.ceil(widthDots / 8)
  const bits = new Uint8Array(rowBytes * heightDots)
  for (const [at, isBlack] of black.entries()) {
    if (!isBlack) continue
    const [row, column] = [Math.floor(at / widthDots), at % widthDots]
    const place = row * rowBytes + (column >> 3)
    bits[place] = (bits[place] ?? 0) | (128 >> (column & 7))
  }
  const head = Buffer.from([0x1d, 0x76, 0x30, 0, rowBytes & 255, rowBytes >> 8, heightDots & 255, heightDots >> 8])
  return Buffer.concat([head, bits]).toString('latin1')
}

function pngOf(black: readonly boolean[], width: number, height: number): Uint8Array {
  const picture = new PNG({ width, height, colorType: 0 })
  for (const [at, isBlack] of black.entries()) picture.data.set(isBlack ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4)
  return PNG.sync.write(picture, { colorType: 0, bitDepth: 8 })
}
