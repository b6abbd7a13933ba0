import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { crc32, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { heldBytes, type PositionedBytes, type ZipEntry, zipEntries } from './zip-entries.ts'

/** Why the bytes of a file cannot be had. */
export type BytesProblem = 'file-unreadable' | 'archive-damaged' | 'too-large'

/** Hears the unpacked bytes piece by piece; they change after it returns. */
export type HearBytes = (bytes: Uint8Array) => void

/** One readable thing in a bill's file: the file itself, or a file in its archive. */
export type BillPart = {
  /** Null for a file that is no archive. */
  readonly name: string | null
  read(hear: HearBytes): Promise<BytesProblem | null>
}

export type OpenedBillFile = { readonly parts: readonly BillPart[]; close(): Promise<void> }

/** More unpacked bytes than the largest merchant's day has: an archive that would fill the disk or the memory. */
const mostBytes = 4 * 2 ** 30
const pieceBytes = 1_048_576

/** Opens a bill's file: plain, gzip, zlib (unionpay.md §9) or zip, told by its first bytes and not by its name. */
export async function openBillFile(path: string): Promise<OpenedBillFile | BytesProblem> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch {
    return 'file-unreadable'
  }
  const opened = await partsOf(file).catch(() => 'file-unreadable' as const)
  if (typeof opened !== 'string') return { parts: opened, close: () => file.close() }
  await file.close()
  return opened
}

async function partsOf(file: FileHandle): Promise<readonly BillPart[] | BytesProblem> {
  const { size } = await file.stat()
  const head = Buffer.alloc(4)
  await file.read(head, 0, 4, 0)
  if (head.readUInt32LE(0) === 0x0403_4b50) return zipParts(file, size)
  if (head[0] === 0x1f && head[1] === 0x8b) return [{ name: null, read: (hear) => readGzip(file, hear) }]
  // zlib's header: deflate with a window of 32 KiB, and a check of both bytes. What it holds may be a zip.
  if (head[0] === 0x78 && head.readUInt16BE(0) % 31 === 0) return deflatedParts(file, size)
  return [{ name: null, read: (hear) => readPlain(file, 0, size, hear) }]
}

async function zipParts(file: PositionedBytes, size: number): Promise<readonly BillPart[] | BytesProblem> {
  const entries = await zipEntries(file, size)
  if (entries === null || entries.some(({ method }) => method === 'other')) return 'archive-damaged'
  if (entries.some(({ bytes }) => bytes > mostBytes)) return 'too-large'
  return entries.map((entry) => ({ name: entry.name, read: (hear) => readEntry(file, entry, hear) }))
}

/** A bill that is deflated as a whole is held in memory: the gateway sends it as one field of an answer. */
async function deflatedParts(file: FileHandle, size: number): Promise<readonly BillPart[] | BytesProblem> {
  const pieces: Buffer[] = []
  const problem = await unpack(file, createInflate(), 0, size, (bytes) => pieces.push(Buffer.from(bytes)))
  if (problem !== null) return problem
  const whole = Buffer.concat(pieces)
  if (whole.length < 4 || whole.readUInt32LE(0) !== 0x0403_4b50) {
    return [{ name: null, read: async (hear) => hearWhole(whole, hear) }]
  }
  return zipParts(heldBytes(whole), whole.length)
}

function hearWhole(whole: Buffer, hear: HearBytes): null {
  hear(whole)
  return null
}

async function readPlain(
  file: PositionedBytes,
  from: number,
  to: number,
  hear: HearBytes,
): Promise<BytesProblem | null> {
  if (to - from > mostBytes) return 'too-large'
  const buffer = Buffer.allocUnsafe(pieceBytes)
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(pieceBytes, to - at), at)
    if (bytesRead === 0) return 'file-unreadable'
    hear(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
  return null
}

async function readGzip(file: FileHandle, hear: HearBytes): Promise<BytesProblem | null> {
  const { size } = await file.stat()
  return unpack(file, createGunzip({ chunkSize: 262_144 }), 0, size, hear)
}

async function readEntry(file: PositionedBytes, entry: ZipEntry, hear: HearBytes): Promise<BytesProblem | null> {
  let sum = 0
  let bytes = 0
  const hearChecked: HearBytes = (piece) => {
    sum = crc32(piece, sum)
    bytes += piece.length
    hear(piece)
  }
  const end = entry.offset + entry.packedBytes
  const problem =
    entry.method === 'stored'
      ? await readPlain(file, entry.offset, end, hearChecked)
      : await unpack(file, createInflateRaw({ chunkSize: 262_144 }), entry.offset, end, hearChecked)
  if (problem !== null) return problem
  return sum === entry.crc32 && bytes === entry.bytes ? null : 'archive-damaged'
}

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createInflate> | ReturnType<typeof createInflateRaw>

async function unpack(
  file: PositionedBytes,
  unpacker: Unpacker,
  from: number,
  to: number,
  hear: HearBytes,
): Promise<BytesProblem | null> {
  let bytes = 0
  let isTooLarge = false
  async function* packed(): AsyncGenerator<Buffer> {
    for (let at = from; at < to; ) {
      const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, to - at))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  }
  try {
    await pipeline(packed, unpacker, async (unpacked: AsyncIterable<Buffer>) => {
      for await (const piece of unpacked) {
        bytes += piece.length
        isTooLarge = bytes > mostBytes
        if (isTooLarge) throw new RangeError('unpacks to more than any bill has')
        hear(piece)
      }
    })
    return null
  } catch {
    return isTooLarge ? 'too-large' : 'archive-damaged'
  }
}
