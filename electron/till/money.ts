import type { Branded } from './brand.ts'

/** An amount of money in integer fen (分), never negative, never above 2^53 − 1 (design §5). */
export type Fen = Branded<number, 'Fen'>

/** Why a text is no amount that can be collected. */
export type AmountProblem = 'empty' | 'not-a-number' | 'negative' | 'zero' | 'too-many-decimals' | 'too-large'

export type AmountReading =
  | { readonly ok: true; readonly amountFen: Fen }
  | { readonly ok: false; readonly problem: AmountProblem }

/** Makes an amount from a number that must already be whole fen; anything else is a bug and throws. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an amount in fen: ${value}`)
  return value as Fen
}

/**
 * Reads yuan as typed or as a channel writes them ("12.34", "12.3", "12"), digit by digit, without floating point.
 *
 * Refused with the problem's name: nothing, letters, a sign, more than two decimals, and what exceeds 2^53 − 1 fen.
 * Zero is an amount here (bills have it); `readCollectableYuan` refuses it.
 */
export function readYuan(text: string): AmountReading {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: false, problem: 'empty' }
  if (/^-\d+(\.\d*)?$/.test(trimmed)) return { ok: false, problem: 'negative' }
  const match = /^(\d+)(?:\.(\d*))?$/.exec(trimmed)
  if (!match) return { ok: false, problem: 'not-a-number' }
  const whole = match[1] ?? ''
  const decimals = match[2] ?? ''
  if (decimals.length > 2) return { ok: false, problem: 'too-many-decimals' }
  const digits = `${whole}${decimals.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')
  const amount = Number(digits)
  if (digits.length > 16 || !Number.isSafeInteger(amount)) return { ok: false, problem: 'too-large' }
  return { ok: true, amountFen: amount as Fen }
}

/** Reads yuan for a sale: as `readYuan`, and not zero, and not above `limitFen` (the channel's limit). */
export function readCollectableYuan(text: string, limitFen: Fen): AmountReading {
  const reading = readYuan(text)
  if (!reading.ok) return reading
  if (reading.amountFen === 0) return { ok: false, problem: 'zero' }
  if (reading.amountFen > limitFen) return { ok: false, problem: 'too-large' }
  return reading
}

/** Yuan with two decimals and no sign or separators, as Alipay's API and the receipt want it: `"35.80"`. */
export function yuanText(amount: Fen): string {
  const digits = String(amount).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
