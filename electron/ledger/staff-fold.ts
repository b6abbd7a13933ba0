import { type PersonAdded, type StaffEvent, staffEventTypes } from '../till/staff/event.ts'
import type { Person } from '../till/staff/person.ts'
import { roles } from '../till/staff/rights.ts'
import { addPerson, stepPerson } from '../till/staff/step.ts'
import { type Data, isData, type Reading, refused } from './fold.ts'
import type { JournalEntry } from './ledger.ts'
import { foldSubject, readDataWithMoment, type SubjectFold } from './subject-fold.ts'

/** The payload of a staff event: everything but its type, which has a column of its own. */
export function staffPayload(event: PersonAdded | StaffEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** The entry as an event of its person. Checks what the fold relies on. */
export function readStaffEntry(entry: JournalEntry): Reading<PersonAdded | StaffEvent> {
  const reading = readDataWithMoment(entry)
  if (!reading.ok) return reading
  const data = reading.value
  if (entry.type === 'added') {
    if (String(data.number) !== entry.subjectId) return refused('the staff number is not the entry’s')
    if (typeof data.name !== 'string' || !isRole(data)) return refused('the name or the role is missing')
    if (data.pinId !== null && typeof data.pinId !== 'string') return refused('the id of the PIN is missing')
  } else {
    if (!staffEventTypes.some((type) => type === entry.type)) return refused('no event of staff has this type')
    if (entry.type === 'renamed' && typeof data.name !== 'string') return refused('the name is missing')
    if (entry.type === 'role-changed' && !isRole(data)) return refused('the role is missing')
    if (entry.type === 'pin-set' && typeof data.pinId !== 'string') return refused('the id of the PIN is missing')
    if (entry.type === 'override-given' && !(isData(data.override) && isData(data.proof))) {
      return refused('the override or its proof is missing')
    }
  }
  // The hash chain says that this is what `staffPayload` wrote, and the checks above that the fold can take it.
  return { ok: true, value: { ...data, type: entry.type } as unknown as PersonAdded | StaffEvent }
}

const isRole = ({ role }: Data): boolean => roles.some((known) => known === role)

/** Folds all entries of one person. */
export function foldStaffEntries(entries: readonly JournalEntry[]): SubjectFold<Person> {
  return foldSubject<Person, PersonAdded, StaffEvent>(entries, {
    noun: 'person',
    read: readStaffEntry,
    isBeginning: (event) => event.type === 'added',
    begin: addPerson,
    step: stepPerson,
  })
}
