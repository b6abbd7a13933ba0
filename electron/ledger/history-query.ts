import type { SQLInputValue } from 'node:sqlite'
import { isFinal, orderStatuses } from '../till/order/order.ts'
import { isRefundFinal, refundStatuses } from '../till/refund/refund.ts'
import { shanghaiOffsetMs } from '../till/time.ts'
import type { HistoryQuery } from './history-ledger.ts'

/** A condition of SQL with its values by name. */
export type Condition = { readonly sql: string; readonly values: Readonly<Record<string, SQLInputValue>> }

/** Orders that were or are being revoked. */
const revokedStatuses = "+status IN ('revoking', 'revoked')"

/** As the partial index of `history_by_status` has it. */
const rareStatus = "status NOT IN ('paid', 'done', 'recorded')"
const commonStates: ReadonlySet<string> = new Set(['paid', 'done', 'recorded'])

/** States of orders and refunds that are not decided: their entries are open, and those are few. */
const openStates: ReadonlySet<string> = new Set([
  ...orderStatuses.filter((status) => !isFinal(status)),
  ...refundStatuses.filter((status) => !isRefundFinal(status)),
])

const dayMs = 86_400_000
const minuteMs = 60_000

/**
 * The condition that a query puts on entries; none is `TRUE`. A plus before a column keeps its index from being used: where
 * what is wanted is met often, the list's own order finds it sooner. `isNarrow` says that the range of amounts is not.
 */
export function historyCondition(query: HistoryQuery, isNarrow: boolean): Condition {
  const terms: string[] = []
  const values: Record<string, SQLInputValue> = {}
  const add = (sql: string, own: Readonly<Record<string, SQLInputValue>> = {}): void => {
    terms.push(sql)
    Object.assign(values, own)
  }
  const { fromWallMs, toWallMs, minutes, shiftId, cashier, channel, wallet, tender, states } = query
  const { leastFen, mostFen, lastDigits, number, withoutCashOf } = query
  const kinds = kindCondition(query)
  if (kinds !== null) add(kinds)
  if (fromWallMs !== undefined) add('wall_ms >= :fromWallMs', { fromWallMs })
  if (toWallMs !== undefined) add('wall_ms < :toWallMs', { toWallMs })
  if (minutes !== undefined) {
    const minute = `(wall_ms + ${shanghaiOffsetMs}) % ${dayMs} / ${minuteMs}`
    const joint = minutes.first <= minutes.last ? 'AND' : 'OR'
    add(`(${minute} >= :firstMinute ${joint} ${minute} <= :lastMinute)`, {
      firstMinute: minutes.first,
      lastMinute: minutes.last,
    })
  }
  if (shiftId !== undefined) add('shift_id = :shiftId', { shiftId })
  if (cashier !== undefined) add('cashier IS :cashier', { cashier })
  if (channel !== undefined) add('channel = :channel', { channel })
  if (wallet !== undefined) add('wallet = :wallet', { wallet })
  if (tender !== undefined) add('tender = :tender', { tender })
  if (states !== undefined) {
    const names = states.map((_, index) => `:state${index}`)
    const own = Object.fromEntries(states.map((state, index) => [`state${index}`, state]))
    if (states.length === 1) add('status = :state0', own)
    else add(`+status IN (${names.join()})`, own)
    // In the words of the partial indexes, without which they are not used.
    if (states.every((state) => openStates.has(state))) add('is_open = 1')
    else if (states.length === 1 && !commonStates.has(states[0] ?? '')) add(rareStatus)
  }
  if (leastFen !== undefined && leastFen === mostFen) add('amount_fen = :leastFen', { leastFen })
  else {
    const amount = isNarrow ? 'amount_fen' : '+amount_fen'
    if (leastFen !== undefined) add(`${amount} >= :leastFen`, { leastFen })
    if (mostFen !== undefined) add(`${amount} <= :mostFen`, { mostFen })
  }
  if (lastDigits !== undefined) add('last_digits = :lastDigits', { lastDigits })
  if (number !== undefined) {
    const isAnywhere = number.where === 'anywhere'
    const matches = (column: string): string =>
      isAnywhere ? `instr(lower(${column}), :number) > 0` : `${column} >= :number AND ${column} < :numberEnd`
    const ofOrder = isAnywhere
      ? `EXISTS (SELECT 1 FROM orders o WHERE o.order_number = e.order_number AND ${matches('o.transaction_id')})`
      : `order_number IN (SELECT order_number FROM orders WHERE ${matches('transaction_id')})`
    add(`(${matches('subject_id')} OR ${matches('order_number')} OR ${ofOrder})`, {
      number: isAnywhere ? number.text.toLowerCase() : number.text,
      ...(isAnywhere ? {} : { numberEnd: `${number.text}\u{10ffff}` }),
    })
  }
  if (withoutCashOf !== undefined) {
    add("NOT (tender = 'cash' AND shift_id = :withoutCashOf)", { withoutCashOf })
  }
  return { sql: terms.length === 0 ? 'TRUE' : terms.join(' AND '), values }
}

function kindCondition({ orders, refunds, cash }: HistoryQuery): string | null {
  const isAll = orders === 'all' && refunds && cash
  if (isAll) return null
  const wanted: string[] = []
  if (orders === 'all') wanted.push("kind = 'order'")
  if (orders === 'revoked') wanted.push(`kind = 'order' AND ${revokedStatuses}`)
  if (refunds) wanted.push("kind = 'refund'")
  if (cash) wanted.push("tender = 'cash'")
  if (wanted.length === 0) return 'FALSE'
  // In the words of the index of what is no order.
  return orders === 'none' ? `kind <> 'order' AND (${wanted.join(' OR ')})` : `(${wanted.join(' OR ')})`
}
