import type { ReconcileRunView } from '../api/reconcile-views.ts'
import type { ShiftReport } from '../api/shift-views.ts'
import type { SumsBy } from '../till/shift/totals.ts'
import { shanghaiDateTime } from '../till/time.ts'
import type { ExportWords } from './export-words.ts'
import { hourText } from './history-tables.ts'
import { type ExportCell, type ExportSheet, yuanOfFen } from './table.ts'

type Fact = readonly [string, string | null]

/** Facts that are there, as a table of names and texts. */
function factsSheet(name: string, facts: readonly Fact[], { titles }: ExportWords): ExportSheet {
  return {
    name,
    columns: [
      { title: titles.fact, kind: 'text' },
      { title: titles.value, kind: 'text' },
    ],
    rows: facts.filter(([, value]) => value !== null),
  }
}

/** The report of a shift: its facts, its sums by each side, what was open, and what was decided later. */
export function shiftSheets(report: ShiftReport, words: ExportWords): readonly ExportSheet[] {
  const { facts, titles, sides } = words
  const { shift, totals, count, amended, supplements } = report
  const yuan = (amountFen: number | null | undefined): string | null =>
    amountFen === null || amountFen === undefined ? null : yuanOfFen(amountFen)
  const group = <Key>(side: string, sums: readonly SumsBy<Key>[], nameOf: (key: Key) => string) =>
    sums.map(({ key, sales, soldFen, returns, returnedFen }): readonly ExportCell[] => [
      side,
      nameOf(key),
      sales,
      soldFen,
      returns,
      returnedFen,
      soldFen - returnedFen,
    ])
  return [
    factsSheet(
      words.sheets.shift,
      [
        [facts.shift, report.shiftId],
        [facts.report, words.reports[report.kind]],
        [facts.businessDay, shift?.businessDay ?? null],
        [facts.opened, shift === null ? null : shanghaiDateTime(shift.openedWallMs)],
        [facts.made, shanghaiDateTime(report.madeWallMs)],
        [facts.sold, yuan(totals.soldFen)],
        [facts.returned, yuan(totals.returnedFen)],
        [facts.net, yuan(totals.netFen)],
        report.isBlind ? [facts.cashHidden, report.shiftId] : [facts.drawer, yuan(totals.drawerFen)],
        [facts.counted, yuan(count?.countedFen)],
        [facts.expected, yuan(count?.expectedFen)],
        [facts.difference, yuan(count?.differenceFen)],
        [facts.reason, report.differenceReason],
        [facts.allowedBy, report.allowedBy],
        [facts.amendedNet, supplements.length === 0 ? null : yuan(amended.netFen)],
      ],
      words,
    ),
    {
      name: words.sheets.totals,
      columns: [
        { title: titles.side, kind: 'text' },
        { title: titles.key, kind: 'text' },
        { title: titles.sales, kind: 'count' },
        { title: titles.sold, kind: 'yuan' },
        { title: titles.returns, kind: 'count' },
        { title: titles.returned, kind: 'yuan' },
        { title: titles.net, kind: 'yuan' },
      ],
      rows: [
        ...group(sides.whole, [{ ...totals, key: '' }], (key) => key),
        ...group(sides.tender, totals.byTender, (key) => words.tenders[key]),
        ...group(sides.channel, totals.byChannel, (key) => key),
        ...group(sides.cashier, totals.byCashier, (key) => (key === null ? words.nobody : String(key))),
        ...group(sides.hour, totals.byHour, hourText),
      ],
    },
    {
      name: words.sheets.open,
      columns: [
        { title: titles.number, kind: 'text' },
        { title: titles.amount, kind: 'yuan' },
        { title: titles.state, kind: 'text' },
      ],
      rows: report.open.map(({ subjectId, amountFen, status }) => [subjectId, amountFen, stateText(status, words)]),
    },
    {
      name: words.sheets.supplements,
      columns: [
        { title: titles.time, kind: 'time' },
        { title: titles.number, kind: 'text' },
        { title: titles.state, kind: 'text' },
        { title: titles.before, kind: 'yuan' },
        { title: titles.after, kind: 'yuan' },
      ],
      rows: supplements.map(({ at, subjectId, status, before, after }) => [
        at.wallMs,
        subjectId,
        stateText(status, words),
        before.soldFen - before.returnedFen,
        after.soldFen - after.returnedFen,
      ]),
    },
  ]
}

const stateText = (status: string, { states }: ExportWords): string => {
  const words: Readonly<Record<string, string>> = states
  return words[status] ?? status
}

/** A run of a day's reconciliation: what it came to, and each difference. */
export function reconciliationSheets(run: ReconcileRunView, words: ExportWords): readonly ExportSheet[] {
  const { facts, titles, causes } = words
  return [
    factsSheet(
      words.sheets.reconciliation,
      [
        [facts.channel, run.channel],
        [facts.date, run.date],
        [facts.run, String(run.run)],
        [facts.made, shanghaiDateTime(run.startedWallMs)],
        [facts.file, run.file?.name ?? null],
        [facts.sha256, run.file?.sha256 ?? null],
        [facts.lines, String(run.lines)],
        [facts.matched, String(run.matched)],
        [facts.billNet, yuanOfFen(run.billNetFen)],
        [facts.bookNet, yuanOfFen(run.bookNetFen)],
      ],
      words,
    ),
    {
      name: words.sheets.differences,
      columns: [
        { title: titles.cause, kind: 'text' },
        { title: titles.orderNumber, kind: 'text' },
        { title: titles.refundNumber, kind: 'text' },
        { title: titles.difference, kind: 'yuan' },
        { title: titles.line, kind: 'count' },
      ],
      rows: run.differences.map((each) => [
        causes[each.cause],
        each.orderNumber === '' ? null : each.orderNumber,
        each.refundNumber,
        each.differenceFen,
        each.lineNumber,
      ]),
    },
  ]
}
