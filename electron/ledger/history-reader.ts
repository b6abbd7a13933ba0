import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type {
  HistoryCell,
  HistoryEntries,
  HistoryEntry,
  HistoryPlace,
  HistoryQuery,
  HistoryWish,
} from './history-ledger.ts'
import { type Condition, historyCondition } from './history-query.ts'

/** The most that one page holds, whatever is asked for. */
const mostEntries = 1_000

/** What is told of an entry; the wallet's number and the revoke's effect are the order's, looked up for a page at a time. */
const entryColumns =
  'sequence, kind, subject_id AS subjectId, order_number AS orderNumber, wall_ms AS wallMs, shift_id AS shiftId, cashier,' +
  ' tender, channel, wallet, amount_fen AS amountFen, status, last_digits AS lastDigits, is_open AS isOpen,' +
  ' sold_fen AS soldFen, returned_fen AS returnedFen, drawer_fen AS drawerFen,' +
  ' (SELECT transaction_id FROM orders o WHERE o.order_number = e.order_number) AS transactionId,' +
  " CASE WHEN kind = 'order' AND status = 'revoked' THEN" +
  " (SELECT json_extract(state, '$.revokeEffect') FROM orders o WHERE o.order_number = e.order_number)" +
  ' END AS revokeEffect'

/** One page of entries that a query leaves. */
export function readHistoryPage(db: DatabaseSync, wish: HistoryWish): HistoryEntries {
  const limit = Math.min(mostEntries, Math.max(1, Math.floor(wish.limit)))
  const found = wish.doubtfulFirst ? inTwoParts(db, wish, limit + 1) : select(db, wish, null, wish.after, limit + 1)
  const entries = found.slice(0, limit)
  const last = found.length > limit ? entries.at(-1) : undefined
  if (last === undefined) return { entries, last: null }
  const { isOpen, wallMs, sequence } = last
  return { entries, last: { isOpen, wallMs, sequence } }
}

/** Those that are not decided, which are few, and then the others. */
function inTwoParts(db: DatabaseSync, wish: HistoryWish, limit: number): readonly HistoryEntry[] {
  const { after } = wish
  const open = after === null || after.isOpen ? select(db, wish, true, after, limit) : []
  if (open.length === limit) return open
  return [...open, ...select(db, wish, false, after?.isOpen ? null : after, limit - open.length)]
}

function select(
  db: DatabaseSync,
  { query }: HistoryWish,
  isOpen: boolean | null,
  after: HistoryPlace | null,
  limit: number,
): readonly HistoryEntry[] {
  const { sql, values } = pageStatement(query, { isNarrow: isNarrow(db, query), isOpen, after, limit })
  // STRICT columns, named and typed as `HistoryEntry` has them but for SQLite's 0 and 1.
  return prepared(db, sql)
    .all(values)
    .map((row) => Object.assign(row, { isOpen: row.isOpen === 1 }) as unknown as HistoryEntry)
}

/** Statements by their text: planning one takes longer than reading a page. */
const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>()
/** As many as a manager's afternoon of filters needs. */
const mostStatements = 64

function prepared(db: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(db) ?? new Map<string, StatementSync>()
  statements.set(db, known)
  const former = known.get(sql)
  if (former) return former
  if (known.size >= mostStatements) known.clear()
  const statement = db.prepare(sql)
  known.set(sql, statement)
  return statement
}

type PagePart = {
  /** The range of amounts holds few entries. */
  readonly isNarrow: boolean
  /** Only those that are not decided, only the others, or both. */
  readonly isOpen: boolean | null
  readonly after: HistoryPlace | null
  readonly limit: number
}

/** What a page, or one of its two parts, is read by. */
export function pageStatement(query: HistoryQuery, { isNarrow, isOpen, after, limit }: PagePart): Condition {
  const condition = historyCondition(query, isNarrow)
  const terms = [condition.sql]
  const values: Record<string, SQLInputValue> = { ...condition.values }
  if (isOpen !== null) terms.push(`is_open = ${isOpen ? 1 : 0}`)
  if (after !== null) {
    terms.push('(wall_ms, sequence) < (:afterWallMs, :afterSequence)')
    values.afterWallMs = after.wallMs
    values.afterSequence = after.sequence
  }
  const sql =
    `SELECT ${entryColumns} FROM shift_entries e WHERE ${terms.join(' AND ')}` +
    // As a figure: SQLite takes a fifth longer for a page whose length it is told with each question.
    ` ORDER BY wall_ms DESC, sequence DESC LIMIT ${limit}`
  return { sql, values }
}

/**
 * Up to so many entries a range of amounts is read by its own index and then sorted; a wider one is met often enough in
 * the list's order.
 */
const narrowEntries = 20_000

/** Whether the range of amounts that a query asks for holds few entries. */
function isNarrow(db: DatabaseSync, { leastFen = 0, mostFen = Number.MAX_SAFE_INTEGER }: HistoryQuery): boolean {
  if (leastFen === 0 && mostFen === Number.MAX_SAFE_INTEGER) return false
  // The index of one amount is in the list's order.
  if (leastFen === mostFen) return true
  const sql = 'SELECT count(*) AS entries FROM (SELECT 1 FROM shift_entries WHERE amount_fen BETWEEN ? AND ? LIMIT ?)'
  return Number(prepared(db, sql).get(leastFen, mostFen, narrowEntries)?.entries) < narrowEntries
}

const hourMs = 3_600_000

/** The sums of all entries that a query leaves. */
export function readHistorySums(db: DatabaseSync, query: HistoryQuery): readonly HistoryCell[] {
  const { sql, values } = historyCondition(query, isNarrow(db, query))
  const sumWhere = (condition: string, value: string): string => `sum(CASE WHEN ${condition} THEN ${value} ELSE 0 END)`
  const openOrder = "is_open = 1 AND kind = 'order'"
  const openRefund = "is_open = 1 AND kind = 'refund'"
  const revoked = "kind = 'order' AND status = 'revoked'"
  const sums = [
    'sum(sold_fen > 0) AS sales',
    'sum(sold_fen) AS soldFen',
    'sum(returned_fen > 0) AS returns',
    'sum(returned_fen) AS returnedFen',
    `${sumWhere(revoked, '1')} AS revokes`,
    `${sumWhere(revoked, 'amount_fen')} AS revokedFen`,
    `${sumWhere(openOrder, '1')} AS openOrders`,
    `${sumWhere(openOrder, 'amount_fen')} AS openOrdersFen`,
    `${sumWhere(openRefund, '1')} AS openRefunds`,
    `${sumWhere(openRefund, 'amount_fen')} AS openRefundsFen`,
  ]
  return db
    .prepare(
      `SELECT wall_ms / ${hourMs} * ${hourMs} AS hourWallMs, tender, channel, wallet, cashier, ${sums.join(', ')}` +
        ` FROM shift_entries e WHERE ${sql} GROUP BY 1, tender, channel, wallet, cashier`,
    )
    .all(values)
    .map((row) => ({ ...row }) as unknown as HistoryCell)
}
