import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A secret that is to lie in a file of its own. `name` is letters, digits, dots, `_` and `-`. */
export type KeyFileToWrite = { readonly name: string; readonly text: string }

/** The folder beside the configuration that holds the keys of the set-up. */
export const keyFolder = 'keys'

export type KeyFilesWriting =
  | { readonly kind: 'written'; readonly remove: () => Promise<void> }
  | { readonly kind: 'disk-error'; readonly detail: string }

/**
 * Writes new files into the folder of keys, readable by the till's user only, and makes them durable before the
 * configuration may name them. A file that is there is never written over: the running till may have it in use. `remove`
 * takes them away again; so does a failure, all or none.
 */
export async function writeKeyFiles(
  configurationFile: string,
  files: readonly KeyFileToWrite[],
): Promise<KeyFilesWriting> {
  const folder = join(dirname(configurationFile), keyFolder)
  const made: string[] = []
  const remove = async (): Promise<void> => {
    for (const path of made) await rm(path, { force: true })
  }
  try {
    if (files.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const { name, text } of files) {
      const path = join(folder, name)
      const file = await open(path, 'wx', 0o600)
      made.push(path)
      try {
        await file.writeFile(`${text}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    }
    return { kind: 'written', remove }
  } catch (error) {
    await remove()
    return { kind: 'disk-error', detail: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' }
  }
}
