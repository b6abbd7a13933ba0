/** What one line of a channel's bill is about. */
export type BillLineKind =
  /** The customer paid. */
  | 'charge'
  /** Money went back under a refund number. */
  | 'refund'
  /** Money went back because the payment was revoked; the line bears the order's number and no refund number of ours. */
  | 'revoke'
  /** A fee, a transfer or another movement that belongs to no order. */
  | 'other'

/** One line of a bill as people and differences need it; amounts are never negative. */
export type BillRecord = {
  /** Its place in the file, from 1. */
  readonly lineNumber: number
  readonly kind: BillLineKind
  /** Our order number, on a refund's line that of the payment. */
  readonly orderNumber: string
  /** Null where the line is no refund, or its number is not one that a merchant gave. */
  readonly refundNumber: string | null
  readonly transactionId: string
  /** What the customer paid, or what went back. */
  readonly amountFen: number
  /** What the channel keeps; negative where it gives a fee back; null where the bill does not say. */
  readonly feeFen: number | null
  readonly atWallMs: number | null
  readonly merchantId: string | null
  /** Store and terminal as the bill has them. */
  readonly place: string | null
  /** Whether the channel says that the money of a refund did not reach the customer. */
  readonly hasFailed: boolean
}

/**
 * The line that a parser is at, as places in its bytes: one value for a whole bill, filled anew for each line, so that a
 * bill of millions of lines makes no object per cell. What must be kept is copied by `recordOf`.
 */
export type BillLine = {
  bytes: Uint8Array
  lineNumber: number
  kind: BillLineKind
  orderStart: number
  orderEnd: number
  /** Empty where the line bears no refund number of a merchant. */
  refundStart: number
  refundEnd: number
  transactionStart: number
  transactionEnd: number
  amountFen: number
  /** NaN where the bill does not say. */
  feeFen: number
  /** What the bill's own rate makes of the amount; NaN where it has no rate. */
  feeByRateFen: number
  /** `yyyyMMdd` as a number. */
  day: number
  /** Hour, minute and second as `HHmmss`. */
  timeOfDay: number
  isOwnMerchant: boolean
  merchantStart: number
  merchantEnd: number
  placeStart: number
  placeEnd: number
  hasFailed: boolean
}

/** A line to be filled by a parser. */
export function emptyBillLine(): BillLine {
  return {
    bytes: new Uint8Array(0),
    lineNumber: 0,
    kind: 'other',
    orderStart: 0,
    orderEnd: 0,
    refundStart: 0,
    refundEnd: 0,
    transactionStart: 0,
    transactionEnd: 0,
    amountFen: 0,
    feeFen: Number.NaN,
    feeByRateFen: Number.NaN,
    day: 0,
    timeOfDay: 0,
    isOwnMerchant: true,
    merchantStart: 0,
    merchantEnd: 0,
    placeStart: 0,
    placeEnd: 0,
    hasFailed: false,
  }
}

/** A copy of the line that outlives it. */
export function recordOf(line: BillLine): BillRecord {
  const { bytes, refundStart, refundEnd, merchantStart, merchantEnd, placeStart, placeEnd } = line
  return {
    lineNumber: line.lineNumber,
    kind: line.kind,
    orderNumber: asciiText(bytes, line.orderStart, line.orderEnd),
    refundNumber: refundEnd > refundStart ? asciiText(bytes, refundStart, refundEnd) : null,
    transactionId: asciiText(bytes, line.transactionStart, line.transactionEnd),
    amountFen: line.amountFen,
    feeFen: Number.isNaN(line.feeFen) ? null : line.feeFen,
    atWallMs: shanghaiMomentMs(line.day, line.timeOfDay),
    merchantId: merchantEnd > merchantStart ? asciiText(bytes, merchantStart, merchantEnd) : null,
    place: placeEnd > placeStart ? asciiText(bytes, placeStart, placeEnd) : null,
    hasFailed: line.hasFailed,
  }
}

/** Longer texts are no numbers of anybody; what is kept of a stranger's line stays small. */
const longestText = 64

/** The text between two places; what is no printable ASCII becomes a question mark. */
function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end && at - start < longestText; at++) {
    const byte = bytes[at] ?? 0
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?'
  }
  return text
}

const shanghaiOffsetMs = 8 * 3_600_000

/** The wall time of a day and a time of day in Asia/Shanghai; null where there is no such moment. */
export function shanghaiMomentMs(day: number, timeOfDay: number): number | null {
  const year = Math.floor(day / 10_000)
  const month = Math.floor(day / 100) % 100
  const hour = Math.floor(timeOfDay / 10_000)
  const minute = Math.floor(timeOfDay / 100) % 100
  const second = timeOfDay % 100
  if (hour > 23 || minute > 59 || second > 59) return null
  const utcMs = Date.UTC(year, month - 1, day % 100, hour, minute, second)
  const back = new Date(utcMs)
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day % 100 ? utcMs - shanghaiOffsetMs : null
}
