import { crc32, deflateRawSync } from 'node:zlib'

export type ArchivedFile = { readonly name: Buffer; readonly bytes: Buffer }

/** A zip as Alipay and UnionPay send it: deflated, the names in whatever bytes they are, the UTF-8 flag clear. */
export function zipArchive(files: readonly ArchivedFile[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes)
    const facts = Buffer.alloc(22)
    // Version 2.0, no flags, deflated; then time and date, which say nothing.
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(bytes.length, 18)
    const tail = Buffer.alloc(4)
    tail.writeUInt16LE(name.length, 0)
    const local = Buffer.concat([signature(0x0403_4b50), facts, tail, name, packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([
        signature(0x0201_4b50),
        Buffer.from([20, 0]),
        facts,
        tail.subarray(0, 2),
        Buffer.alloc(2),
        place,
        name,
      ]),
    )
    bodies.push(local)
    offset += local.length
  }
  const names = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(names.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, names, signature(0x0605_4b50), end])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
