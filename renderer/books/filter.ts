import type { HistoryFilter, HistoryKind, HistoryState } from '../../electron/api/contract.ts'
import { readSearch } from './search.ts'

/** What the selects and fields of the manager's view stand at; empty is whatever it is. */
export type BooksFilter = {
  /** `yyyy-MM-dd`, as date fields have it. */
  readonly firstDay: string
  readonly lastDay: string
  readonly kind: HistoryKind | ''
  readonly state: HistoryState | ''
  readonly channel: string
  readonly cashier: string
  readonly shiftId: string
  readonly search: string
}

/** States that a manager looks for; the others are passed through in seconds. */
export const filterStates = [
  'paid',
  'failed',
  'revoked',
  'done',
  'unknown',
  'attention',
  'awaiting-payer',
  'processing',
] as const satisfies readonly HistoryState[]

export const filterKinds = ['order', 'refund', 'revocation', 'cash'] as const satisfies readonly HistoryKind[]

/** A day's view: `day` is `yyyy-MM-dd`. */
export const filterOfDay = (day: string): BooksFilter => ({
  firstDay: day,
  lastDay: day,
  kind: '',
  state: '',
  channel: '',
  cashier: '',
  shiftId: '',
  search: '',
})

const day = (text: string): string | null => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text.replaceAll('-', '') : null)

/** The filter as the till is asked with it. */
export function historyFilter(filter: BooksFilter): HistoryFilter {
  const { kind, state, channel, cashier, shiftId } = filter
  return {
    kinds: kind === '' ? null : [kind],
    firstDay: day(filter.firstDay),
    lastDay: day(filter.lastDay),
    shiftId: shiftId === '' ? null : shiftId,
    cashier: cashier === '' ? null : Number(cashier),
    channel: channel === '' ? null : channel,
    wallet: null,
    tender: null,
    states: state === '' ? null : [state],
    ...readSearch(filter.search).fields,
  }
}
