import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvText } from './csv.ts'
import type { ExportSheet } from './table.ts'
import { xlsxStream } from './xlsx.ts'

export type ExportFormat = 'csv' | 'xlsx'

/** Why a file could not be written. */
export type WritingProblem = 'disk-full' | 'read-only' | 'disk-error'

export type WritingResult =
  | { readonly kind: 'written'; readonly path: string; readonly rows: number }
  /** Nothing stands under the file's name that did not stand there before. */
  | { readonly kind: 'not-written'; readonly path: string; readonly problem: WritingProblem }

/**
 * Writes the sheets into a file, whose folder is made where there is none. The file gets its name when all of it is on the
 * disk; what was begun and not ended is taken away. Throws what reading the rows throws.
 */
export async function writeExport(
  path: string,
  format: ExportFormat,
  sheets: readonly ExportSheet[],
): Promise<WritingResult> {
  const unfinished = `${path}.unfinished`
  let rows = 0
  const counted = sheets.map((sheet) => ({ ...sheet, rows: counting(sheet.rows, () => (rows += 1)) }))
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const source = format === 'csv' ? Readable.from(csvText(counted)) : xlsxStream(counted)
    await pipeline(source, createWriteStream(unfinished, { mode: 0o600 }))
    await bringToDisk(unfinished)
    await rename(unfinished, path)
    return { kind: 'written', path, rows }
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    const problem = problemOf(error)
    if (problem === null) throw error
    return { kind: 'not-written', path, problem }
  }
}

async function* counting<Row>(rows: Iterable<Row> | AsyncIterable<Row>, count: () => void): AsyncGenerator<Row> {
  for await (const row of rows) {
    count()
    yield row
  }
}

async function bringToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** What the system's error means for the person who wanted the file; null where it is none of the system's. */
function problemOf(error: unknown): WritingProblem | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'disk-full'
  return error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM' ? 'read-only' : 'disk-error'
}
