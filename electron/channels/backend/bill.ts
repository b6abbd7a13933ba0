import { isOrderNumber } from '../../till/order-number.ts'
import { emptyBillLine } from '../../till/reconcile/bill-record.ts'
import { shanghaiCalendar } from '../../till/time.ts'
import { strangeBeginning } from '../bill-header.ts'
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
import { utf8Text } from '../text.ts'
import { type JsonFields, readJsonObject } from './json.ts'

/** A bill beyond this is not one answer of the contract any more. */
const longestBytes = 64 * 1_048_576

/** The rows of `/v1/bill`: the answer itself is the file (docs/backend-api.yaml, `BillAnswer`). */
export const backendBillFormat: BillFormat = {
  extension: 'json',
  openReader: openBackendBill,
  dayBeginsAtHour: 0,
  hasCalendarDay: true,
  foreignRefundIsRevoke: false,
}

function openBackendBill(expected: ExpectedBill, take: TakeLine): BillReader {
  const pieces: Uint8Array[] = []
  let length = 0
  return {
    push(bytes) {
      length += bytes.length
      if (length <= longestBytes) pieces.push(bytes.slice())
    },
    end() {
      if (length === 0) return { ok: false, problem: 'empty' }
      const text = length > longestBytes ? undefined : utf8Text(Buffer.concat(pieces))
      const fields = text === undefined ? undefined : readJsonObject(text)
      const rows = fields?.list('rows')
      if (fields === undefined || rows === undefined) return { ok: false, problem: notABill(text, fields) }
      if (fields.text('date') !== dashed(expected.date)) return { ok: false, problem: 'wrong-day' }
      return readRows(rows, take)
    },
  }
}

function notABill(text: string | undefined, fields: JsonFields | undefined): BillProblem {
  if (text === undefined) return 'wrong-encoding'
  if (fields !== undefined) return 'error-answer'
  return strangeBeginning(text) === 'web-page' ? 'web-page' : 'not-a-bill'
}

const dashed = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`

function readRows(rows: readonly JsonFields[], take: TakeLine) {
  const bad = collectBadLines()
  const line = emptyBillLine()
  const sums = { charges: 0, returns: 0, chargedFen: 0, returnedFen: 0 }
  let lines = 0
  rows.forEach((row, place) => {
    const type = row.text('type')
    const orderNumber = row.text('orderNumber') ?? ''
    const refundNumber = type === 'refund' ? (row.text('refundNumber') ?? '') : ''
    const transactionId = row.text('transactionId') ?? ''
    const amountFen = row.whole('amountFen')
    const atMs = row.whole('atMs')
    const problem = ((): BadLineProblem | null => {
      if (type !== 'payment' && type !== 'refund' && type !== 'revoke') return 'kind'
      if (!isOrderNumber(orderNumber) || (type === 'refund' && refundNumber === '')) return 'number'
      if (amountFen === undefined) return 'amount'
      return atMs === undefined ? 'time' : null
    })()
    if (problem !== null || amountFen === undefined || atMs === undefined) {
      const beginning = Buffer.from(`${orderNumber} ${String(type)}`)
      bad.add(place + 1, problem ?? 'amount', beginning, 0, beginning.length)
      return
    }
    const bytes = Buffer.from(`${orderNumber}${refundNumber}${transactionId}`, 'latin1')
    const { year, month, day, hour, minute, second } = shanghaiCalendar(atMs)
    line.bytes = bytes
    line.lineNumber = place + 1
    line.kind = type === 'payment' ? 'charge' : type === 'refund' ? 'refund' : 'revoke'
    line.orderEnd = orderNumber.length
    line.refundStart = line.orderEnd
    line.refundEnd = line.refundStart + refundNumber.length
    line.transactionStart = line.refundEnd
    line.transactionEnd = bytes.length
    line.amountFen = amountFen
    line.day = Number(`${year}${month}${day}`)
    line.timeOfDay = Number(`${hour}${minute}${second}`)
    lines++
    if (line.kind === 'charge') {
      sums.charges++
      sums.chargedFen += amountFen
    } else {
      sums.returns++
      sums.returnedFen += amountFen
    }
    take(line)
  })
  const counted: BillTotals = { lines, feeFen: null, ...sums }
  return {
    ok: true,
    findings: {
      lines,
      badLines: bad.kept,
      badLineCount: bad.count,
      // The answer is signed as a whole: it needs no sums of its own.
      stated: counted,
      counted,
      gaps: [],
      wasEncodedAnew: false,
    },
  } as const
}
