import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonOf, readPrivateFile, writePrivateFile } from '../../staff/private-file.ts'
import { type SealCost, seal, unseal, usualSealCost } from './sealed-text.ts'

/** A secret's name and when it was set; never its value. */
export type SecretName = { readonly name: string; readonly setWallMs: number }

/** Why the store cannot be opened. */
export type StoreProblem =
  /** Another passphrase than it was sealed with, or somebody changed the file. */
  | { readonly kind: 'wrong-passphrase' | 'damaged' | 'newer-version' }
  | { readonly kind: 'disk'; readonly detail: string }

export type StoreWriting = { readonly kind: 'done' } | { readonly kind: 'disk'; readonly detail: string }

/** The secrets of a data folder, sealed under one passphrase. */
export type SecretStore = {
  names(): readonly SecretName[]
  /** Undefined where there is none of this name. */
  value(name: string): string | undefined
  set(name: string, value: string, wallMs: number): Promise<StoreWriting>
  /** Whether there was one. */
  remove(name: string): Promise<StoreWriting | { readonly kind: 'no-such-secret' }>
  /** Seals everything anew, under another passphrase. */
  sealUnder(passphrase: string): Promise<StoreWriting>
}

export type StoreOpening = { readonly ok: true; readonly store: SecretStore } | ({ readonly ok: false } & StoreProblem)

export const sealedFileName = 'secrets.sealed'

/** What a name can be: it stands in the configuration and in complaints. */
export const secretNamePattern = /^[a-z0-9][a-z0-9-]{0,63}$/

const contentSchema = z.strictObject({
  secrets: z.record(
    z.string().regex(secretNamePattern),
    z.strictObject({ value: z.string().min(1), setWallMs: z.int() }),
  ),
})
type Secrets = Readonly<z.output<typeof contentSchema>['secrets']>

/**
 * Opens the sealed store of a data folder; one that is not there yet is empty and begins with its first secret. Values are
 * in this process's memory only from here on.
 */
export async function openSecretStore(
  dataDirectory: string,
  passphrase: string,
  cost: SealCost = usualSealCost,
): Promise<StoreOpening> {
  const path = join(dataDirectory, sealedFileName)
  const reading = await readPrivateFile(path)
  if (reading.kind === 'disk') return { ok: false, kind: 'disk', detail: reading.detail }
  let secrets: Secrets = {}
  if (reading.kind === 'text') {
    const opened = await readSealed(reading.text, passphrase)
    if ('kind' in opened) return { ok: false, ...opened }
    secrets = opened.secrets
  }
  return { ok: true, store: storeOf(path, passphrase, secrets, cost) }
}

async function readSealed(
  text: string,
  passphrase: string,
): Promise<{ readonly secrets: Secrets } | { readonly kind: 'wrong-passphrase' | 'damaged' | 'newer-version' }> {
  const opened = await unseal(text, passphrase)
  if (opened.kind !== 'open') return opened
  const content = contentSchema.safeParse(jsonOf(opened.text))
  return content.success ? { secrets: content.data.secrets } : { kind: 'damaged' }
}

function storeOf(path: string, firstPassphrase: string, first: Secrets, cost: SealCost): SecretStore {
  let secrets = first
  let passphrase = firstPassphrase

  /** The file changes its place with one that was read back: a seal that cannot be opened is worth nothing. */
  const write = async (wanted: Secrets, wantedPassphrase: string): Promise<StoreWriting> => {
    const fresh = `${path}.next`
    const refused = await writePrivateFile(
      fresh,
      await seal(JSON.stringify({ secrets: wanted }), wantedPassphrase, cost),
    )
    if (refused !== null) return { kind: 'disk', detail: refused }
    const back = await readPrivateFile(fresh)
    if (back.kind !== 'text' || 'kind' in (await readSealed(back.text, wantedPassphrase))) {
      return { kind: 'disk', detail: 'what was written cannot be read back' }
    }
    try {
      await rename(fresh, path)
    } catch (error) {
      return { kind: 'disk', detail: error instanceof Error && 'code' in error ? String(error.code) : 'unknown error' }
    }
    secrets = wanted
    passphrase = wantedPassphrase
    return { kind: 'done' }
  }

  return {
    names: () =>
      Object.entries(secrets)
        .map(([name, { setWallMs }]) => ({ name, setWallMs }))
        .toSorted((left, right) => left.name.localeCompare(right.name)),
    value: (name) => (Object.hasOwn(secrets, name) ? secrets[name]?.value : undefined),
    set: (name, value, setWallMs) => write({ ...secrets, [name]: { value, setWallMs } }, passphrase),
    remove: async (name) => {
      if (!Object.hasOwn(secrets, name)) return { kind: 'no-such-secret' }
      const { [name]: _removed, ...rest } = secrets
      return write(rest, passphrase)
    },
    sealUnder: (wanted) => write(secrets, wanted),
  }
}
