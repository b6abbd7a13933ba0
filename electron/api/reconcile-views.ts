import type { BillRecord } from '../till/reconcile/bill-record.ts'
import type { DifferenceAct, DifferenceCause } from '../till/reconcile/causes.ts'
import type { BookFacts, OtherTill } from '../till/reconcile/match.ts'

/** A day of a channel in one word. */
export type ReconcileLight =
  | 'agrees'
  /** Differences that need nobody: fees, lines of other tills, refunds near midnight. */
  | 'explained'
  /** Money may be in the wrong place, or the bill is not whole. */
  | 'look'
  | 'no-bill-yet'

/** One difference as a screen shows it: both sides, its one cause, and what can be done by one key. */
export type DifferenceView = {
  readonly cause: DifferenceCause
  readonly subject: 'charge' | 'revoke' | 'refund' | 'fee' | 'file'
  /** Empty where a line of the file itself is meant. */
  readonly orderNumber: string
  readonly refundNumber: string | null
  readonly differenceFen: number
  /** The line of the file that it is about; null where it is about what the file lacks. */
  readonly lineNumber: number | null
  /** Of a line or a sum that cannot be read: what is wrong with it. */
  readonly detail: string | null
  readonly ours: BookFacts | null
  readonly theirs: BillRecord | null
  readonly acts: readonly DifferenceAct[]
  readonly isAlarm: boolean
}

/** One run over one file of a day; a run is never changed. */
export type ReconcileRunView = {
  readonly run: number
  readonly channel: string
  /** `yyyyMMdd`, the channel's own day. */
  readonly date: string
  readonly startedWallMs: number
  readonly light: ReconcileLight
  /** Null where the channel said that nothing moved on the day. */
  readonly file: { readonly name: string; readonly sha256: string; readonly bytes: number } | null
  readonly lines: number
  readonly matched: number
  readonly billNetFen: number
  readonly bookNetFen: number
  readonly differences: readonly DifferenceView[]
  readonly otherTills: readonly OtherTill[]
}

/** A day of a channel in the list of days. */
export type ReconcileDayView = Pick<ReconcileRunView, 'channel' | 'date' | 'light'> & {
  readonly runs: number
  readonly differences: number
}
