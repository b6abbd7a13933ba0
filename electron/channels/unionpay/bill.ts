import { type BillLineKind, emptyBillLine } from '../../till/reconcile/bill-record.ts'
import { digitsIn, isSameBytes } from '../bill-cells.ts'
import { lineText, strangeBeginning } from '../bill-header.ts'
import { splitLines } from '../bill-lines.ts'
import {
  type BadLineProblem,
  type BillFormat,
  type BillProblem,
  type BillReader,
  type BillTotals,
  collectBadLines,
  type ExpectedBill,
  type TakeLine,
} from '../bill-reading.ts'
import { unionpayDayEndHour } from './day.ts'

/** Where the fields of a ZM record stand, by bytes, one separator byte after each (unionpay.md §9). */
export const zmFields = {
  time: { offset: 35, length: 10 },
  amount: { offset: 66, length: 12 },
  queryId: { offset: 87, length: 21 },
  orderId: { offset: 112, length: 32 },
  fee: { offset: 166, length: 13 },
  txnType: { offset: 215, length: 2 },
  merchant: { offset: 293, length: 15 },
  terminal: { offset: 388, length: 8 },
  originalOrderId: { offset: 476, length: 32 },
} as const
export const zmRecordBytes = 607
/** The older layout ends in one field of 131 bytes in place of the last two; the original's number stands at its beginning. */
const shortestRecordBytes = 607

const kindsByType: Readonly<Record<number, BillLineKind>> = { 1: 'charge', 4: 'refund', 31: 'refund', 99: 'revoke' }

/** The ZM file of a settlement day: from 23:00 of the day before to 23:00 (unionpay.md §7, §9). */
export const unionpayBillFormat: BillFormat = {
  extension: 'txt',
  openReader: openUnionpayBill,
  dayBeginsAtHour: unionpayDayEndHour,
  hasCalendarDay: false,
  foreignRefundIsRevoke: true,
}

function openUnionpayBill(expected: ExpectedBill, take: TakeLine): BillReader {
  const line = emptyBillLine()
  const bad = collectBadLines()
  const own = new TextEncoder().encode(expected.merchantId ?? '')
  const year = Number(expected.date.slice(0, 4))
  const month = Number(expected.date.slice(4, 6))
  const nearDays = [-1, 0, 1].map((days) => dayNumber(Date.UTC(year, month - 1, Number(expected.date.slice(6)) + days)))
  let problem: BillProblem | null = null
  let lines = 0
  let linesOfMerchant = 0
  let linesNearDay = 0
  const sums = { charges: 0, returns: 0, chargedFen: 0, returnedFen: 0, feeFen: 0 }

  const fill = (bytes: Uint8Array, start: number): BadLineProblem | null => {
    const begin = (name: keyof typeof zmFields): number => start + zmFields[name].offset
    const end = (name: keyof typeof zmFields): number => {
      let at = begin(name) + zmFields[name].length
      while (at > begin(name) && bytes[at - 1] === 0x20) at--
      return at
    }
    const kind = kindsByType[digitsIn(bytes, begin('txnType'), end('txnType'))]
    if (kind === undefined) return 'kind'
    const time = digitsIn(bytes, begin('time'), end('time'))
    if (Number.isNaN(time) || end('time') - begin('time') !== 10) return 'time'
    const amountFen = digitsIn(bytes, begin('amount'), begin('amount') + zmFields.amount.length)
    const feeFen = signedIn(bytes, begin('fee'))
    if (Number.isNaN(amountFen) || Number.isNaN(feeFen)) return 'amount'
    const ownNumber: readonly [number, number] = [begin('orderId'), end('orderId')]
    const original: readonly [number, number] = [begin('originalOrderId'), end('originalOrderId')]
    if (ownNumber[1] <= ownNumber[0]) return 'number'
    const [orderStart, orderEnd] = kind !== 'charge' && original[1] > original[0] ? original : ownNumber
    line.bytes = bytes
    line.kind = kind
    line.orderStart = orderStart
    line.orderEnd = orderEnd
    // A reversal has no number of its own (§6, R2); undo and refund are trades with their own.
    line.refundStart = kind === 'refund' ? ownNumber[0] : 0
    line.refundEnd = kind === 'refund' ? ownNumber[1] : 0
    line.transactionStart = begin('queryId')
    line.transactionEnd = end('queryId')
    line.amountFen = amountFen
    line.feeFen = feeFen
    const monthAndDay = Math.floor(time / 1_000_000)
    const isYearBefore = month === 1 && Math.floor(monthAndDay / 100) === 12
    line.day = (isYearBefore ? year - 1 : year) * 10_000 + monthAndDay
    line.timeOfDay = time % 1_000_000
    line.merchantStart = begin('merchant')
    line.merchantEnd = end('merchant')
    line.isOwnMerchant = own.length === 0 || isSameBytes(bytes, line.merchantStart, line.merchantEnd, own)
    line.placeStart = begin('terminal')
    line.placeEnd = end('terminal')
    return null
  }

  const splitter = splitLines(
    zmRecordBytes + 200,
    (bytes, start, end, lineNumber) => {
      if (problem !== null || end <= start) return
      if (lineNumber === 1) {
        const text = lineText(bytes, start, end, 'gb18030') ?? ''
        problem = strangeBeginning(text) ?? (/^[A-Z0-9]{3} \d{8}/.test(text) ? null : 'not-a-bill')
        if (problem !== null) return
      }
      const wrong = end - start < shortestRecordBytes ? 'columns' : fill(bytes, start)
      if (wrong !== null) {
        bad.add(lineNumber, wrong, bytes, start, end)
        return
      }
      line.lineNumber = lineNumber
      lines++
      if (line.isOwnMerchant) linesOfMerchant++
      if (nearDays.includes(line.day)) linesNearDay++
      sums.feeFen += line.feeFen
      if (line.kind === 'charge') {
        sums.charges++
        sums.chargedFen += line.amountFen
      } else {
        sums.returns++
        sums.returnedFen += line.amountFen
      }
      take(line)
    },
    (bytes, start, end, lineNumber) => {
      if (lineNumber === 1) problem ??= strangeBeginning(lineText(bytes, start, end, 'utf-8') ?? '') ?? 'not-a-bill'
      else bad.add(lineNumber, 'too-long', bytes, start, end)
    },
  )

  return {
    push: splitter.push,
    end() {
      splitter.end()
      if (problem === null && lines === 0 && bad.count === 0) problem = 'empty'
      if (problem === null && lines > 0) {
        if (linesOfMerchant === 0) problem = 'wrong-merchant'
        else if (linesNearDay === 0) problem = 'wrong-day'
      }
      if (problem !== null) return { ok: false, problem }
      const counted: BillTotals = { lines, ...sums }
      const findings = { lines, badLines: bad.kept, badLineCount: bad.count, counted, gaps: [], wasEncodedAnew: false }
      // The file has no summary: that it is whole is proved by the archive it came in.
      return { ok: true, findings: { ...findings, stated: counted } }
    },
  }
}

function dayNumber(utcMs: number): number {
  const date = new Date(utcMs)
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

/** A money column of 13: C or D, then fen; a zero has a blank as its sign (unionpay.md, field notes). */
function signedIn(bytes: Uint8Array, start: number): number {
  const sign = bytes[start]
  const value = digitsIn(bytes, start + 1, start + 13)
  if (sign === 0x20) return Number.isNaN(value) ? Number.NaN : value
  // D is what the merchant is charged.
  return sign === 0x44 ? value : sign === 0x43 ? 0 - value : Number.NaN
}
