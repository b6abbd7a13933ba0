import type { Calls, HistoryFilter, HistoryRefusal, HistoryRow, HistoryState } from '../api/contract.ts'
import type { HistoryEntry, HistoryPlace, HistoryQuery, HistoryReader } from '../ledger/history-ledger.ts'
import type { LedgerResult } from '../ledger/ledger.ts'
import type { ShiftLedger } from '../ledger/shift-ledger.ts'
import type { Settings } from '../settings/settings.ts'
import type { ChannelId, ShiftId, StaffNumber } from '../till/ids.ts'
import { type Fen, readYuan } from '../till/money.ts'
import { businessDayStartMs } from '../till/shift/business-day.ts'
import { historyTotals } from './history-totals.ts'

/** What the history is read from. */
export type HistoryTill = {
  readonly reader: HistoryReader
  readonly ledger: Pick<ShiftLedger, 'currentShift'>
  readonly settings: Pick<Settings, 'shifts'>
}

type HistoryCalls = {
  readonly [Name in 'history.page' | 'history.totals']: (
    request: Calls[Name]['request'],
  ) => Promise<Calls[Name]['reply']>
}

/** The contract's calls about all that was ever collected and given back. */
export function historyCalls(till: HistoryTill): HistoryCalls {
  const { cutOverHour } = till.settings.shifts
  return {
    'history.page': async ({ filter, before, limit, doubtfulFirst }) => {
      const prepared = await prepareHistory(till, filter)
      if (!prepared.ok) return prepared.refusal
      const { query, hidden } = prepared
      const after = before === null ? null : readPlace(before)
      const { entries, last } = readValue(await till.reader.historyPage({ query, after, limit, doubtfulFirst }))
      const kinds = wantedKinds(filter)
      return {
        kind: 'page',
        rows: entries.flatMap((entry) => rowsOf(entry, kinds)),
        next: last === null ? null : placeText(last),
        cashHiddenOfShift: hidden,
      }
    },
    'history.totals': async ({ filter }) => {
      const prepared = await prepareHistory(till, filter)
      if (!prepared.ok) return prepared.refusal
      const cells = readValue(await till.reader.historySums(prepared.query))
      return { kind: 'totals', ...historyTotals(cells, cutOverHour), cashHiddenOfShift: prepared.hidden }
    },
  }
}

/** The query that a filter asks for, with the cash of a drawer that is not counted yet left out (blind count). */
export async function prepareHistory(till: HistoryTill, filter: HistoryFilter) {
  const reading = readFilter(filter, till.settings.shifts.cutOverHour)
  if (!reading.ok) return reading
  const shift = readValue(await till.ledger.currentShift())
  const hidden = shift !== null && shift.floatFen !== null ? shift.shiftId : null
  const query = hidden === null ? reading.query : { ...reading.query, withoutCashOf: hidden }
  return { ok: true, query, hidden } as const
}

/** An empty list would say that nothing was sold; the door turns the exception into a refusal. */
export function readValue<Value>(result: LedgerResult<Value>): Value {
  if (!result.ok) throw new Error(`the ledger cannot be read: ${result.problem.kind}`)
  return result.value
}

type Kinds = NonNullable<HistoryFilter['kinds']>

/** The kinds that a filter leaves. */
export const wantedKinds = ({ kinds }: HistoryFilter): Kinds => kinds ?? ['order', 'refund', 'cash']

/** Over more days than this a number is looked for by its beginning, which an index finds. */
const mostDaysForAnyPart = 31
const dayMs = 86_400_000

export type FilterReading =
  | { readonly ok: true; readonly query: HistoryQuery }
  | { readonly ok: false; readonly refusal: HistoryRefusal }

/** A filter as the screen has it, as a query of the ledger; or the field that cannot be read. */
export function readFilter(filter: HistoryFilter, cutOverHour: number): FilterReading {
  const leastFen = readAmount(filter.leastAmount, 'leastAmount')
  if (typeof leastFen === 'object' && leastFen !== null) return { ok: false, refusal: leastFen }
  const mostFen = readAmount(filter.mostAmount, 'mostAmount')
  if (typeof mostFen === 'object' && mostFen !== null) return { ok: false, refusal: mostFen }
  const { firstDay, lastDay, firstMinute, lastMinute, cashier, lastDigits, number } = filter
  const kinds = wantedKinds(filter)
  const fromWallMs = firstDay === null ? null : businessDayStartMs(firstDay, cutOverHour)
  const toWallMs = lastDay === null ? null : businessDayStartMs(lastDay, cutOverHour) + dayMs
  const isShort = fromWallMs !== null && toWallMs !== null && toWallMs - fromWallMs <= mostDaysForAnyPart * dayMs
  const hasMinutes = firstMinute !== null || lastMinute !== null
  return {
    ok: true,
    query: {
      orders: kinds.includes('order') ? 'all' : kinds.includes('revocation') ? 'revoked' : 'none',
      refunds: kinds.includes('refund'),
      cash: kinds.includes('cash'),
      ...(fromWallMs === null ? {} : { fromWallMs }),
      ...(toWallMs === null ? {} : { toWallMs }),
      ...(hasMinutes ? { minutes: { first: firstMinute ?? 0, last: lastMinute ?? 1_439 } } : {}),
      ...(filter.shiftId === null ? {} : { shiftId: filter.shiftId as ShiftId }),
      ...(cashier === null ? {} : { cashier: cashier === 0 ? null : (cashier as StaffNumber) }),
      ...(filter.channel === null ? {} : { channel: filter.channel as ChannelId }),
      ...(filter.wallet === null ? {} : { wallet: filter.wallet }),
      ...(filter.tender === null ? {} : { tender: filter.tender }),
      ...(filter.states === null ? {} : { states: filter.states }),
      ...(leastFen === null ? {} : { leastFen }),
      ...(mostFen === null ? {} : { mostFen }),
      ...(lastDigits === null ? {} : { lastDigits }),
      ...(number === null ? {} : { number: { text: number, where: isShort ? 'anywhere' : 'beginning' } }),
    },
  }
}

function readAmount(text: string | null, field: HistoryRefusal['field']): Fen | HistoryRefusal | null {
  if (text === null || text.trim() === '') return null
  const reading = readYuan(text.replace(/^\s*[¥￥]/, '').replaceAll(',', ''))
  return reading.ok ? reading.amountFen : { kind: 'refused', field, problem: reading.problem }
}

const placeText = ({ isOpen, wallMs, sequence }: HistoryPlace): string => `${isOpen ? 1 : 0}-${wallMs}-${sequence}`

function readPlace(text: string): HistoryPlace {
  const [isOpen, wallMs, sequence] = text.split('-').map(Number)
  return { isOpen: isOpen === 1, wallMs: wallMs ?? 0, sequence: sequence ?? 0 }
}

/** The rows that an entry is: itself where its kind is wanted, and a revoked order's revocation where that is. */
export function rowsOf(entry: HistoryEntry, kinds: Kinds): readonly HistoryRow[] {
  const isOrder = entry.kind === 'order'
  const row = rowOf(entry)
  const isRevocation = isOrder && (entry.status === 'revoking' || entry.status === 'revoked')
  return [
    ...(!isOrder || kinds.includes('order') ? [row] : []),
    ...(isRevocation && kinds.includes('revocation') ? [{ ...row, kind: 'revocation' as const }] : []),
  ]
}

/** An entry as the screen's tables show it. */
export function rowOf(entry: HistoryEntry): HistoryRow {
  const { kind, subjectId, orderNumber, wallMs, shiftId, cashier, tender, channel, wallet, amountFen } = entry
  const { status, revokeEffect, isOpen, soldFen, returnedFen, transactionId, lastDigits } = entry
  return {
    kind: kind === 'order' || kind === 'refund' ? kind : 'cash',
    number: subjectId,
    orderNumber,
    wallMs,
    shiftId,
    cashier,
    tender,
    channel,
    wallet,
    amountFen,
    // Written from the status of an order or a refund, or `recorded`.
    state: status as HistoryState,
    revokeEffect,
    cashKind: kind === 'order' || kind === 'refund' ? null : kind,
    isDoubtful: isOpen,
    soldFen,
    returnedFen,
    transactionId,
    lastDigits,
  }
}
