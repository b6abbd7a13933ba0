import type { DatabaseSync } from 'node:sqlite'
import type { Order } from '../till/order/order.ts'
import { refundedFen } from '../till/refund/left.ts'
import type { Refund } from '../till/refund/refund.ts'
import { cashEntry, orderEntry, refundEntry, type ShiftEntry } from '../till/shift/entry.ts'
import { readCashEntry } from './cash-fold.ts'
import { LedgerDamage } from './damage.ts'
import { histories } from './order-histories.ts'
import { readState } from './projections.ts'
import { prepareRefunds, readRefundState } from './refund-projection.ts'
import { prepareShiftEntries } from './shift-entries.ts'
import { foldShiftEntries } from './shift-fold.ts'
import { prepareShifts, readCashState } from './shift-projection.ts'
import { foldStaffEntries } from './staff-fold.ts'
import { prepareStaff } from './staff-projection.ts'

const formerTables = ['staff', 'shifts', 'cash', 'shift_entries'] as const

/** Sets the rows of staff, shifts and cash aside; before orders and refunds are made anew. */
export function setShiftsAside(db: DatabaseSync): void {
  for (const table of formerTables) db.exec(`CREATE TEMP TABLE former_${table} AS SELECT * FROM ${table}`)
  db.exec('DELETE FROM shift_entries; DELETE FROM cash; DELETE FROM shifts; DELETE FROM staff')
}

/**
 * Makes staff, shifts, cash and the entries of shifts anew; after orders and refunds. What cannot be read keeps the row it
 * has and is added to `unreadable`; rows that no entry speaks of are added to `dropped`.
 */
export function rebuildShifts(db: DatabaseSync, unreadable: string[]): readonly string[] {
  const staff = prepareStaff(db)
  for (const entries of histories(db, 'staff')) {
    const fold = foldStaffEntries(entries)
    if (fold.kind === 'folded') staff.insertPerson(fold.createdSequence, fold.state)
    else keep(db, { table: 'staff', column: 'number', id: entries[0].subjectId }, unreadable)
  }
  const shifts = prepareShifts(db)
  for (const entries of histories(db, 'shift')) {
    const fold = foldShiftEntries(entries)
    if (fold.kind === 'folded') shifts.insertShift(fold.createdSequence, fold.state)
    else keep(db, { table: 'shifts', column: 'shift_id', id: entries[0].subjectId }, unreadable)
  }
  for (const entries of histories(db, 'cash')) {
    const [first] = entries
    const reading = readCashEntry(first)
    const isWhole = reading.ok && entries.length === 1 && shifts.shift(reading.value.shiftId) !== null
    if (isWhole) shifts.insertCash(first.sequence, reading.value)
    else keep(db, { table: 'cash', column: 'cash_number', id: first.subjectId }, unreadable)
  }
  rebuildEntries(db)
  const dropped = [
    ...droppedFrom(db, 'staff', 'number'),
    ...droppedFrom(db, 'shifts', 'shift_id'),
    ...droppedFrom(db, 'cash', 'cash_number'),
  ]
  for (const table of formerTables) db.exec(`DROP TABLE former_${table}`)
  return dropped
}

type KeptRow = { readonly table: string; readonly column: string; readonly id: string }

/** Puts a row back that was made when its entries could still be read. */
function keep(db: DatabaseSync, { table, column, id }: KeptRow, unreadable: string[]): void {
  db.prepare(`INSERT OR IGNORE INTO ${table} SELECT * FROM former_${table} WHERE CAST(${column} AS TEXT) = ?`).run(id)
  unreadable.push(id)
}

function droppedFrom(db: DatabaseSync, table: string, column: string): readonly string[] {
  const sql = `SELECT ${column} AS id FROM former_${table} EXCEPT SELECT ${column} FROM ${table}`
  return db
    .prepare(sql)
    .all()
    .map(({ id }) => String(id))
}

/** The entry of every order, refund and entry of the drawer, from their rows as they stand now. */
function rebuildEntries(db: DatabaseSync): void {
  const entries = prepareShiftEntries(db)
  const keepEntry = db.prepare(
    'INSERT OR IGNORE INTO shift_entries SELECT * FROM former_shift_entries WHERE sequence = ?',
  )
  for (const { sequence, entry } of expectedEntries(db)) {
    if (entry === null) keepEntry.run(sequence)
    else entries.insert(sequence, entry)
  }
}

/**
 * What each row of orders, refunds and cash means to its shift, by its sequence; null for a row that cannot be read. Row by
 * row, so that a ledger of millions of orders needs no more memory than a small one.
 */
export function* expectedEntries(
  db: DatabaseSync,
): Generator<{ readonly sequence: number; readonly entry: ShiftEntry | null }, void, undefined> {
  const { refundsOfOrder } = prepareRefunds(db)
  const ofOrder = (order: Order): ShiftEntry => {
    const isByHand = order.settlement?.kind === 'by-hand'
    return orderEntry(order, isByHand ? refundedFen(refundsOfOrder(order.orderNumber)) : 0)
  }
  const tables = [
    ['orders', (state: unknown) => ofOrder(readState(String(state)))],
    ['refunds', (state: unknown) => refundEntry(readRefundState(state) satisfies Refund)],
    ['cash', (state: unknown) => cashEntry(readCashState(state))],
  ] as const
  for (const [table, entryOf] of tables) {
    for (const { sequence, state } of db.prepare(`SELECT sequence, state FROM ${table} ORDER BY sequence`).iterate()) {
      yield { sequence: Number(sequence), entry: unlessTorn(() => entryOf(state)) }
    }
  }
}

function unlessTorn(read: () => ShiftEntry): ShiftEntry | null {
  try {
    const entry = read()
    // A state that parses may still be no order: a row that somebody spoilt.
    return typeof entry.subjectId === 'string' && Number.isInteger(entry.hour) ? entry : null
  } catch (error) {
    if (error instanceof LedgerDamage || error instanceof TypeError) return null
    throw error
  }
}
