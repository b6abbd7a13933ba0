import type { Evidence } from '../till/outcome.ts'

const longestMessage = 128
const longestCode = 64

/** Twelve digits or more, also with single blanks or hyphens between: may be a payment code, a card or an account. */
const longDigitRun = /\p{Nd}(?:[ -]?\p{Nd}){11,}/gu

/**
 * A channel's own words, fit to be kept: long runs of digits struck out, control characters gone, at most
 * `longest` characters (outcome.ts, Evidence; I11).
 */
export function keepableText(text: string, longest: number = longestMessage): string {
  const struck = text
    .replace(longDigitRun, '***')
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim()
  const characters = Array.from(struck)
  return characters.length <= longest ? struck : `${characters.slice(0, longest - 1).join('')}…`
}

/** Evidence from what an answer said; absent and empty parts are left out, the rest is made keepable. */
export function evidenceOf(parts: {
  readonly httpStatus: number
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly tradeState?: string | undefined
}): Evidence {
  const code = keepableText(parts.code ?? '', longestCode)
  const message = keepableText(parts.message ?? '')
  const tradeState = keepableText(parts.tradeState ?? '', longestCode)
  return {
    httpStatus: parts.httpStatus,
    ...(code === '' ? {} : { code }),
    ...(message === '' ? {} : { message }),
    ...(tradeState === '' ? {} : { tradeState }),
  }
}
