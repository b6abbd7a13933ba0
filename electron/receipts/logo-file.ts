import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type LogoProblem, readLogo } from './receipt-logo.ts'
import { wroteWholeFile } from './whole-file.ts'

/** The shop's logo in the data folder. */
export const logoFileName = 'receipt-logo.png'

export type LogoSaving =
  | { readonly kind: 'saved' }
  /** Nothing was written; the logo that was in use stays in use. */
  | { readonly kind: 'refused'; readonly problem: LogoProblem }
  | { readonly kind: 'disk-error'; readonly path: string }

/** Puts a PNG into the data folder as the logo of later papers, or takes the logo away (null). */
export async function saveLogo(dataDirectory: string, png: Uint8Array | null): Promise<LogoSaving> {
  const path = join(dataDirectory, logoFileName)
  if (png === null) {
    try {
      await rm(path, { force: true })
      return { kind: 'saved' }
    } catch {
      return { kind: 'disk-error', path }
    }
  }
  const reading = readLogo(png, 384)
  if (!reading.ok) return { kind: 'refused', problem: reading.problem }
  return (await wroteWholeFile(path, png)) ? { kind: 'saved' } : { kind: 'disk-error', path }
}
