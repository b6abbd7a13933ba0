import type { StaffState } from '../../electron/api/contract.ts'
import type { Catalogue } from '../wording/catalogue.ts'

/** Somebody's name by the number; the number where nobody is known by it, and words where none was noted. */
export function nameOf(words: Catalogue, staff: StaffState | null, number: number | null): string {
  if (number === null) return words.shifts.nobody
  return staff?.people.find((person) => person.number === number)?.name ?? words.shifts.person(number)
}

/** `yyyyMMdd` as a date. */
export const dayText = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
