import { assertNever } from '../brand.ts'
import type { PersonAdded, StaffEvent } from './event.ts'
import type { Person } from './person.ts'

/** The person whom an `added` event begins. */
export function addPerson({ number, name, role, pinId, at }: PersonAdded): Person {
  return { number, name, role, pinId, status: 'active', version: 1, addedWallMs: at.wallMs }
}

/** What a person becomes by an event. Pure and total: sign-ins and overrides change nothing but the version. */
export function stepPerson(person: Person, event: StaffEvent): Person {
  return { ...changed(person, event), version: person.version + 1 }
}

function changed(person: Person, event: StaffEvent): Person {
  switch (event.type) {
    case 'renamed':
      return { ...person, name: event.name }
    case 'role-changed':
      return { ...person, role: event.role }
    case 'pin-set':
      return { ...person, pinId: event.pinId }
    case 'left':
      return { ...person, status: 'left' }
    case 'returned':
      return { ...person, status: 'active' }
    case 'signed-in':
    case 'signed-out':
    case 'locked-out':
    case 'override-given':
      return person
    default:
      return assertNever(event, 'staff event')
  }
}
