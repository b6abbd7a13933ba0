import { type ShiftEvent, type ShiftOpened, shiftEventTypes } from '../till/shift/event.ts'
import type { Shift } from '../till/shift/shift.ts'
import { openShift, stepShift } from '../till/shift/step.ts'
import { isData, type Reading, refused } from './fold.ts'
import type { JournalEntry } from './ledger.ts'
import { foldSubject, readDataWithMoment, type SubjectFold } from './subject-fold.ts'

/** The payload of a shift's event: everything but its type, which has a column of its own. */
export function shiftPayload(event: ShiftOpened | ShiftEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** The entry as an event of its shift. Checks what the fold and the sums rely on. */
export function readShiftEntry(entry: JournalEntry): Reading<ShiftOpened | ShiftEvent> {
  const reading = readDataWithMoment(entry)
  if (!reading.ok) return reading
  const data = reading.value
  switch (entry.type) {
    case 'opened':
      if (data.shiftId !== entry.subjectId) return refused('the shift’s id is not the entry’s')
      if (typeof data.businessDay !== 'string') return refused('the business day is missing')
      if (data.floatFen !== null && !Number.isSafeInteger(data.floatFen)) return refused('the float is missing')
      break
    case 'counted':
      if (!Number.isSafeInteger(data.countedFen)) return refused('what was counted is missing')
      break
    case 'closed':
      if (!isData(data.totals) || !Number.isSafeInteger(data.totals.soldFen)) return refused('the totals are missing')
      if (!Array.isArray(data.open)) return refused('the open entries are missing')
      break
    case 'supplemented':
      if (typeof data.subjectId !== 'string') return refused('what was decided is missing')
      if (!isData(data.before) || !isData(data.after)) return refused('what it changes is missing')
      break
    default:
      if (!shiftEventTypes.some((type) => type === entry.type)) return refused('no event of a shift has this type')
  }
  // The hash chain says that this is what `shiftPayload` wrote, and the checks above that the fold can take it.
  return { ok: true, value: { ...data, type: entry.type } as unknown as ShiftOpened | ShiftEvent }
}

/** Folds all entries of one shift. */
export function foldShiftEntries(entries: readonly JournalEntry[]): SubjectFold<Shift> {
  return foldSubject<Shift, ShiftOpened, ShiftEvent>(entries, {
    noun: 'shift',
    read: readShiftEntry,
    isBeginning: (event) => event.type === 'opened',
    begin: openShift,
    step: stepShift,
  })
}
