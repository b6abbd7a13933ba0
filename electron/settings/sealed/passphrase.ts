import { readPrivateFile } from '../../staff/private-file.ts'

/** Where a passphrase comes from; a file is better, because every program of the user can read the environment. */
export const passphraseFileVariable = 'SCANTILL_PASSPHRASE_FILE'
export const passphraseVariable = 'SCANTILL_PASSPHRASE'

/** A key that is made from less can be tried out on another machine. */
export const shortestPassphrase = 12

export type Passphrase =
  | { readonly kind: 'given'; readonly passphrase: string }
  | { readonly kind: 'not-given' }
  | { readonly kind: 'too-short' }
  /** The variable names a file that cannot be read. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly detail: string }

/** The passphrase of the sealed store, from the environment; never from an argument, which every user can see. */
export async function passphraseFrom(environment: Readonly<Record<string, string | undefined>>): Promise<Passphrase> {
  const path = environment[passphraseFileVariable]
  if (path === undefined || path === '') return judged(environment[passphraseVariable] ?? '')
  const reading = await readPrivateFile(path)
  if (reading.kind === 'text') return judged(reading.text.replace(/\r?\n$/, ''))
  return { kind: 'unreadable', path, detail: reading.kind === 'missing' ? 'there is no such file' : reading.detail }
}

/** Whether a text can be a passphrase. */
export function judged(text: string): Passphrase {
  if (text === '') return { kind: 'not-given' }
  return [...text].length < shortestPassphrase ? { kind: 'too-short' } : { kind: 'given', passphrase: text }
}
