/** One entry of an archive; everything belongs to root, whoever packs it. */
export type ArchiveEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'character-device'; readonly path: string; readonly major: number; readonly minor: number }

const typeBits = { folder: 0o040000, file: 0o100000, link: 0o120000, 'character-device': 0o020000 } as const

function bodyOf(entry: ArchiveEntry): Uint8Array {
  if (entry.kind === 'file') return entry.bytes
  return entry.kind === 'link' ? Buffer.from(entry.target) : new Uint8Array()
}

function permissions(entry: ArchiveEntry): number {
  if (entry.kind === 'link') return 0o777
  if (entry.kind === 'character-device') return 0o600
  return entry.kind === 'folder' || entry.executable ? 0o755 : 0o644
}

/** Header, name and body, each filled up to a multiple of four bytes. */
function record(
  fields: { readonly inode: number; readonly mode: number; readonly links: number; readonly device: readonly number[] },
  path: string,
  body: Uint8Array,
): readonly Uint8Array[] {
  const name = Buffer.from(`${path}\0`)
  const [major = 0, minor = 0] = fields.device
  const { inode, mode, links } = fields
  // inode, mode, user, group, links, time, size, device of the archive (2), device that it is (2), name's length, sum
  const numbers = [inode, mode, 0, 0, links, 0, body.length, 0, 0, major, minor, name.length, 0]
  const header = Buffer.from(`070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}`)
  return [header, name, padding(header.length + name.length), body, padding(body.length)]
}

const padding = (length: number): Uint8Array => new Uint8Array((4 - (length % 4)) % 4)

/**
 * A cpio archive in the form that Linux unpacks at its start ("newc", the kernel's
 * Documentation/driver-api/early-userspace/buffer-format.rst). Paths are without a leading slash, and a folder stands
 * before what is in it. Written here because the program cpio makes device files only for root.
 */
export function cpioArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  const records = entries.flatMap((entry, index) => {
    const device = entry.kind === 'character-device' ? [entry.major, entry.minor] : []
    const links = entry.kind === 'folder' ? 2 : 1
    const mode = typeBits[entry.kind] | permissions(entry)
    return record({ inode: index + 1, mode, links, device }, entry.path, bodyOf(entry))
  })
  return Buffer.concat([
    ...records,
    ...record({ inode: 0, mode: 0, links: 1, device: [] }, 'TRAILER!!!', new Uint8Array()),
  ])
}

/** The entries with every folder that they need in front, each once, parents first. */
export function withFolders(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  const folders = new Set<string>()
  for (const { kind, path } of entries) {
    const parts = path.split('/')
    const depth = kind === 'folder' ? parts.length : parts.length - 1
    for (let length = 1; length <= depth; length += 1) folders.add(parts.slice(0, length).join('/'))
  }
  const inOrder = [...folders].sort((one, other) => one.split('/').length - other.split('/').length)
  return [
    ...inOrder.map((path): ArchiveEntry => ({ kind: 'folder', path })),
    ...entries.filter(({ kind }) => kind !== 'folder'),
  ]
}
