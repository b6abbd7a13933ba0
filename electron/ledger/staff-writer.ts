import type { StaffNumber } from '../till/ids.ts'
import { addToStaff, changeStaff, type NewPerson } from '../till/staff/change.ts'
import type { PersonAdded, StaffEvent } from '../till/staff/event.ts'
import type { JournalAppender } from './journal.ts'
import type { StaffResult } from './shift-ledger.ts'
import { staffPayload } from './staff-fold.ts'
import type { StaffProjection } from './staff-projection.ts'

/** The staff's part of the writer; the caller owns the transaction. */
export type StaffWriter = {
  add(asked: NewPerson): StaffResult
  change(number: StaffNumber, event: StaffEvent): StaffResult
}

/** Writes people into the journal and their projection. */
export function prepareStaffWriter(journal: JournalAppender, staff: StaffProjection): StaffWriter {
  const journalEvent = (number: StaffNumber, event: PersonAdded | StaffEvent): number => {
    const { wallMs } = event.at
    const payload = staffPayload(event)
    return journal.append({ wallMs, subject: 'staff', subjectId: String(number), type: event.type, payload })
  }
  return {
    add(asked) {
      const change = addToStaff(staff.staff(), asked)
      if (change.kind === 'refused') return change
      const { person, event } = change
      staff.insertPerson(journalEvent(person.number, event), person)
      return { kind: 'changed', person }
    },
    change(number, asked) {
      const change = changeStaff(staff.staff(), number, asked)
      if (change.kind === 'refused') return change
      const { person, event } = change
      journalEvent(number, event)
      staff.updatePerson(person)
      return { kind: 'changed', person }
    },
  }
}
