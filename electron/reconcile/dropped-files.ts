import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BroughtFile } from './reconcile-keeper.ts'

/** Files that a window brings piece by piece, one at a time: neither side ever holds more than a piece. */
export type DroppedFiles = {
  begin(name: string, bytes: number): Promise<DropBegun>
  /** False where the piece is not the next one of this file; then the file is given up. */
  take(drop: string, offset: number, piece: Uint8Array): Promise<boolean>
  /** The file, whole on the disk; null where it is not. */
  end(drop: string): Promise<BroughtFile | null>
  close(): Promise<void>
}

export type DropBegun =
  | { readonly kind: 'begun'; readonly drop: string; readonly pieceBytes: number }
  | { readonly kind: 'too-large'; readonly mostBytes: number }

/** The largest bill of the largest merchant, packed or not; what is larger is no bill. */
const mostBytes = 2 * 2 ** 30
/** A piece's base64 must fit into a frame of the browser host's bridge, 64 KiB (api/wire.ts). */
export const pieceBytes = 45_000
/** Another till's export is read as a whole: a day of a busy till is some hundred kilobytes. */
export const mostExportBytes = 64 * 1_048_576

type Open = {
  readonly drop: string
  readonly name: string
  readonly bytes: number
  readonly path: string
  readonly file: FileHandle
  had: number
}

/** Keeps brought files in a folder of the data folder; what a former run left there is removed. */
export function openDroppedFiles(dataDirectory: string): DroppedFiles {
  const folder = join(dataDirectory, 'reconciliation', 'brought')
  let current: Open | null = null
  const giveUp = async (): Promise<void> => {
    const given = current
    current = null
    if (given === null) return
    await given.file.close()
    await rm(given.path, { force: true })
  }
  return {
    async begin(name, bytes) {
      await giveUp()
      if (bytes > mostBytes) return { kind: 'too-large', mostBytes }
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const drop = randomBytes(8).toString('hex')
      const path = join(folder, drop)
      const file = await open(path, 'wx', 0o600)
      current = { drop, name: basename(name).slice(0, 100), bytes, path, file, had: 0 }
      return { kind: 'begun', drop, pieceBytes }
    },
    async take(drop, offset, piece) {
      const to = current
      if (to?.drop !== drop) return false
      const fits = offset === to.had && piece.length > 0 && offset + piece.length <= to.bytes
      if (!fits) {
        await giveUp()
        return false
      }
      to.had += piece.length
      await to.file.write(piece)
      return true
    },
    async end(drop) {
      const done = current
      if (done?.drop !== drop) return null
      if (done.had !== done.bytes) {
        await giveUp()
        return null
      }
      current = null
      await done.file.sync()
      await done.file.close()
      return { path: done.path, name: done.name }
    },
    close: giveUp,
  }
}

/** Removes what a former run of the program was brought and did not read. */
export async function clearDroppedFiles(dataDirectory: string): Promise<void> {
  const folder = join(dataDirectory, 'reconciliation', 'brought')
  for (const name of await readdir(folder).catch(() => [])) await rm(join(folder, name), { force: true })
}

/** The first bytes of a file. */
export async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(64)
    const { bytesRead } = await file.read(buffer, 0, 64, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A file as text where it is no larger than an export may be; null where it is. */
export async function smallText(path: string): Promise<string | null> {
  const file = await open(path, 'r')
  const { size } = await file.stat().finally(() => file.close())
  return size > mostExportBytes ? null : readFile(path, 'utf8')
}
