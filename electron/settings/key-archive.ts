import { crc32, inflateRawSync } from 'node:zlib'
import { heldBytes, zipEntries } from '../reconcile/zip-entries.ts'

/** One file as it was chosen or dropped, or as it lay in an archive. */
export type GivenFile = { readonly name: string; readonly bytes: Buffer }

/** Key files are small; whatever is larger is none, and an archive that unpacks to more is refused. */
const entryBytesMax = 65_536
const entriesMax = 40

/**
 * The files of a zip archive, such as the wallets' tools hand out; null for what is no such archive, is encrypted, or holds
 * more than key files do. Folders are left out, and names lose theirs: nothing is ever written under a name from here.
 */
export async function filesOfArchive(archive: Buffer): Promise<readonly GivenFile[] | null> {
  try {
    const entries = await zipEntries(heldBytes(archive), archive.length)
    if (entries === null || entries.length > entriesMax) return null
    const files: GivenFile[] = []
    for (const { name, method, offset, packedBytes, crc32: sum } of entries) {
      if (name.endsWith('/')) continue
      const packed = archive.subarray(offset, offset + packedBytes)
      const bytes = method === 'stored' ? packed : inflateRawSync(packed, { maxOutputLength: entryBytesMax })
      // What is encrypted unpacks to something else, or not at all.
      if (crc32(bytes) !== sum) return null
      if (bytes.length <= entryBytesMax) files.push({ name: name.split(/[\\/]/).at(-1) ?? name, bytes })
    }
    return files
  } catch {
    // Cut short, of another form, or larger than any key.
    return null
  }
}
