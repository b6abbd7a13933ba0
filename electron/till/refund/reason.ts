const longestReason = 80

/** Twelve digits or more, also with single blanks or hyphens between: may be a payment code, a card or an account. */
const longDigitRun = /\p{Nd}(?:[ -]?\p{Nd}){11,}/gu

/**
 * The reason of a refund as it is kept, sent and shown: one line of at most 80 characters, long runs of digits struck out
 * because a scan gun may have typed a payment code into the field (I11). Empty where nothing is left.
 */
export function keepableReason(text: string): string {
  const line = text
    .replace(longDigitRun, '***')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .toWellFormed()
    .trim()
  return Array.from(line).slice(0, longestReason).join('').trim()
}
