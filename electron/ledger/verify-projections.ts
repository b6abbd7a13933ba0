import type { DatabaseSync } from 'node:sqlite'
import type { OrderStatus } from '../till/order/order.ts'
import { type Fold, foldEntries, readSaleEntry } from './fold.ts'
import type { Breach, JournalEntry } from './ledger.ts'
import {
  type OrderHistory,
  orderHistories,
  type PrintHistory,
  printHistories,
  type RefundHistory,
  refundHistories,
  saleEntries,
} from './order-histories.ts'
import { foldPrintEntries } from './print-fold.ts'
import { type PrintRow, printColumns, printRow } from './print-projection.ts'
import { type OrderRow, orderColumns, orderRow, saleColumns } from './projections.ts'
import { foldRefundEntries } from './refund-fold.ts'
import { type RefundRow, refundColumns, refundRow } from './refund-projection.ts'
import { saleStatus } from './sale-projection.ts'
import { differingColumns } from './verify-rows.ts'
import { compareShifts } from './verify-shifts.ts'

const eventsPerStep = 500

/**
 * Folds every order of the journal anew and compares it, and every sale, with its row: missing, different and extra
 * ones are added to `broken`. Yields how many events, and rows of the entries of shifts, it has walked.
 */
export function* compareProjections(db: DatabaseSync, broken: Breach[]): Generator<number, void, undefined> {
  const selectOrder = db.prepare(`SELECT ${orderColumns} FROM orders WHERE order_number = ?`)
  let walked = 0
  let lastStep = 0
  for (const history of orderHistories(db)) {
    const row = selectOrder.get(history.orderNumber)
    broken.push(...orderBreaches(history, row === undefined ? null : ({ ...row } as OrderRow)))
    walked += history.entries.length
    if (walked - lastStep >= eventsPerStep) {
      lastStep = walked
      yield walked
    }
  }
  const extraOrders = db
    .prepare("SELECT order_number AS id FROM orders EXCEPT SELECT subject_id FROM journal WHERE subject = 'order'")
    .all()
  for (const { id } of extraOrders) broken.push(extra(String(id)))

  const selectRefund = db.prepare(`SELECT ${refundColumns} FROM refunds WHERE refund_number = ?`)
  for (const history of refundHistories(db)) {
    const row = selectRefund.get(history.refundNumber)
    broken.push(...refundBreaches(history, row === undefined ? null : ({ ...row } as RefundRow)))
    walked += history.entries.length
    if (walked - lastStep >= eventsPerStep) {
      lastStep = walked
      yield walked
    }
  }
  const extraRefunds = db
    .prepare("SELECT refund_number AS id FROM refunds EXCEPT SELECT subject_id FROM journal WHERE subject = 'refund'")
    .all()
  for (const { id } of extraRefunds) broken.push(extra(String(id)))

  const selectPrint = db.prepare(`SELECT ${printColumns} FROM print_jobs WHERE job_id = ?`)
  for (const history of printHistories(db)) {
    const row = selectPrint.get(history.jobId)
    broken.push(...printBreaches(history, row === undefined ? null : ({ ...row } as PrintRow)))
    walked += history.entries.length
    if (walked - lastStep >= eventsPerStep) {
      lastStep = walked
      yield walked
    }
  }
  const extraPrints = db
    .prepare("SELECT job_id AS id FROM print_jobs EXCEPT SELECT subject_id FROM journal WHERE subject = 'print'")
    .all()
  for (const { id } of extraPrints) broken.push(extra(String(id)))

  const selectSale = db.prepare(`SELECT ${saleColumns} FROM sales WHERE sale_id = ?`)
  const selectStatuses = db.prepare('SELECT status FROM orders WHERE sale_id = ?')
  let formerId: string | null = null
  for (const entry of saleEntries(db)) {
    const statuses = selectStatuses.all(entry.subjectId).map((row) => row.status as OrderStatus)
    const row = selectSale.get(entry.subjectId)
    broken.push(...saleBreaches(entry, row === undefined ? null : { ...row }, statuses, formerId === entry.subjectId))
    formerId = entry.subjectId
    walked += 1
    if (walked - lastStep >= eventsPerStep) {
      lastStep = walked
      yield walked
    }
  }
  const extraSales = db
    .prepare("SELECT sale_id AS id FROM sales EXCEPT SELECT subject_id FROM journal WHERE subject = 'sale'")
    .all()
  for (const { id } of extraSales) broken.push(extra(String(id)))

  for (const rows of compareShifts(db, broken)) {
    walked += rows
    if (walked - lastStep >= eventsPerStep) {
      lastStep = walked
      yield walked
    }
  }
}

const extra = (subjectId: string): Breach => ({
  kind: 'projection',
  subjectId,
  detail: 'the row has no entry in the journal',
})

/** What is wrong with one order's row, given all its entries. */
export function* orderBreaches({ orderNumber, entries }: OrderHistory, row: OrderRow | null): Generator<Breach> {
  const fold: Fold = foldEntries(entries)
  if (fold.kind === 'unreadable') {
    yield { kind: 'unreadable-entry', sequence: fold.sequence, detail: `${orderNumber}: ${fold.detail}` }
    return
  }
  if (!row) {
    yield { kind: 'projection', subjectId: orderNumber, detail: 'the order has no row' }
    return
  }
  yield* rowBreaches(orderNumber, row, orderRow(fold.createdSequence, fold.order))
}

function* refundBreaches({ refundNumber, entries }: RefundHistory, row: RefundRow | null): Generator<Breach> {
  const fold = foldRefundEntries(entries)
  if (fold.kind === 'unreadable') {
    yield { kind: 'unreadable-entry', sequence: fold.sequence, detail: `${refundNumber}: ${fold.detail}` }
    return
  }
  if (!row) {
    yield { kind: 'projection', subjectId: refundNumber, detail: 'the refund has no row' }
    return
  }
  yield* rowBreaches(refundNumber, row, refundRow(fold.createdSequence, fold.refund))
}

function* printBreaches({ jobId, entries }: PrintHistory, row: PrintRow | null): Generator<Breach> {
  const fold = foldPrintEntries(entries)
  if (fold.kind === 'unreadable') {
    yield { kind: 'unreadable-entry', sequence: fold.sequence, detail: `${jobId}: ${fold.detail}` }
    return
  }
  if (!row) {
    yield { kind: 'projection', subjectId: jobId, detail: 'the print job has no row' }
    return
  }
  yield* rowBreaches(jobId, row, printRow(fold.createdSequence, fold.job))
}

type RowWithState = { readonly state: string }

function* rowBreaches(subjectId: string, row: RowWithState, whole: RowWithState): Generator<Breach> {
  const differing = differingColumns(row, whole)
  if (differing.length > 0) {
    const detail = `the row differs from the journal in ${differing.join(', ')}`
    yield { kind: 'projection', subjectId, detail }
  }
}

function* saleBreaches(
  entry: JournalEntry,
  row: Readonly<Record<string, unknown>> | null,
  statuses: readonly OrderStatus[],
  isRepeated: boolean,
): Generator<Breach> {
  const subjectId = entry.subjectId
  const reading = readSaleEntry(entry)
  // An unreadable entry was reported when the chain was walked.
  if (!reading.ok) return
  if (isRepeated) {
    yield { kind: 'projection', subjectId, detail: 'the sale was opened twice' }
    return
  }
  if (!row) {
    yield { kind: 'projection', subjectId, detail: 'the sale has no row' }
    return
  }
  const expected = {
    amountFen: reading.value.amountFen,
    openedWallMs: entry.wallMs,
    status: saleStatus(statuses),
  }
  const differing = Object.entries(expected).filter(([name, value]) => row[name] !== value)
  if (differing.length > 0) {
    const detail = `the row differs from the journal in ${differing.map(([name]) => name).join(', ')}`
    yield { kind: 'projection', subjectId, detail }
  }
}
