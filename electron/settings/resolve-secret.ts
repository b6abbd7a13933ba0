import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { SecretReference } from './channel-schema.ts'
import type { SealedSecrets } from './sealed/sealed-secrets.ts'
import type { SecretReading } from './secret-reading.ts'

/** Where secrets come from; paths in the configuration are relative to its own folder. */
export type SecretSources = {
  readonly configurationFile: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly sealed: SealedSecrets
}

/** Resolves a reference of the configuration to its text, without a trailing line end. Complaints never hold a value. */
export async function resolveSecret(reference: SecretReference, sources: SecretSources): Promise<SecretReading> {
  if ('env' in reference) {
    const value = sources.environment[reference.env]
    if (value === undefined || value === '') return { ok: false, message: `the environment has no ${reference.env}` }
    return { ok: true, value }
  }
  if ('secret' in reference) return sources.sealed(reference.secret)
  const path = resolve(dirname(sources.configurationFile), reference.file)
  try {
    const value = (await readFile(path, 'utf8')).replace(/^\ufeff/, '').replace(/\r?\n$/, '')
    return value === '' ? { ok: false, message: `${path} is empty` } : { ok: true, value }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return { ok: false, message: `${path} cannot be read (${code})` }
  }
}
