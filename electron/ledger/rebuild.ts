import type { DatabaseSync } from 'node:sqlite'
import type { OrderNumber, SaleId } from '../till/ids.ts'
import type { Fen } from '../till/money.ts'
import { foldEntries, readSaleEntry } from './fold.ts'
import { orderHistories, printHistories, refundHistories, saleEntries } from './order-histories.ts'
import { foldPrintEntries } from './print-fold.ts'
import { preparePrintJobs } from './print-projection.ts'
import { prepareProjections } from './projections.ts'
import { foldRefundEntries } from './refund-fold.ts'
import { prepareRefunds } from './refund-projection.ts'
import { rebuildShifts, setShiftsAside } from './shift-rebuild.ts'

export type Rebuilt = {
  readonly sales: number
  readonly orders: number
  readonly refunds: number
  readonly printJobs: number
  /**
   * Orders, refunds, print jobs, people, shifts and entries of the drawer whose entries cannot be read: what stood in the
   * projection was kept, if anything did.
   */
  readonly unreadable: readonly string[]
  /** Rows that no journal entry speaks of; they are gone now. */
  readonly dropped: readonly string[]
}

/**
 * Makes the projections anew from the journal, inside the caller's transaction.
 *
 * An order, refund or print job whose entries cannot be read keeps the row it has: it was made when they still could.
 */
export function rebuildProjections(db: DatabaseSync): Rebuilt {
  setShiftsAside(db)
  db.exec(`
    CREATE TEMP TABLE former_print_jobs AS SELECT * FROM print_jobs;
    CREATE TEMP TABLE former_refunds AS SELECT * FROM refunds;
    CREATE TEMP TABLE former_orders AS SELECT * FROM orders;
    CREATE TEMP TABLE former_sales AS SELECT * FROM sales;
    DELETE FROM print_jobs;
    DELETE FROM refunds;
    DELETE FROM orders;
    DELETE FROM sales;
  `)
  const projections = prepareProjections(db)
  const keepOrder = db.prepare('INSERT INTO orders SELECT * FROM former_orders WHERE order_number = ?')
  const keepSale = db.prepare(
    'INSERT OR IGNORE INTO sales SELECT * FROM former_sales' +
      ' WHERE sale_id IN (SELECT sale_id FROM former_orders WHERE order_number = ?)',
  )
  let sales = 0
  for (const entry of saleEntries(db)) {
    const reading = readSaleEntry(entry)
    const saleId = entry.subjectId as SaleId
    if (!reading.ok || projections.hasSale(saleId)) continue
    const amountFen = reading.value.amountFen as Fen
    projections.insertSale({ saleId, amountFen, openedWallMs: entry.wallMs, status: 'open' })
    sales += 1
  }
  let orders = 0
  const unreadable: string[] = []
  for (const { orderNumber, entries } of orderHistories(db)) {
    const fold = foldEntries(entries)
    if (fold.kind === 'order' && projections.hasSale(fold.order.saleId)) {
      projections.insertOrder(fold.createdSequence, fold.order)
      orders += 1
    } else {
      keepSale.run(orderNumber)
      keepOrder.run(orderNumber)
      unreadable.push(orderNumber)
    }
  }
  const refunds = rebuildRefunds(db, (orderNumber) => projections.order(orderNumber) !== null, unreadable)
  const printJobs = rebuildPrintJobs(db, unreadable)
  const saleIds = db.prepare('SELECT sale_id AS saleId FROM sales').all()
  for (const { saleId } of saleIds) projections.refreshSale(saleId as SaleId)
  const dropped = db
    .prepare(
      'SELECT order_number AS subjectId FROM former_orders EXCEPT SELECT order_number FROM orders' +
        ' UNION ALL SELECT sale_id FROM (SELECT sale_id FROM former_sales EXCEPT SELECT sale_id FROM sales)' +
        ' UNION ALL SELECT refund_number FROM' +
        ' (SELECT refund_number FROM former_refunds EXCEPT SELECT refund_number FROM refunds)' +
        ' UNION ALL SELECT job_id FROM (SELECT job_id FROM former_print_jobs EXCEPT SELECT job_id FROM print_jobs)',
    )
    .all()
    .map(({ subjectId }) => String(subjectId))
  db.exec('DROP TABLE former_print_jobs; DROP TABLE former_refunds; DROP TABLE former_orders; DROP TABLE former_sales')
  const droppedShifts = rebuildShifts(db, unreadable)
  return { sales, orders, refunds, printJobs, unreadable, dropped: [...dropped, ...droppedShifts] }
}

/** The same for refunds; those that cannot be read are added to `unreadable`. */
function rebuildRefunds(
  db: DatabaseSync,
  hasOrder: (orderNumber: OrderNumber) => boolean,
  unreadable: string[],
): number {
  const projection = prepareRefunds(db)
  const keepRefund = db.prepare(
    'INSERT INTO refunds SELECT * FROM former_refunds' +
      ' WHERE refund_number = ? AND order_number IN (SELECT order_number FROM orders)',
  )
  let refunds = 0
  for (const { refundNumber, entries } of refundHistories(db)) {
    const fold = foldRefundEntries(entries)
    if (fold.kind === 'refund' && hasOrder(fold.refund.orderNumber)) {
      projection.insertRefund(fold.createdSequence, fold.refund)
      refunds += 1
    } else {
      keepRefund.run(refundNumber)
      unreadable.push(refundNumber)
    }
  }
  return refunds
}

/** The same for print jobs. What should have been printed is never worked out anew: the journal says what was wanted. */
function rebuildPrintJobs(db: DatabaseSync, unreadable: string[]): number {
  const projection = preparePrintJobs(db)
  const keepJob = db.prepare('INSERT INTO print_jobs SELECT * FROM former_print_jobs WHERE job_id = ?')
  let jobs = 0
  for (const { jobId, entries } of printHistories(db)) {
    const fold = foldPrintEntries(entries)
    if (fold.kind === 'job') {
      projection.insertJob(fold.createdSequence, fold.job)
      jobs += 1
    } else {
      keepJob.run(jobId)
      unreadable.push(jobId)
    }
  }
  return jobs
}
