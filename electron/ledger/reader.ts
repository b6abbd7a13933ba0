import { join } from 'node:path'
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { assertNever } from '../till/brand.ts'
import type { OrderNumber } from '../till/ids.ts'
import { readYuan } from '../till/money.ts'
import { isFinal, type Order } from '../till/order/order.ts'
import type { PrintJob } from '../till/print/job.ts'
import type { Refund } from '../till/refund/refund.ts'
import { totalsOf } from '../till/shift/totals.ts'
import { chainLinksAt, readOrderChain } from './chain.ts'
import { LedgerDamage } from './damage.ts'
import { inspectFile } from './database.ts'
import { foldEntries } from './fold.ts'
import type { HistoryCell, HistoryEntries, HistoryQuery, HistoryWish } from './history-ledger.ts'
import { readHistoryPage, readHistorySums } from './history-reader.ts'
import { journalColumns } from './journal.ts'
import type {
  ChainLink,
  JournalEntry,
  LedgerResult,
  OrderChain,
  OrderFilter,
  UnreadableRecord,
  Verification,
} from './ledger.ts'
import { ledgerFileName } from './ledger-file.ts'
import { programVersion, readVersion } from './migrations/migrate.ts'
import { openForReading } from './open-for-reading.ts'
import { readPrintState } from './print-projection.ts'
import { problemOf } from './problem.ts'
import { isOwedCondition, readState } from './projections.ts'
import { readRefundState } from './refund-projection.ts'
import type { ShiftReaderAnswers, ShiftReaderCall } from './shift-protocol.ts'
import {
  readCashOfSale,
  readOverrides,
  readShift,
  readShiftCash,
  readShiftOrders,
  readShiftSums,
  readShifts,
  readStaff,
} from './shift-reader.ts'
import { searchUnreadable, type UnreadableSearch } from './unreadable.ts'
import { type VerificationProgress, verifyLedger } from './verify.ts'

/** Reads a data folder's ledger over read-only connections; opened when there is something to read. */
export type Reader = {
  orders(filter: OrderFilter): LedgerResult<readonly Order[]>
  historyPage(wish: HistoryWish): LedgerResult<HistoryEntries>
  historySums(query: HistoryQuery): LedgerResult<readonly HistoryCell[]>
  order(orderNumber: OrderNumber): LedgerResult<Order | null>
  journalOf(orderNumber: OrderNumber): LedgerResult<readonly JournalEntry[]>
  unreadable(): LedgerResult<readonly UnreadableRecord[]>
  refundJournalOf(orderNumber: OrderNumber): LedgerResult<readonly JournalEntry[]>
  refundsOfOrder(orderNumber: OrderNumber): LedgerResult<readonly Refund[]>
  refundsBetween(fromWallMs: number, toWallMs: number): LedgerResult<readonly Refund[]>
  printJobs(limit: number): LedgerResult<readonly PrintJob[]>
  printJobsOfOrder(orderNumber: OrderNumber): LedgerResult<readonly PrintJob[]>
  printJournalOf(orderNumber: OrderNumber): LedgerResult<readonly JournalEntry[]>
  chainOf(orderNumber: OrderNumber): LedgerResult<OrderChain | null>
  linksAt(sequences: readonly number[]): LedgerResult<readonly ChainLink[]>
  /** What is asked about shifts, cash and staff; of a data folder without a ledger, nothing. */
  ofShifts(call: ShiftReaderCall): LedgerResult<ShiftReaderAnswers[ShiftReaderCall['method']]>
  /** Verifies step by step, on a connection of its own; each step answers how far it came. */
  verification(): Generator<VerificationProgress, LedgerResult<Verification>, undefined>
  close(): void
}

/** A reader of the ledger in a data folder, or why the file there cannot be read. No file there is no problem. */
export function openReader(dataDirectory: string): LedgerResult<Reader> {
  const path = join(dataDirectory, ledgerFileName)
  let db: DatabaseSync | null = null
  let search: UnreadableSearch | null = null

  /** The open ledger, or null while there is none; its problems are thrown, for `guarded` to answer. */
  const ledger = (): DatabaseSync | null => {
    db ??= connect(path)
    return db
  }
  const guarded = <Value>(read: () => Value): LedgerResult<Value> => {
    try {
      return { ok: true, value: read() }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, problem: error.problem }
      const problem = problemOf(error, path)
      if (!problem) throw error
      return { ok: false, problem }
    }
  }

  /** The order of a row; one whose state is torn is read from its journal, and null where that fails as well. */
  const orderOf = (row: Record<string, SQLOutputValue>): Order | null => {
    try {
      return readState(String(row.state))
    } catch (error) {
      if (!(error instanceof LedgerDamage)) throw error
      const fold = foldEntries(entriesOf(String(row.order_number)))
      return fold.kind === 'order' ? fold.order : null
    }
  }
  const entriesOf = (orderNumber: string): readonly JournalEntry[] => {
    const sql = `SELECT ${journalColumns} FROM journal WHERE subject = 'order' AND subject_id = ? ORDER BY sequence`
    const rows = ledger()?.prepare(sql).all(orderNumber) ?? []
    return rows.map((row) => ({ ...row }) as JournalEntry)
  }

  const first = guarded(ledger)
  if (!first.ok) return first
  const reader: Reader = {
    orders: (filter) =>
      guarded(() => {
        const { sql, values } = orderQuery(filter)
        const rows = ledger()?.prepare(sql).all(values) ?? []
        return rows.flatMap((row) => orderOf(row) ?? [])
      }),
    historyPage: (wish) =>
      guarded(() => {
        const open = ledger()
        return open === null ? { entries: [], last: null } : readHistoryPage(open, wish)
      }),
    historySums: (query) =>
      guarded(() => {
        const open = ledger()
        return open === null ? [] : readHistorySums(open, query)
      }),
    order: (orderNumber) =>
      guarded(() => {
        const row = ledger()?.prepare('SELECT order_number, state FROM orders WHERE order_number = ?').get(orderNumber)
        return row === undefined ? null : orderOf(row)
      }),
    journalOf: (orderNumber) => guarded(() => entriesOf(orderNumber)),
    unreadable: () =>
      guarded(() => {
        const opened = ledger()
        if (opened) search ??= searchUnreadable(opened)
        return search?.find() ?? []
      }),
    refundJournalOf: (orderNumber) =>
      guarded(() => {
        const sql =
          `SELECT ${journalColumns} FROM journal WHERE subject = 'refund' AND subject_id IN` +
          ' (SELECT refund_number FROM refunds WHERE order_number = ?) ORDER BY sequence'
        const rows = ledger()?.prepare(sql).all(orderNumber) ?? []
        return rows.map((row) => ({ ...row }) as JournalEntry)
      }),
    refundsOfOrder: (orderNumber) =>
      guarded(() => {
        const sql = 'SELECT state FROM refunds WHERE order_number = ? ORDER BY sequence'
        const rows = ledger()?.prepare(sql).all(orderNumber) ?? []
        return rows.map(({ state }) => readRefundState(state))
      }),
    refundsBetween: (fromWallMs, toWallMs) =>
      guarded(() => {
        const sql = 'SELECT state FROM refunds WHERE created_wall_ms >= ? AND created_wall_ms < ? ORDER BY sequence'
        const rows = ledger()?.prepare(sql).all(fromWallMs, toWallMs) ?? []
        return rows.map(({ state }) => readRefundState(state))
      }),
    printJobs: (limit) =>
      guarded(() => {
        const rows = ledger()?.prepare('SELECT state FROM print_jobs ORDER BY sequence DESC LIMIT ?').all(limit) ?? []
        return rows.map(({ state }) => readPrintState(state))
      }),
    printJobsOfOrder: (orderNumber) =>
      guarded(() => {
        const sql = 'SELECT state FROM print_jobs WHERE order_number = ? ORDER BY sequence'
        const rows = ledger()?.prepare(sql).all(orderNumber) ?? []
        return rows.map(({ state }) => readPrintState(state))
      }),
    printJournalOf: (orderNumber) =>
      guarded(() => {
        const sql =
          `SELECT ${journalColumns} FROM journal WHERE subject = 'print' AND subject_id IN` +
          ' (SELECT job_id FROM print_jobs WHERE order_number = ?) ORDER BY sequence'
        const rows = ledger()?.prepare(sql).all(orderNumber) ?? []
        return rows.map((row) => ({ ...row }) as JournalEntry)
      }),
    chainOf: (orderNumber) =>
      guarded(() => {
        const open = ledger()
        return open === null ? null : readOrderChain(open, orderNumber)
      }),
    linksAt: (sequences) =>
      guarded(() => {
        const open = ledger()
        return open === null ? [] : chainLinksAt(open, sequences)
      }),
    ofShifts: (call) =>
      guarded(() => {
        const open = ledger()
        return open === null ? nothingIn(call) : answerOf(open, call, orderOf)
      }),
    *verification() {
      const opened = guarded(() => connect(path))
      if (!opened.ok) return opened
      const own = opened.value
      if (!own) return { ok: true, value: { events: 0, broken: [] } }
      try {
        const steps = verifyLedger(own)
        while (true) {
          const step = guarded(() => steps.next())
          if (!step.ok) return step
          if (step.value.done) return { ok: true, value: step.value.value }
          yield step.value.value
        }
      } finally {
        own.close()
      }
    },
    close: () => db?.close(),
  }
  return { ok: true, value: reader }
}

function answerOf(
  db: DatabaseSync,
  call: ShiftReaderCall,
  orderOf: (row: Record<string, SQLOutputValue>) => Order | null,
): ShiftReaderAnswers[ShiftReaderCall['method']] {
  switch (call.method) {
    case 'shifts':
      return readShifts(db, call.wish)
    case 'shift':
      return readShift(db, call.shiftId)
    case 'shiftSums':
      return readShiftSums(db, call.shiftId)
    case 'shiftOrders':
      return readShiftOrders(db, call.shiftId, call.wish, orderOf)
    case 'shiftCash':
      return readShiftCash(db, call.shiftId, call.wish)
    case 'cashOfSale':
      return readCashOfSale(db, call.saleId)
    case 'staff':
      return readStaff(db)
    case 'overrides':
      return readOverrides(db, call.wish)
    default:
      return assertNever(call, 'reader call about shifts')
  }
}

/** What a ledger that does not exist yet would answer. */
function nothingIn({ method }: ShiftReaderCall): ShiftReaderAnswers[ShiftReaderCall['method']] {
  if (method === 'shift') return null
  if (method === 'shiftSums') return { totals: totalsOf([]), codeTotals: totalsOf([]), open: [] }
  return method === 'staff' || method === 'cashOfSale' ? [] : { items: [], before: null }
}

/** A file that is there and must not be read; an exception only between `connect` and `guarded`. */
class Refusal extends Error {
  readonly problem: Extract<ReturnType<typeof inspectFile>, object>['problem']

  constructor(problem: Refusal['problem']) {
    super(problem.kind)
    this.problem = problem
  }
}

function connect(path: string): DatabaseSync | null {
  const kind = inspectFile(path, false)
  if (kind === 'none') return null
  if (kind !== 'ledger') throw new Refusal(kind.problem)
  const db = openForReading(path, false)
  const { version } = readVersion(db)
  if (version === programVersion) return db
  db.close()
  throw new LedgerDamage({ kind: 'older-form' })
}

/** The list that a filter asks for, newest first. Text is looked for as it is, in ids, and as an amount in yuan. */
export function orderQuery(filter: OrderFilter): {
  readonly sql: string
  readonly values: Record<string, SQLInputValue>
} {
  const { status, shiftId, transactionId, fromWallMs, toWallMs, before, limit } = filter
  const text = filter.text?.trim() ?? ''
  const conditions: string[] = []
  const values: Record<string, SQLInputValue> = {}
  if (status !== undefined) {
    conditions.push('status = :status')
    values.status = status
    // Lets the index of owed orders serve, which is small however long the history is.
    if (!isFinal(status)) conditions.push(isOwedCondition)
  }
  if (shiftId !== undefined) {
    conditions.push("sequence IN (SELECT sequence FROM shift_entries WHERE shift_id = :shiftId AND kind = 'order')")
    values.shiftId = shiftId
  }
  if (transactionId !== undefined) {
    conditions.push('transaction_id = :transactionId')
    values.transactionId = transactionId
  }
  if (fromWallMs !== undefined) {
    conditions.push('created_wall_ms >= :fromWallMs')
    values.fromWallMs = fromWallMs
  }
  if (toWallMs !== undefined) {
    conditions.push('created_wall_ms < :toWallMs')
    values.toWallMs = toWallMs
  }
  if (before !== undefined) {
    conditions.push('sequence < (SELECT sequence FROM orders WHERE order_number = :before)')
    values.before = before
  }
  if (text !== '') {
    const alternatives = ['order_number', 'transaction_id', 'sale_id'].map((id) => `instr(lower(${id}), :text) > 0`)
    alternatives.push("substr(json_extract(state, '$.maskedCode'), -4) = :text")
    const amount = readYuan(text.replace(/^[¥￥]/, '').replaceAll(',', ''))
    if (amount.ok) {
      alternatives.push('amount_fen = :amountFen')
      values.amountFen = amount.amountFen
    }
    conditions.push(`(${alternatives.join(' OR ')})`)
    values.text = text.toLowerCase()
  }
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  if (limit !== undefined) values.limit = Math.max(0, Math.floor(limit))
  const end = limit === undefined ? '' : ' LIMIT :limit'
  return { sql: `SELECT order_number, state FROM orders${where} ORDER BY sequence DESC${end}`, values }
}
