import { inflateRawSync } from 'node:zlib'

/** One file as it was chosen or dropped, or as it lay in an archive. */
export type GivenFile = { readonly name: string; readonly bytes: Buffer }

/** Key files are small; whatever is larger is none, and an archive that unpacks to more is refused. */
const entryBytesMax = 65_536
const entriesMax = 40

const centralSignature = 0x0201_4b50
const endSignature = 0x0605_4b50
const encryptedFlag = 1
const utf8Flag = 0x0800

/**
 * The files of a zip archive, such as the wallets' tools hand out; null for what is no such archive, is encrypted, or holds
 * more than key files do. Folders are left out, and names lose theirs: nothing is ever written under a name from here.
 */
export function filesOfArchive(archive: Buffer): readonly GivenFile[] | null {
  try {
    const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || archive.readUInt32LE(end) !== endSignature) return null
    const count = archive.readUInt16LE(end + 10)
    if (count > entriesMax) return null
    const files: GivenFile[] = []
    let at = archive.readUInt32LE(end + 16)
    for (let entry = 0; entry < count; entry += 1) {
      if (archive.readUInt32LE(at) !== centralSignature) return null
      const flags = archive.readUInt16LE(at + 8)
      const method = archive.readUInt16LE(at + 10)
      const packedBytes = archive.readUInt32LE(at + 20)
      const nameBytes = archive.readUInt16LE(at + 28)
      const restBytes = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
      const local = archive.readUInt32LE(at + 42)
      const rawName = archive.subarray(at + 46, at + 46 + nameBytes)
      const name = rawName.toString((flags & utf8Flag) === 0 ? 'latin1' : 'utf8')
      at += 46 + nameBytes + restBytes
      if (name.endsWith('/')) continue
      if ((flags & encryptedFlag) !== 0) return null
      const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
      const packed = archive.subarray(begin, begin + packedBytes)
      const bytes = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: entryBytesMax })
      if (bytes.length <= entryBytesMax) files.push({ name: name.split(/[\\/]/).at(-1) ?? name, bytes })
    }
    return files
  } catch {
    // Cut short, of another form, or larger than any key.
    return null
  }
}
