import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type {
  HistoryCell,
  HistoryEntries,
  HistoryEntry,
  HistoryPlace,
  HistoryQuery,
  HistoryWish,
} from './history-ledger.ts'
import { historyCondition } from './history-query.ts'

/** The most that one page holds, whatever is asked for. */
const mostEntries = 1_000

/** The entries of the history, from the projections that hold parts of them. */
const entriesSource = `(
  SELECT e.sequence, e.kind, e.subject_id, e.shift_id, e.tender, e.channel, e.wallet, e.cashier, e.amount_fen, e.is_open,
    e.sold_fen, e.returned_fen, e.drawer_fen,
    coalesce(o.order_number, r.order_number) AS order_number,
    coalesce(o.created_wall_ms, r.created_wall_ms, json_extract(c.state, '$.at.wallMs')) AS wall_ms,
    coalesce(o.status, r.status, 'recorded') AS status,
    json_extract(o.state, '$.revokeEffect') AS revoke_effect,
    p.transaction_id, substr(json_extract(p.state, '$.maskedCode'), -4) AS last_digits
  FROM shift_entries e
  LEFT JOIN orders o ON e.kind = 'order' AND o.sequence = e.sequence
  LEFT JOIN refunds r ON e.kind = 'refund' AND r.sequence = e.sequence
  LEFT JOIN orders p ON p.order_number = coalesce(o.order_number, r.order_number)
  LEFT JOIN cash c ON e.tender = 'cash' AND c.sequence = e.sequence
)`

const entryColumns =
  'sequence, kind, subject_id AS subjectId, order_number AS orderNumber, wall_ms AS wallMs, shift_id AS shiftId, cashier,' +
  ' tender, channel, wallet, amount_fen AS amountFen, status, revoke_effect AS revokeEffect,' +
  ' transaction_id AS transactionId, last_digits AS lastDigits, is_open AS isOpen, sold_fen AS soldFen,' +
  ' returned_fen AS returnedFen, drawer_fen AS drawerFen'

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
  const condition = historyCondition(query)
  const terms = [condition.sql]
  const values: Record<string, SQLInputValue> = { ...condition.values, limit }
  if (isOpen !== null) terms.push(`is_open = ${isOpen ? 1 : 0}`)
  if (after !== null) {
    terms.push('(wall_ms, sequence) < (:afterWallMs, :afterSequence)')
    values.afterWallMs = after.wallMs
    values.afterSequence = after.sequence
  }
  const sql =
    `SELECT ${entryColumns} FROM ${entriesSource} WHERE ${terms.join(' AND ')}` +
    ' ORDER BY wall_ms DESC, sequence DESC LIMIT :limit'
  // STRICT columns, named and typed as `HistoryEntry` has them but for SQLite's 0 and 1.
  return db
    .prepare(sql)
    .all(values)
    .map((row) => ({ ...row, isOpen: row.isOpen === 1 }) as unknown as HistoryEntry)
}

const hourMs = 3_600_000

/** The sums of all entries that a query leaves. */
export function readHistorySums(db: DatabaseSync, query: HistoryQuery): readonly HistoryCell[] {
  const { sql, values } = historyCondition(query)
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
        ` FROM ${entriesSource} WHERE ${sql} GROUP BY 1, tender, channel, wallet, cashier`,
    )
    .all(values)
    .map((row) => ({ ...row }) as unknown as HistoryCell)
}
