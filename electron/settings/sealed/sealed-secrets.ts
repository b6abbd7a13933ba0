import { assertNever } from '../../till/brand.ts'
import type { SecretReading } from '../secret-reading.ts'
import { passphraseFileVariable, passphraseFrom, passphraseVariable, shortestPassphrase } from './passphrase.ts'
import { openSecretStore, type SecretStore, type StoreProblem } from './secret-store.ts'

/** Reads a secret of the sealed store by its name; complaints say what to do and hold no value. */
export type SealedSecrets = (name: string) => Promise<SecretReading>

export type StoreOfEnvironment =
  | { readonly ok: true; readonly store: SecretStore }
  | { readonly ok: false; readonly message: string }

/** The sealed store of a data folder, under the environment's passphrase. */
export async function storeOfEnvironment(
  dataDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StoreOfEnvironment> {
  const given = await passphraseFrom(environment)
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
): SealedSecrets {
  let opening: Promise<StoreOfEnvironment> | null = null
  return async (name) => {
    opening ??= storeOfEnvironment(dataDirectory, environment)
    const opened = await opening
    if (!opened.ok) return opened
    const value = opened.store.value(name)
    return value === undefined
      ? { ok: false, message: `the sealed store has no "${name}"; set it with: till secrets set ${name}` }
      : { ok: true, value }
  }
}

function problemSentence(problem: StoreProblem): string {
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
