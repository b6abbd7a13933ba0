/** A square picture of an icon: its edge in pixels, and the PNG file. */
export type IconPicture = { readonly size: number; readonly png: Buffer }

/** What Windows shows in lists, on the task bar and on the desktop, at usual and at doubled sharpness. */
export const icoSizes: readonly number[] = [16, 24, 32, 48, 64, 128, 256]

/** The pictures of an .icns file that are PNG, by type; 16 and 32 pixels are there as their doubled ones. */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const

export const icnsSizes: readonly number[] = [...new Set(icnsTypes.map(([, size]) => size))]

const headBytes = 6
const entryBytes = 16

/** An .ico file for Windows of PNG pictures, at most 256 pixels each (Windows Vista and later). */
export function icoOf(pictures: readonly IconPicture[]): Buffer {
  const head = Buffer.alloc(headBytes)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = headBytes + pictures.length * entryBytes
  const entries = pictures.map(({ size, png }) => {
    if (size > 256) throw new RangeError(`an .ico has no picture of ${size} pixels`)
    const entry = Buffer.alloc(entryBytes)
    // 256 is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([head, ...entries, ...pictures.map(({ png }) => png)])
}

/** An .icns file for macOS of PNG pictures; throws where one of `icnsSizes` is missing. */
export function icnsOf(pictures: readonly IconPicture[]): Buffer {
  const blocks = icnsTypes.map(([type, size]) => {
    const picture = pictures.find((each) => each.size === size)
    if (picture === undefined) throw new RangeError(`the picture of ${size} pixels is missing`)
    return block(type, picture.png)
  })
  return block('icns', Buffer.concat(blocks))
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'ascii')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}

/** The edges of the pictures in an .ico file, as each PNG itself says; throws where the file is none. */
export function sizesInIco(file: Buffer): readonly number[] {
  if (file.readUInt16LE(0) !== 0 || file.readUInt16LE(2) !== 1) throw new TypeError('not an .ico file')
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = headBytes + index * entryBytes
    const offset = file.readUInt32LE(at + 12)
    const size = sizeOfPng(file.subarray(offset, offset + file.readUInt32LE(at + 8)))
    if (file.readUInt8(at) !== size % 256) throw new TypeError(`the entry of ${size} pixels says another size`)
    return size
  })
}

/** The edges of the pictures in an .icns file, likewise. */
export function sizesInIcns(file: Buffer): readonly number[] {
  const isWhole = file.toString('ascii', 0, 4) === 'icns' && file.readUInt32BE(4) === file.length
  if (!isWhole) throw new TypeError('not a whole .icns file')
  const sizes: number[] = []
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const size = sizeOfPng(file.subarray(at + 8, at + file.readUInt32BE(at + 4)))
    const type = file.toString('ascii', at, at + 4)
    if (icnsTypes.every(([known, wanted]) => known !== type || wanted !== size)) {
      throw new TypeError(`${type} has ${size} pixels`)
    }
    sizes.push(size)
  }
  return sizes
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')
const pngEnd = Buffer.from('49454e44ae426082', 'hex')

function sizeOfPng(png: Buffer): number {
  const isWhole = png.subarray(0, 8).equals(pngSignature) && png.subarray(-8).equals(pngEnd)
  if (!isWhole) throw new TypeError('a picture is no whole PNG')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  if (width !== height) throw new TypeError('a picture is not square')
  return width
}
