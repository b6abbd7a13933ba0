import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { CashEntry } from '../till/cash/cash.ts'
import type { SaleId, ShiftId } from '../till/ids.ts'
import type { Order } from '../till/order/order.ts'
import type { Shift } from '../till/shift/shift.ts'
import { totalsOf } from '../till/shift/totals.ts'
import type { Person } from '../till/staff/person.ts'
import { journalColumns } from './journal.ts'
import type { JournalEntry } from './ledger.ts'
import { readCells, readOpen } from './shift-entries.ts'
import type { OverrideRecord, Page, PageWish, ShiftSums } from './shift-ledger.ts'
import { readCashState, readShiftState } from './shift-projection.ts'
import { readStaffEntry } from './staff-fold.ts'
import { readPersonState } from './staff-projection.ts'

type Row = Record<string, SQLOutputValue>

/** The most that one page holds, whatever is asked for. */
const mostItems = 1_000

const endOfList = Number.MAX_SAFE_INTEGER

/** One page of rows that bear a `sequence`, newest first: those before the given place, and one more to see the end. */
function pageOf<Item>(
  wish: PageWish,
  select: (before: number, limit: number) => readonly Row[],
  read: (row: Row) => Item | null,
): Page<Item> {
  const limit = Math.min(mostItems, Math.max(1, Math.floor(wish.limit)))
  const rows = select(wish.before ?? endOfList, limit + 1)
  const shown = rows.slice(0, limit)
  const before = rows.length > limit ? Number(shown.at(-1)?.sequence) : null
  return { items: shown.flatMap((row) => read(row) ?? []), before }
}

const page = (db: DatabaseSync, sql: string, key: string | null) => (before: number, limit: number) =>
  key === null ? db.prepare(sql).all(before, limit) : db.prepare(sql).all(key, before, limit)

export function readShifts(db: DatabaseSync, wish: PageWish): Page<Shift> {
  const sql = 'SELECT sequence, state FROM shifts WHERE sequence < ? ORDER BY sequence DESC LIMIT ?'
  return pageOf(wish, page(db, sql, null), ({ state }) => readShiftState(state))
}

export function readShift(db: DatabaseSync, shiftId: ShiftId): Shift | null {
  const row = db.prepare('SELECT state FROM shifts WHERE shift_id = ?').get(shiftId)
  return row === undefined ? null : readShiftState(row.state)
}

/** Totals and open entries, as of one moment. */
export function readShiftSums(db: DatabaseSync, shiftId: ShiftId): ShiftSums {
  db.exec('BEGIN')
  try {
    const cells = readCells(db, shiftId)
    const codeTotals = totalsOf(cells.filter(({ tender }) => tender === 'code'))
    return { totals: totalsOf(cells), codeTotals, open: readOpen(db, shiftId) }
  } finally {
    db.exec('COMMIT')
  }
}

export function readShiftOrders(
  db: DatabaseSync,
  shiftId: ShiftId,
  wish: PageWish,
  orderOf: (row: Row) => Order | null,
): Page<Order> {
  const sql =
    'SELECT e.sequence, o.order_number, o.state FROM shift_entries e JOIN orders o ON o.sequence = e.sequence' +
    " WHERE e.shift_id = ? AND e.sequence < ? AND e.kind = 'order' ORDER BY e.sequence DESC LIMIT ?"
  return pageOf(wish, page(db, sql, shiftId), orderOf)
}

export function readShiftCash(db: DatabaseSync, shiftId: ShiftId, wish: PageWish): Page<CashEntry> {
  const sql = 'SELECT sequence, state FROM cash WHERE shift_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?'
  return pageOf(wish, page(db, sql, shiftId), ({ state }) => readCashState(state))
}

export function readCashOfSale(db: DatabaseSync, saleId: SaleId): readonly CashEntry[] {
  const rows = db.prepare('SELECT state FROM cash WHERE sale_id = ? ORDER BY sequence').all(saleId)
  return rows.map(({ state }) => readCashState(state))
}

export function readStaff(db: DatabaseSync): readonly Person[] {
  const rows = db.prepare('SELECT state FROM staff ORDER BY number').all()
  return rows.map(({ state }) => readPersonState(state))
}

export function readOverrides(db: DatabaseSync, wish: PageWish): Page<OverrideRecord> {
  const sql =
    `SELECT ${journalColumns} FROM journal WHERE subject = 'staff' AND type = 'override-given' AND sequence < ?` +
    ' ORDER BY sequence DESC LIMIT ?'
  return pageOf(wish, page(db, sql, null), (row) => {
    const reading = readStaffEntry({ ...row } as unknown as JournalEntry)
    if (!reading.ok || reading.value.type !== 'override-given') return null
    const { at, override, proof } = reading.value
    return { sequence: Number(row.sequence), wallMs: at.wallMs, override, proof }
  })
}
