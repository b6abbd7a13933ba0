import { createHash, timingSafeEqual } from 'node:crypto'

/** What takes part in a signature by name: texts as they are, numbers in plain decimal (jeepay.md §4). */
export type JeepayParameters = Readonly<Record<string, string>>

/** Java folds case one UTF-16 unit at a time, by its own tables: a unit that would become two stays as it is. */
const folded = (unit: string): string => {
  const upper = unit.toUpperCase()
  const lower = (upper.length === 1 ? upper : unit).toLowerCase()
  return lower.length === 1 ? lower : unit
}

/** Java's `String.CASE_INSENSITIVE_ORDER`. */
const compareIgnoringCase = (left: string, right: string): number => {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const difference = folded(left.charAt(at)).charCodeAt(0) - folded(right.charAt(at)).charCodeAt(0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/**
 * The string to sign with its secret: `name=value&` of everything that is not empty except `sign`, these whole pieces
 * sorted ignoring case, and `key=` with the secret behind them (jeepay.md §4).
 */
export function jeepayStringToSign(parameters: JeepayParameters, appSecret: string): string {
  const pieces = Object.entries(parameters)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .map(([name, value]) => `${name}=${value}&`)
  return `${pieces.sort(compareIgnoringCase).join('')}key=${appSecret}`
}

/** The signature of a request, of an answer's `data` or of a notification: MD5 in upper-case hex (jeepay.md §4). */
export function jeepaySignature(parameters: JeepayParameters, appSecret: string): string {
  return createHash('md5').update(jeepayStringToSign(parameters, appSecret), 'utf8').digest('hex').toUpperCase()
}

/** Whether `sign` is the parameters' signature; its case does not count. Compared in constant time. */
export function jeepaySignatureMatches(parameters: JeepayParameters, sign: string, appSecret: string): boolean {
  const received = Buffer.from(sign.toUpperCase())
  const expected = Buffer.from(jeepaySignature(parameters, appSecret))
  return received.length === expected.length && timingSafeEqual(received, expected)
}
