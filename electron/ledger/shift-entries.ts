import type { DatabaseSync } from 'node:sqlite'
import type { ShiftId } from '../till/ids.ts'
import type { Contribution, ShiftEntry } from '../till/shift/entry.ts'
import type { OpenAtClose } from '../till/shift/event.ts'
import { type Cell, type Totals, totalsOf } from '../till/shift/totals.ts'

/** A row of `shift_entries`. */
export type ShiftEntryRow = Omit<ShiftEntry, 'isOpen'> & { readonly sequence: number; readonly isOpen: 0 | 1 }

export const shiftEntryColumns =
  'sequence, shift_id AS shiftId, kind, subject_id AS subjectId, order_number AS orderNumber, wall_ms AS wallMs,' +
  ' tender, channel, wallet, cashier, hour, last_digits AS lastDigits, amount_fen AS amountFen, status, is_open AS isOpen, sold_fen AS soldFen, returned_fen AS returnedFen, drawer_fen AS drawerFen'

/** The row of an entry whose subject's first journal entry is `sequence`. */
export function shiftEntryRow(sequence: number, entry: ShiftEntry): ShiftEntryRow {
  return { ...entry, sequence, isOpen: entry.isOpen ? 1 : 0 }
}

// One row a tender, channel, cashier and hour, however many entries there are: the rest is summed in the core.
const cellsOfShift =
  'SELECT tender, channel, cashier, hour, sum(sold_fen > 0) AS sales, sum(sold_fen) AS soldFen,' +
  ' sum(returned_fen > 0) AS returns, sum(returned_fen) AS returnedFen,' +
  " sum(is_open AND kind = 'order') AS openOrders," +
  " sum(CASE WHEN is_open AND kind = 'order' THEN amount_fen ELSE 0 END) AS openOrdersFen," +
  " sum(is_open AND kind = 'refund') AS openRefunds," +
  " sum(CASE WHEN is_open AND kind = 'refund' THEN amount_fen ELSE 0 END) AS openRefundsFen," +
  ' sum(drawer_fen) AS drawerFen FROM shift_entries WHERE shift_id = ? GROUP BY tender, channel, cashier, hour'

const openOfShift =
  'SELECT kind, subject_id AS subjectId, amount_fen AS amountFen, coalesce(' +
  '(SELECT status FROM orders WHERE order_number = subject_id),' +
  " (SELECT status FROM refunds WHERE refund_number = subject_id), '') AS status" +
  ' FROM shift_entries WHERE shift_id = ? AND is_open = 1 ORDER BY sequence'

/** The totals of a shift as its entries stand. */
export function readCells(db: DatabaseSync, shiftId: ShiftId): readonly Cell[] {
  // STRICT columns and sums of them: numbers, texts and nulls as `Cell` names them.
  return db
    .prepare(cellsOfShift)
    .all(shiftId)
    .map((row) => ({ ...row }) as unknown as Cell)
}

/** The entries of a shift that are not decided yet, oldest first. */
export function readOpen(db: DatabaseSync, shiftId: ShiftId): readonly OpenAtClose[] {
  return db
    .prepare(openOfShift)
    .all(shiftId)
    .map((row) => ({ ...row }) as unknown as OpenAtClose)
}

/** The part of an entry that can still change. */
export type Standing = Contribution & Pick<ShiftEntry, 'status'>

/** Reads and writes the entries of shifts; the caller owns the transaction. */
export type ShiftEntries = {
  standing(subjectId: string): Standing | null
  insert(sequence: number, entry: ShiftEntry): void
  update(subjectId: string, standing: Standing): void
  totals(shiftId: ShiftId): Totals
  open(shiftId: ShiftId): readonly OpenAtClose[]
}

export function prepareShiftEntries(db: DatabaseSync): ShiftEntries {
  const select = db.prepare(
    'SELECT status, is_open, sold_fen AS soldFen, returned_fen AS returnedFen, drawer_fen AS drawerFen' +
      ' FROM shift_entries WHERE subject_id = ?',
  )
  const insert = db.prepare(
    'INSERT INTO shift_entries (sequence, shift_id, kind, subject_id, order_number, wall_ms, tender, channel, wallet,' +
      ' cashier, hour, last_digits, amount_fen, status, is_open, sold_fen, returned_fen, drawer_fen)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare(
    'UPDATE shift_entries SET status = ?, is_open = ?, sold_fen = ?, returned_fen = ?, drawer_fen = ? WHERE subject_id = ?',
  )
  return {
    standing(subjectId) {
      const row = select.get(subjectId)
      if (row === undefined) return null
      const { soldFen, returnedFen, drawerFen } = row
      return {
        status: row.status as Standing['status'], // a STRICT text that `insert` or `update` wrote
        isOpen: row.is_open === 1,
        soldFen: Number(soldFen),
        returnedFen: Number(returnedFen),
        drawerFen: Number(drawerFen),
      }
    },
    insert(sequence, entry) {
      const { shiftId, kind, subjectId, tender, channel, wallet, cashier, hour, amountFen } = entry
      const { isOpen, soldFen, returnedFen, drawerFen, orderNumber, wallMs, lastDigits, status } = entry
      insert.run(
        sequence,
        shiftId,
        kind,
        subjectId,
        orderNumber,
        wallMs,
        tender,
        channel,
        wallet,
        cashier,
        hour,
        lastDigits,
        amountFen,
        status,
        isOpen ? 1 : 0,
        soldFen,
        returnedFen,
        drawerFen,
      )
    },
    update(subjectId, { status, isOpen, soldFen, returnedFen, drawerFen }) {
      update.run(status, isOpen ? 1 : 0, soldFen, returnedFen, drawerFen, subjectId)
    },
    totals: (shiftId) => totalsOf(readCells(db, shiftId)),
    open: (shiftId) => readOpen(db, shiftId),
  }
}
