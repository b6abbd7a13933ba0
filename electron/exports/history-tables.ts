import type { HistoryRow, HistorySums, HistorySumsBy, HistoryTotals } from '../api/contract.ts'
import type { ExportWords } from './export-words.ts'
import type { ExportCell, ExportSheet } from './table.ts'

/** The rows of the history as a table. */
export function transactionsSheet(
  rows: Iterable<HistoryRow> | AsyncIterable<HistoryRow>,
  words: ExportWords,
): ExportSheet {
  const { titles } = words
  return {
    name: words.sheets.transactions,
    columns: [
      { title: titles.time, kind: 'time' },
      { title: titles.kind, kind: 'text' },
      { title: titles.orderNumber, kind: 'text' },
      { title: titles.number, kind: 'text' },
      { title: titles.amount, kind: 'yuan' },
      { title: titles.state, kind: 'text' },
      { title: titles.sold, kind: 'yuan' },
      { title: titles.returned, kind: 'yuan' },
      { title: titles.tender, kind: 'text' },
      { title: titles.channel, kind: 'text' },
      { title: titles.wallet, kind: 'text' },
      { title: titles.cashier, kind: 'count' },
      { title: titles.shift, kind: 'text' },
      { title: titles.transactionId, kind: 'text' },
      { title: titles.lastDigits, kind: 'text' },
    ],
    rows: transactionCells(rows, words),
  }
}

async function* transactionCells(
  rows: Iterable<HistoryRow> | AsyncIterable<HistoryRow>,
  words: ExportWords,
): AsyncGenerator<readonly ExportCell[]> {
  for await (const row of rows) {
    const kind = row.cashKind === null ? kindWords(row.kind, words) : words.cashKinds[row.cashKind]
    const state = row.revokeEffect === null ? words.states[row.state] : words.revokeEffects[row.revokeEffect]
    yield [
      row.wallMs,
      kind,
      row.orderNumber,
      row.number,
      row.amountFen,
      state,
      row.soldFen,
      row.returnedFen,
      words.tenders[row.tender],
      row.channel,
      row.wallet === null ? null : words.wallets[row.wallet],
      row.cashier,
      row.shiftId,
      row.transactionId,
      row.lastDigits,
    ]
  }
}

/** An entry of the drawer without a kind of its own does not exist; the word for it would be its tender's. */
const kindWords = (kind: HistoryRow['kind'], words: ExportWords): string =>
  kind === 'cash' ? words.tenders.cash : words.kinds[kind]

/** Totals as one table: whole first, then each side's groups. */
export function totalsSheet(
  totals: Extract<HistoryTotals, { readonly kind: 'totals' }>,
  words: ExportWords,
): ExportSheet {
  const { titles, sides } = words
  const group = <Key>(side: string, sums: readonly HistorySumsBy<Key>[], nameOf: (key: Key) => string) =>
    sums.map((each) => sumsRow(side, nameOf(each.key), each))
  const note = totals.cashHiddenOfShift === null ? [] : [[words.facts.cashHidden, totals.cashHiddenOfShift]]
  return {
    name: words.sheets.totals,
    columns: [
      { title: titles.side, kind: 'text' },
      { title: titles.key, kind: 'text' },
      { title: titles.sales, kind: 'count' },
      { title: titles.sold, kind: 'yuan' },
      { title: titles.returns, kind: 'count' },
      { title: titles.returned, kind: 'yuan' },
      { title: titles.net, kind: 'yuan' },
      { title: titles.revokes, kind: 'count' },
      { title: titles.revoked, kind: 'yuan' },
      { title: titles.openOrders, kind: 'count' },
      { title: titles.openRefunds, kind: 'count' },
    ],
    rows: [
      sumsRow(sides.whole, '', totals.whole),
      ...group(sides.tender, totals.byTender, (key) => words.tenders[key]),
      ...group(sides.channel, totals.byChannel, (key) => key),
      ...group(sides.wallet, totals.byWallet, (key) => words.wallets[key]),
      ...group(sides.cashier, totals.byCashier, (key) => (key === null ? words.nobody : String(key))),
      ...group(sides.hour, totals.byHour, hourText),
      ...group(sides.day, totals.byDay, dayText),
      ...note,
    ],
  }
}

const sumsRow = (side: string, key: string, sums: HistorySums): readonly ExportCell[] => [
  side,
  key,
  sums.sales,
  sums.soldFen,
  sums.returns,
  sums.returnedFen,
  sums.netFen,
  sums.revokes,
  sums.revokedFen,
  sums.openOrders,
  sums.openRefunds,
]

export const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

const dayText = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
