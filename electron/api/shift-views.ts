import type { AmountProblem } from '../till/money.ts'
import type { ShiftActProblem } from '../till/shift/act.ts'
import type { DayOfShift } from '../till/shift/business-day.ts'
import type { OpenAtClose } from '../till/shift/event.ts'
import type { HandOver, ShiftStatus, Supplement } from '../till/shift/shift.ts'
import type { Totals } from '../till/shift/totals.ts'
import type { LedgerTrouble } from './order-views.ts'
import type { PrintRequestResult } from './print-views.ts'
import type { ManagerProof, ManagerRefusal, PinRefusal } from './staff-views.ts'

/** One shift as a screen needs it. Nothing in it tells what is expected in a drawer that is not counted yet. */
export type ShiftView = {
  readonly shiftId: string
  readonly businessDay: string
  readonly status: ShiftStatus
  readonly openedWallMs: number
  readonly openedBy: number | null
  /** Who runs it now. */
  readonly cashier: number | null
  readonly takesCash: boolean
  readonly floatFen: number | null
  /** How often the drawer was counted since counting began. */
  readonly counts: number
  readonly handOvers: readonly HandOver[]
  /** Null for a closed shift. */
  readonly day: DayOfShift | null
}

/** What the counter must know about shifts before it serves anybody. */
export type ShiftState = {
  /** The business day that it is now. */
  readonly today: string
  /** The open shift; null: what is made now belongs to the day's implicit one. */
  readonly shift: ShiftView | null
}

/** What a shift came to, or has come to so far. */
export type ShiftReport = {
  /** X: the shift is not closed (交班中查). Z: the report of the close, which never changes. */
  readonly kind: 'x' | 'z'
  readonly shiftId: string
  /** Null for a day's implicit shift. */
  readonly shift: ShiftView | null
  readonly madeWallMs: number
  /** Cash is left out of the totals until the drawer is counted. */
  readonly isBlind: boolean
  readonly totals: Totals
  /** Not decided when the report was made; each stays with its shift. */
  readonly open: readonly OpenAtClose[]
  readonly count: { readonly countedFen: number; readonly expectedFen: number; readonly differenceFen: number } | null
  readonly differenceReason: string | null
  /** Who allowed the difference, where a manager had to. */
  readonly allowedBy: string | null
  /** What was decided after the close, in its order. */
  readonly supplements: readonly Supplement[]
  /** The totals with every supplement: what the shift comes to now. */
  readonly amended: { readonly soldFen: number; readonly returnedFen: number; readonly netFen: number }
}

/** What came of opening a shift. */
export type ShiftOpenResult =
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  /** `already-open`: there is one, which may be of a former day; nothing was begun. */
  | { readonly kind: 'opened' | 'already-open'; readonly shift: ShiftView }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** What came of an act with a shift. */
export type ShiftActView =
  | { readonly kind: 'done'; readonly shift: ShiftView; readonly report: ShiftReport | null }
  | { readonly kind: 'refused'; readonly problem: ShiftActProblem; readonly shift: ShiftView }
  | { readonly kind: 'no-such-shift' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

export type ShiftHandOverResult =
  | ShiftActView
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  /** A shift is handed to a person, and this till has no staff. */
  | { readonly kind: 'no-staff' }
  | PinRefusal

export type ShiftCloseResult =
  | ShiftActView
  | { readonly kind: 'amount-refused'; readonly problem: AmountProblem }
  | ManagerRefusal

export type ShiftReportResult =
  | { readonly kind: 'report'; readonly report: ShiftReport }
  | { readonly kind: 'no-such-shift' }
  | ManagerRefusal

/** The calls of shifts; part of `Calls`. Amounts are yuan as typed. */
export type ShiftCalls = {
  'shift.state': { readonly request: null; readonly reply: ShiftState }
  /** Begins a shift; without a float it takes no cash. */
  'shift.open': { readonly request: { readonly floatText: string | null }; readonly reply: ShiftOpenResult }
  /** The next cashier runs the shift, by their PIN, and is signed in (交接班). */
  'shift.hand-over': {
    readonly request: { readonly to: number; readonly pin: string; readonly countedText: string | null }
    readonly reply: ShiftHandOverResult
  }
  /** Counts, blind, and closes as far as it goes; a refusal says what is wanted next, never what was expected. */
  'shift.close': {
    readonly request: {
      readonly countedText: string | null
      readonly reason: string
      readonly manager: ManagerProof | null
    }
    readonly reply: ShiftCloseResult
  }
  /** Ends the counting: the shift goes on, and what was counted is forgotten. */
  'shift.resume': { readonly request: null; readonly reply: ShiftActView }
  /** X of the open shift, or of the day's implicit one (`shiftId` null); the report of a former one needs the right. */
  'shift.report': {
    readonly request: { readonly shiftId: string | null; readonly manager: ManagerProof | null }
    readonly reply: ShiftReportResult
  }
  /** A page of shifts, newest first. */
  'shift.list': {
    readonly request: { readonly before: number | null }
    readonly reply: { readonly shifts: readonly ShiftView[]; readonly before: number | null }
  }
  /** Prints the report of a shift, the original or a further copy; one that is not the person's own needs the right. */
  'shift.print': {
    readonly request: { readonly shiftId: string; readonly manager: ManagerProof | null }
    readonly reply: PrintRequestResult | ManagerRefusal
  }
}
