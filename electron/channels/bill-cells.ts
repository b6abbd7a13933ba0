/** Readers of single cells, straight from the bytes: no text is made. */

const zero = 0x30
const nine = 0x39
const point = 0x2e
const minus = 0x2d

/**
 * An amount in yuan as fen; NaN for anything that is no plain decimal number of whole fen (`1e3`, `12.345`, nothing).
 * `45.0`, `-0.01`, `0.08000` and `12` are amounts: bills have them all (wechat.md §7.2).
 */
export function fenIn(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  const isNegative = bytes[at] === minus
  if (isNegative) at++
  let fen = 0
  let digits = 0
  let decimals = -1
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte >= zero && byte <= nine) {
      if (decimals >= 2) {
        if (byte !== zero) return Number.NaN
        continue
      }
      fen = fen * 10 + (byte - zero)
      digits++
      if (decimals >= 0) decimals++
    } else if (byte === point && decimals < 0 && digits > 0) {
      decimals = 0
    } else {
      return Number.NaN
    }
  }
  if (digits === 0 || digits > 17) return Number.NaN
  if (decimals <= 0) fen *= 100
  else if (decimals === 1) fen *= 10
  if (fen > Number.MAX_SAFE_INTEGER) return Number.NaN
  return isNegative ? 0 - fen : fen
}

/** Digits as a number; NaN where there is anything else, or nothing. */
export function digitsIn(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > 15) return Number.NaN
  let value = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < zero || byte > nine) return Number.NaN
    value = value * 10 + (byte - zero)
  }
  return value
}

const two = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] as number) - zero
  const ones = (bytes[at + 1] as number) - zero
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** The day `yyyyMMdd` of a `yyyy-MM-dd HH:mm:ss`; NaN where the cell has another form. */
export function dayIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 19 || bytes[start + 4] !== minus || bytes[start + 7] !== minus) return Number.NaN
  const month = two(bytes, start + 5)
  const day = two(bytes, start + 8)
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN
  return (two(bytes, start) * 100 + two(bytes, start + 2)) * 10_000 + month * 100 + day
}

/** The time `HHmmss` of a `yyyy-MM-dd HH:mm:ss` whose day was read; NaN where it is no time. */
export function timeOfDayIn(bytes: Uint8Array, start: number): number {
  const hour = two(bytes, start + 11)
  const minute = two(bytes, start + 14)
  const second = two(bytes, start + 17)
  return hour < 24 && minute < 60 && second < 60 ? hour * 10_000 + minute * 100 + second : Number.NaN
}

/** A rate such as `0.60%` in hundred-thousandths; NaN where there is none. */
export function rateIn(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || bytes[end - 1] !== 0x25) return Number.NaN
  let value = 0
  let decimals = -1
  for (let at = start; at < end - 1; at++) {
    const byte = bytes[at] as number
    if (byte === point && decimals < 0) {
      decimals = 0
      continue
    }
    if (byte < zero || byte > nine || decimals >= 3) return Number.NaN
    value = value * 10 + (byte - zero)
    if (decimals >= 0) decimals++
  }
  return value * 10 ** (3 - Math.max(0, decimals))
}

/** The fee that a rate makes of an amount, rounded half up to a fen (wechat.md §7.2). */
export function feeByRate(amountFen: number, hundredThousandths: number): number {
  return Math.floor((amountFen * hundredThousandths + 50_000) / 100_000)
}

export function isSameBytes(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false
  for (let at = 0; at < other.length; at++) if (bytes[start + at] !== other[at]) return false
  return true
}
