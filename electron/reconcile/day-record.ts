import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DifferenceMark, DifferenceView, ReconcileLight } from '../api/reconcile-views.ts'
import type { ManagerProof } from '../till/order/event.ts'
import { dayFolder } from './kept-bills.ts'

/** A manager's word on a run, with the proof (I15): the run's file is named by its hash, so that a change of it is told. */
export type SignOff = {
  readonly run: number
  readonly runSha256: string
  readonly atWallMs: number
  readonly proof: ManagerProof
  readonly note: string
  readonly light: ReconcileLight
  readonly differences: number
  readonly open: number
  readonly billNetFen: number
  readonly bookNetFen: number
}

/** What people did about a day: marks of differences, and the newest sign-off. */
export type DayRecord = {
  readonly marks: ReadonlyMap<string, DifferenceMark>
  readonly signOff: SignOff | null
}

type RecordLine =
  | { readonly kind: 'mark'; readonly key: string; readonly mark: DifferenceMark }
  | { readonly kind: 'sign-off'; readonly signOff: SignOff }

/** A day and a channel, in a data folder. */
export type DayPlace = { readonly dataDirectory: string; readonly channel: string; readonly date: string }

const recordPath = ({ dataDirectory, channel, date }: DayPlace): string =>
  join(dayFolder(dataDirectory, channel, date), 'record.jsonl')

/** The record of a day; empty where nobody did anything. A line that a power cut tore is left out. */
export async function readDayRecord(place: DayPlace): Promise<DayRecord> {
  const text = await readFile(recordPath(place), 'utf8').catch(() => '')
  const marks = new Map<string, DifferenceMark>()
  let signOff: SignOff | null = null
  for (const line of text.split('\n')) {
    const read = readLine(line)
    if (read?.kind === 'mark') marks.set(read.key, read.mark)
    if (read?.kind === 'sign-off') signOff = read.signOff
  }
  return { marks, signOff }
}

/** Adds a line to the record, durably; nothing in it is ever changed. Throws when the disk refuses. */
export async function appendToDayRecord(place: DayPlace, line: RecordLine): Promise<void> {
  await mkdir(dayFolder(place.dataDirectory, place.channel, place.date), { recursive: true, mode: 0o700 })
  const file = await open(recordPath(place), 'a', 0o600)
  try {
    // A line of its own, also behind one that was torn.
    await file.writeFile(`\n${JSON.stringify(line)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

function readLine(line: string): RecordLine | null {
  if (line === '') return null
  try {
    // Written by `appendToDayRecord` and by nothing else.
    return JSON.parse(line) as RecordLine
  } catch {
    return null
  }
}

/**
 * A name for each difference by which a later run's is the same one: cause, numbers, and sum; a changed sum is news. Equal
 * ones are told apart by their place among each other.
 */
export function differenceKeys(differences: readonly DifferenceView[]): readonly string[] {
  const seen = new Map<string, number>()
  return differences.map(({ cause, subject, orderNumber, refundNumber, differenceFen, lineNumber, detail }) => {
    const where = orderNumber === '' ? `${lineNumber ?? ''} ${detail ?? ''}` : orderNumber
    const name = [cause, subject, where, refundNumber ?? '', differenceFen].join('|')
    const place = (seen.get(name) ?? 0) + 1
    seen.set(name, place)
    return place === 1 ? name : `${name}|${place}`
  })
}
