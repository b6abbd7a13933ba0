import type { StaffNumber } from '../ids.ts'
import type { PersonAdded, StaffEvent } from './event.ts'
import { nextStaffNumber, type Person } from './person.ts'
import { addPerson, stepPerson } from './step.ts'

/** A wish to add somebody; without a number the next free one is given. */
export type NewPerson = Omit<PersonAdded, 'type' | 'number'> & { readonly number: StaffNumber | null }

/** Why a change of staff was not made; nothing was journaled. */
export type StaffProblem =
  | 'number-taken'
  | 'numbers-used-up'
  /** There is staff already: only a manager adds people. */
  | 'not-the-first'
  /** The till's first person must be a manager, else nobody could add the second. */
  | 'first-must-be-manager'
  | 'no-such-person'
  /** It would leave the till without a manager. */
  | 'last-manager'
  | 'has-left'
  | 'is-there'
  | 'not-a-manager'

export type StaffChange<Event> =
  | { readonly kind: 'changed'; readonly person: Person; readonly event: Event }
  | { readonly kind: 'refused'; readonly problem: StaffProblem }

const refused = (problem: StaffProblem) => ({ kind: 'refused', problem }) as const

/** What a wish to add somebody comes to, given everybody who was ever added. */
export function addToStaff(staff: readonly Person[], asked: NewPerson): StaffChange<PersonAdded> {
  const isFirst = staff.length === 0
  if (isFirst && asked.role !== 'manager') return refused('first-must-be-manager')
  if (!isFirst && asked.proof.kind === 'none') return refused('not-the-first')
  const number = asked.number ?? nextStaffNumber(staff.map((person) => person.number))
  if (number === null) return refused('numbers-used-up')
  if (staff.some((person) => person.number === number)) return refused('number-taken')
  const event: PersonAdded = { ...asked, type: 'added', number }
  return { kind: 'changed', person: addPerson(event), event }
}

/** What a change of one person comes to, given everybody who was ever added. */
export function changeStaff(staff: readonly Person[], number: StaffNumber, event: StaffEvent): StaffChange<StaffEvent> {
  const person = staff.find((each) => each.number === number)
  if (!person) return refused('no-such-person')
  const problem = changeProblem(staff, person, event)
  return problem === null ? { kind: 'changed', person: stepPerson(person, event), event } : refused(problem)
}

function changeProblem(staff: readonly Person[], person: Person, event: StaffEvent): StaffProblem | null {
  if (event.type === 'returned') return person.status === 'active' ? 'is-there' : null
  // How the last sign-in ended, and a lock, are told of whoever it is.
  if (event.type === 'signed-out' || event.type === 'locked-out') return null
  if (person.status === 'left') return 'has-left'
  if (event.type === 'override-given') return person.role === 'manager' ? null : 'not-a-manager'
  const losesManager = event.type === 'left' || (event.type === 'role-changed' && event.role !== 'manager')
  return losesManager && isLastManager(staff, person) ? 'last-manager' : null
}

function isLastManager(staff: readonly Person[], person: Person): boolean {
  const managers = staff.filter(({ role, status }) => role === 'manager' && status === 'active')
  return managers.length === 1 && managers[0]?.number === person.number
}
