import type { HistorySums, HistorySumsBy, HistoryTotals } from '../api/contract.ts'
import type { HistoryCell } from '../ledger/history-ledger.ts'
import { businessDay } from '../till/shift/business-day.ts'
import { shanghaiCalendar } from '../till/time.ts'

type Sides = Omit<Extract<HistoryTotals, { readonly kind: 'totals' }>, 'kind' | 'cashHiddenOfShift'>

const none: HistorySums = {
  sales: 0,
  soldFen: 0,
  returns: 0,
  returnedFen: 0,
  netFen: 0,
  revokes: 0,
  revokedFen: 0,
  openOrders: 0,
  openOrdersFen: 0,
  openRefunds: 0,
  openRefundsFen: 0,
}

/** What cells come to, whole and by each side; days begin at the cut-over hour. */
export function historyTotals(cells: readonly HistoryCell[], cutOverHour: number): Sides {
  return {
    whole: cells.reduce<HistorySums>(plus, none),
    byTender: sumsBy(cells, ({ tender }) => tender),
    byChannel: sumsBy(cells, ({ channel }) => channel ?? undefined),
    byWallet: sumsBy(cells, ({ wallet }) => wallet ?? undefined),
    byCashier: sumsBy(cells, ({ cashier }) => cashier),
    byHour: sumsBy(cells, ({ hourWallMs }) => Number(shanghaiCalendar(hourWallMs).hour)),
    byDay: sumsBy<string>(cells, ({ hourWallMs }) => businessDay(hourWallMs, cutOverHour)),
  }
}

function plus(left: HistorySums, cell: HistoryCell): HistorySums {
  return {
    sales: left.sales + cell.sales,
    soldFen: left.soldFen + cell.soldFen,
    returns: left.returns + cell.returns,
    returnedFen: left.returnedFen + cell.returnedFen,
    netFen: left.netFen + cell.soldFen - cell.returnedFen,
    revokes: left.revokes + cell.revokes,
    revokedFen: left.revokedFen + cell.revokedFen,
    openOrders: left.openOrders + cell.openOrders,
    openOrdersFen: left.openOrdersFen + cell.openOrdersFen,
    openRefunds: left.openRefunds + cell.openRefunds,
    openRefundsFen: left.openRefundsFen + cell.openRefundsFen,
  }
}

/** Groups in ascending order of their key, nobody first; cells with the key `undefined` are left out. */
function sumsBy<Key extends string | number | null>(
  cells: readonly HistoryCell[],
  keyOf: (cell: HistoryCell) => Key | undefined,
): readonly HistorySumsBy<Key>[] {
  const groups = new Map<Key, HistorySums>()
  for (const cell of cells) {
    const key = keyOf(cell)
    if (key !== undefined) groups.set(key, plus(groups.get(key) ?? none, cell))
  }
  return [...groups]
    .map(([key, sums]) => ({ key, ...sums }))
    .toSorted((left, right) => (left.key === null ? -1 : right.key === null ? 1 : left.key < right.key ? -1 : 1))
}
