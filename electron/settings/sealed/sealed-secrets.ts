import { assertNever } from '../../till/brand.ts'
import type { SecretReading } from '../secret-reading.ts'
import { type DesktopKey, type DesktopKeys, desktopKeyFileName, readDesktopKey } from './desktop-key.ts'
import {
  type Passphrase,
  passphraseFileVariable,
  passphraseFrom,
  passphraseVariable,
  shortestPassphrase,
} from './passphrase.ts'
import { openSecretStore, type SecretStore, type StoreProblem } from './secret-store.ts'

/** Reads a secret of the sealed store by its name; complaints say what to do and hold no value. */
export type SealedSecrets = (name: string) => Promise<SecretReading>

export type StoreOfEnvironment =
  | { readonly ok: true; readonly store: SecretStore }
  | { readonly ok: false; readonly message: string }

/**
 * The sealed store of a data folder: under the key that the desktop keeps where there is one and `keys` reaches it, else
 * under the environment's passphrase. A store that is bound to the desktop is still opened by a passphrase that fits, as
 * after a copy was put back.
 */
export async function storeOfEnvironment(
  dataDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
  keys: DesktopKeys | null = null,
): Promise<StoreOfEnvironment> {
  const key = await readDesktopKey(dataDirectory, keys)
  if (key.kind === 'none') return storeOfPassphrase(dataDirectory, await passphraseFrom(environment))
  let message = key.kind === 'key' ? '' : desktopKeySentence(key)
  if (key.kind === 'key') {
    const opening = await openSecretStore(dataDirectory, key.passphrase)
    if (opening.ok) return opening
    message = `with the key that this desktop keeps, ${problemSentence(opening)}`
  }
  const given = await passphraseFrom(environment)
  const opened = given.kind === 'given' ? await storeOfPassphrase(dataDirectory, given) : null
  return opened?.ok === true ? opened : { ok: false, message }
}

async function storeOfPassphrase(dataDirectory: string, given: Passphrase): Promise<StoreOfEnvironment> {
  switch (given.kind) {
    case 'not-given':
      return {
        ok: false,
        message: `the sealed store is locked: put its passphrase into a file of yours alone and name it in ${passphraseFileVariable} (or give it in ${passphraseVariable})`,
      }
    case 'too-short':
      return { ok: false, message: `the passphrase is shorter than ${shortestPassphrase} characters` }
    case 'unreadable':
      return { ok: false, message: `${passphraseFileVariable}: ${given.path}: ${given.detail}` }
    case 'given': {
      const opening = await openSecretStore(dataDirectory, given.passphrase)
      return opening.ok ? opening : { ok: false, message: problemSentence(opening) }
    }
    default:
      return assertNever(given, 'passphrase')
  }
}

/** Opens the store when the first secret is asked for, once: making its key takes a moment on purpose. */
export function sealedSecretsOf(
  dataDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
  keys: DesktopKeys | null = null,
): SealedSecrets {
  let opening: Promise<StoreOfEnvironment> | null = null
  return async (name) => {
    opening ??= storeOfEnvironment(dataDirectory, environment, keys)
    const opened = await opening
    if (!opened.ok) return opened
    const value = opened.store.value(name)
    return value === undefined
      ? { ok: false, message: `the sealed store has no "${name}"; set it with: till secrets set ${name}` }
      : { ok: true, value }
  }
}

/** Why the store does not open, as a clause. */
export function problemSentence(problem: StoreProblem): string {
  switch (problem.kind) {
    case 'wrong-passphrase':
      return 'the sealed store does not open: it is another passphrase, or the file was changed'
    case 'damaged':
      return 'the sealed store is damaged: restore secrets.sealed from a copy, or set the secrets anew'
    case 'newer-version':
      return 'the sealed store was made by a later version of this program'
    case 'disk':
      return `the sealed store cannot be read (${problem.detail})`
    default:
      return assertNever(problem, 'store problem')
  }
}

/** Why the desktop's key cannot be had, and what to do, as a clause. */
export function desktopKeySentence(key: Exclude<DesktopKey, { readonly kind: 'key' }>): string {
  const anew = `or delete ${desktopKeyFileName} and secrets.sealed and set the secrets anew`
  switch (key.kind) {
    case 'none':
      return 'the desktop keeps no key of the sealed store'
    case 'out-of-reach':
      return 'the sealed store is bound to the desktop of this till’s user and cannot be opened here, only by the till’s own window; to open it here, set "secretsKey" to "passphrase" and start that window once with a passphrase'
    case 'refused':
      return `the desktop does not open the key of the sealed store: it is another user’s or another machine’s, or the desktop’s own store was lost; start the till there, ${anew}`
    case 'unavailable':
      return 'this desktop has no store of keys that is open: sign in to it, or keep to a passphrase'
    case 'plain-text':
      return 'this desktop has no keyring and would keep the key in plain text (basic_text): keep to a passphrase'
    case 'damaged':
      return `${desktopKeyFileName} is damaged: restore it from a copy, ${anew}`
    case 'disk':
      return `${desktopKeyFileName} cannot be read or written (${key.detail})`
    default:
      return assertNever(key, 'desktop key')
  }
}
