import type { ShiftId, StaffNumber } from '../ids.ts'
import type { Fen } from '../money.ts'
import type { ManagerProof } from '../order/event.ts'
import type { Moment } from '../time.ts'
import type { BusinessDay } from './business-day.ts'
import type { Contribution, EntryKind } from './entry.ts'
import type { Totals } from './totals.ts'

/** What a shift begins with. */
export type ShiftOpened = {
  readonly type: 'opened'
  readonly at: Moment
  readonly shiftId: ShiftId
  readonly businessDay: BusinessDay
  readonly cutOverHour: number
  /** Who runs it; null on a till without staff. */
  readonly cashier: StaffNumber | null
  /** The cash in the drawer at the beginning (备用金); null where the shift takes no cash. */
  readonly floatFen: Fen | null
}

/** An order or a refund that was not decided when its shift was closed; it stays with the shift. */
export type OpenAtClose = {
  readonly kind: EntryKind
  readonly subjectId: string
  readonly amountFen: Fen
  readonly status: string
}

/** What was counted against what should be there. */
export type CashCount = {
  readonly countedFen: Fen
  /** The float and every change of the drawer since. Signed: more can have been taken out than was ever in. */
  readonly expectedFen: number
}

/** What happens to a shift after it was opened. All of it stands in the journal; the shift is the fold of it. */
export type ShiftEvent =
  /** The next cashier runs the shift from here on (交接班); the drawer was counted, or handed over as it was. */
  | {
      readonly type: 'handed-over'
      readonly at: Moment
      readonly from: StaffNumber | null
      readonly to: StaffNumber
      readonly count: CashCount | null
    }
  /** Counting begins: until the end no cash moves. Codes go on, because they touch no drawer. */
  | { readonly type: 'close-begun'; readonly at: Moment; readonly by: StaffNumber | null }
  /** A blind count (盲点): what was counted, without what was expected. */
  | { readonly type: 'counted'; readonly at: Moment; readonly by: StaffNumber | null; readonly countedFen: Fen }
  /** The shift goes on; what was counted is forgotten. */
  | { readonly type: 'close-abandoned'; readonly at: Moment; readonly by: StaffNumber | null }
  /** The Z report: totals and open entries as they were in this very moment, for good. */
  | {
      readonly type: 'closed'
      readonly at: Moment
      readonly by: StaffNumber | null
      readonly totals: Totals
      readonly open: readonly OpenAtClose[]
      /** Null where the shift took no cash. */
      readonly count: CashCount | null
      readonly differenceReason: string | null
      readonly proof?: ManagerProof
    }
  /** An entry of the closed shift was decided, or decided anew. The report stays; this is added to it. */
  | {
      readonly type: 'supplemented'
      readonly at: Moment
      readonly kind: EntryKind
      readonly subjectId: string
      readonly status: string
      readonly before: Contribution
      readonly after: Contribution
    }

export type ShiftEventType = ShiftEvent['type']

export const shiftEventTypes = [
  'handed-over',
  'close-begun',
  'counted',
  'close-abandoned',
  'closed',
  'supplemented',
] as const satisfies readonly ShiftEventType[]
