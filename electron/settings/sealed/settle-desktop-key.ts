import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DesktopKey, type DesktopKeys, desktopKeyFileName, makeDesktopKey, readDesktopKey } from './desktop-key.ts'
import { passphraseFrom } from './passphrase.ts'
import { desktopKeySentence, problemSentence } from './sealed-secrets.ts'
import type { SealCost } from './sealed-text.ts'
import { openSecretStore } from './secret-store.ts'

/** Who keeps the key of the sealed store, as the configuration wants it. */
export type KeyKeeper = 'passphrase' | 'desktop'

export type Settling =
  | { readonly kind: 'nothing-to-do' }
  /** The store opens by the desktop from now on, and by the passphrase no longer. */
  | { readonly kind: 'bound' }
  /** The store opens by the passphrase again. */
  | { readonly kind: 'unbound' }
  /** The store is as it was. */
  | { readonly kind: 'refused'; readonly message: string }

export type SettlingWanted = {
  readonly dataDirectory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly keys: DesktopKeys
  readonly keeper: KeyKeeper
  /** What a guess at the key costs; the usual where it is left out. */
  readonly cost?: SealCost
}

/**
 * Hands the key of the sealed store over to whom the configuration names, where the environment gives the passphrase that
 * it has now or is to have (docs/secrets.md). The new key is on disk and was read back before the store is sealed under
 * it, and a former one goes only after; whatever stops this half-way, the next start goes on.
 */
export async function settleDesktopKey({
  dataDirectory,
  environment,
  keys,
  keeper,
  cost,
}: SettlingWanted): Promise<Settling> {
  const given = await passphraseFrom(environment)
  if (given.kind !== 'given') return { kind: 'nothing-to-do' }
  const key = await readDesktopKey(dataDirectory, keys)
  return keeper === 'desktop'
    ? bind({ folder: dataDirectory, passphrase: given.passphrase, cost }, keys, key)
    : unbind({ folder: dataDirectory, passphrase: given.passphrase, cost }, key)
}

type Shop = { readonly folder: string; readonly passphrase: string; readonly cost: SealCost | undefined }

async function bind({ folder, passphrase, cost }: Shop, keys: DesktopKeys, key: DesktopKey): Promise<Settling> {
  const opening = await openSecretStore(folder, passphrase, cost)
  // Bound already: what still stands in the environment is not the key any more.
  if (!opening.ok && opening.kind === 'wrong-passphrase' && key.kind === 'key') return { kind: 'nothing-to-do' }
  if (!opening.ok) return refused(problemSentence(opening))
  if (opening.store.names().length === 0) return { kind: 'nothing-to-do' }
  const ready = key.kind === 'none' ? await makeDesktopKey(folder, keys) : key
  if (ready.kind !== 'key') return refused(desktopKeySentence(ready))
  const written = await opening.store.sealUnder(ready.passphrase)
  return written.kind === 'done' ? { kind: 'bound' } : refused(`the disk refused to write it (${written.detail})`)
}

async function unbind({ folder, passphrase, cost }: Shop, key: DesktopKey): Promise<Settling> {
  if (key.kind === 'none') return { kind: 'nothing-to-do' }
  if (key.kind !== 'key') return refused(desktopKeySentence(key))
  const byDesktop = await openSecretStore(folder, key.passphrase, cost)
  if (byDesktop.ok) {
    const written = await byDesktop.store.sealUnder(passphrase)
    if (written.kind !== 'done') return refused(`the disk refused to write it (${written.detail})`)
  } else {
    const byPassphrase = await openSecretStore(folder, passphrase)
    if (!byPassphrase.ok) return refused(problemSentence(byDesktop))
  }
  await rm(join(folder, desktopKeyFileName), { force: true })
  return { kind: 'unbound' }
}

const refused = (message: string): Settling => ({ kind: 'refused', message })
