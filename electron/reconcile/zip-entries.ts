/** Bytes that are read by their position: a file's, or those of an archive that is held in memory. */
export type PositionedBytes = {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>
}

/** Bytes in memory, read as a file is. */
export const heldBytes = (whole: Buffer): PositionedBytes => ({
  read: async (buffer, offset, length, position) => ({
    bytesRead: whole.copy(buffer, offset, position, Math.min(whole.length, position + length)),
  }),
})

/** One file inside a zip. */
export type ZipEntry = {
  readonly name: string
  readonly method: 'stored' | 'deflated' | 'other'
  /** Where its bytes begin in the archive, and how many there are, packed and unpacked. */
  readonly offset: number
  readonly packedBytes: number
  readonly bytes: number
  readonly crc32: number
}

const endSignature = 0x0605_4b50
const directorySignature = 0x0201_4b50
const localSignature = 0x0403_4b50
const endBytes = 22
const longestComment = 65_535
const utf8Flag = 0x0800

/**
 * The entries of a zip by its directory, which stands at its end: an archive that was cut off has none, and answers null.
 * Names without the UTF-8 flag are read as GBK (alipay.md §6). Bills are far below the sizes of ZIP64.
 */
export async function zipEntries(file: PositionedBytes, fileBytes: number): Promise<readonly ZipEntry[] | null> {
  const tail = await readAt(file, Math.max(0, fileBytes - endBytes - longestComment), fileBytes)
  let end = tail.length - endBytes
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end--
  if (end < 0) return null
  const count = tail.readUInt16LE(end + 10)
  const directoryBytes = tail.readUInt32LE(end + 12)
  const directoryAt = tail.readUInt32LE(end + 16)
  if (directoryAt + directoryBytes > fileBytes) return null
  const directory = await readAt(file, directoryAt, directoryAt + directoryBytes)
  const entries: ZipEntry[] = []
  let at = 0
  for (let place = 0; place < count; place++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directorySignature) return null
    const nameBytes = directory.readUInt16LE(at + 28)
    const method = directory.readUInt16LE(at + 10)
    const packedBytes = directory.readUInt32LE(at + 20)
    const headerAt = directory.readUInt32LE(at + 42)
    const header = await readAt(file, headerAt, headerAt + 30)
    if (header.length < 30 || header.readUInt32LE(0) !== localSignature) return null
    const offset = headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (offset + packedBytes > fileBytes) return null
    const isUtf8 = (directory.readUInt16LE(at + 8) & utf8Flag) !== 0
    entries.push({
      name: new TextDecoder(isUtf8 ? 'utf-8' : 'gb18030').decode(directory.subarray(at + 46, at + 46 + nameBytes)),
      method: method === 0 ? 'stored' : method === 8 ? 'deflated' : 'other',
      offset,
      packedBytes,
      bytes: directory.readUInt32LE(at + 24),
      crc32: directory.readUInt32LE(at + 16),
    })
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function readAt(file: PositionedBytes, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
  return buffer.subarray(0, bytesRead)
}
