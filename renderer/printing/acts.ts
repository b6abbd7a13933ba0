import type { Door } from '../bridge.ts'
import type { AppStore } from '../till/store.ts'
import { chosenRow, type PrintNotice, questionOf, rowBeside } from './state.ts'

/** What the window asks of the till's printing. */
export type PrintActs = {
  /** Reads how printing stands; afterwards the till tells each change. */
  readonly refresh: () => Promise<void>
  readonly choose: (row: string) => void
  /** Chooses the row above or below. */
  readonly move: (by: 1 | -1) => void
  /** A person's word on the receipt that is asked about: it printed, or it is printed once more. */
  readonly answer: (didPrint: boolean, jobId?: string) => Promise<void>
  /** Gives the chosen job up. */
  readonly cancel: () => Promise<void>
  /** A test page on the chosen printer, or on the first. */
  readonly testPage: () => Promise<void>
}

/** Makes the acts of one window. */
export function createPrintActs(door: Door, store: AppStore): PrintActs {
  const notice = (kind: PrintNotice): void =>
    store.dispatch({ type: 'printing', event: { type: 'noticed', notice: kind } })
  const state = () => store.getState().printing
  const choose = (row: string): void => store.dispatch({ type: 'printing', event: { type: 'chosen', row } })
  return {
    refresh: async () => {
      const answer = await door.call('print.state', null)
      if (answer.ok) store.dispatch({ type: 'printing', event: { type: 'told', view: answer.reply } })
    },
    choose,
    move: (by) => {
      const next = rowBeside(state(), by)
      if (next) choose(next.key)
    },
    answer: async (didPrint, jobId = questionOf(state())?.jobId) => {
      if (jobId === undefined) return
      const answer = await door.call('print.looked-at', { jobId, didPrint })
      notice(answer.ok ? answer.reply.kind : 'lost')
    },
    cancel: async () => {
      const row = chosenRow(state())
      if (row === null || !('job' in row)) return
      const answer = await door.call('print.cancel', { jobId: row.job.jobId })
      notice(answer.ok ? answer.reply.kind : 'lost')
    },
    testPage: async () => {
      const { view } = state()
      const row = chosenRow(state())
      const printer = row !== null && 'printer' in row ? row.printer : view?.printers[0]
      if (printer === undefined) return notice('no-printer')
      const answer = await door.call('print.test-page', { printer: printer.name })
      notice(answer.ok ? answer.reply.kind : 'lost')
    },
  }
}
