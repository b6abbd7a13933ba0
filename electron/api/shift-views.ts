import type { ShiftActProblem } from '../till/shift/act.ts'
import type { DayOfShift } from '../till/shift/business-day.ts'
import type { OpenAtClose } from '../till/shift/event.ts'
import type { HandOver, ShiftStatus, Supplement } from '../till/shift/shift.ts'
import type { Totals } from '../till/shift/totals.ts'
import type { LedgerTrouble } from './order-views.ts'

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
  | { readonly kind: 'opened'; readonly shift: ShiftView }
  | { readonly kind: 'already-open'; readonly shift: ShiftView }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }

/** What came of an act with a shift. */
export type ShiftActView =
  | { readonly kind: 'done'; readonly shift: ShiftView; readonly report: ShiftReport | null }
  | { readonly kind: 'refused'; readonly problem: ShiftActProblem; readonly shift: ShiftView }
  | { readonly kind: 'no-such-shift' }
  | { readonly kind: 'ledger-trouble'; readonly problem: LedgerTrouble }
