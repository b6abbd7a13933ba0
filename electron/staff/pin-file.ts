import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type PinRecord, pinRecord } from './pin-record.ts'

/** In the data folder; readable by the till's user alone. */
export const pinFileName = 'manager-pin.json'

/** Why the file of the PIN cannot be used; it is left as it is. */
export type PinTrouble =
  | { readonly kind: 'damaged'; readonly path: string }
  | { readonly kind: 'disk'; readonly path: string; readonly detail: string }

export type PinReading =
  | { readonly kind: 'set'; readonly record: PinRecord }
  | { readonly kind: 'not-set' }
  | { readonly kind: 'trouble'; readonly trouble: PinTrouble }

/** Reads the file anew each time: the command line may have changed it beside a running till. */
export async function readPinFile(dataDirectory: string): Promise<PinReading> {
  const path = join(dataDirectory, pinFileName)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const detail = codeOf(error)
    return detail === 'ENOENT' ? { kind: 'not-set' } : { kind: 'trouble', trouble: { kind: 'disk', path, detail } }
  }
  const parsed = pinRecord.safeParse(jsonOf(text))
  if (!parsed.success) return { kind: 'trouble', trouble: { kind: 'damaged', path } }
  return { kind: 'set', record: parsed.data }
}

/** Puts the record in the file's place in one step, durably; a power cut leaves the old one or the new one. */
export async function writePinFile(dataDirectory: string, record: PinRecord): Promise<PinTrouble | null> {
  const path = join(dataDirectory, pinFileName)
  const fresh = `${path}.new`
  try {
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
    const file = await open(fresh, 'w', 0o600)
    try {
      await file.chmod(0o600)
      await file.writeFile(`${JSON.stringify(record, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
    return null
  } catch (error) {
    return { kind: 'disk', path, detail: codeOf(error) }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    return undefined
  }
}
