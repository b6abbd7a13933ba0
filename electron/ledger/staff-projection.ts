import type { DatabaseSync } from 'node:sqlite'
import type { Person } from '../till/staff/person.ts'
import { readStateText } from './state-text.ts'

/** A row of `staff`. */
export type StaffRow = {
  readonly sequence: number
  readonly number: number
  readonly name: string
  readonly role: string
  readonly status: string
  readonly version: number
  readonly state: string
}

export const staffColumns = 'sequence, number, name, role, status, version, state'

/** The row of a person whose first journal entry is `sequence`. */
export function staffRow(sequence: number, person: Person): StaffRow {
  const { number, name, role, status, version } = person
  return { sequence, number, name, role, status, version, state: JSON.stringify(person) }
}

export const readPersonState = (state: unknown): Person => readStateText<Person>(state, 'person')

/** Reads and writes the projection of staff; the caller owns the transaction. */
export type StaffProjection = {
  /** Everybody who was ever added, by number. */
  staff(): readonly Person[]
  insertPerson(sequence: number, person: Person): void
  updatePerson(person: Person): void
}

export function prepareStaff(db: DatabaseSync): StaffProjection {
  const selectAll = db.prepare('SELECT state FROM staff ORDER BY number')
  const insert = db.prepare(
    'INSERT INTO staff (sequence, number, name, role, status, version, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE staff SET name = ?, role = ?, status = ?, version = ?, state = ? WHERE number = ?')
  return {
    staff: () => selectAll.all().map(({ state }) => readPersonState(state)),
    insertPerson(sequence, person) {
      const { number, name, role, status, version, state } = staffRow(sequence, person)
      insert.run(sequence, number, name, role, status, version, state)
    },
    updatePerson(person) {
      const { number, name, role, status, version, state } = staffRow(0, person)
      update.run(name, role, status, version, state, number)
    },
  }
}
