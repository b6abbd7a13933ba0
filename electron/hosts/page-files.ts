import { readFile, realpath } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** A file of the page, or why there is none. */
export type PageFile =
  | { readonly kind: 'file'; readonly body: Uint8Array<ArrayBuffer>; readonly contentType: string }
  /** The path leads out of the folder, or is not a path at all. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'missing' }

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
}

/**
 * Reads a file of the built page. `path` is a URL's path as it came, still encoded; `/` is `index.html`.
 *
 * Never leaves `directory`: the path is decoded once, normalised and compared with the separator at the end, so that a
 * sibling folder whose name begins the same is outside too; a symbolic link that leads out is outside as well.
 */
export async function readPageFile(directory: string, path: string): Promise<PageFile> {
  const relative = decoded(path)
  if (relative === null) return { kind: 'outside' }
  const file = normalize(join(directory, relative === '/' ? 'index.html' : relative))
  if (!file.startsWith(directory + sep)) return { kind: 'outside' }
  try {
    const [real, realDirectory] = await Promise.all([realpath(file), realpath(directory)])
    if (!real.startsWith(realDirectory + sep)) return { kind: 'outside' }
    // A copy with a buffer of its own, as `Response` wants it.
    return { kind: 'file', body: new Uint8Array(await readFile(real)), contentType: contentTypeOf(file) }
  } catch {
    return { kind: 'missing' }
  }
}

function contentTypeOf(file: string): string {
  return contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream'
}

function decoded(path: string): string | null {
  try {
    const text = decodeURIComponent(path)
    return text.startsWith('/') && !text.includes('\0') && !text.includes('\\') ? text : null
  } catch {
    return null
  }
}
