import type { DatabaseSync } from 'node:sqlite'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import { isOwed, type Order, type OrderStatus } from '../till/order/order.ts'
import { LedgerDamage } from './damage.ts'
import type { Sale } from './sale-projection.ts'
import { saleStatus } from './sale-projection.ts'

/** A row of `orders`: what lists look for in columns of their own, and the whole order as JSON. */
export type OrderRow = {
  readonly sequence: number
  readonly orderNumber: string
  readonly saleId: string
  readonly channel: string
  readonly amountFen: number
  readonly createdWallMs: number
  readonly status: string
  /** 1 where the till still has something to do for the order by itself. */
  readonly owed: 0 | 1
  readonly transactionId: string | null
  readonly version: number
  readonly state: string
}

export const orderColumns =
  'sequence, order_number AS orderNumber, sale_id AS saleId, channel, amount_fen AS amountFen,' +
  ' created_wall_ms AS createdWallMs, status, owed, transaction_id AS transactionId, version, state'

export const saleColumns = 'sale_id AS saleId, amount_fen AS amountFen, opened_wall_ms AS openedWallMs, status'

/** The condition of orders that the till still works on by itself; worded as the partial index has it. */
export const isOwedCondition = 'owed = 1'

/** The row of an order whose first journal entry is `sequence`. */
export function orderRow(sequence: number, order: Order): OrderRow {
  const { orderNumber, saleId, channel, amountFen, createdWallMs, status, transactionId, version } = order
  const state = JSON.stringify(order)
  const owed = isOwed(order) ? 1 : 0
  return {
    sequence,
    orderNumber,
    saleId,
    channel,
    amountFen,
    createdWallMs,
    status,
    owed,
    transactionId,
    version,
    state,
  }
}

/** The order in a row's `state`. */
export function readState(state: string): Order {
  try {
    // Written by `orderRow` and by nothing else; `verify` compares it with the journal.
    return JSON.parse(state) as Order
  } catch {
    throw new LedgerDamage({
      kind: 'projection-differs',
      subjectId: '',
      detail: 'the state of an order cannot be read',
    })
  }
}

/** Reads and writes the projections; the caller owns the transaction. */
export type Projections = {
  order(orderNumber: OrderNumber): Order | null
  openOrders(): readonly Order[]
  ordersOfSale(saleId: SaleId): readonly Order[]
  hasSale(saleId: SaleId): boolean
  insertSale(sale: Sale): void
  insertOrder(sequence: number, order: Order): void
  /** Writes an order after its events. */
  updateOrder(order: Order): void
  /** Derives the status of a sale from its orders and writes it. */
  refreshSale(saleId: SaleId): void
}

/** The projections of an open ledger, with their statements prepared once. */
export function prepareProjections(db: DatabaseSync): Projections {
  const selectState = db.prepare('SELECT state FROM orders WHERE order_number = ?')
  const selectOpen = db.prepare(`SELECT state FROM orders WHERE ${isOwedCondition} ORDER BY sequence`)
  const selectOfSale = db.prepare('SELECT state FROM orders WHERE sale_id = ? ORDER BY sequence')
  const selectSale = db.prepare('SELECT 1 FROM sales WHERE sale_id = ?')
  const selectStatuses = db.prepare('SELECT status FROM orders WHERE sale_id = ?')
  const insertSale = db.prepare('INSERT INTO sales (sale_id, amount_fen, opened_wall_ms, status) VALUES (?, ?, ?, ?)')
  const updateSale = db.prepare('UPDATE sales SET status = ? WHERE sale_id = ? AND status <> ?')
  const insertOrder = db.prepare(
    'INSERT INTO orders (sequence, order_number, sale_id, channel, amount_fen, created_wall_ms, status, owed,' +
      ' transaction_id, version, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const updateOrder = db.prepare(
    'UPDATE orders SET status = ?, owed = ?, transaction_id = ?, version = ?, state = ? WHERE order_number = ?',
  )
  return {
    order(orderNumber) {
      const row = selectState.get(orderNumber)
      return row === undefined ? null : readState(String(row.state))
    },
    openOrders: () => selectOpen.all().map((row) => readState(String(row.state))),
    ordersOfSale: (saleId) => selectOfSale.all(saleId).map((row) => readState(String(row.state))),
    hasSale: (saleId) => selectSale.get(saleId) !== undefined,
    insertSale(sale) {
      insertSale.run(sale.saleId, sale.amountFen, sale.openedWallMs, sale.status)
    },
    insertOrder(sequence, order) {
      const row = orderRow(sequence, order)
      insertOrder.run(
        row.sequence,
        row.orderNumber,
        row.saleId,
        row.channel,
        row.amountFen,
        row.createdWallMs,
        row.status,
        row.owed,
        row.transactionId,
        row.version,
        row.state,
      )
    },
    updateOrder(order) {
      const { status, owed, transactionId, version, state, orderNumber } = orderRow(0, order)
      updateOrder.run(status, owed, transactionId, version, state, orderNumber)
    },
    refreshSale(saleId) {
      const status = saleStatus(selectStatuses.all(saleId).map((row) => row.status as OrderStatus))
      updateSale.run(status, saleId, status)
    },
  }
}
