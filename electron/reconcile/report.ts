import { join } from 'node:path'
import type { Language } from '../api/contract.ts'
import type { DifferenceView, ReconcileReportResult } from '../api/reconcile-views.ts'
import { shanghaiDateTime } from '../till/time.ts'
import { type DayPlace, type DayRecord, differenceKeys } from './day-record.ts'
import { reportWords } from './report-words.ts'
import type { ReconcileRun } from './run.ts'
import { writeWholeFile } from './whole-file.ts'

/**
 * Writes a day's newest run with all its differences as a CSV file for a spreadsheet (UTF-8 with BOM) into the folder
 * `reports` of the data folder, and answers where.
 */
export async function writeReport(
  { dataDirectory, channel, date }: DayPlace,
  run: ReconcileRun,
  record: DayRecord,
  language: Language,
): Promise<ReconcileReportResult> {
  const name = `reconciliation-${channel.replace(/[^A-Za-z0-9_-]/g, '_')}-${date}-run${run.run}-${language}.csv`
  const path = join(dataDirectory, 'reports', name)
  try {
    await writeWholeFile(path, reportText(run, record, language))
    return { kind: 'done', path }
  } catch {
    return { kind: 'disk-error' }
  }
}

/** The report as CSV: facts, an empty line, then a line for each difference. */
export function reportText(run: ReconcileRun, { marks, signOff }: DayRecord, language: Language): string {
  const words = reportWords[language]
  const { facts } = words
  const signed =
    signOff === null ? '' : `${signOff.proof.name} ${shanghaiDateTime(signOff.atWallMs)} (${facts.run} ${signOff.run})`
  const head: readonly (readonly [string, string])[] = [
    [words.title, ''],
    [facts.channel, run.channel],
    [facts.date, run.date],
    [facts.run, `${run.run} (${shanghaiDateTime(run.startedWallMs)})`],
    [facts.result, words.lights[run.light]],
    [facts.lines, String(run.lines)],
    [facts.matched, String(run.matched)],
    [facts.billNet, yuan(run.billNetFen)],
    [facts.bookNet, yuan(run.bookNetFen)],
    [facts.gap, yuan(run.billNetFen - run.bookNetFen)],
    [facts.file, run.file?.sha256 ?? ''],
    [facts.signedBy, signed],
  ]
  const keys = differenceKeys(run.differences)
  const rows = run.differences.map((difference, at) => {
    const mark = marks.get(keys[at] ?? '') ?? null
    const done = mark === null ? '' : `${words.acts[mark.act]} ${mark.by ?? ''} ${shanghaiDateTime(mark.atWallMs)}`
    return [...cellsOf(difference, words.causes[difference.cause]), done, mark?.reason ?? difference.detail ?? '']
  })
  return `\uFEFF${[...head, [], words.columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function cellsOf(difference: DifferenceView, cause: string): readonly string[] {
  const { orderNumber, refundNumber, lineNumber, differenceFen, lines, ours, theirs } = difference
  const atWallMs = theirs?.atWallMs ?? null
  return [
    lines > 1 ? `${cause} × ${lines}` : cause,
    orderNumber,
    refundNumber ?? '',
    lineNumber === null ? '' : String(lineNumber),
    yuan(differenceFen),
    ours === null ? '' : yuan(ours.amountFen),
    theirs === null ? '' : yuan(theirs.amountFen),
    atWallMs === null ? '' : shanghaiDateTime(atWallMs),
  ]
}

const yuan = (amountFen: number): string => {
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A cell that a spreadsheet takes as it is: long numbers stay whole, and what a stranger's line holds is no formula. */
function csvCell(text: string): string {
  const isAmount = /^-?\d{1,13}(\.\d{2})?$/.test(text)
  const isBent = !isAmount && (/^\d{12,}$/.test(text) || /^[=+\-@\t\r]/.test(text))
  const safe = isBent ? `\t${text}` : text
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
