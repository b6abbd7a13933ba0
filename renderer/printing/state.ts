import type {
  PrintActResult,
  PrinterView,
  PrintingView,
  PrintJobView,
  PrintRequestResult,
} from '../../electron/api/contract.ts'

/** What the printing section last did, for its line of words; `lost`: no answer came, so that nobody knows. */
export type PrintNotice = PrintActResult['kind'] | PrintRequestResult['kind'] | 'lost'

export type PrintingState = {
  /** Null until the till has told. */
  readonly view: PrintingView | null
  /** Counts what the till told, so that lists know when to ask again. */
  readonly revision: number
  /** The row of the section that the keys act on: a printer's name or a job's id; null is the first. */
  readonly chosen: string | null
  readonly notice: PrintNotice | null
}

export type PrintingEvent =
  | { readonly type: 'told'; readonly view: PrintingView }
  | { readonly type: 'chosen'; readonly row: string }
  | { readonly type: 'noticed'; readonly notice: PrintNotice | null }

export const unknownPrinting: PrintingState = { view: null, revision: 0, chosen: null, notice: null }

/** The state after an event; pure. */
export function reducePrinting(state: PrintingState, event: PrintingEvent): PrintingState {
  switch (event.type) {
    case 'told':
      return { ...state, view: event.view, revision: state.revision + 1 }
    case 'chosen':
      return { ...state, chosen: event.row, notice: null }
    case 'noticed':
      return { ...state, notice: event.notice }
  }
}

/** A row of the section: a printer, or a job that is not at its end. */
export type PrintRow =
  | { readonly key: string; readonly printer: PrinterView }
  | { readonly key: string; readonly job: PrintJobView }

/** Printers first, then what waits, oldest first. */
export function printRows(view: PrintingView | null): readonly PrintRow[] {
  if (view === null) return []
  return [
    ...view.printers.map((printer) => ({ key: `printer ${printer.name}`, printer })),
    ...view.jobs.map((job) => ({ key: job.jobId, job })),
  ]
}

/** The row that the keys act on; null where there is none. */
export function chosenRow({ view, chosen }: Pick<PrintingState, 'view' | 'chosen'>): PrintRow | null {
  const rows = printRows(view)
  return rows.find(({ key }) => key === chosen) ?? rows[0] ?? null
}

/** The row above or below; null at the ends. */
export function rowBeside(state: PrintingState, by: 1 | -1): PrintRow | null {
  const rows = printRows(state.view)
  const at = rows.findIndex(({ key }) => key === chosenRow(state)?.key)
  return rows[at + by] ?? null
}

/** The jobs that wait for a person's word, oldest first. */
export const doubtfulJobs = (view: PrintingView | null): readonly PrintJobView[] =>
  view?.jobs.filter(({ status }) => status === 'unconfirmed') ?? []

/** The job that the question's keys answer: the chosen one where it is in doubt, else the oldest. */
export function questionOf(state: PrintingState): PrintJobView | null {
  const jobs = doubtfulJobs(state.view)
  return jobs.find(({ jobId }) => jobId === state.chosen) ?? jobs[0] ?? null
}

type Condition = NonNullable<PrinterView['condition']>

/** Whether a person must do something before the printer prints. */
export const isBroken = (condition: Condition | null): condition is Condition =>
  condition !== null && ['paper-out', 'cover-open', 'error', 'offline'].includes(condition.kind)

/** The first printer that holds receipts back, or that a hand would mend; what is far away counts when something waits. */
export function troubledPrinter(view: PrintingView | null): PrinterView | null {
  return (
    view?.printers.find(
      ({ condition, waiting }) => isBroken(condition) && (condition.kind !== 'offline' || waiting > 0),
    ) ?? null
  )
}

/** Whether something has begun that the cashier must hear: a printer that broke, or a receipt that came into doubt. */
export function printingCue(
  before: PrintingView | null,
  after: PrintingView | null,
): 'printer-stops' | 'print-in-doubt' | null {
  if (after === null || after === before) return null
  const former = new Map(before?.printers.map(({ name, condition }) => [name, condition]))
  const breaks = after.printers.some(({ name, condition, waiting }) => {
    if (!isBroken(condition) || former.get(name)?.kind === condition.kind) return false
    return condition.kind !== 'offline' || waiting > 0 || former.has(name)
  })
  if (breaks) return 'printer-stops'
  const known = new Set(doubtfulJobs(before).map(({ jobId }) => jobId))
  return doubtfulJobs(after).some(({ jobId }) => !known.has(jobId)) ? 'print-in-doubt' : null
}
