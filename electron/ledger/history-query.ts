import type { SQLInputValue } from 'node:sqlite'
import { shanghaiOffsetMs } from '../till/time.ts'
import type { HistoryQuery } from './history-ledger.ts'

/** A condition of SQL with its values by name. */
export type Condition = { readonly sql: string; readonly values: Readonly<Record<string, SQLInputValue>> }

/** Orders that were or are being revoked. */
const revokedStatuses = "status IN ('revoking', 'revoked')"

const dayMs = 86_400_000
const minuteMs = 60_000

/** The condition that a query puts on entries; none is `TRUE`. */
export function historyCondition(query: HistoryQuery): Condition {
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
    add(`status IN (${names.join()})`, Object.fromEntries(states.map((state, index) => [`state${index}`, state])))
  }
  if (leastFen !== undefined) add('amount_fen >= :leastFen', { leastFen })
  if (mostFen !== undefined) add('amount_fen <= :mostFen', { mostFen })
  if (lastDigits !== undefined) add('last_digits = :lastDigits', { lastDigits })
  if (number !== undefined) {
    const columns = ['subject_id', 'order_number', 'transaction_id']
    if (number.where === 'anywhere') {
      add(`(${columns.map((column) => `instr(lower(${column}), :number) > 0`).join(' OR ')})`, {
        number: number.text.toLowerCase(),
      })
    } else {
      const range = columns.map((column) => `(${column} >= :number AND ${column} < :numberEnd)`)
      add(`(${range.join(' OR ')})`, { number: number.text, numberEnd: `${number.text}\u{10ffff}` })
    }
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
  return wanted.length === 0 ? 'FALSE' : `(${wanted.join(' OR ')})`
}
