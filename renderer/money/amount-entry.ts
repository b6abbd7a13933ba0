import type { AmountProblem } from '../till/types.ts'

/** What one key does to the amount: a digit, two zeros, the decimal point, a correction. */
export type AmountKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.' | 'backspace' | 'clear'

/** Whether a typed character belongs to an amount. */
export const isAmountCharacter = (character: string): character is AmountKey => /^[0-9.]$/.test(character)

/** Longest amount that may be typed: seven digits before the point; far above every channel's limit. */
const wholeDigitsMax = 7

/**
 * The amount's text after one more key. A key that would make an impossible amount (a third decimal, a second point,
 * more than seven digits before the point) changes nothing, so that such a text never exists.
 */
export function pressAmountKey(text: string, key: AmountKey): string {
  if (key === 'clear') return ''
  if (key === 'backspace') return text.slice(0, -1)
  if (key === '00') return pressAmountKey(pressAmountKey(text, '0'), '0')
  if (key === '.') return text.includes('.') ? text : `${text === '' ? '0' : text}.`
  const [whole = '', decimals] = text.split('.')
  if (decimals !== undefined) return decimals.length < 2 ? text + key : text
  if (whole === '0') return key
  return whole.length < wholeDigitsMax ? text + key : text
}

export type EnteredAmount =
  | { readonly ok: true; readonly amountFen: number }
  | { readonly ok: false; readonly problem: AmountProblem }

/** Reads an amount as typed. The main side reads it again by its own rules before a sale exists; this is for the words. */
export function readEntered(text: string, limitFen: number): EnteredAmount {
  if (text === '') return { ok: false, problem: 'empty' }
  const match = /^(\d{1,7})(?:\.(\d{0,2}))?$/.exec(text)
  if (!match) return { ok: false, problem: 'not-a-number' }
  const amountFen = Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`)
  if (amountFen === 0) return { ok: false, problem: 'zero' }
  return amountFen > limitFen ? { ok: false, problem: 'too-large' } : { ok: true, amountFen }
}

/** The amount while it is being typed: `¥12.` stays so, and thousands are separated; empty shows `¥0.00`. */
export function enteredText(text: string): string {
  if (text === '') return '¥0.00'
  const [whole = '', decimals] = text.split('.')
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === undefined ? `¥${separated}` : `¥${separated}.${decimals}`
}
