/** A true minus sign; the same width as a digit in most fonts, where the hyphen is not. */
const minus = '\u2212'

/**
 * An amount as the counter reads it: `¥1,234.50`; always two decimals, thousands separated, the sign before the ¥
 * (ux.md 21, 22). `amountFen` is whole fen and may be negative for money that goes back.
 */
export function yuanText(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amountFen < 0 ? minus : ''}¥${whole}.${digits.slice(-2)}`
}

/** Yuan as `sale.scan` takes it, without sign or separators: `1234.50`. */
export function plainYuan(amountFen: number): string {
  const digits = String(amountFen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
