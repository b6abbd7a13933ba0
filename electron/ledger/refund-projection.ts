import type { DatabaseSync } from 'node:sqlite'
import type { OrderNumber, RefundNumber } from '../till/ids.ts'
import type { Refund } from '../till/refund/refund.ts'
import { LedgerDamage } from './damage.ts'

/** A row of `refunds`: what lists look for in columns of their own, and the whole refund as JSON. */
export type RefundRow = {
  readonly sequence: number
  readonly refundNumber: string
  readonly orderNumber: string
  readonly amountFen: number
  readonly createdWallMs: number
  readonly status: string
  readonly version: number
  readonly state: string
}

export const refundColumns =
  'sequence, refund_number AS refundNumber, order_number AS orderNumber, amount_fen AS amountFen,' +
  ' created_wall_ms AS createdWallMs, status, version, state'

/** The condition of refunds that are not at their end; worded as the partial index has it. */
export const isOpenRefundCondition = "status NOT IN ('done', 'failed')"

/** The row of a refund whose first journal entry is `sequence`. */
export function refundRow(sequence: number, refund: Refund): RefundRow {
  const { refundNumber, orderNumber, amountFen, createdWallMs, status, version } = refund
  return {
    sequence,
    refundNumber,
    orderNumber,
    amountFen,
    createdWallMs,
    status,
    version,
    state: JSON.stringify(refund),
  }
}

/** The refund in a row's `state`. */
export function readRefundState(state: unknown): Refund {
  try {
    // Written by `refundRow` and by nothing else; `verify` compares it with the journal.
    return JSON.parse(String(state)) as Refund
  } catch {
    throw new LedgerDamage({
      kind: 'projection-differs',
      subjectId: '',
      detail: 'the state of a refund cannot be read',
    })
  }
}

/** Reads and writes the projection of refunds; the caller owns the transaction. */
export type RefundProjection = {
  refund(refundNumber: RefundNumber): Refund | null
  openRefunds(): readonly Refund[]
  /** Oldest first. */
  refundsOfOrder(orderNumber: OrderNumber): readonly Refund[]
  insertRefund(sequence: number, refund: Refund): void
  updateRefund(refund: Refund): void
}

/** The refunds of an open ledger, with their statements prepared once. */
export function prepareRefunds(db: DatabaseSync): RefundProjection {
  const selectState = db.prepare('SELECT state FROM refunds WHERE refund_number = ?')
  const selectOpen = db.prepare(`SELECT state FROM refunds WHERE ${isOpenRefundCondition} ORDER BY sequence`)
  const selectOfOrder = db.prepare('SELECT state FROM refunds WHERE order_number = ? ORDER BY sequence')
  const insert = db.prepare(
    'INSERT INTO refunds (sequence, refund_number, order_number, amount_fen, created_wall_ms, status, version, state)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE refunds SET status = ?, version = ?, state = ? WHERE refund_number = ?')
  return {
    refund(refundNumber) {
      const row = selectState.get(refundNumber)
      return row === undefined ? null : readRefundState(row.state)
    },
    openRefunds: () => selectOpen.all().map(({ state }) => readRefundState(state)),
    refundsOfOrder: (orderNumber) => selectOfOrder.all(orderNumber).map(({ state }) => readRefundState(state)),
    insertRefund(sequence, refund) {
      const row = refundRow(sequence, refund)
      insert.run(
        row.sequence,
        row.refundNumber,
        row.orderNumber,
        row.amountFen,
        row.createdWallMs,
        row.status,
        row.version,
        row.state,
      )
    },
    updateRefund(refund) {
      update.run(refund.status, refund.version, JSON.stringify(refund), refund.refundNumber)
    },
  }
}
