import type { DatabaseSync } from 'node:sqlite'
import type { CashEntry } from '../till/cash/cash.ts'
import type { SaleId, ShiftId } from '../till/ids.ts'
import type { Shift } from '../till/shift/shift.ts'
import { readStateText } from './state-text.ts'

/** A row of `shifts`: what lists look for in columns of their own, and the whole shift as JSON. */
export type ShiftRow = {
  readonly sequence: number
  readonly shiftId: string
  readonly businessDay: string
  readonly openedWallMs: number
  readonly status: string
  readonly version: number
  readonly state: string
}

export const shiftColumns =
  'sequence, shift_id AS shiftId, business_day AS businessDay, opened_wall_ms AS openedWallMs, status, version, state'

/** The row of a shift whose first journal entry is `sequence`. */
export function shiftRow(sequence: number, shift: Shift): ShiftRow {
  const { shiftId, businessDay, openedWallMs, status, version } = shift
  return { sequence, shiftId, businessDay, openedWallMs, status, version, state: JSON.stringify(shift) }
}

/** A row of `cash`. */
export type CashRow = {
  readonly sequence: number
  readonly cashNumber: string
  readonly shiftId: string
  readonly saleId: string | null
  readonly kind: string
  readonly amountFen: number
  readonly state: string
}

export const cashColumns =
  'sequence, cash_number AS cashNumber, shift_id AS shiftId, sale_id AS saleId, kind, amount_fen AS amountFen, state'

/** The row of an entry of the drawer. */
export function cashRow(sequence: number, entry: CashEntry): CashRow {
  const { cashNumber, shiftId, move } = entry
  const saleId = 'saleId' in move ? move.saleId : null
  const amountFen = 'amountFen' in move ? move.amountFen : 0
  return { sequence, cashNumber, shiftId, saleId, kind: move.kind, amountFen, state: JSON.stringify(entry) }
}

export const readShiftState = (state: unknown): Shift => readStateText<Shift>(state, 'shift')
export const readCashState = (state: unknown): CashEntry => readStateText<CashEntry>(state, 'cash entry')

/** The condition of shifts that are not closed; worded as the partial index has it. */
export const isOpenShiftCondition = "status <> 'closed'"

/** Reads and writes shifts and the drawer's entries; the caller owns the transaction. */
export type ShiftProjection = {
  /** The shift that is not closed; there is one at most. */
  current(): Shift | null
  shift(shiftId: ShiftId): Shift | null
  last(): Shift | null
  countShifts(): number
  insertShift(sequence: number, shift: Shift): void
  updateShift(shift: Shift): void
  cashOfSale(saleId: SaleId): readonly CashEntry[]
  countCash(): number
  insertCash(sequence: number, entry: CashEntry): void
}

export function prepareShifts(db: DatabaseSync): ShiftProjection {
  const selectCurrent = db.prepare(
    `SELECT state FROM shifts WHERE ${isOpenShiftCondition} ORDER BY sequence DESC LIMIT 1`,
  )
  const selectShift = db.prepare('SELECT state FROM shifts WHERE shift_id = ?')
  const selectLast = db.prepare('SELECT state FROM shifts ORDER BY sequence DESC LIMIT 1')
  const countShifts = db.prepare('SELECT count(*) AS shifts FROM shifts')
  const insertShift = db.prepare(
    'INSERT INTO shifts (sequence, shift_id, business_day, opened_wall_ms, status, version, state)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const updateShift = db.prepare('UPDATE shifts SET status = ?, version = ?, state = ? WHERE shift_id = ?')
  const selectCash = db.prepare('SELECT state FROM cash WHERE sale_id = ? ORDER BY sequence')
  const countCash = db.prepare('SELECT count(*) AS entries FROM cash')
  const insertCash = db.prepare(
    'INSERT INTO cash (sequence, cash_number, shift_id, sale_id, kind, amount_fen, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const shiftIn = (row: Record<string, unknown> | undefined): Shift | null =>
    row === undefined ? null : readShiftState(row.state)
  return {
    current: () => shiftIn(selectCurrent.get()),
    shift: (shiftId) => shiftIn(selectShift.get(shiftId)),
    last: () => shiftIn(selectLast.get()),
    countShifts: () => Number(countShifts.get()?.shifts),
    insertShift(sequence, shift) {
      const { shiftId, businessDay, openedWallMs, status, version, state } = shiftRow(sequence, shift)
      insertShift.run(sequence, shiftId, businessDay, openedWallMs, status, version, state)
    },
    updateShift(shift) {
      updateShift.run(shift.status, shift.version, JSON.stringify(shift), shift.shiftId)
    },
    cashOfSale: (saleId) => selectCash.all(saleId).map(({ state }) => readCashState(state)),
    countCash: () => Number(countCash.get()?.entries),
    insertCash(sequence, entry) {
      const { cashNumber, shiftId, saleId, kind, amountFen, state } = cashRow(sequence, entry)
      insertCash.run(sequence, cashNumber, shiftId, saleId, kind, amountFen, state)
    },
  }
}
