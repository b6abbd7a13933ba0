import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReconcileRun } from './run.ts'
import { writeWholeFile } from './whole-file.ts'

/** A bill's file as it is kept: never changed, and named by what is in it. */
export type KeptBill = {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  /** False where the same bytes were kept before. */
  readonly isNew: boolean
}

/** Where bills are kept, a folder a channel. */
export const billsFolder = (dataDirectory: string): string => join(dataDirectory, 'reconciliation')

/** Where the bills of a day are kept, with the runs over them. */
export const dayFolder = (dataDirectory: string, channel: string, date: string): string =>
  join(billsFolder(dataDirectory), channel.replace(/[^A-Za-z0-9_-]/g, '_'), date)

/**
 * Keeps a bill's bytes in the data folder, and says where. The same bytes twice are kept once; a file appears whole or not
 * at all. Throws when the disk refuses.
 */
export async function keepBill(
  dataDirectory: string,
  day: { readonly channel: string; readonly date: string; readonly extension: string },
  source: { readonly file: string } | { readonly bytes: Uint8Array },
  signal?: AbortSignal,
): Promise<KeptBill> {
  const folder = dayFolder(dataDirectory, day.channel, day.date)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const partial = join(folder, 'bill.part')
  const target = await open(partial, 'w', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  let packing: 'zip' | 'gz' | null = null
  try {
    for await (const piece of piecesOf(source)) {
      signal?.throwIfAborted()
      if (bytes === 0) packing = packingOf(piece)
      hash.update(piece)
      bytes += piece.length
      await target.write(piece)
    }
    await target.sync()
  } catch (error) {
    await target.close()
    await rm(partial, { force: true })
    throw error
  }
  await target.close()
  const sha256 = hash.digest('hex')
  const path = join(folder, `bill-${sha256.slice(0, 16)}.${packing ?? day.extension}`)
  const isNew = !(await isThere(path))
  if (isNew) await rename(partial, path)
  else await rm(partial)
  return { path, sha256, bytes, isNew }
}

/** The kept file that a run read; null where the channel said that nothing moved, or the file is gone. */
export async function keptBillOf(dataDirectory: string, run: ReconcileRun): Promise<string | null> {
  if (run.file === null) return null
  const folder = dayFolder(dataDirectory, run.channel, run.date)
  const beginning = `bill-${run.file.sha256.slice(0, 16)}.`
  const names = await readdir(folder).catch(() => [])
  const name = names.find((one) => one.startsWith(beginning))
  return name === undefined ? null : join(folder, name)
}

/** A file that a person opens should be named for what it is. */
function packingOf(beginning: Uint8Array): 'zip' | 'gz' | null {
  if (beginning[0] === 0x50 && beginning[1] === 0x4b) return 'zip'
  return beginning[0] === 0x1f && beginning[1] === 0x8b ? 'gz' : null
}

async function* piecesOf(
  source: { readonly file: string } | { readonly bytes: Uint8Array },
): AsyncGenerator<Uint8Array> {
  if ('bytes' in source) {
    yield source.bytes
    return
  }
  const stream = createReadStream(source.file, { highWaterMark: 1_048_576 })
  for await (const piece of stream) yield piece as Uint8Array
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const runName = /^run-(\d{4,})\.json$/

async function runNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((one) => runName.test(one)).sort()
}

/** The runs of a day, oldest first. A file that cannot be read as a run is left alone and left out. */
export async function runsOfDay(
  dataDirectory: string,
  channel: string,
  date: string,
): Promise<readonly ReconcileRun[]> {
  const folder = dayFolder(dataDirectory, channel, date)
  const runs: ReconcileRun[] = []
  for (const name of await runNames(folder)) {
    const run = readRun(await readFile(join(folder, name), 'utf8').catch(() => ''))
    if (run !== null) runs.push(run)
  }
  return runs
}

/** The newest run of a day, and how many there are; the others are not read. */
export async function newestRun(
  dataDirectory: string,
  channel: string,
  date: string,
): Promise<{ readonly run: ReconcileRun | null; readonly count: number }> {
  const folder = dayFolder(dataDirectory, channel, date)
  const names = await runNames(folder)
  for (const name of names.toReversed()) {
    const run = readRun(await readFile(join(folder, name), 'utf8').catch(() => ''))
    if (run !== null) return { run, count: names.length }
  }
  return { run: null, count: 0 }
}

/** The SHA-256 of a run's file as it lies on the disk; null where it is gone. */
export async function runHash(dataDirectory: string, run: ReconcileRun): Promise<string | null> {
  const bytes = await readFile(runPath(dataDirectory, run)).catch(() => null)
  return bytes && createHash('sha256').update(bytes).digest('hex')
}

const runPath = (dataDirectory: string, { channel, date, run }: ReconcileRun): string =>
  join(dayFolder(dataDirectory, channel, date), `run-${String(run).padStart(4, '0')}.json`)

/** Writes a run beside the former ones; none is ever written over. Throws when the disk refuses. */
export async function writeRun(dataDirectory: string, run: ReconcileRun): Promise<void> {
  await writeWholeFile(runPath(dataDirectory, run), `${JSON.stringify(run)}\n`)
}

function readRun(text: string): ReconcileRun | null {
  try {
    const value: unknown = JSON.parse(text)
    const isRun = typeof value === 'object' && value !== null && 'formatVersion' in value && value.formatVersion === 2
    // Written by `writeRun` and by nothing else; another version of the program has another number.
    return isRun ? (value as ReconcileRun) : null
  } catch {
    return null
  }
}
