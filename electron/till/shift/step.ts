import type { ShiftEvent, ShiftEventType, ShiftOpened } from './event.ts'
import type { Shift } from './shift.ts'
import { type ShiftRule, shiftTable } from './table.ts'

/** The shift that an `opened` event begins. */
export function openShift({ type: _, at, cashier, ...opened }: ShiftOpened): Shift {
  return {
    ...opened,
    status: 'open',
    version: 1,
    openedWallMs: at.wallMs,
    openedBy: cashier,
    cashier,
    handOvers: [],
    counts: [],
    closing: null,
    supplements: [],
  }
}

/** What a shift becomes by an event. Pure and total; throws only if a rule breaks its own table: a bug. */
export function stepShift(shift: Shift, event: ShiftEvent): Shift {
  // Each row maps an event's type to a rule for that very type; TypeScript cannot follow the pairing through the lookup.
  const rule = shiftTable[shift.status][event.type] as ShiftRule<ShiftEventType>
  const after = rule.apply(shift, event)
  if (after.status !== rule.to) {
    throw new Error(`${shift.status} + ${event.type} led to ${after.status}, which the table does not allow`)
  }
  return { ...after, version: shift.version + 1 }
}

/** The shift that a journal makes: its opening, then every event in turn. */
export function foldShift(opened: ShiftOpened, events: readonly ShiftEvent[]): Shift {
  return events.reduce(stepShift, openShift(opened))
}
