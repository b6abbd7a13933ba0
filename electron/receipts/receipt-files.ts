import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { shanghaiCompact } from '../till/time.ts'

/** Where papers are put that are saved and not printed. */
export const slipsFolderName = 'slips'

export type ReceiptWriting =
  | { readonly kind: 'done'; readonly textPath: string; readonly picturePath: string; readonly pngPath: string | null }
  | { readonly kind: 'disk'; readonly path: string; readonly detail: string }

/**
 * Writes a paper as a UTF-8 text and as pictures into the data folder, readable by the till's user alone. The name holds
 * the order number and the time, and no paper is ever written over another. A PNG is drawn by whoever has fonts.
 */
export async function writeReceiptFiles(
  dataDirectory: string,
  orderNumber: string,
  { text, svg, png = null }: { readonly text: string; readonly svg: string; readonly png?: Uint8Array | null },
  wallMs: number,
): Promise<ReceiptWriting> {
  const folder = join(dataDirectory, slipsFolderName)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (let copy = 1; ; copy += 1) {
      const name = `${orderNumber}-${shanghaiCompact(wallMs)}${copy === 1 ? '' : `-${copy}`}`
      const textPath = join(folder, `${name}.txt`)
      if (!(await wroteNewFile(textPath, text))) continue
      const picturePath = join(folder, `${name}.svg`)
      await wroteNewFile(picturePath, svg)
      const pngPath = png === null ? null : join(folder, `${name}.png`)
      if (png !== null && pngPath !== null) await wroteNewFile(pngPath, png)
      return { kind: 'done', textPath, picturePath, pngPath }
    }
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return { kind: 'disk', path: folder, detail }
  }
}

/** Writes a new file durably; false when there is one of this name. */
export async function wroteNewFile(path: string, content: string | Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
