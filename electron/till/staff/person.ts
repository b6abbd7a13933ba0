import type { StaffNumber } from '../ids.ts'
import type { Role } from './rights.ts'

/** Somebody who works at the till; the fold of the person's events. */
export type Person = {
  readonly number: StaffNumber
  readonly name: string
  readonly role: Role
  /** Who has left keeps number and name, because the journal names them. */
  readonly status: 'active' | 'left'
  /** Which setting of the PIN counts; the PIN itself is no business of the journal (decision 0020). Null until one is set. */
  readonly pinId: string | null
  /** How many events made this state; the next append must name it. */
  readonly version: number
  readonly addedWallMs: number
}

/** Why a text is no name. */
export type NameProblem = 'empty' | 'too-long' | 'unprintable' | 'looks-like-a-code'

export type NameReading =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: NameProblem }

/** The longest name, in what a reader sees as one character; a receipt of 32 columns holds it on two lines. */
export const longestName = 30

/** Controls, line ends and the marks that turn the direction of writing: they would forge what stands beside the name. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Twelve digits or more: a scan gun has typed a payment code into the field (I11). */
const longDigitRun = /\p{Nd}(?:[ -]?\p{Nd}){11,}/u

/** Reads a name as typed. Quotes, emoji and every script are names; what cannot be shown in one line is not. */
export function readPersonName(text: string): NameReading {
  const name = text.trim().replace(/\p{Zs}+/gu, ' ')
  if (name === '') return { ok: false, problem: 'empty' }
  if (unprintable.test(name)) return { ok: false, problem: 'unprintable' }
  if (longDigitRun.test(name)) return { ok: false, problem: 'looks-like-a-code' }
  // Four code points a character leave room for emoji that are joined of several.
  const codePoints = Array.from(name).length
  if (codePoints > 4 * longestName || charactersOf(name) > longestName) return { ok: false, problem: 'too-long' }
  return { ok: true, name }
}

/** Reads a staff number as typed, `7` or `0007`; null for what is none. */
export function readStaffNumber(text: string): StaffNumber | null {
  const digits = /^0{0,3}([1-9]\d{0,3})$/.exec(text.trim())?.[1]
  return digits === undefined ? null : (Number(digits) as StaffNumber)
}

/** The highest staff number. */
export const lastStaffNumber = 9_999

/** The next number to give: one above the highest that was ever given, so that no number is given twice. */
export function nextStaffNumber(given: readonly StaffNumber[]): StaffNumber | null {
  const next = Math.max(0, ...given) + 1
  return next > lastStaffNumber ? null : (next as StaffNumber)
}

function charactersOf(name: string): number {
  return Array.from(name.replace(/\u200d\P{M}|\p{M}|\p{Emoji_Modifier}/gu, '')).length
}
