import { join } from 'node:path'
import type { Calls, ExportResult, ExportWish, HistoryFilter, HistoryRow, Language } from '../api/contract.ts'
import { exportWords } from '../exports/export-words.ts'
import { totalsSheet, transactionsSheet } from '../exports/history-tables.ts'
import { reconciliationSheets, shiftSheets } from '../exports/report-tables.ts'
import type { ExportSheet } from '../exports/table.ts'
import { writeExport } from '../exports/write-export.ts'
import type { HistoryPlace, HistoryQuery, HistoryReader } from '../ledger/history-ledger.ts'
import type { LedgerProblem } from '../ledger/ledger.ts'
import type { ShiftReader } from '../ledger/shift-ledger.ts'
import { runsOfDay } from '../reconcile/kept-bills.ts'
import type { Clock } from '../runner/ports.ts'
import type { Settings } from '../settings/settings.ts'
import { readReport } from '../shifts/shift-desk.ts'
import { assertNever } from '../till/brand.ts'
import type { ShiftId } from '../till/ids.ts'
import { shanghaiCompact } from '../till/time.ts'
import { type HistoryTill, prepareHistory, rowsOf, wantedKinds } from './history-calls.ts'
import { historyTotals } from './history-totals.ts'

type ExportTill = HistoryTill & {
  readonly dataDirectory: string
  readonly reader: HistoryReader & Pick<ShiftReader, 'shift' | 'shiftSums'>
  readonly settings: Pick<Settings, 'shifts' | 'policies'>
}

type ExportCalls = {
  readonly 'exports.write': (request: Calls['exports.write']['request']) => Promise<ExportResult>
}

/** Where exports are written when nobody names a file. */
export const exportFolder = (dataDirectory: string): string => join(dataDirectory, 'exports')

/** The contract's call that writes a table for spreadsheets. */
export function exportCalls(till: ExportTill, clock: Clock): ExportCalls {
  return {
    'exports.write': async ({ wish, format, language }) => {
      const time = shanghaiCompact(clock.now().wallMs)
      const path = join(exportFolder(till.dataDirectory), `${wish.kind}-${nameOf(wish)}${time}.${format}`)
      try {
        const sheets = await sheetsOf(till, clock, { wish, language })
        if (!Array.isArray(sheets)) return sheets
        const written = await writeExport(path, format, sheets)
        return written.kind === 'written' ? { kind: 'done', path, rows: written.rows } : written
      } catch (error) {
        if (error instanceof Unreadable) return { kind: 'ledger-trouble', problem: error.problem.kind }
        throw error
      }
    },
  }
}

/** The part of a file's name that says what is in it; of the characters that the door lets through. */
function nameOf(wish: ExportWish): string {
  if (wish.kind === 'shift') return `${wish.shiftId}-`
  return wish.kind === 'reconciliation' ? `${wish.channel}-${wish.date}-` : ''
}

/** The ledger could not be read in the midst of the rows: thrown through the writing, which takes its file away. */
class Unreadable extends Error {
  readonly problem: LedgerProblem

  constructor(problem: LedgerProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

type Sheets = ExportSheet[] | Exclude<ExportResult, { kind: 'done' | 'not-written' }>

async function sheetsOf(
  till: ExportTill,
  clock: Clock,
  { wish, language }: { readonly wish: ExportWish; readonly language: Language },
): Promise<Sheets> {
  const words = exportWords[language]
  switch (wish.kind) {
    case 'transactions': {
      const prepared = await prepareHistory(till, wish.filter)
      if (!prepared.ok) return prepared.refusal
      return [transactionsSheet(allRows(till.reader, prepared.query, wish.filter), words)]
    }
    case 'totals': {
      const prepared = await prepareHistory(till, wish.filter)
      if (!prepared.ok) return prepared.refusal
      const cells = await till.reader.historySums(prepared.query)
      if (!cells.ok) throw new Unreadable(cells.problem)
      const totals = historyTotals(cells.value, till.settings.shifts.cutOverHour)
      return [totalsSheet({ kind: 'totals', ...totals, cashHiddenOfShift: prepared.hidden }, words)]
    }
    case 'shift': {
      const report = await readReport({ reader: till.reader, now: () => clock.now() }, wish.shiftId as ShiftId)
      if (!report.ok) throw new Unreadable(report.problem)
      return report.value === null ? { kind: 'nothing-to-export' } : [...shiftSheets(report.value, words)]
    }
    case 'reconciliation': {
      // Only a configured channel's name becomes a part of a path.
      const isKnown = Object.hasOwn(till.settings.policies, wish.channel)
      const runs = isKnown ? await runsOfDay(till.dataDirectory, wish.channel, wish.date) : []
      const run = runs.at(-1)
      return run === undefined ? { kind: 'nothing-to-export' } : [...reconciliationSheets(run, words)]
    }
    default:
      return assertNever(wish, 'wish for an export')
  }
}

const entriesAtOnce = 1_000

/** Every row that a query leaves, read page by page while they are written. */
export async function* allRows(
  reader: Pick<HistoryReader, 'historyPage'>,
  query: HistoryQuery,
  filter: HistoryFilter,
): AsyncGenerator<HistoryRow> {
  const kinds = wantedKinds(filter)
  let after: HistoryPlace | null = null
  do {
    const page = await reader.historyPage({ query, after, limit: entriesAtOnce, doubtfulFirst: false })
    if (!page.ok) throw new Unreadable(page.problem)
    for (const entry of page.value.entries) yield* rowsOf(entry, kinds)
    after = page.value.last
  } while (after !== null)
}
