import type { ChannelId, StaffNumber } from '../ids.ts'
import type { Contribution, EntryFacts, ShiftEntry } from './entry.ts'

/** Sums of entries that have one thing in common. */
export type Sums = {
  readonly sales: number
  readonly soldFen: number
  readonly returns: number
  readonly returnedFen: number
  /** Orders that are not decided yet; their money is in no sum. */
  readonly openOrders: number
  readonly openOrdersFen: number
  readonly openRefunds: number
  readonly openRefundsFen: number
}

/** Sums of the entries of one tender, channel, cashier and hour: the smallest part of the totals. */
export type Cell = Sums & {
  readonly tender: 'code' | 'cash'
  readonly channel: ChannelId | null
  readonly cashier: StaffNumber | null
  readonly hour: number
  readonly drawerFen: number
}

export type SumsBy<Key> = Sums & { readonly key: Key }

/** A shift's totals: sums of its entries, whole and by each side (I10). */
export type Totals = Sums & {
  /** What was collected less what went back. */
  readonly netFen: number
  /** Change of the cash in the drawer since the float, signed; null where it may not be told (blind count). */
  readonly drawerFen: number | null
  readonly byTender: readonly SumsBy<'code' | 'cash'>[]
  readonly byChannel: readonly SumsBy<ChannelId>[]
  readonly byCashier: readonly SumsBy<StaffNumber | null>[]
  readonly byHour: readonly SumsBy<number>[]
}

const none: Sums = {
  sales: 0,
  soldFen: 0,
  returns: 0,
  returnedFen: 0,
  openOrders: 0,
  openOrdersFen: 0,
  openRefunds: 0,
  openRefundsFen: 0,
}

/** What of an entry is summed. */
export type SummedEntry = Omit<ShiftEntry, keyof EntryFacts>

/** The cell that one entry is. */
export function cellOf(entry: SummedEntry): Cell {
  const { tender, channel, cashier, hour, kind, isOpen, amountFen, soldFen, returnedFen, drawerFen } = entry
  const isOrder = isOpen && kind === 'order'
  const isRefund = isOpen && kind === 'refund'
  return {
    tender,
    channel,
    cashier,
    hour,
    sales: soldFen > 0 ? 1 : 0,
    soldFen,
    returns: returnedFen > 0 ? 1 : 0,
    returnedFen,
    openOrders: isOrder ? 1 : 0,
    openOrdersFen: isOrder ? amountFen : 0,
    openRefunds: isRefund ? 1 : 0,
    openRefundsFen: isRefund ? amountFen : 0,
    drawerFen,
  }
}

/** The totals that cells come to, whatever their number and order. */
export function totalsOf(cells: readonly Cell[]): Totals {
  const whole = cells.reduce<Sums>(plus, none)
  return {
    ...whole,
    netFen: whole.soldFen - whole.returnedFen,
    drawerFen: cells.reduce((sum, cell) => sum + cell.drawerFen, 0),
    byTender: sumsBy(cells, (cell) => cell.tender),
    byChannel: sumsBy(cells, (cell) => cell.channel ?? undefined),
    byCashier: sumsBy(cells, (cell) => cell.cashier),
    byHour: sumsBy(cells, (cell) => cell.hour),
  }
}

/** What a change of an entry adds to its shift's sums. */
export function difference(before: Contribution, after: Contribution) {
  return {
    soldFen: after.soldFen - before.soldFen,
    returnedFen: after.returnedFen - before.returnedFen,
    drawerFen: after.drawerFen - before.drawerFen,
  }
}

function plus(left: Sums, right: Sums): Sums {
  return {
    sales: left.sales + right.sales,
    soldFen: left.soldFen + right.soldFen,
    returns: left.returns + right.returns,
    returnedFen: left.returnedFen + right.returnedFen,
    openOrders: left.openOrders + right.openOrders,
    openOrdersFen: left.openOrdersFen + right.openOrdersFen,
    openRefunds: left.openRefunds + right.openRefunds,
    openRefundsFen: left.openRefundsFen + right.openRefundsFen,
  }
}

/** Groups in ascending order of their key; cells with the key `undefined` are left out. */
function sumsBy<Key extends string | number | null>(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => Key | undefined,
): readonly SumsBy<Key>[] {
  const groups = new Map<Key, Sums>()
  for (const cell of cells) {
    const key = keyOf(cell)
    if (key !== undefined) groups.set(key, plus(groups.get(key) ?? none, cell))
  }
  return [...groups].map(([key, sums]) => ({ key, ...sums })).toSorted((left, right) => compare(left.key, right.key))
}

function compare(left: string | number | null, right: string | number | null): number {
  if (left === right) return 0
  if (left === null || right === null) return left === null ? -1 : 1
  return left < right ? -1 : 1
}
