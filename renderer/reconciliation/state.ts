import type {
  DayDifference,
  DayOfChannel,
  DifferenceActResult,
  DropFileResult,
  ReconcileDayDetail,
  ReconcileDayView,
  ReconcileOverview,
  ReconcileReportResult,
  ReconcileRunResult,
} from '../../electron/api/contract.ts'

export type DifferenceAct = DayDifference['acts'][number]

/** What the screen says in passing about the last act. */
export type ReconcileSaid =
  | { readonly about: 'act'; readonly result: DifferenceActResult }
  | { readonly about: 'run'; readonly result: ReconcileRunResult }
  | { readonly about: 'file'; readonly result: Exclude<DropFileResult, { kind: 'begun' | 'taken' }> }
  | { readonly about: 'bringing'; readonly name: string; readonly bytes: number; readonly done: number }
  | { readonly about: 'report'; readonly result: ReconcileReportResult }
  | { readonly about: 'stop'; readonly result: { readonly kind: 'stopped' | 'nothing-running' } }
  | { readonly about: 'signed' }
  | { readonly about: 'lost' }

export type ReconcileDialog = 'mark-seen' | 'hand-to-desk' | 'sign-off' | 'report'

/** The screens for reconciliation: the days, and one day of them. Begins anew whenever it is opened. */
export type ReconciliationState = {
  /** Null until the till has answered. */
  readonly overview: ReconcileOverview | 'lost' | null
  /** The day and channel that is chosen; the first, once the days are there. */
  readonly cell: DayOfChannel | null
  readonly isOpen: boolean
  readonly detail: ReconcileDayDetail | null
  /** The difference that is shown; null shows the first. */
  readonly chosen: string | null
  readonly dialog: ReconcileDialog | null
  readonly said: ReconcileSaid | null
}

export type ReconciliationEvent =
  | { readonly type: 'days-read'; readonly overview: ReconcileOverview | 'lost' }
  | { readonly type: 'day-read'; readonly detail: ReconcileDayDetail }
  | { readonly type: 'cell-chosen'; readonly cell: DayOfChannel }
  | { readonly type: 'opened'; readonly isOpen: boolean }
  | { readonly type: 'difference-chosen'; readonly key: string }
  | { readonly type: 'dialog'; readonly dialog: ReconcileDialog | null }
  | { readonly type: 'said'; readonly said: ReconcileSaid | null }

export const emptyReconciliation: ReconciliationState = {
  overview: null,
  cell: null,
  isOpen: false,
  detail: null,
  chosen: null,
  dialog: null,
  said: null,
}

/** The state after an event; pure. */
export function reduceReconciliation(state: ReconciliationState, event: ReconciliationEvent): ReconciliationState {
  switch (event.type) {
    case 'days-read': {
      const first = event.overview === 'lost' ? undefined : event.overview.days[0]
      const cell = state.cell ?? (first === undefined ? null : { channel: first.channel, date: first.date })
      return { ...state, overview: event.overview, cell }
    }
    case 'day-read': {
      // An answer about a day that was left meanwhile is nobody's.
      const { cell } = state
      const { channel, date } = event.detail.day
      return cell?.channel === channel && cell.date === date ? { ...state, detail: event.detail } : state
    }
    case 'cell-chosen': {
      const { cell } = state
      const isSame = cell?.channel === event.cell.channel && cell.date === event.cell.date
      const { channel, date } = event.cell
      return isSame ? state : { ...state, cell: { channel, date }, detail: null, chosen: null, said: null }
    }
    case 'opened':
      return { ...state, isOpen: event.isOpen, dialog: null, said: null }
    case 'difference-chosen':
      return { ...state, chosen: event.key, said: null }
    case 'dialog':
      return { ...state, dialog: event.dialog }
    case 'said':
      return { ...state, said: event.said }
  }
}

/** How a day of a channel stands; null where the grid does not have it. */
export function dayOf({ overview }: ReconciliationState, cell: DayOfChannel | null): ReconcileDayView | null {
  if (overview === null || overview === 'lost' || cell === null) return null
  return overview.days.find(({ channel, date }) => channel === cell.channel && date === cell.date) ?? null
}

/** The day above or below in the same channel; null at the ends of the grid. */
export function dayBeside(state: ReconciliationState, by: 1 | -1): DayOfChannel | null {
  const { cell, overview } = state
  if (cell === null || overview === null || overview === 'lost') return null
  const date = overview.dates[overview.dates.indexOf(cell.date) + by]
  return date === undefined ? null : { channel: cell.channel, date }
}

/** The difference that is shown; null where the day has none. */
export function chosenDifference({ detail, chosen }: ReconciliationState): DayDifference | null {
  const differences = detail?.differences ?? []
  return differences.find(({ key }) => key === chosen) ?? differences[0] ?? null
}

/** The difference above or below; null at the ends of the list. */
export function differenceBeside(state: ReconciliationState, by: 1 | -1): DayDifference | null {
  const differences = state.detail?.differences ?? []
  const shown = chosenDifference(state)
  const place = differences.findIndex(({ key }) => key === shown?.key)
  return differences[place + by] ?? null
}

/** What can be done about a difference, the one to offer first; what stands for no order has nothing to ask about. */
export function actsOf({ acts, orderNumber }: DayDifference): readonly DifferenceAct[] {
  const ofOrder: readonly DifferenceAct[] = ['settle-case', 'query-again', 'refund']
  const possible = orderNumber === '' ? acts.filter((act) => !ofOrder.includes(act)) : acts
  // Both ask the channel; the case is settled by the answer.
  return possible.includes('settle-case') ? possible.filter((act) => act !== 'query-again') : possible
}
