import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file that belongs to the till's user alone, as text; `missing` where there is none. */
export type PrivateReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'disk'; readonly detail: string }

export async function readPrivateFile(path: string): Promise<PrivateReading> {
  try {
    return { kind: 'text', text: await readFile(path, 'utf8') }
  } catch (error) {
    const detail = codeOf(error)
    return detail === 'ENOENT' ? { kind: 'missing' } : { kind: 'disk', detail }
  }
}

/**
 * Puts the text in the file's place in one step, durably, readable by its user alone; a power cut leaves the old one or the
 * new one. Null, or why it could not.
 */
export async function writePrivateFile(path: string, text: string): Promise<string | null> {
  const fresh = `${path}.new`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(fresh, 'w', 0o600)
    try {
      await file.chmod(0o600)
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
    return null
  } catch (error) {
    return codeOf(error)
  }
}

/** JSON, or undefined for what is none: the parser's own message quotes the text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
