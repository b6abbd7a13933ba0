import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * Makes a screenshot a few times smaller: a screen of flat colours needs a palette and no more. Colours beyond the 256
 * most frequent become the nearest of those; only the edges of letters have so many.
 */

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const paletteMax = 256

type Pixels = { readonly width: number; readonly height: number; readonly colours: Uint32Array }

function chunksOf(png: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    const former = chunks.get(type)
    chunks.set(type, former ? Buffer.concat([former, data]) : data)
    at += length + 12
  }
  return chunks
}

const paeth = (left: number, up: number, upLeft: number): number => {
  const guess = left + up - upLeft
  const [byLeft, byUp, byUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)]
  if (byLeft <= byUp && byLeft <= byUpLeft) return left
  return byUp <= byUpLeft ? up : upLeft
}

/** Reads an 8-bit RGB or RGBA picture without interlacing (PNG specification, §9 and §13.9); its alpha is left out. */
function readPixels(png: Buffer): Pixels {
  const chunks = chunksOf(png)
  const header = chunks.get('IHDR')
  const data = chunks.get('IDAT')
  const channels = header?.[9] === 2 ? 3 : header?.[9] === 6 ? 4 : 0
  if (!header || !data || header[8] !== 8 || channels === 0 || header[12] !== 0) {
    throw new Error('not a picture of the kind that a browser takes')
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const raw = inflateSync(data)
  const stride = width * channels
  const colours = new Uint32Array(width * height)
  let former = new Uint8Array(stride)
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1)
    const filter = raw[start] ?? 0
    const line = new Uint8Array(stride)
    for (let at = 0; at < stride; at += 1) {
      const left = at >= channels ? (line[at - channels] ?? 0) : 0
      const up = former[at] ?? 0
      const upLeft = at >= channels ? (former[at - channels] ?? 0) : 0
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)]
      line[at] = (raw[start + 1 + at] ?? 0) + (guesses[filter] ?? 0)
    }
    for (let column = 0; column < width; column += 1) {
      const at = column * channels
      colours[row * width + column] = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0)
    }
    former = line
  }
  return { width, height, colours }
}

const distance = (a: number, b: number): number => {
  const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)]
  return red * red + green * green + blue * blue
}

/** The palette, and each colour's place in it. */
function paletteOf(colours: Uint32Array): {
  readonly palette: readonly number[]
  readonly placeOf: Map<number, number>
} {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)
  const palette = byCount.slice(0, paletteMax)
  const placeOf = new Map(palette.map((colour, place) => [colour, place]))
  for (const colour of byCount.slice(paletteMax)) {
    let best = 0
    for (let place = 1; place < palette.length; place += 1) {
      if (distance(colour, palette[place] ?? 0) < distance(colour, palette[best] ?? 0)) best = place
    }
    placeOf.set(colour, best)
  }
  return { palette, placeOf }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** The same picture with a palette. Throws for pictures that no browser takes. */
export function smallerPng(png: Buffer): Buffer {
  const { width, height, colours } = readPixels(png)
  const { palette, placeOf } = paletteOf(colours)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const lines = Buffer.alloc((width + 1) * height)
  for (const [index, colour] of colours.entries()) {
    lines[index + Math.floor(index / width) + 1] = placeOf.get(colour) ?? 0
  }
  const entries = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(entries)),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
