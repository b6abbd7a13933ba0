import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonOf, readPrivateFile, writePrivateFile } from '../../staff/private-file.ts'

/** The desktop's own store of keys (Windows DPAPI, macOS keychain, a Linux keyring), as Electron's safeStorage offers it. */
export type DesktopKeys = {
  /** Why it protects nothing here; null where it does. `plain-text`: it would hide the key behind a password that all know. */
  weakness(): Promise<'unavailable' | 'plain-text' | null>
  wrap(text: string): Promise<Uint8Array>
  /** Rejects for what another user or another machine has wrapped. */
  unwrap(wrapped: Uint8Array): Promise<string>
}

/** The key of the sealed store that the desktop keeps; never written over. */
export type DesktopKey =
  | { readonly kind: 'key'; readonly passphrase: string }
  | { readonly kind: 'none' }
  /** There is one, and this process has no way to the desktop's store: the command line, a browser's till. */
  | { readonly kind: 'out-of-reach' }
  /** The desktop does not open it: another user, another machine, or its own store was lost. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable' | 'plain-text' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'disk'; readonly detail: string }

/** The wrapped key, beside the sealed store. */
export const desktopKeyFileName = 'secrets.desktop-key'

/** 256 bits, as the seal's own key has. */
const keyBytes = 32

const fileSchema = z.strictObject({
  format: z.literal('scantill-desktop-key'),
  version: z.literal(1),
  wrapped: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/),
})

/** The key that the desktop keeps for a data folder. */
export async function readDesktopKey(dataDirectory: string, keys: DesktopKeys | null): Promise<DesktopKey> {
  const reading = await readPrivateFile(join(dataDirectory, desktopKeyFileName))
  if (reading.kind === 'missing') return { kind: 'none' }
  if (reading.kind === 'disk') return reading
  const file = fileSchema.safeParse(jsonOf(reading.text))
  if (!file.success) return { kind: 'damaged' }
  if (keys === null) return { kind: 'out-of-reach' }
  const weakness = await keys.weakness()
  // A keyring that is not there cannot open what it wrapped; one in plain text may, but nothing is trusted to it.
  if (weakness !== null) return { kind: weakness }
  try {
    return { kind: 'key', passphrase: await keys.unwrap(Buffer.from(file.data.wrapped, 'base64')) }
  } catch {
    return { kind: 'refused' }
  }
}

/**
 * Makes a random key and has the desktop keep it. Answers the key only once it was read back from the disk; where there is
 * one already, or none could be made, what is there stays as it is.
 */
export async function makeDesktopKey(dataDirectory: string, keys: DesktopKeys): Promise<DesktopKey> {
  const weakness = await keys.weakness()
  if (weakness !== null) return { kind: weakness }
  const there = await readDesktopKey(dataDirectory, keys)
  if (there.kind !== 'none') return there
  const wrapped = await wrap(keys, randomBytes(keyBytes).toString('base64'))
  if (wrapped === null) return { kind: 'refused' }
  const file = { format: 'scantill-desktop-key', version: 1, wrapped } satisfies z.output<typeof fileSchema>
  const refused = await writePrivateFile(join(dataDirectory, desktopKeyFileName), `${JSON.stringify(file)}\n`)
  return refused === null ? readDesktopKey(dataDirectory, keys) : { kind: 'disk', detail: refused }
}

async function wrap(keys: DesktopKeys, text: string): Promise<string | null> {
  try {
    return Buffer.from(await keys.wrap(text)).toString('base64')
  } catch {
    return null
  }
}
